-- purpose: every decimal figure of a parameter set as it holds on a date, overrides among them, whatever its table. How the house is
--     watched, what gates do and the numbered rows of stress scenarios are left out: another one there is another row, not a jump.
-- after: 18-views
create or replace function margin.parameter_figure_as_of(which text, pin bigint, on_date date)
    returns table (table_name text, row_key text, combined_commodity text, column_name text, figure numeric)
    language plpgsql stable as $$
#variable_conflict use_column
declare
    part record;
begin
    for part in
        select c.table_name,
            coalesce(string_agg(format('t.%I', c.column_name), ' || '', '' || ' order by c.position)
                filter (where c.is_key and c.column_name <> 'parameter_set'), '''''') as key_text,
            coalesce(max(case when c.column_name = 'combined_commodity' then 't.combined_commodity::text' end), 'null::text') as commodity_text,
            string_agg(format('(%1$L, t.%1$I::numeric)', c.column_name), ', ' order by c.position) filter (where not c.is_key
                and regexp_replace(c.type_name, '^margin[.]', '') in ('exact', 'non_negative', 'positive', 'fraction', 'correlation')) as figures
        from margin.input_column as c
        where c.table_name not in ('data_gate', 'monitoring', 'stress_move')
        group by c.table_name
        having bool_or(c.column_name = 'parameter_set')
        order by c.table_name collate "C"
    loop
        continue when part.figures is null;
        return query execute format(
            'select %1$L::text, (%2$s)::text, %3$s, v.column_name, v.figure
            from margin.%4$I($2, $3) as t
            cross join lateral (values %5$s) as v (column_name, figure)
            where t.parameter_set = $1 and v.figure is not null',
            part.table_name, part.key_text, part.commodity_text, part.table_name || '_as_of', part.figures)
            using which, pin, on_date;
    end loop;
end
$$;
comment on function margin.parameter_figure_as_of is
    'Decimal figures of a parameter set as they hold on a date. Grain: one row a table, row and column.';
