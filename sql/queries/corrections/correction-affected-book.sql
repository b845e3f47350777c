-- purpose: how much of the book a correction touches on a business date
-- grain: one row: series, accounts, members
-- reads: account, calendar_date, collateral_holding, combined_commodity_margin, contract, corrected_row,
--     inter_spread_leg, position, series, trade
-- parameters: $1 correction, $2 business date (null: the newest that positions were loaded for)
with named as (
    select coalesce($2::date, (select max(p.business_date) from margin.position as p)) as business_date
),
day as (
    select n.business_date, max(c.calendar_date) as previous
    from named as n
    left join margin.calendar_date_as_of($1) as c on c.is_business_day and c.calendar_date < n.business_date
    group by n.business_date
)
select
    (select count(distinct s.series) from margin.touched_series($1, array[$1]) as s) as series,
    count(distinct a.account) as accounts,
    count(distinct a.member) as members
from day as d
left join lateral margin.touched_account($1, array[$1], d.business_date, d.previous) as a on true
