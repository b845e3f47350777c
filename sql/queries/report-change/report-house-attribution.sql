-- purpose: the rows of the report attribution, of every member: for the report house-attribution
-- grain: one row an account and figure
-- order: member, account, figure, the requirement first
-- reads: attribution, attribution_night, result_source, run
-- parameters: $1 run
select
    a.member as member,
    a.account as account,
    a.figure as figure,
    a.call_currency as call_currency,
    a.reason as reason,
    n.business_date_before as business_date_before,
    b.run_number::bigint as run_number_before,
    a.reported_yesterday as reported_yesterday,
    a.correction as correction,
    a.yesterday as yesterday,
    a.time as time,
    a.positions as positions,
    a.prices as prices,
    a.volatilities as volatilities,
    a.parameters as parameters,
    a.static as static,
    a.today as today,
    a.interaction as interaction,
    a.interaction_effect as interaction_effect
from margin.attribution_of($1) as a
cross join margin.attribution_night_of($1) as n
join margin.run as b on b.run_id = n.run_id_before
order by a.member, a.account, a.figure desc
