-- purpose: a history that ends before the business date measures an older market
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: risk_factor_level, risk_factor_mapping, risk_group_commodity
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with factor as (
    select m.combined_commodity, f.risk_factor
    from margin.risk_factor_mapping_as_of($1, $2) as m
    cross join lateral (values (m.price_factor), (m.volatility_factor)) as f (risk_factor)
    join margin.risk_group_commodity_as_of($1, $2) as c on c.parameter_set = m.parameter_set
        and c.combined_commodity = m.combined_commodity
    where m.parameter_set = $5 and f.risk_factor is not null
), newest as (
    select f.risk_factor, max(l.level_date) as level_date
    from (select f.risk_factor from factor as f group by f.risk_factor) as f
    join margin.risk_factor_level_as_of($1) as l on l.risk_factor = f.risk_factor and l.level_date <= $2
    group by f.risk_factor
)
select 'risk_factor_level' as table_name, n.risk_factor::text as row_key, null::bigint as load_id,
    null::bigint as source_line, 'level_date' as column_name, n.level_date::text as value,
    'the history of ' || n.risk_factor || ' ends ' || ($2 - n.level_date) || ' days before the business date' as message
from newest as n
where n.level_date < $2
order by row_key
