-- purpose: the corrections among a run's inputs, cell by cell, with what was known of them when the run was opened.
-- after: 01-domains
create or replace function margin.corrected_cell_of_run(which bigint) returns table (
    load_id bigint, kind text, table_name text, row_key text, column_name text, before_value text, after_value text,
    valid_from date, expires_on date, reason text, corrected_by text, approved_by text
) language sql stable as $$
    select c.load_id, case when c.is_override then 'override' else 'correction' end, l.table_name, r.row_key,
        coalesce(f.column_name, ''), f.before_value, f.after_value, r.valid_from, r.expires_on, l.reason, l.loaded_by,
        a.approved_by
    from margin.run as own
    cross join lateral margin.corrections_of_run(own.run_id) as c
    join margin.input_load as l on l.load_id = c.load_id
    join margin.corrected_row as r on r.load_id = c.load_id
    left join margin.corrected_cell as f on f.load_id = r.load_id and f.row_key = r.row_key
    -- What was approved after the run was opened is not in its reports: a replay would show more than the run did.
    left join margin.correction_approval as a on a.load_id = c.load_id and a.approved_at <= own.created_at
    where own.run_id = which
$$;
comment on function margin.corrected_cell_of_run is
    'The corrections and overrides among a run''s inputs. Grain: one row a correction, row and column.';
