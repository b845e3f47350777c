-- purpose: where the rows of a run are written to: straight into its block where the session has a right to that, else
--     through the table
-- grain: one row
-- reads: none
-- parameters: $1 table, $2 run
select coalesce(
    (select format('margin_part.%I', b.name)
        from margin.block_partition($1, $2) as b (name)
        where has_schema_privilege('margin_part', 'usage')
            and has_table_privilege(to_regclass(format('margin_part.%I', b.name)), 'insert')),
    format('margin.%I', $1)) as target
