-- purpose: an amount needs the rate into its accounts call currency
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: account, beneficial_owner, collateral_asset, collateral_holding, combined_commodity, contract, fx_rate,
--     intraday_settlement_price, position, series, settlement_price
-- needs: holding_account, listed_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with missing as materialized (
    select l.currency as from_currency, a.call_currency as to_currency
    from (
        select k.currency
        from (
            select s.combined_commodity from listed_series as s where s.is_held or s.was_held group by s.combined_commodity
        ) as s
        join margin.combined_commodity_as_of($1) as k on k.combined_commodity = s.combined_commodity
        group by k.currency
    ) as l
    join (select h.call_currency from holding_account as h where h.is_known group by h.call_currency) as a
        on a.call_currency <> l.currency
    where not exists (select from margin.fx_rate_as_of($1) as f
        where f.business_date = $2 and f.from_currency = l.currency and f.to_currency = a.call_currency)
)
select 'fx_rate' as table_name, n.from_currency || ', ' || n.to_currency as row_key, null::bigint as load_id,
    null::bigint as source_line, 'rate' as column_name, 'no row' as value,
    'no rate from ' || n.from_currency || ' to ' || n.to_currency || ' on this date' as message
from (
    select m.from_currency, m.to_currency
    from (
        select b.account, b.owner, b.series from margin.book_position_as_of($1, $2, $4) as b
        union all
        select b.account, b.owner, b.series from margin.book_position_as_of($1, $3, 'EOD') as b
    ) as p
    join holding_account as a on a.account = p.account and a.owner = p.owner
    join listed_series as l on l.series = p.series
    join margin.combined_commodity_as_of($1) as k on k.combined_commodity = l.combined_commodity
    join missing as m on m.from_currency = k.currency and m.to_currency = a.call_currency
    where exists (select from missing)
    union
    select g.currency, a.call_currency
    from margin.collateral_holding_as_of($1) as h
    join margin.account_as_of($1) as a on a.account = h.account
    join margin.collateral_asset_as_of($1) as g on g.asset = h.asset
    where h.business_date = $2 and g.currency <> a.call_currency
        and not exists (select from margin.fx_rate_as_of($1) as f
            where f.business_date = $2 and f.from_currency = g.currency and f.to_currency = a.call_currency)
) as n
order by row_key
