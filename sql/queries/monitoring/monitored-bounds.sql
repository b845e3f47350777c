-- purpose: the floors and caps that figures of a run touch
-- grain: one row a bound and what it binds
-- order: measure, subject
-- reads: collateral_value, combined_commodity_risk, computed_part, contract, currency_requirement,
--     intraday_settlement_price, margin_call, position, result_source, risk_array, series, settlement_price
-- parameters: $1 run, $2 pinned load, $3 business date, $4 cycle
select b.measure, b.subject
from (
    select 'short_option_minimum' as measure, r.account || ', ' || r.owner || ', ' || r.combined_commodity as subject
    from margin.combined_commodity_risk_of($1) as r
    where r.scan_spread = '' and r.short_option_minimum > r.scan + r.intra_charge + r.delivery_charge - r.applied_credit
    union all
    select 'offset_cap', r.account || ', ' || r.owner || ', ' || r.currency
    from margin.currency_requirement_of($1) as r
    where r.offset_add_back > 0
    union all
    select 'call_threshold', m.account
    from margin.margin_call_of($1) as m
    where m.reason_code = 'deficit_within_threshold'
    union all
    select 'collateral_limit', v.account || ', ' || v.item
    from margin.collateral_value_of($1) as v
    where v.excluded in ('issuer_limit', 'class_limits')
    union all
    select 'volatility_floor', a.combined_commodity
    from margin.risk_array_of($1) as a
    join margin.book_position_as_of($2, $3, $4) as p on p.series = a.series
    where a.volatility_rule = 'floor'
) as b
group by b.measure, b.subject
order by b.measure collate "C", b.subject collate "C"
