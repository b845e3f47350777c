-- purpose: inter spread rows of one set
-- grain: one row a spread
-- order: priority, spread
-- reads: inter_spread
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select p.spread, p.priority, p.kind, p.is_super, p.credit_rate
from margin.inter_spread_as_of($2, $3) as p
where p.parameter_set = $1
order by p.priority, p.spread
