-- purpose: every result row of a run, cell by cell, whatever its table: what a case is compared with
-- grain: one row a cell: table, row number within the table, column, value as text (lists as JSON arrays)
-- order: table, row, column
-- reads: add_on, collateral_value, combined_commodity_risk, component_shortfall, computed_part, cover_two,
--     currency_requirement, delivery_month_charge, finding, group_stress, margin_call, member_concentration,
--     member_stress, requirement, requirement_at_credit_cut, result_source, reverse_stress, risk_array,
--     risk_group_share, scan_spread_risk, second_round, second_round_impact, second_round_member,
--     spread_leg_formed, stress_add_on, stress_array, stress_exposure, stress_unit, tier_risk,
--     unpaid_variation_margin, value_at_risk, variation_margin
-- parameters: $1 run
with result as (
    select 'add_on' as table_name, to_jsonb(t) as cells from margin.add_on_of($1) as t
    union all
    select 'collateral_value', to_jsonb(t) from margin.collateral_value_of($1) as t
    union all
    select 'combined_commodity_risk', to_jsonb(t) from margin.combined_commodity_risk_of($1) as t
    union all
    select 'component_shortfall', to_jsonb(t) from margin.component_shortfall_of($1) as t
    union all
    select 'currency_requirement', to_jsonb(t) from margin.currency_requirement_of($1) as t
    union all
    select 'delivery_month_charge', to_jsonb(t) from margin.delivery_month_charge_of($1) as t
    union all
    select 'finding', to_jsonb(t) from margin.finding_of($1) as t
    union all
    select 'margin_call', to_jsonb(t) from margin.margin_call_of($1) as t
    union all
    select 'member_concentration', to_jsonb(t) from margin.member_concentration_of($1) as t
    union all
    select 'requirement', to_jsonb(t) from margin.requirement_of($1) as t
    union all
    select 'requirement_at_credit_cut', to_jsonb(t) from margin.requirement_at_credit_cut_of($1) as t
    union all
    select 'risk_array', to_jsonb(t) from margin.risk_array_of($1) as t
    union all
    select 'risk_group_share', to_jsonb(t) from margin.risk_group_share_of($1) as t
    union all
    select 'scan_spread_risk', to_jsonb(t) from margin.scan_spread_risk_of($1) as t
    union all
    select 'spread_leg_formed', to_jsonb(t) from margin.spread_leg_formed_of($1) as t
    union all
    select 'cover_two', to_jsonb(t) from margin.cover_two_of($1) as t
    union all
    select 'group_stress', to_jsonb(t) from margin.group_stress_of($1) as t
    union all
    select 'member_stress', to_jsonb(t) from margin.member_stress_of($1) as t
    union all
    select 'reverse_stress', to_jsonb(t) from margin.reverse_stress_of($1) as t
    union all
    select 'second_round', to_jsonb(t) from margin.second_round_of($1) as t
    union all
    select 'second_round_impact', to_jsonb(t) from margin.second_round_impact_of($1) as t
    union all
    select 'second_round_member', to_jsonb(t) from margin.second_round_member_of($1) as t
    union all
    select 'stress_add_on', to_jsonb(t) from margin.stress_add_on_of($1) as t
    union all
    select 'stress_array', to_jsonb(t) from margin.stress_array_of($1) as t
    union all
    select 'stress_exposure', to_jsonb(t) from margin.stress_exposure_of($1) as t
    union all
    select 'stress_unit', to_jsonb(t) from margin.stress_unit_of($1) as t
    union all
    select 'tier_risk', to_jsonb(t) from margin.tier_risk_of($1) as t
    union all
    select 'unpaid_variation_margin', to_jsonb(t) from margin.unpaid_variation_margin_of($1) as t
    union all
    select 'value_at_risk', to_jsonb(t) from margin.value_at_risk_of($1) as t
    union all
    select 'variation_margin', to_jsonb(t) from margin.variation_margin_of($1) as t
), numbered as (
    select r.table_name, r.cells - 'run_id' as cells,
        row_number() over (partition by r.table_name order by
            r.cells ->> 'account' collate "C", r.cells ->> 'owner' collate "C", r.cells ->> 'step' collate "C",
            (r.cells ->> 'sequence')::bigint, (r.cells ->> 'leg')::bigint, (r.cells ->> 'line')::bigint,
            (r.cells ->> 'finding')::bigint,
            (r.cells ->> 'round')::bigint, (r.cells ->> 'scenario_number')::bigint, r.cells ->> 'combined_commodity' collate "C",
            r.cells ->> 'series' collate "C", r.cells ->> 'currency' collate "C", r.cells ->> 'add_on' collate "C",
            r.cells ->> 'item' collate "C", r.cells ->> 'level' collate "C",
            r.cells ->> 'member' collate "C", r.cells ->> 'unit' collate "C", r.cells ->> 'member_group' collate "C", r.cells ->> 'credit_cut' collate "C", r.cells ->> 'tier' collate "C", r.cells ->> 'spread' collate "C",
            (r.cells ->> 'contract_month')::margin.contract_month, r.cells ->> 'risk_group' collate "C") as row_number
    from result as r
)
select n.table_name, n.row_number, c.key as column_name, c.value
from numbered as n
cross join lateral jsonb_each_text(n.cells) as c
order by n.table_name, n.row_number, c.key
