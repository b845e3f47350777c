-- purpose: the series of which another quantity is held than the night before, for the report attribution-positions
-- grain: one row an account, owner and series that changed
-- order: member, account, owner, series
-- reads: attribution, attribution_position, result_source
-- parameters: $1 run
select
    a.member as member,
    p.account as account,
    p.owner as owner,
    p.series as series,
    p.long_yesterday as long_yesterday,
    p.short_yesterday as short_yesterday,
    p.long_today as long_today,
    p.short_today as short_today
from margin.attribution_position_of($1) as p
join margin.attribution_of($1) as a on a.account = p.account and a.figure = 'requirement'
order by a.member, p.account, p.owner, p.series
