-- purpose: an option whose volatility is assigned needs a row for itself or its underlying; further inputs of a model
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, intraday_volatility, position, realised_average, series,
--     settlement_price, spread_option_correlation, underlying_price, volatility
-- needs: held_series
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select w.table_name, w.row_key, null::bigint as load_id, null::bigint as source_line, w.column_name, 'no row' as value, w.message
from margin.series_as_of($1) as s
join margin.contract_as_of($1) as c on c.contract = s.contract
cross join lateral (values
    ('volatility', s.series::text, 'volatility', 'no assigned volatility for ' || s.series || ' or its underlying ' || s.underlying,
        c.volatility_source = 'assigned' and not exists (select from margin.volatility_as_of($1, $2, $4) as v
            where v.business_date = $2 and v.instrument in (s.series, s.underlying))),
    ('volatility', s.second_underlying::text, 'volatility', 'no volatility for ' || s.second_underlying || ', the second underlying of '
        || s.series, c.option_model = 'spread' and not exists (select from margin.volatility_as_of($1, $2, $4) as v
            where v.business_date = $2 and v.instrument = s.second_underlying)),
    ('spread_option_correlation', s.contract::text, 'correlation', 'parameter set ' || $5::text || ' has no correlation for '
        || s.contract, c.option_model = 'spread' and not exists (select from margin.spread_option_correlation_as_of($1, $2) as r
            where r.parameter_set = $5 and r.contract = s.contract)),
    ('realised_average', s.series::text, 'average', 'no average so far for ' || s.series || ', which averages since ' || s.averaging_from,
        c.option_model = 'average_price' and s.averaging_from < $2
            and not exists (select from margin.realised_average_as_of($1) as a
                where a.business_date = $2 and a.series = s.series))
) as w (table_name, row_key, column_name, message, is_missing)
where c.kind = 'option' and w.is_missing
    and (s.expiry_date >= $2 or exists (select from held_series as h where h.business_date = $2 and h.series = s.series))
group by w.table_name, w.row_key, w.column_name, w.message
order by row_key
