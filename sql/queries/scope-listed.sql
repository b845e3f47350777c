-- purpose: the series that the accounts in scope need: what they hold or traded, and every future, since the nearest listed
--     month caps a weighted price risk; where a combined commodity has no future, all of it
-- grain: one row a series
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle
create temporary table series_in_scope on commit drop as
with listed as (
    select s.series, s.option_right, c.combined_commodity
    from margin.series_as_of($1) as s
    join margin.contract_as_of($1) as c on c.contract = s.contract
),
with_future as (
    select distinct l.combined_commodity
    from listed as l
    where l.option_right is null
)
select l.series
from listed as l
where l.option_right is null or l.combined_commodity not in (select f.combined_commodity from with_future as f)
union
select p.series
from account_in_scope as a
join margin.position_as_of($1) as p on p.account = a.account and (p.business_date, p.cycle) in (($2, $4), ($3, 'EOD'))
union
select t.series
from margin.trade_as_of($1) as t
join account_in_scope as a on a.account = t.account
where t.business_date = $2
