-- purpose: the tables that have rows of a parameter set, each with the statement that reads its own rows as margin load takes them
-- grain: one row a table: name, statement
-- order: table
-- reads: input_column, parameter_set_approval
-- parameters: $1 parameter set, $2 the code it is written under, without an approver then (null: its own), $3 the date it takes effect on (null: its own)
select c.table_name,
    format('select %s from margin.%I as t where t.parameter_set = %L%s order by %s',
        string_agg(
            case
                when c.column_name = 'parameter_set' then format('%L as parameter_set', coalesce($2::text, $1))
                when c.table_name = 'parameter_set' and c.column_name = 'approved_by' then case
                    when $2 is not null then 'null as approved_by'
                    else 'coalesce(t.approved_by, (select a.approved_by from margin.parameter_set_approval as a '
                        || 'where a.parameter_set = t.parameter_set)) as approved_by' end
                when c.table_name = 'parameter_set' and c.column_name = 'effective_from' and $3::date is not null
                    then format('%L as effective_from', $3::date)
                when c.type_name = 'boolean' then format('t.%1$I::text as %1$I', c.column_name)
                else format('t.%I', c.column_name) end, ', ' order by c.position),
        c.table_name, $1::text, case c.table_name when 'parameter_set' then '' else ' and t.revision = 1' end,
        string_agg(format('t.%I', c.column_name), ', ' order by c.position) filter (where c.is_key)) as statement
from margin.input_column as c
where c.table_name = 'parameter_set' or c.table_name in (select r.table_name from margin.parameter_row($1) as r)
group by c.table_name
having bool_or(c.column_name = 'parameter_set')
order by c.table_name collate "C"
