-- purpose: concentration over all accounts of a member, for the report member-concentration
-- grain: one row a member and combined commodity with member tiers
-- order: member, combined commodity
-- reads: account, combined_commodity, computed_part, currency, member_concentration, result_source
-- needs: reported_account
-- parameters: $1 run, $2 pinned load
with currency_in_force as (
    select v.currency, v.minor_unit_decimals
    from margin.currency_as_of($2) as v
),
commodity_in_force as (
    select v.combined_commodity, v.is_synthetic
    from margin.combined_commodity_as_of($2) as v
)
select
    m.member::text as member,
    m.combined_commodity::text as combined_commodity,
    cc.is_synthetic as is_synthetic,
    m.currency::text as currency,
    m.net_delta as net_delta,
    round(m.base, d.minor_unit_decimals) as base,
    round(m.member_charge, d.minor_unit_decimals) as member_charge,
    round(m.own_charges, d.minor_unit_decimals) as own_charges,
    round(m.excess, d.minor_unit_decimals) as excess
from margin.member_concentration_of($1) as m
left join currency_in_force as d on d.currency = m.currency
left join commodity_in_force as cc on cc.combined_commodity = m.combined_commodity
where m.member in (select a.member from reported_account as a)
order by m.member, m.combined_commodity
