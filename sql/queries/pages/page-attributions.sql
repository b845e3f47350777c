-- purpose: what moved the requirements and add-ons of a member's accounts since the night before, for the pages of members
-- grain: one row a member and call currency of which something is attributed
-- order: member, call currency
-- reads: attribution, attribution_night, result_source
-- parameters: $1 run
select a.member, a.call_currency, n.business_date_before, sum(a.reported_yesterday) as reported_yesterday,
    sum(a.correction) as correction, sum(a.time) as time, sum(a.positions) as positions, sum(a.prices) as prices,
    sum(a.volatilities) as volatilities, sum(a.parameters) as parameters, sum(a.static) as static, sum(a.today) as today
from margin.attribution_of($1) as a
cross join margin.attribution_night_of($1) as n
where a.today is not null
group by a.member, a.call_currency, n.business_date_before
order by a.member, a.call_currency
