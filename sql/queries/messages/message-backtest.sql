-- purpose: how the nights of a month were held against what came after them, by currency, in the newest run of a
--     backtest that tested accounts then, for messages: requirements alone, without add-ons
-- grain: one row a currency
-- order: currency
-- reads: backtest_night, backtest_run, currency
-- parameters: $1 pinned load, $2 business date: the nights of its month up to it
with newest as (
    select max(r.backtest_run_id) as backtest_run_id
    from margin.backtest_run as r
    where exists (
        select from margin.backtest_night as n
        where n.backtest_run_id = r.backtest_run_id and n.unit_kind in ('account', 'owner')
            and n.business_date between date_trunc('month', $2::date)::date and $2 and n.is_exception is not null)
),
tested as (
    select n.unit, n.business_date, n.currency, n.is_exception, n.exposure - n.margin as excess
    from newest as b
    join margin.backtest_night as n on n.backtest_run_id = b.backtest_run_id
    where n.unit_kind in ('account', 'owner') and n.margin_kind = 'model' and n.is_exception is not null
        and n.business_date between date_trunc('month', $2::date)::date and $2
)
select t.currency, c.minor_unit_decimals, count(*) as observations,
    count(*) filter (where t.is_exception) as exceptions,
    coalesce(sum(t.excess) filter (where t.is_exception), 0) as excess,
    coalesce(max(t.excess) filter (where t.is_exception), 0) as largest,
    (array_agg(t.unit order by t.excess desc, t.business_date, t.unit) filter (where t.is_exception))[1] as unit
from tested as t
join margin.currency_as_of($1) as c on c.currency = t.currency
group by t.currency, c.minor_unit_decimals
order by t.currency
