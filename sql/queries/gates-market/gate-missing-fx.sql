-- purpose: an amount needs the rate into its accounts call currency
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: account, collateral_asset, collateral_holding, combined_commodity, contract, fx_rate,
--     intraday_settlement_price, position, realised_average, series, settlement_price, underlying_price, volatility
-- needs: held_series, holding_account
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with listed as materialized (
    select s.series, k.currency
    from held_series as h
    join margin.series_as_of($1) as s on s.series = h.series
    join margin.contract_as_of($1) as c on c.contract = s.contract
    join margin.combined_commodity_as_of($1) as k on k.combined_commodity = c.combined_commodity
    group by s.series, k.currency
), holder as materialized (
    select a.account, a.call_currency
    from holding_account as h
    join margin.account_as_of($1) as a on a.account = h.account
    group by a.account, a.call_currency
), missing as materialized (
    select l.currency as from_currency, a.call_currency as to_currency
    from (select currency from listed group by currency) as l
    join (select call_currency from holder group by call_currency) as a on a.call_currency <> l.currency
    where not exists (select from margin.fx_rate_as_of($1) as f
        where f.business_date = $2 and f.from_currency = l.currency and f.to_currency = a.call_currency)
)
select 'fx_rate' as table_name, n.from_currency || ', ' || n.to_currency as row_key, null::bigint as load_id,
    null::bigint as source_line, 'rate' as column_name, 'no row' as value,
    'no rate from ' || n.from_currency || ' to ' || n.to_currency || ' on this date' as message
from (
    select m.from_currency, m.to_currency
    from (
        select b.account, b.series from margin.book_position_as_of($1, $2, $4) as b
        union all
        select b.account, b.series from margin.book_position_as_of($1, $3, 'EOD') as b
    ) as p
    join holder as a on a.account = p.account
    join listed as l on l.series = p.series
    join missing as m on m.from_currency = l.currency and m.to_currency = a.call_currency
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
