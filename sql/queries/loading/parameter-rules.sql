-- purpose: what contradicts itself in parameter sets, when they are loaded: their rows never change, so none may be wrong
-- grain: one row a broken rule: table_name, row_key, rule
-- order: parameter set, table, row
-- reads: account, account_class, call_rule, collateral_limit, combined_commodity_margin, composite_delta_weight,
--     concentration_tier, currency, delivery_charge, half_spread_charge, impact_charge, inter_spread, inter_spread_leg,
--     intra_spread, intra_spread_leg, liquidity_group, liquidity_group_member, member_concentration_tier,
--     month_tier, price_scan_range_tier, risk_factor, risk_factor_mapping, risk_group, risk_group_commodity,
--     scenario, simulation
-- parameters: $1 parameter sets, $2 whether all rows of the sets are there, so that what is missing is wrong too, $3 last load to look at, $4 date whose overrides hold
with scenario as (
    select s.parameter_set, s.scenario_set, s.scenario, s.volatility_move, s.weight, s.pair,
        s.price_move_numerator / s.price_move_denominator as price_move
    from margin.scenario_as_of($3, $4) as s
    where s.parameter_set = any ($1)
), tier as (
    select t.parameter_set, t.combined_commodity, t.tier, array_agg(t.contract_month order by t.contract_month) as months,
        bool_or(t.is_scanned_apart) as is_scanned_apart, bool_and(t.is_scanned_apart) as is_wholly_scanned_apart
    from margin.month_tier_as_of($3, $4) as t
    where t.parameter_set = any ($1)
    group by t.parameter_set, t.combined_commodity, t.tier
), range_tier as (
    select r.parameter_set, r.combined_commodity, r.from_month, r.to_month,
        lead(r.from_month) over (partition by r.parameter_set, r.combined_commodity order by r.from_month) as next_month
    from margin.price_scan_range_tier_as_of($3, $4) as r
    where r.parameter_set = any ($1)
), inter_leg as (
    select l.parameter_set, l.spread, l.leg, l.combined_commodity, l.tier, l.side, s.kind,
        coalesce(l.credit_rate, s.credit_rate) as credit_rate
    from margin.inter_spread_leg_as_of($3, $4) as l
    join margin.inter_spread_as_of($3, $4) as s on s.parameter_set = l.parameter_set and s.spread = l.spread
    where l.parameter_set = any ($1)
), concentration as (
    select c.parameter_set, 'concentration_tier' as table_name, c.account_class || ', ' || c.combined_commodity as row_key,
        c.tiers_of
    from margin.concentration_tier_as_of($3, $4) as c
    where c.parameter_set = any ($1)
    union all
    select c.parameter_set, 'member_concentration_tier', c.combined_commodity, c.tiers_of
    from margin.member_concentration_tier_as_of($3, $4) as c
    where c.parameter_set = any ($1)
), group_leg as (
    -- The group of each leg whose risk a simulation may replace; null for every other leg.
    select l.parameter_set, l.spread, g.risk_group
    from margin.inter_spread_leg_as_of($3, $4) as l
    left join margin.risk_group_commodity_as_of($3, $4) as c
        on c.parameter_set = l.parameter_set and c.combined_commodity = l.combined_commodity
    left join margin.risk_group_as_of($3, $4) as g
        on g.parameter_set = c.parameter_set and g.risk_group = c.risk_group and g.measure <> 'scan'
    where l.parameter_set = any ($1)
), factor_use as (
    select m.parameter_set, m.combined_commodity, m.series, f.risk_factor
    from margin.risk_factor_mapping_as_of($3, $4) as m
    cross join lateral (values (m.price_factor), (m.volatility_factor)) as f (risk_factor)
    where m.parameter_set = any ($1) and f.risk_factor is not null
), broken as (
    select s.parameter_set, 'scenario' as table_name, s.scenario_set || ', ' || s.scenario as row_key,
        case when q.pair is distinct from s.scenario then 'scenario ' || s.scenario || ' has no scenario ' || s.pair || ' as its pair'
            else 'its pair ' || s.pair || ' must be the same price move with the opposite volatility move' end as rule
    from scenario as s
    left join scenario as q
        on q.parameter_set = s.parameter_set and q.scenario_set = s.scenario_set and q.scenario = s.pair
    where s.pair is not null and (q.scenario is not null or $2)
        and (q.pair is distinct from s.scenario or q.price_move <> s.price_move or q.volatility_move <> -s.volatility_move)
    union all
    select s.parameter_set, 'scenario', s.scenario_set || ', ' || s.scenario,
        'a weight of zero makes scenario ' || s.scenario || ' do nothing'
    from scenario as s
    where s.weight = 0
    union all
    select s.parameter_set, 'scenario', s.scenario_set, 'the numbers of scenario set ' || s.scenario_set || ' have a hole'
    from scenario as s
    where $2
    group by s.parameter_set, s.scenario_set
    having count(*) <> max(s.scenario)
    union all
    select w.parameter_set, 'composite_delta_weight', w.scenario_set, 'the weights sum to ' || sum(w.weight) || ', not to 1'
    from margin.composite_delta_weight_as_of($3, $4) as w
    where w.parameter_set = any ($1)
    group by w.parameter_set, w.scenario_set
    having sum(w.weight) <> 1
    union all
    select r.parameter_set, 'price_scan_range_tier', r.combined_commodity || ', ' || r.from_month,
        case when margin.is_within_months(r.next_month, r.from_month, r.to_month) then 'its months overlap those of the row from ' || r.next_month
            else 'no row covers the months between ' || r.to_month || ' and ' || r.next_month end
    from range_tier as r
    where margin.is_within_months(r.next_month, r.from_month, r.to_month)
        or ($2 and r.next_month <> margin.next_contract_month(r.to_month))
    union all
    select t.parameter_set, 'month_tier', t.combined_commodity || ', ' || t.tier, 'some of its months are scanned apart, some not'
    from tier as t
    where t.is_scanned_apart and not t.is_wholly_scanned_apart
    union all
    select t.parameter_set, 'month_tier', t.combined_commodity || ', ' || t.tier,
        'a month of it is in scan tier ' || u.tier || ' too'
    from tier as t
    join tier as u on u.parameter_set = t.parameter_set and u.combined_commodity = t.combined_commodity
        and u.tier > t.tier and u.months && t.months
    where t.is_scanned_apart and u.is_scanned_apart
    union all
    select s.parameter_set, 'intra_spread', s.combined_commodity || ', ' || s.spread,
        'priority ' || s.priority || ' is that of another ' || s.leg_kind || ' spread too'
    from (
        select i.parameter_set, i.combined_commodity, i.leg_kind, i.priority, max(i.spread) as spread
        from margin.intra_spread_as_of($3, $4) as i
        where i.parameter_set = any ($1)
        group by i.parameter_set, i.combined_commodity, i.leg_kind, i.priority
        having count(*) > 1
    ) as s
    union all
    select s.parameter_set, 'inter_spread', s.spread,
        'priority ' || s.priority || ' is that of another ' || case when s.is_super then 'super ' else '' end || 'spread too'
    from (
        select i.parameter_set, i.is_super, i.priority, max(i.spread) as spread
        from margin.inter_spread_as_of($3, $4) as i
        where i.parameter_set = any ($1)
        group by i.parameter_set, i.is_super, i.priority
        having count(*) > 1
    ) as s
    union all
    select s.parameter_set, 'inter_spread', s.spread, 'a credit rate of ' || trim_scale(s.credit_rate) || ' is above 100 %'
    from margin.inter_spread_as_of($3, $4) as s
    where s.parameter_set = any ($1) and s.kind <> 'flat' and s.credit_rate > 1
    union all
    select l.parameter_set, 'inter_spread_leg', l.spread || ', ' || l.leg,
        'a credit rate of ' || trim_scale(l.credit_rate) || ' is above 100 %'
    from inter_leg as l
    join margin.inter_spread_leg_as_of($3, $4) as g on g.parameter_set = l.parameter_set and g.spread = l.spread and g.leg = l.leg
    where l.kind <> 'flat' and g.credit_rate > 1
    union all
    select l.parameter_set, 'intra_spread_leg', l.combined_commodity || ', ' || l.spread || ', ' || l.leg,
        'tiers ' || l.tier || ' and ' || k.tier || ' on one side share months and are not the same'
    from margin.intra_spread_leg_as_of($3, $4) as l
    join margin.intra_spread_leg_as_of($3, $4) as k on k.parameter_set = l.parameter_set
        and k.combined_commodity = l.combined_commodity and k.spread = l.spread and k.side = l.side and k.leg > l.leg
    join tier as t on t.parameter_set = l.parameter_set and t.combined_commodity = l.combined_commodity and t.tier = l.tier
    join tier as u on u.parameter_set = l.parameter_set and u.combined_commodity = l.combined_commodity and u.tier = k.tier
    where l.parameter_set = any ($1) and t.months && u.months and t.months <> u.months
    union all
    select r.parameter_set, 'call_rule', r.account_class,
        f.column_name || ' ' || trim_scale(f.amount) || ' has more decimals than ' || a.call_currency || ', in which account '
            || a.account || ' of the class is called: it has ' || a.minor_unit_decimals
    from margin.call_rule_as_of($3, $4) as r
    cross join lateral (values ('threshold', r.threshold), ('minimum_transfer_amount', r.minimum_transfer_amount),
        ('lot', r.lot), ('intraday_trigger', r.intraday_trigger)) as f (column_name, amount)
    cross join lateral (
        select v.account, v.call_currency, c.minor_unit_decimals
        from margin.account_as_of($3) as v
        join margin.currency_as_of($3) as c on c.currency = v.call_currency
        where v.account_class = r.account_class and min_scale(f.amount) > c.minor_unit_decimals
        order by v.account
        limit 1
    ) as a
    where r.parameter_set = any ($1)
    union all
    -- Far above any real figure and far below what 64 bits of money can hold.
    select a.parameter_set, 'account_class', a.account_class, f.name || ' of ' || trim_scale(f.figure) || ' is above 100'
    from margin.account_class_as_of($3, $4) as a
    cross join lateral (values ('an initial ratio', a.initial_ratio), ('a credit multiplier', a.credit_multiplier),
        ('a kappa', a.correlation_underestimation_kappa)) as f (name, figure)
    where a.parameter_set = any ($1) and f.figure > 100
    union all
    select r.parameter_set, r.table_name, r.row_key, r.name || ' of ' || trim_scale(r.figure) || ' is above 100,000,000'
    from (
        select s.parameter_set, 'intra_spread' as table_name, s.combined_commodity || ', ' || s.spread as row_key,
            'a charge rate' as name, s.charge_rate as figure
        from margin.intra_spread_as_of($3, $4) as s
        union all
        select s.parameter_set, 'inter_spread', s.spread, 'a credit', s.credit_rate
        from margin.inter_spread_as_of($3, $4) as s
        union all
        select d.parameter_set, 'delivery_charge', d.combined_commodity || ', ' || d.contract_month, 'a delivery rate',
            greatest(d.outright_rate, d.spread_rate)
        from margin.delivery_charge_as_of($3, $4) as d
        union all
        select m.parameter_set, 'combined_commodity_margin', m.combined_commodity, 'a short option minimum',
            m.short_option_minimum_rate
        from margin.combined_commodity_margin_as_of($3, $4) as m
    ) as r
    where r.parameter_set = any ($1) and r.figure > 100000000
    union all
    select c.parameter_set, c.table_name, c.row_key, 'its tiers are of volume and of open interest: one of them'
    from concentration as c
    group by c.parameter_set, c.table_name, c.row_key
    having count(distinct c.tiers_of) > 1
    union all
    select s.parameter_set, 'intra_spread', s.combined_commodity || ', ' || s.spread, 'side ' || b.side || ' has no leg'
    from margin.intra_spread_as_of($3, $4) as s
    cross join (values ('A'), ('B')) as b (side)
    where $2 and s.parameter_set = any ($1)
        and not exists (select from margin.intra_spread_leg_as_of($3, $4) as l where l.parameter_set = s.parameter_set
            and l.combined_commodity = s.combined_commodity and l.spread = s.spread and l.side = b.side)
    union all
    select s.parameter_set, 'inter_spread', s.spread, 'side ' || b.side || ' has no leg'
    from margin.inter_spread_as_of($3, $4) as s
    cross join (values ('A'), ('B')) as b (side)
    where $2 and s.parameter_set = any ($1) and s.kind <> 'scan'
        and not exists (select from inter_leg as l
            where l.parameter_set = s.parameter_set and l.spread = s.spread and l.side = b.side)
    union all
    select l.parameter_set, 'inter_spread_leg', l.spread || ', ' || l.leg, 'neither the leg nor its spread has a credit rate'
    from inter_leg as l
    where $2 and l.credit_rate is null
    union all
    select l.parameter_set, 'inter_spread_leg', l.spread || ', ' || l.leg,
        'combined commodity ' || l.combined_commodity || ' has no tier ' || l.tier
    from inter_leg as l
    where $2 and l.tier is not null
        and not exists (select from tier as t where t.parameter_set = l.parameter_set
            and t.combined_commodity = l.combined_commodity and t.tier = l.tier)
    union all
    select l.parameter_set, 'intra_spread_leg', l.combined_commodity || ', ' || l.spread || ', ' || l.leg,
        'combined commodity ' || l.combined_commodity || ' has no tier ' || l.tier
    from margin.intra_spread_leg_as_of($3, $4) as l
    where $2 and l.parameter_set = any ($1) and l.tier is not null
        and not exists (select from tier as t where t.parameter_set = l.parameter_set
            and t.combined_commodity = l.combined_commodity and t.tier = l.tier)
    union all
    select l.parameter_set, 'intra_spread_leg', l.combined_commodity || ', ' || l.spread || ', ' || l.leg,
        'a ' || s.leg_kind || ' spread''s leg is a ' || case s.leg_kind when 'tier' then 'tier' else 'contract month' end
    from margin.intra_spread_leg_as_of($3, $4) as l
    join margin.intra_spread_as_of($3, $4) as s on s.parameter_set = l.parameter_set
        and s.combined_commodity = l.combined_commodity and s.spread = l.spread
    where l.parameter_set = any ($1) and (s.leg_kind = 'tier') <> (l.tier is not null)
    union all
    select a.parameter_set, 'account_class', a.account_class,
        'a credit multiplier of ' || trim_scale(a.credit_multiplier) || ' is below 1, which adds nothing'
    from margin.account_class_as_of($3, $4) as a
    where a.parameter_set = any ($1) and a.credit_multiplier < 1
    union all
    select l.parameter_set, 'inter_spread', l.spread,
        'it joins combined commodities of a risk group that is simulated with others: '
            || string_agg(distinct coalesce(l.risk_group, 'none'), ', ' order by coalesce(l.risk_group, 'none'))
    from group_leg as l
    where $2
    group by l.parameter_set, l.spread
    having count(distinct coalesce(l.risk_group, '')) > 1
    union all
    select u.parameter_set, 'risk_factor_mapping', u.combined_commodity || ', ' || u.series,
        'the set has no risk factor ' || u.risk_factor
    from factor_use as u
    where $2 and not exists (select from margin.risk_factor_as_of($3, $4) as f
        where f.parameter_set = u.parameter_set and f.risk_factor = u.risk_factor)
    union all
    select c.parameter_set, 'risk_group_commodity', c.risk_group || ', ' || c.combined_commodity,
        'no risk_factor_mapping row is for ' || c.combined_commodity
    from margin.risk_group_commodity_as_of($3, $4) as c
    where $2 and c.parameter_set = any ($1)
        and not exists (select from margin.risk_factor_mapping_as_of($3, $4) as m where m.parameter_set = c.parameter_set
            and m.combined_commodity = c.combined_commodity)
    union all
    select g.parameter_set, 'risk_group', g.risk_group, 'it has no combined commodity'
    from margin.risk_group_as_of($3, $4) as g
    where $2 and g.parameter_set = any ($1)
        and not exists (select from margin.risk_group_commodity_as_of($3, $4) as c
            where c.parameter_set = g.parameter_set and c.risk_group = g.risk_group)
    union all
    select s.parameter_set, 'simulation', s.simulation, 'a look-back of ' || s.look_back_days || ' days is shorter than '
        || 'the margin period of risk of ' || s.mpor_days
    from margin.simulation_as_of($3, $4) as s
    where s.parameter_set = any ($1) and s.look_back_days < s.mpor_days
    union all
    select s.parameter_set, 'simulation', s.simulation, 'a kappa of ' || trim_scale(s.break_kappa) || ' is above 100'
    from margin.simulation_as_of($3, $4) as s
    where s.parameter_set = any ($1) and s.break_kappa > 100
    union all
    select w.parameter_set, 'composite_delta_weight', w.scenario_set, 'no scenario set ' || w.scenario_set
    from margin.composite_delta_weight_as_of($3, $4) as w
    where $2 and w.parameter_set = any ($1)
        and not exists (select from scenario as s
            where s.parameter_set = w.parameter_set and s.scenario_set = w.scenario_set)
    group by w.parameter_set, w.scenario_set
    union all
    select r.parameter_set, r.table_name, r.combined_commodity, 'the set has no combined_commodity_margin row for it'
    from (
        select t.parameter_set, 'month_tier' as table_name, t.combined_commodity from margin.month_tier_as_of($3, $4) as t
        union
        select t.parameter_set, 'price_scan_range_tier', t.combined_commodity from margin.price_scan_range_tier_as_of($3, $4) as t
        union
        select t.parameter_set, 'intra_spread', t.combined_commodity from margin.intra_spread_as_of($3, $4) as t
        union
        select t.parameter_set, 'inter_spread_leg', t.combined_commodity from margin.inter_spread_leg_as_of($3, $4) as t
        union
        select t.parameter_set, 'delivery_charge', t.combined_commodity from margin.delivery_charge_as_of($3, $4) as t
        union
        select t.parameter_set, 'liquidity_group_member', t.combined_commodity from margin.liquidity_group_member_as_of($3, $4) as t
        union
        select t.parameter_set, 'concentration_tier', t.combined_commodity from margin.concentration_tier_as_of($3, $4) as t
        union
        select t.parameter_set, 'member_concentration_tier', t.combined_commodity from margin.member_concentration_tier_as_of($3, $4) as t
        union
        select t.parameter_set, 'half_spread_charge', t.combined_commodity from margin.half_spread_charge_as_of($3, $4) as t
        union
        select t.parameter_set, 'impact_charge', t.combined_commodity from margin.impact_charge_as_of($3, $4) as t
        union
        select t.parameter_set, 'risk_factor_mapping', t.combined_commodity from margin.risk_factor_mapping_as_of($3, $4) as t
        union
        select t.parameter_set, 'risk_group_commodity', t.combined_commodity from margin.risk_group_commodity_as_of($3, $4) as t
    ) as r
    where $2 and r.parameter_set = any ($1)
        and not exists (select from margin.combined_commodity_margin_as_of($3, $4) as m
            where m.parameter_set = r.parameter_set and m.combined_commodity = r.combined_commodity)
    union all
    select r.parameter_set, r.table_name, r.account_class, 'the set has no account_class row for it'
    from (
        select t.parameter_set, 'call_rule' as table_name, t.account_class from margin.call_rule_as_of($3, $4) as t
        union
        select t.parameter_set, 'collateral_limit', t.account_class from margin.collateral_limit_as_of($3, $4) as t
        union
        select t.parameter_set, 'liquidity_group', t.account_class from margin.liquidity_group_as_of($3, $4) as t
        union
        select t.parameter_set, 'concentration_tier', t.account_class from margin.concentration_tier_as_of($3, $4) as t
        union
        select t.parameter_set, 'half_spread_charge', t.account_class from margin.half_spread_charge_as_of($3, $4) as t
        union
        select t.parameter_set, 'impact_charge', t.account_class from margin.impact_charge_as_of($3, $4) as t
    ) as r
    where $2 and r.parameter_set = any ($1)
        and not exists (select from margin.account_class_as_of($3, $4) as a
            where a.parameter_set = r.parameter_set and a.account_class = r.account_class)
    union all
    select m.parameter_set, 'combined_commodity_margin', m.combined_commodity, 'no scenario set ' || m.scenario_set
    from margin.combined_commodity_margin_as_of($3, $4) as m
    where $2 and m.parameter_set = any ($1)
        and not exists (select from scenario as s
            where s.parameter_set = m.parameter_set and s.scenario_set = m.scenario_set)
)
select b.parameter_set::text, b.table_name, b.row_key, b.rule
from broken as b
order by b.parameter_set, b.table_name, b.row_key, b.rule
limit 100
