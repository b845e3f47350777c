-- purpose: an add-on needs to know how its combined commodity trades
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: concentration_tier, contract, half_spread_charge, impact_charge, intraday_settlement_price, liquidity,
--     liquidity_group_member, member_concentration_tier, position, series, settlement_price
-- needs: listed_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with held as materialized (
    select s.combined_commodity
    from listed_series as s
    where s.is_held
    group by s.combined_commodity
), needed as (
    select m.combined_commodity, 'average_daily_volume' as column_name, 'liquidity group ' || m.liquidity_group as needed_by
    from margin.liquidity_group_member_as_of($1, $2) as m
    join held as h on h.combined_commodity = m.combined_commodity
    where m.parameter_set = $5
    union
    select t.combined_commodity, case t.tiers_of when 'adv' then 'average_daily_volume' else 'open_interest' end,
        'the concentration tiers'
    from margin.concentration_tier_as_of($1, $2) as t
    where t.parameter_set = $5
    union
    select t.combined_commodity, case t.tiers_of when 'adv' then 'average_daily_volume' else 'open_interest' end,
        'the members'' concentration tiers'
    from margin.member_concentration_tier_as_of($1, $2) as t
    where t.parameter_set = $5
    union
    select s.combined_commodity, 'half_spread', 'the half-spread charge'
    from margin.half_spread_charge_as_of($1, $2) as s
    join held as h on h.combined_commodity = s.combined_commodity
    where s.parameter_set = $5
    union
    select i.combined_commodity, 'daily_volatility', 'the impact charge'
    from margin.impact_charge_as_of($1, $2) as i
    join held as h on h.combined_commodity = i.combined_commodity
    where i.parameter_set = $5
)
select 'liquidity' as table_name, n.combined_commodity || ', ' || n.column_name as row_key, l.load_id, l.source_line,
    n.column_name, case when l.combined_commodity is null then 'no row' else 'empty' end as value,
    'no ' || n.column_name || ' of ' || n.combined_commodity || ', needed by ' || min(n.needed_by) as message
from needed as n
left join margin.liquidity_as_of($1) as l on l.business_date = $2 and l.combined_commodity = n.combined_commodity
where case n.column_name when 'average_daily_volume' then l.average_daily_volume when 'open_interest' then l.open_interest
    when 'half_spread' then l.half_spread else l.daily_volatility end is null
group by n.combined_commodity, n.column_name, l.load_id, l.source_line, l.combined_commodity
order by row_key
