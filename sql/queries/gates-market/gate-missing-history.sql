-- purpose: a simulated group needs histories on the same days, long enough, of every factor that moves what is held
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: combined_commodity, contract, intraday_settlement_price, position, risk_factor, risk_factor_level,
--     risk_factor_mapping, risk_group, risk_group_commodity, series, settlement_price, simulation, stressed_window
-- needs: listed_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with grouped as materialized (
    select g.risk_group, c.combined_commodity, s.simulation, s.mpor_days, s.look_back_days, s.is_filtered
    from margin.risk_group_as_of($1, $2) as g
    join margin.risk_group_commodity_as_of($1, $2) as c on c.parameter_set = g.parameter_set and c.risk_group = g.risk_group
    join margin.simulation_as_of($1, $2) as s on s.parameter_set = g.parameter_set and s.simulation = g.simulation
    where g.parameter_set = $5
), factor as materialized (
    select g.risk_group, g.simulation, g.mpor_days, g.look_back_days, f.risk_factor, f.return_kind,
        case when g.is_filtered then f.seed_days else 0 end as seed_days
    from grouped as g
    join margin.risk_factor_mapping_as_of($1, $2) as m on m.parameter_set = $5 and m.combined_commodity = g.combined_commodity
    join margin.risk_factor_as_of($1, $2) as f on f.parameter_set = $5 and f.risk_factor in (m.price_factor, m.volatility_factor)
    group by g.risk_group, g.simulation, g.mpor_days, g.look_back_days, g.is_filtered, f.risk_factor, f.return_kind,
        f.seed_days
), level as materialized (
    select l.risk_factor, l.level_date, l.level, l.load_id, l.source_line
    from margin.risk_factor_level_as_of($1) as l
    where l.level_date <= $2 and l.risk_factor in (select f.risk_factor from factor as f)
), day as (
    select f.risk_group, l.level_date
    from factor as f
    join level as l on l.risk_factor = f.risk_factor
    group by f.risk_group, l.level_date
), history as (
    select f.risk_group, f.risk_factor, f.mpor_days, f.seed_days,
        least(count(l.level_date) - 1, coalesce(f.look_back_days, 30000)) as return_count
    from factor as f
    left join level as l on l.risk_factor = f.risk_factor
    group by f.risk_group, f.risk_factor, f.mpor_days, f.seed_days, f.look_back_days
)
select q.table_name, q.row_key, q.load_id, q.source_line, q.column_name, q.value, q.message
from (
    select 'risk_factor_level' as table_name, h.risk_factor || ', ' || h.risk_group as row_key, null::bigint as load_id,
        null::bigint as source_line, 'level_date' as column_name,
        case when h.return_count < 0 then 'no row' else h.return_count || ' returns' end as value,
        'the history of ' || h.risk_factor || ' is too short: group ' || h.risk_group || ' needs '
            || greatest(h.mpor_days, h.seed_days) || ' returns' as message
    from history as h
    where h.return_count < greatest(h.mpor_days, h.seed_days)
    union all
    select 'risk_factor_level', f.risk_factor || ', ' || d.level_date, null, null, 'level', 'no row',
        'no level of ' || f.risk_factor || ' on a day on which another factor of group ' || f.risk_group || ' has one'
    from factor as f
    join day as d on d.risk_group = f.risk_group
    left join level as l on l.risk_factor = f.risk_factor and l.level_date = d.level_date
    where l.level_date is null and exists (select from level as e where e.risk_factor = f.risk_factor)
    union all
    select 'risk_factor_level', l.risk_factor || ', ' || l.level_date, l.load_id, l.source_line, 'level', l.level::text,
        'log returns of ' || l.risk_factor || ' need a level above zero'
    from level as l
    where l.level <= 0 and l.risk_factor in (select f.risk_factor from factor as f where f.return_kind = 'log')
    union all
    select 'stressed_window', w.simulation || ', ' || w.from_date, null, null, 'from_date', w.from_date::text,
        'no ' || f.mpor_days || ' days of the history follow each other inside ' || w.from_date || ' to ' || w.to_date
    from margin.stressed_window_as_of($1, $2) as w
    join (select f.risk_group, f.simulation, f.mpor_days from factor as f
        group by f.risk_group, f.simulation, f.mpor_days) as f on f.simulation = w.simulation
    where w.parameter_set = $5 and f.mpor_days > (
        -- The first day of a history has a level and no return.
        select count(*) from day as d where d.risk_group = f.risk_group and d.level_date between w.from_date and w.to_date
            and d.level_date > (select min(e.level_date) from day as e where e.risk_group = f.risk_group))
    union all
    select 'risk_group_commodity', g.risk_group || ', ' || g.combined_commodity, null, null, 'combined_commodity',
        k.currency, 'group ' || g.risk_group || ' has combined commodities in several currencies'
    from grouped as g
    join margin.combined_commodity_as_of($1) as k on k.combined_commodity = g.combined_commodity
    where exists (select from grouped as o
        join margin.combined_commodity_as_of($1) as n on n.combined_commodity = o.combined_commodity
        where o.risk_group = g.risk_group and n.currency <> k.currency)
    union all
    select 'risk_factor_mapping', g.combined_commodity || ', ' || h.series, null, null, 'price_factor', 'no row',
        'no risk factor moves series ' || h.series || ', which is held in group ' || g.risk_group
    from listed_series as h
    join grouped as g on g.combined_commodity = h.combined_commodity
    where h.is_held and not exists (select from margin.risk_factor_mapping_as_of($1, $2) as m
        where m.parameter_set = $5 and m.combined_commodity = g.combined_commodity and m.series in ('', h.series))
    union all
    select 'risk_factor_mapping', g.combined_commodity || ', ' || h.series, null, null, 'price_factor', m.price_factor,
        'an inverse future needs log returns, which never take its price to zero'
    from listed_series as h
    join margin.contract_as_of($1) as c on c.contract = h.contract and c.future_valuation = 'inverse'
    join grouped as g on g.combined_commodity = c.combined_commodity
    join margin.risk_factor_mapping_as_of($1, $2) as m on m.parameter_set = $5 and m.combined_commodity = g.combined_commodity
        and m.series in ('', h.series)
    join margin.risk_factor_as_of($1, $2) as f on f.parameter_set = $5 and f.risk_factor = m.price_factor and f.return_kind <> 'log'
    where h.is_held
) as q
order by row_key
limit 1000
