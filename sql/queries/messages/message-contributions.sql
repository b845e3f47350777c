-- purpose: what members have paid into the guaranty fund, in force on a date, with who they are, for messages
-- grain: one row a member
-- order: member
-- reads: clearing_member, currency, guaranty_fund_contribution
-- parameters: $1 pinned load, $2 business date
select g.member, m.lei, g.amount, g.currency, c.minor_unit_decimals, g.fund_account
from (
    select distinct on (r.member) r.member, r.amount, r.currency, r.fund_account
    from margin.guaranty_fund_contribution_as_of($1) as r
    where r.effective_from <= $2
    order by r.member, r.effective_from desc
) as g
join margin.currency_as_of($1) as c on c.currency = g.currency
left join margin.clearing_member_as_of($1) as m on m.member = g.member
order by g.member
