-- purpose: how much of the book a correction touches on a business date
-- grain: one row: series, accounts, members
-- parameters: $1 correction, $2 business date
with day as (
    select max(c.calendar_date) as previous
    from margin.calendar_date_as_of($1) as c
    where c.is_business_day and c.calendar_date < $2
)
select
    (select count(distinct s.series) from margin.touched_series($1, array[$1]) as s) as series,
    count(distinct a.account) as accounts,
    count(distinct a.member) as members
from day as d
left join lateral margin.touched_account($1, array[$1], $2, d.previous) as a on true
