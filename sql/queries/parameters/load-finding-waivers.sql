-- purpose: findings somebody answers for
-- grain: one row a finding
-- order: rule, row key
-- reads: finding_waiver
-- parameters: $1 pinned load, $2 business date
select w.rule, w.row_key, w.reason
from margin.finding_waiver_as_of($1) as w
where w.business_date = $2
order by w.rule, w.row_key
