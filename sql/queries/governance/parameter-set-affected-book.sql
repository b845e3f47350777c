-- purpose: how much of the book moves with what differs between two parameter sets
-- grain: one row: series, accounts, members
-- reads: account, calendar_date, collateral_holding, combined_commodity, contract, position, series
-- parameters: $1 kinds and $2 codes of what moves, in step, $3 business date (where no positions were loaded for it: the newest before)
with moved as (
    select distinct m.kind, m.code collate "C" as code
    from unnest($1::text[], $2::text[]) as m (kind, code)
),
named as (
    select coalesce((select max(p.business_date) from margin.position as p where p.business_date <= $3),
        (select max(p.business_date) from margin.position as p)) as business_date
),
day as (
    select n.business_date, max(c.calendar_date) as previous
    from named as n
    left join margin.calendar_date_as_of(9223372036854775807) as c
        on c.is_business_day and c.calendar_date < n.business_date
    group by n.business_date
),
moved_series as materialized (
    select s.series
    from margin.series_as_of(9223372036854775807) as s
    join margin.contract_as_of(9223372036854775807) as c on c.contract = s.contract
    where exists (select from moved as m where m.kind = 'all')
        or c.combined_commodity in (select m.code from moved as m where m.kind = 'combined_commodity')
        or s.series in (select m.code from moved as m where m.kind = 'value')
        or s.underlying in (select m.code from moved as m where m.kind = 'value')
        or s.second_underlying in (select m.code from moved as m where m.kind = 'value')
),
holding as materialized (
    select distinct p.account, p.series
    from day as d
    join margin.position_as_of(9223372036854775807) as p on p.business_date in (d.business_date, d.previous)
    where p.long_quantity <> 0 or p.short_quantity <> 0
),
moved_account as (
    select h.account
    from holding as h
    where h.series in (select s.series from moved_series as s)
    union
    select a.account
    from margin.account_as_of(9223372036854775807) as a
    where a.account in (select m.code from moved as m where m.kind = 'account')
        or a.member in (select m.code from moved as m where m.kind = 'member')
        or a.account_class in (select m.code from moved as m where m.kind = 'account_class')
    union
    select c.account
    from day as d
    join margin.collateral_holding_as_of(9223372036854775807) as c on c.business_date = d.business_date
    where c.quantity <> 0 and c.asset in (select m.code from moved as m where m.kind = 'asset')
    union
    select a.account
    from margin.account_as_of(9223372036854775807) as a
    join holding as h on h.account = a.account
    join margin.series_as_of(9223372036854775807) as s on s.series = h.series
    join margin.contract_as_of(9223372036854775807) as c on c.contract = s.contract
    join margin.combined_commodity_as_of(9223372036854775807) as k on k.combined_commodity = c.combined_commodity
    where k.currency || ' ' || a.call_currency in (select m.code from moved as m where m.kind = 'conversion')
)
select (select count(*) from moved_series) as series, count(distinct m.account) as accounts,
    count(distinct a.member) as members
from moved_account as m
left join margin.account_as_of(9223372036854775807) as a on a.account = m.account
