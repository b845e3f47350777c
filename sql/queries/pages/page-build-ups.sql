-- purpose: what the requirements of a member's accounts are made of, for the pages of members
-- grain: one row a member and margin currency
-- order: member, currency
-- reads: account, combined_commodity_risk, computed_part, currency_requirement, result_source
-- parameters: $1 run, $2 pinned load
with part as (
    select a.member, k.currency, sum(k.scan) as scan, sum(k.intra_charge) as intra_charge, sum(k.delivery_charge) as delivery_charge,
        sum(k.applied_credit) as applied_credit,
        coalesce(sum(k.risk - (k.scan + k.intra_charge + k.delivery_charge - k.applied_credit))
            filter (where k.scan_spread = ''), 0) as short_options,
        coalesce(sum(k.initial_risk - k.risk) filter (where k.scan_spread = ''), 0) as ratio
    from margin.combined_commodity_risk_of($1) as k
    join margin.account_as_of($2) as a on a.account = k.account
    group by a.member, k.currency
),
required as (
    select a.member, r.currency, sum(r.initial_risk) as initial_risk, sum(r.net_option_value) as net_option_value,
        sum(r.offset_add_back) as offset_add_back, sum(r.requirement) as requirement
    from margin.currency_requirement_of($1) as r
    join margin.account_as_of($2) as a on a.account = r.account
    group by a.member, r.currency
)
select r.member, r.currency, coalesce(p.scan, 0) as scan, coalesce(p.intra_charge, 0) as intra_charge,
    coalesce(p.delivery_charge, 0) as delivery_charge, coalesce(p.applied_credit, 0) as applied_credit,
    coalesce(p.short_options, 0) as short_options, coalesce(p.ratio, 0) as ratio, r.initial_risk, r.net_option_value,
    r.offset_add_back, r.requirement
from required as r
left join part as p on p.member = r.member and p.currency = r.currency
order by r.member, r.currency
