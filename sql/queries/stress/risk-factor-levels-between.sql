-- purpose: the levels of some risk factors between two days, both included
-- grain: one row a risk factor and day
-- order: risk factor, day
-- reads: risk_factor_level
-- parameters: $1 pinned load, $2 first day or null, $3 last day or null, $4 risk factors
select l.risk_factor, l.level_date, l.level
from margin.risk_factor_level_as_of($1) as l
where l.level_date >= coalesce($2::date, '-infinity') and l.level_date <= coalesce($3::date, 'infinity')
    and l.risk_factor = any ($4)
order by l.risk_factor, l.level_date
