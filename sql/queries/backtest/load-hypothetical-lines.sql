-- purpose: what hypothetical portfolios hold
-- grain: one row a portfolio and line
-- order: portfolio, line
-- reads: hypothetical_line
-- parameters: $1 pinned load
select l.portfolio, l.number, l.combined_commodity, l.instrument, l.month_rank, l.moneyness, l.quantity, l.adv_multiple
from margin.hypothetical_line_as_of($1) as l
order by l.portfolio, l.number
