-- purpose: every spread leg formed, with what it consumed and charged or credited, for the report spreads
-- grain: one row an account, owner, step, sequence and leg
-- order: member, account, owner, step as applied, sequence, leg
-- reads: account, combined_commodity, computed_part, inter_spread, inter_spread_leg, intra_spread, result_source,
--     scan_spread_risk, spread_leg_formed
-- needs: reported_account
-- parameters: $1 run, $2 pinned load, $3 business date, $6 parameter set
with commodity_in_force as (
    select v.combined_commodity, v.is_synthetic
    from margin.combined_commodity_as_of($2) as v
),
inter_spread_in_force as (
    select v.spread, v.priority, v.credit_rate
    from margin.inter_spread_as_of($2, $3) as v
    where v.parameter_set = $6
),
inter_spread_leg_in_force as (
    select v.spread, v.combined_commodity, v.side, v.credit_rate
    from margin.inter_spread_leg_as_of($2, $3) as v
    where v.parameter_set = $6
),
intra_spread_in_force as (
    select v.combined_commodity, v.spread, v.priority
    from margin.intra_spread_as_of($2, $3) as v
    where v.parameter_set = $6
),
leg_formed as (
    select s.account, s.owner, s.step, s.sequence, s.leg, s.spread, s.combined_commodity, s.pool, s.side, s.a_side,
        s.spread_count, s.delta_before, s.consumed, s.contract_months, s.consumed_by_month, s.weighted_price_risk, s.rate,
        s.currency, s.charge, s.credit
    from reported_account as a
    join margin.spread_leg_formed as s on s.account = a.account and int8eq(s.run_id, a.offsets_run_id)
        and s.run_id = any (margin.source_runs($1, 'offsets'))
    union all
    -- A scan-based spread scans its legs as one: the rate multiplies gains, no delta is consumed, nothing is credited.
    select g.account, g.owner, 'scan',
        row_number() over (partition by g.account, g.owner, l.place order by g.spread)::integer, l.place::smallint, g.spread,
        l.combined_commodity, '', coalesce(r.side, ''), '', 1::margin.delta, null, 0::margin.delta, array[]::margin.contract_month[], array[]::bigint[], null,
        coalesce(r.credit_rate, i.credit_rate, 0), g.currency, 0, 0
    from reported_account as a
    join margin.scan_spread_risk as g on g.account = a.account and int8eq(g.run_id, a.offsets_run_id)
        and g.run_id = any (margin.source_runs($1, 'offsets'))
    cross join lateral unnest(g.legs) with ordinality as l (combined_commodity, place)
    left join inter_spread_in_force as i on i.spread = g.spread
    left join inter_spread_leg_in_force as r on r.spread = g.spread and r.combined_commodity = l.combined_commodity
)
select
    a.member::text as member,
    s.account::text as account,
    s.owner::text as owner,
    s.step as step,
    s.sequence::bigint as sequence,
    s.leg::bigint as leg,
    s.spread::text as spread,
    coalesce(t.priority, i.priority, 0)::bigint as priority,
    s.combined_commodity::text as combined_commodity,
    cc.is_synthetic as is_synthetic,
    s.pool::text as pool,
    s.side as side,
    s.a_side as a_side,
    s.spread_count as spread_count,
    s.delta_before as delta_before,
    s.consumed as consumed,
    coalesce(months.consumed_by_month, '') as consumed_by_month,
    round(s.weighted_price_risk, 2) as weighted_price_risk,
    trim_scale(s.rate) as rate,
    s.currency::text as currency,
    trim_scale(s.charge) as charge,
    trim_scale(s.credit) as credit
from leg_formed as s
join reported_account as a on a.account = s.account
left join inter_spread_in_force as i on i.spread = s.spread and s.step <> 'intra'
left join intra_spread_in_force as t on t.combined_commodity = s.combined_commodity
    and t.spread = s.spread and s.step = 'intra'
left join commodity_in_force as cc on cc.combined_commodity = s.combined_commodity
cross join lateral (
    select string_agg(
        m.contract_month || ':' || margin.delta_of_units(m.consumed), ' ' order by m.place) as consumed_by_month
    from unnest(s.contract_months, s.consumed_by_month) with ordinality as m (contract_month, consumed, place)
) as months
order by
    a.member, s.account, s.owner, array_position(array['super', 'intra', 'inter', 'scan'], s.step), s.sequence, s.leg
