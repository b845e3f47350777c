-- purpose: every row of a parameter set as loaded, whatever its table.
-- after: 01-domains
create or replace function margin.parameter_row(which text) returns table (table_name text, row_key text, cells jsonb)
    language plpgsql stable as $$
#variable_conflict use_column
declare
    part record;
begin
    for part in
        select c.table_name,
            coalesce(string_agg(format('t.%I', c.column_name), ' || '', '' || ' order by c.position)
                filter (where c.is_key and c.column_name <> 'parameter_set'), '''''') as key_text,
            array_agg(c.column_name) filter (where c.is_key or c.column_name in ('author', 'approved_by')) as left_out
        from margin.input_column as c
        group by c.table_name
        having bool_or(c.column_name = 'parameter_set')
        order by c.table_name collate "C"
    loop
        return query execute format(
            'select %1$L::text, (%2$s)::text, to_jsonb(t) - $2 - array[''revision'', ''source_line'', ''valid_from'',
                ''expires_on'', ''parent_revision'', ''load_id'']
            from margin.%1$I as t where t.parameter_set = $1 %3$s', part.table_name, part.key_text,
            case part.table_name when 'parameter_set' then '' else 'and t.revision = 1' end)
            using which, part.left_out;
    end loop;
end
$$;
