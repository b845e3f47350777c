-- purpose: what an archive before two dates takes of each table, as a statement to copy
-- grain: one row a table
-- order: table name
-- reads: run
-- parameters: $1 date before which runs are archived, $2 date before which inputs are
select p.table_name, p.column_names,
    format('select %s from margin.%I as t where %s order by %s',
        array_to_string(array(select quote_ident(c) from unnest(p.column_names) with ordinality as u (c, o) order by u.o),
            ', '), p.table_name, p.condition, p.key_list) as selection
from margin.archive_part($1, $2) as p
order by p.table_name collate "C"
