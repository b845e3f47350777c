-- purpose: parameters: what large, illiquid and concentrated positions cost
create table margin.liquidity_group (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    liquidity_group margin.code not null,
    horizon_days margin.positive not null
);
-- liquidity_group_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('liquidity_group', '{parameter_set, account_class, liquidity_group}');
comment on table margin.liquidity_group is
    'Combined commodities liquidated together. Grain: one row a parameter set, account class and liquidity group.';
comment on column margin.liquidity_group.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.liquidity_group.account_class is 'Class of accounts the row holds for.';
comment on column margin.liquidity_group.liquidity_group is 'Liquidity group.';
comment on column margin.liquidity_group.horizon_days is 'Days the margin covers without an add-on, above 0.';

create table margin.liquidity_group_member (
    parameter_set margin.code not null,
    account_class margin.code not null,
    liquidity_group margin.code not null,
    combined_commodity margin.code not null,
    participation margin.positive not null default 1,
    extra_days margin.non_negative not null default 0,
    parent_revision integer not null generated always as (1) stored,
    foreign key (parameter_set, account_class, liquidity_group, parent_revision) references margin.liquidity_group (parameter_set, account_class, liquidity_group, revision)
);
-- liquidity_group_member_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('liquidity_group_member', '{parameter_set, account_class, combined_commodity}');
comment on table margin.liquidity_group_member is
    'Which group a combined commodity is in. Grain: one row a parameter set, account class and combined commodity.';
comment on column margin.liquidity_group_member.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.liquidity_group_member.account_class is 'Class of accounts the row holds for.';
comment on column margin.liquidity_group_member.liquidity_group is 'Liquidity group.';
comment on column margin.liquidity_group_member.combined_commodity is 'Combined commodity.';
comment on column margin.liquidity_group_member.participation is
    'Share of the average daily volume that can be traded a day, above 0.';
comment on column margin.liquidity_group_member.extra_days is 'Days added to its liquidation period, 0 or more.';

create table margin.concentration_tier (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    combined_commodity margin.code not null,
    tiers_of text not null check (tiers_of in ('adv', 'open_interest')),
    above margin.non_negative not null,
    rate margin.non_negative not null
);
-- concentration_tier_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('concentration_tier', '{parameter_set, account_class, combined_commodity, above}');
comment on table margin.concentration_tier is
    'Marginal rates of the concentration charge. Grain: one row a parameter set, account class, combined commodity and lower bound.';
comment on column margin.concentration_tier.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.concentration_tier.account_class is 'Class of accounts the row holds for.';
comment on column margin.concentration_tier.combined_commodity is 'Combined commodity.';
comment on column margin.concentration_tier.tiers_of is
    'What the bound is a multiple of: adv (average daily volume) or open_interest.';
comment on column margin.concentration_tier.above is 'Lower bound of the tier, 0 or more, in multiples.';
comment on column margin.concentration_tier.rate is
    'Charge on the part of the position in the tier, as a share of its risk, 0 or more.';

-- as rows, their lines by owner and level, and what they were computed from.
create table margin.half_spread_charge (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    combined_commodity margin.code not null,
    contract_value_factor margin.positive not null,
    tier_factor margin.non_negative not null default 1
);
-- half_spread_charge_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('half_spread_charge', '{parameter_set, account_class, combined_commodity}');
comment on table margin.half_spread_charge is
    'What half the bid-ask spread costs on closing out. Grain: one row a parameter set, account class and combined commodity.';
comment on column margin.half_spread_charge.parameter_set is 'Parameter set.';
comment on column margin.half_spread_charge.account_class is 'Class of accounts the row holds for.';
comment on column margin.half_spread_charge.combined_commodity is 'Combined commodity; its half-spread is in liquidity.';
comment on column margin.half_spread_charge.contract_value_factor is
    'Money a unit of price and contract of net delta, above 0.';
comment on column margin.half_spread_charge.tier_factor is 'Multiple of the half-spread for this tier of liquidity, 0 or more.';

create table margin.impact_charge (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    combined_commodity margin.code not null,
    impact_coefficient margin.non_negative not null,
    contract_value_factor margin.positive not null
);
-- impact_charge_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('impact_charge', '{parameter_set, account_class, combined_commodity}');
comment on table margin.impact_charge is
    'What closing out moves the price against itself. Grain: one row a parameter set, account class and combined commodity.';
comment on column margin.impact_charge.parameter_set is 'Parameter set.';
comment on column margin.impact_charge.account_class is 'Class of accounts the row holds for.';
comment on column margin.impact_charge.combined_commodity is
    'Combined commodity; its volume and daily volatility are in liquidity.';
comment on column margin.impact_charge.impact_coefficient is 'Coefficient of the square-root law, without unit, 0 or more.';
comment on column margin.impact_charge.contract_value_factor is 'Money a unit of price and contract of net delta, above 0.';

create table margin.member_concentration_tier (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    tiers_of text not null check (tiers_of in ('adv', 'open_interest')),
    above margin.non_negative not null,
    rate margin.non_negative not null
);
-- member_concentration_tier_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('member_concentration_tier', '{parameter_set, combined_commodity, above}');
comment on table margin.member_concentration_tier is
    'Marginal rates of the concentration charge on a member''s accounts together. Grain: one row a parameter set, combined commodity and lower bound.';
comment on column margin.member_concentration_tier.parameter_set is 'Parameter set.';
comment on column margin.member_concentration_tier.combined_commodity is 'Combined commodity.';
comment on column margin.member_concentration_tier.tiers_of is
    'What the bound is a multiple of: adv (average daily volume) or open_interest.';
comment on column margin.member_concentration_tier.above is 'Lower bound of the tier, 0 or more, in multiples.';
comment on column margin.member_concentration_tier.rate is
    'Charge on the part of the position in the tier, as a share of its risk, 0 or more.';
