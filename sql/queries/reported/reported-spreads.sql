-- purpose: the priority of every spread: a calendar spread has one in its combined commodity
-- grain: one row a spread; with a combined commodity for calendar spreads, empty for the others
-- order: combined commodity, spread
-- reads: inter_spread, intra_spread
-- parameters: $1 pinned load, $2 business date, $3 parameter set
select i.combined_commodity::text as combined_commodity, i.spread::text as spread, i.priority::bigint as priority
from margin.intra_spread_as_of($1, $2) as i
where i.parameter_set = $3
union all
select '', s.spread::text, s.priority::bigint
from margin.inter_spread_as_of($1, $2) as s
where s.parameter_set = $3
order by combined_commodity, spread
