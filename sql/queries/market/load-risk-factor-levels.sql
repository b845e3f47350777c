-- purpose: the histories of some risk factors up to a date
-- grain: one row a risk factor and day
-- order: risk factor, day
-- reads: risk_factor_level
-- parameters: $1 pinned load, $2 last day, $3 risk factors
select l.risk_factor, l.level_date, l.level
from margin.risk_factor_level_as_of($1) as l
where l.level_date <= $2 and l.risk_factor = any ($3)
order by l.risk_factor, l.level_date
