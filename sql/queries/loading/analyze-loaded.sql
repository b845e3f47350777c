-- purpose: bring up to date what the planner knows of the rows that the transaction's last load brought
-- grain: one row, empty
-- reads: input_load, input_load_date
-- parameters: $1 table
select margin.analyze_written($1, array(
    select margin.month_partition($1, d.business_date)
    from margin.input_load_date as d
    where d.load_id = (select max(l.load_id) from margin.input_load as l)))::text
