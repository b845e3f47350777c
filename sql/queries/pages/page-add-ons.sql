-- purpose: the add-ons of a member's accounts by kind, for the pages of a night
-- grain: one row a member, call currency and kind with an amount
-- order: member, call currency, the largest first, kind
-- reads: account, add_on, computed_part, result_source
-- parameters: $1 run, $2 pinned load
select a.member, d.call_currency, d.add_on, sum(d.converted_amount) as amount
from margin.add_on_of($1) as d
join margin.account_as_of($2) as a on a.account = d.account
group by a.member, d.call_currency, d.add_on
having sum(d.converted_amount) > 0
order by a.member, d.call_currency, sum(d.converted_amount) desc, d.add_on
