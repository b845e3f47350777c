-- purpose: collateral limits of one parameter set
-- grain: one row a limit
-- order: account class, kind, asset class
-- reads: collateral_limit
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select l.account_class, l.limit_kind, l.asset_class, l.share
from margin.collateral_limit_as_of($2, $3) as l
where l.parameter_set = $1
order by l.account_class, l.limit_kind, l.asset_class
