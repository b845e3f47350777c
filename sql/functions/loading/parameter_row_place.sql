-- purpose: the file and line a row of a parameter set came from, by its key as broken rules name it: the parts without
--     the set, joined by ', ', or the first of them where the rule is about several rows, or its combined commodity.
--     Nulls where there is none.
-- after: 01-domains
create or replace function margin.parameter_row_place(which text, of_table text, of_key text, out source text, out line bigint)
    language plpgsql stable as $$
declare
    key_text text := (select string_agg(format('t.%I', c.column_name), ' || '', '' || ' order by c.position)
        from margin.input_column as c
        where c.table_name = of_table and c.is_key and c.column_name not in ('parameter_set', 'revision'));
    commodity text := coalesce((select 't.combined_commodity::text' from margin.input_column as c
        where c.table_name = of_table and c.column_name = 'combined_commodity'), 'null');
begin
    if key_text is null or of_table = 'parameter_set' then
        return;
    end if;
    execute format(
        'select l.source, t.source_line
        from margin.%1$I as t
        join margin.input_load as l on l.load_id = t.load_id
        where t.parameter_set = $1 and ((%2$s)::text = $2 or starts_with((%2$s)::text, $2 || '', '') or %3$s = $2)
        order by (%2$s)::text = $2 desc, t.revision desc, t.source_line limit 1', of_table, key_text, commodity)
        into source, line using which, of_key;
end
$$;
