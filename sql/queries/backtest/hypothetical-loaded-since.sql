-- purpose: whether rows of hypothetical portfolios were loaded after a load
-- grain: one row
-- order: none: there is one row
-- reads: input_load
-- parameters: $1 load
select exists (
    select from margin.input_load as l
    where l.load_id > $1 and l.table_name in ('hypothetical_portfolio', 'hypothetical_line')
) as is_loaded
