-- purpose: every row of some tables of a parameter set as it holds on a date, overrides among them, cells without the key. A table that
--     is keyed by a member or its account is that member's own affair and is left out.
-- after: 18-views
create or replace function margin.parameter_row_as_of(which text, pin bigint, on_date date, of_tables text[])
    returns table (table_name text, row_key text, cells jsonb) language plpgsql stable as $$
#variable_conflict use_column
declare
    part record;
begin
    for part in
        select c.table_name,
            coalesce(string_agg(format('t.%I', c.column_name), ' || '', '' || ' order by c.position)
                filter (where c.is_key and c.column_name <> 'parameter_set'), '''''') as key_text,
            array_agg(c.column_name) filter (where c.is_key) as left_out
        from margin.input_column as c
        where c.table_name = any (of_tables) and c.table_name <> 'parameter_set'
        group by c.table_name
        having bool_or(c.column_name = 'parameter_set')
            and not bool_or(c.column_name in ('member', 'member_group', 'account', 'owner'))
        order by c.table_name collate "C"
    loop
        return query execute format(
            'select %1$L::text, (%2$s)::text, to_jsonb(t) - $4 - array[''revision'', ''source_line'', ''valid_from'',
                ''expires_on'', ''parent_revision'', ''load_id'']
            from margin.%3$I($2, $3) as t where t.parameter_set = $1',
            part.table_name, part.key_text, part.table_name || '_as_of')
            using which, pin, on_date, part.left_out;
    end loop;
end
$$;
comment on function margin.parameter_row_as_of is
    'Rows of tables of a parameter set as they hold on a date. Grain: one row a table and row.';
