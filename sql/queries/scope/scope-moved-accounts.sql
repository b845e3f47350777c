-- purpose: the accounts that changed rows move by themselves, their member or class, or a conversion of what they hold into the
--     currency they are called in
-- grain: one row an account
-- reads: account, combined_commodity, contract, position, series
-- needs: moved
-- parameters: $1 pinned load, $2 business date, $3 cycle
create temporary table moved_account on commit drop as
select a.account
from margin.account_as_of($1) as a
where a.account in (select m.code from moved as m where m.kind = 'account')
    or a.member in (select m.code from moved as m where m.kind = 'member')
    or a.account_class in (select m.code from moved as m where m.kind = 'account_class')
union
select a.account
from margin.account_as_of($1) as a
join margin.position_as_of($1) as p on p.account = a.account
join margin.series_as_of($1) as s on s.series = p.series
join margin.contract_as_of($1) as c on c.contract = s.contract
join margin.combined_commodity_as_of($1) as k on k.combined_commodity = c.combined_commodity
where exists (select from moved as m where m.kind = 'conversion') and p.business_date = $2 and p.cycle = $3
    and k.currency || ' ' || a.call_currency in (select m.code from moved as m where m.kind = 'conversion')
