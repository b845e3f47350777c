-- purpose: every spread leg formed, with what it consumed and charged or credited, for the report spreads
-- grain: one row an account, owner, step, sequence and leg
-- order: member, account, owner, step as applied, sequence, leg
-- reads: account, computed_part, inter_spread, inter_spread_leg, result_source, scan_spread_risk, spread_leg_formed
-- needs: reported_account
-- parameters: $1 run, $2 pinned load, $3 business date, $6 parameter set
with inter_spread_in_force as (
    select v.spread, v.credit_rate
    from margin.inter_spread_as_of($2, $3) as v
    where v.parameter_set = $6
),
inter_spread_leg_in_force as (
    select v.spread, v.combined_commodity, v.side, v.credit_rate
    from margin.inter_spread_leg_as_of($2, $3) as v
    where v.parameter_set = $6
),
leg_formed as (
    select a.place, s.owner, case s.step when 'super' then 1 when 'intra' then 2 else 3 end as step_place, s.step,
        s.sequence::bigint as sequence, s.leg::bigint as leg, s.spread, s.combined_commodity, s.pool, s.side, s.a_side,
        s.spread_count::numeric as spread_count, s.delta_before::numeric as delta_before,
        s.consumed::numeric as consumed, s.contract_months::text[] as contract_months,
        s.consumed_by_month as month_units, s.weighted_price_risk, s.rate, s.currency, s.charge, s.credit
    from reported_account as a
    join margin.spread_leg_formed as s on s.account = a.account and int8eq(s.run_id, a.offsets_run_id)
        and s.run_id = any ((select margin.source_runs($1, 'offsets'))::bigint[])
    union all
    -- A scan-based spread scans its legs as one: the rate multiplies gains, no delta is consumed, nothing is credited.
    select a.place, g.owner, 4, 'scan', row_number() over (partition by a.place, g.owner, l.place order by g.spread),
        l.place, g.spread, l.combined_commodity, '', coalesce(r.side, ''), '', 1::margin.delta, null,
        0::margin.delta, array[]::text[], array[]::bigint[], null, coalesce(r.credit_rate, i.credit_rate, 0),
        g.currency, 0, 0
    from reported_account as a
    join margin.scan_spread_risk as g on g.account = a.account and int8eq(g.run_id, a.offsets_run_id)
        and g.run_id = any ((select margin.source_runs($1, 'offsets'))::bigint[])
    cross join lateral unnest(g.legs) with ordinality as l (combined_commodity, place)
    left join inter_spread_in_force as i on i.spread = g.spread
    left join inter_spread_leg_in_force as r on r.spread = g.spread and r.combined_commodity = l.combined_commodity
)
select
    s.place as place,
    s.owner as owner,
    s.step as step,
    s.sequence as sequence,
    s.leg as leg,
    s.spread as spread,
    case s.step when 'intra' then s.combined_commodity else '' end as commodity_of_spread,
    s.combined_commodity as combined_commodity,
    s.pool as pool,
    s.side as side,
    s.a_side as a_side,
    s.spread_count as spread_count,
    s.delta_before as delta_before,
    s.consumed as consumed,
    s.contract_months as contract_months,
    s.month_units as month_units,
    s.weighted_price_risk as weighted_price_risk,
    s.rate as rate,
    s.currency as currency,
    s.charge as charge,
    s.credit as credit
from leg_formed as s
order by s.place, s.owner, s.step_place, s.sequence, s.leg
