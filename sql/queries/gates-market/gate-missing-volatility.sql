-- purpose: an option whose volatility is assigned needs a row for itself or its underlying; further inputs of a model
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, intraday_volatility, position, realised_average, series,
--     settlement_price, spread_option_correlation, volatility
-- needs: listed_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with priced as (
    select s.series, s.contract, s.underlying, s.second_underlying, c.option_model,
        c.volatility_source = 'assigned' and v.instrument is null and u.instrument is null as is_unassigned
    from listed_series as s
    join margin.contract_as_of($1) as c on c.contract = s.contract
    left join margin.volatility_as_of($1, $2, $4) as v on v.business_date = $2 and v.instrument = s.series
    left join margin.volatility_as_of($1, $2, $4) as u on u.business_date = $2 and u.instrument = s.underlying
    where s.kind = 'option' and (s.expiry_date >= $2 or s.is_held)
)
select w.table_name, w.row_key, null::bigint as load_id, null::bigint as source_line, w.column_name, 'no row' as value, w.message
from (
    select 'volatility' as table_name, p.series::text as row_key, 'volatility' as column_name,
        'no assigned volatility for ' || p.series || ' or its underlying ' || p.underlying as message
    from priced as p
    where p.is_unassigned
    union all
    select 'volatility', p.second_underlying, 'volatility',
        'no volatility for ' || p.second_underlying || ', the second underlying of ' || p.series
    from priced as p
    where p.option_model = 'spread' and not exists (select from margin.volatility_as_of($1, $2, $4) as v
        where v.business_date = $2 and v.instrument = p.second_underlying)
    union all
    select 'spread_option_correlation', p.contract, 'correlation',
        'parameter set ' || $5::text || ' has no correlation for ' || p.contract
    from priced as p
    where p.option_model = 'spread' and not exists (select from margin.spread_option_correlation_as_of($1, $2) as r
        where r.parameter_set = $5 and r.contract = p.contract)
    union all
    select 'realised_average', p.series, 'average',
        'no average so far for ' || p.series || ', which averages since ' || s.averaging_from
    from priced as p
    join margin.series_as_of($1) as s on s.series = p.series
    where p.option_model = 'average_price' and s.averaging_from < $2
        and not exists (select from margin.realised_average_as_of($1) as a
            where a.business_date = $2 and a.series = p.series)
) as w
group by w.table_name, w.row_key, w.column_name, w.message
order by row_key
