-- purpose: the hypothetical portfolios
-- grain: one row a portfolio
-- order: portfolio
-- reads: hypothetical_portfolio
-- parameters: $1 pinned load
select p.portfolio, p.kind
from margin.hypothetical_portfolio_as_of($1) as p
order by p.portfolio
