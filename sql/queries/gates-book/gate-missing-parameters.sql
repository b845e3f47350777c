-- purpose: a parameter set with a hole margins nobody
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: account, account_class, combined_commodity_margin, contract, intraday_settlement_price, position,
--     realised_average, scenario, series, settlement_price, underlying_price, volatility
-- needs: held_series, holding_account
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with held as materialized (
    select c.combined_commodity
    from held_series as b
    join margin.series_as_of($1) as s on s.series = b.series
    join margin.contract_as_of($1) as c on c.contract = s.contract
    where b.business_date = $2
    group by c.combined_commodity
)
select h.table_name, h.row_key, null::bigint as load_id, null::bigint as source_line, h.column_name, 'no row' as value,
    'parameter set ' || $5::text || ' has no ' || h.table_name || ' row for ' || h.row_key as message
from (
    select 'combined_commodity_margin' as table_name, k.combined_commodity::text as row_key,
        'combined_commodity' as column_name
    from held as k
    where not exists (select from margin.combined_commodity_margin_as_of($1, $2) as m
        where m.parameter_set = $5 and m.combined_commodity = k.combined_commodity)
    union all
    select 'scenario', m.scenario_set, 'scenario_set'
    from margin.combined_commodity_margin_as_of($1, $2) as m
    where m.parameter_set = $5
        and not exists (select from margin.scenario_as_of($1, $2) as s where s.parameter_set = $5 and s.scenario_set = m.scenario_set)
    union all
    select 'account_class', a.account_class, 'account_class'
    from holding_account as b
    join margin.account_as_of($1) as a on a.account = b.account
    where b.business_date = $2 and not exists (select from margin.account_class_as_of($1, $2) as k
        where k.parameter_set = $5 and k.account_class = a.account_class)
    group by a.account_class
) as h
order by row_key
