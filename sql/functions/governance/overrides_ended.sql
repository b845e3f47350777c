-- purpose: the overrides of a set that would still hold between two days, both included, and do not because another
--     set is in force then: each cell in which one differs from its set's own row, with what the other set says.
--     Decision 0033.
-- after: 01-domains
create or replace function margin.overrides_ended(from_set text, to_set text, first_day date, last_day date, pin bigint)
    returns table (load_id bigint, table_name text, row_key text, column_name text, before_value text, after_value text,
        valid_from date, expires_on date) language sql stable as $$
    with override as (
        select distinct on (l.table_name, r.parameter_set, r.row_key) l.table_name, r.parameter_set, r.load_id,
            substr(r.row_key, length(r.parameter_set) + 3) as row_key, r.cells, r.valid_from, r.expires_on
        from margin.corrected_row as r
        join margin.input_load as l on l.load_id = r.load_id
        where r.parameter_set in (from_set, to_set) and r.load_id <= pin and r.valid_from <= last_day
            and r.expires_on >= first_day
        order by l.table_name, r.parameter_set, r.row_key, r.load_id desc
    )
    select o.load_id, o.table_name, o.row_key, c.name, o.cells ->> c.name,
        coalesce(n.cells, a.cells) ->> c.name, o.valid_from, o.expires_on
    from override as o
    left join margin.parameter_row(from_set) as b on b.table_name = o.table_name and b.row_key = o.row_key
    left join margin.parameter_row(to_set) as a on a.table_name = o.table_name and a.row_key = o.row_key
    left join override as n on n.parameter_set = to_set and n.table_name = o.table_name and n.row_key = o.row_key
    cross join lateral jsonb_object_keys(o.cells) as c (name)
    where o.parameter_set = from_set and from_set <> to_set and o.cells ->> c.name is distinct from b.cells ->> c.name
        and not exists (select from margin.input_column as k
            where k.table_name = o.table_name and k.column_name = c.name and k.is_key)
$$;
comment on function margin.overrides_ended is
    'Overrides that end because another parameter set comes into force. Grain: one row an override, row and column.';
