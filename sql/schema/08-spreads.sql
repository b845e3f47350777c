-- purpose: parameters: tiers of months, spreads and their legs, delivery charges
create table margin.month_tier (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    tier margin.code not null,
    contract_month margin.contract_month not null,
    is_scanned_apart boolean not null default false
);
-- month_tier_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('month_tier', '{parameter_set, combined_commodity, tier, contract_month}');
comment on table margin.month_tier is
    'Contract months grouped into tiers for spreads and scanning; tiers may overlap. Grain: one row a parameter set, combined commodity, tier and month.';
comment on column margin.month_tier.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.month_tier.combined_commodity is 'Combined commodity.';
comment on column margin.month_tier.tier is 'Tier of contract months.';
comment on column margin.month_tier.contract_month is 'Contract month.';
comment on column margin.month_tier.is_scanned_apart is
    'Whether the tier is a scan tier: its months are scanned apart from the others.';

create table margin.intra_spread (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    spread margin.code not null,
    leg_kind text not null check (leg_kind in ('series', 'tier')),
    priority integer not null check (priority > 0),
    charge_kind text not null check (charge_kind in ('flat', 'weighted_price_risk')),
    charge_rate margin.non_negative not null
);
-- intra_spread_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('intra_spread', '{parameter_set, combined_commodity, spread}');
comment on table margin.intra_spread is
    'Calendar spreads within a combined commodity. Grain: one row a parameter set, combined commodity and spread.';
comment on column margin.intra_spread.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.intra_spread.combined_commodity is 'Combined commodity.';
comment on column margin.intra_spread.spread is 'Spread.';
comment on column margin.intra_spread.leg_kind is 'series (single months, formed first) or tier.';
comment on column margin.intra_spread.priority is 'Order of forming, above 0, lowest first; equal ones by spread.';
comment on column margin.intra_spread.charge_kind is
    'flat, or weighted_price_risk: a fraction of the combined commodity''s weighted price risk.';
comment on column margin.intra_spread.charge_rate is
    'Charge a spread, 0 or more: money in the margin currency, or a fraction, as the kind says.';

create table margin.intra_spread_leg (
    parameter_set margin.code not null,
    combined_commodity margin.code not null,
    spread margin.code not null,
    leg smallint not null check (leg > 0),
    side text not null check (side in ('A', 'B')),
    tier margin.code,
    contract_month margin.contract_month,
    ratio margin.positive not null,
    parent_revision integer not null generated always as (1) stored,
    foreign key (parameter_set, combined_commodity, spread, parent_revision) references margin.intra_spread (parameter_set, combined_commodity, spread, revision),
    constraint leg_is_a_tier_or_a_month check ((tier is null) <> (contract_month is null))
);
-- intra_spread_leg_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('intra_spread_leg', '{parameter_set, combined_commodity, spread, leg}');
comment on table margin.intra_spread_leg is
    'Legs of calendar spreads. Grain: one row a parameter set, combined commodity, spread and leg.';
comment on column margin.intra_spread_leg.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.intra_spread_leg.combined_commodity is 'Combined commodity.';
comment on column margin.intra_spread_leg.spread is 'Spread.';
comment on column margin.intra_spread_leg.leg is 'Number of the leg within the spread, 1, 2, ….';
comment on column margin.intra_spread_leg.side is 'Side of the spread the leg is on: A or B.';
comment on column margin.intra_spread_leg.tier is 'Tier the leg draws on; null for a single month.';
comment on column margin.intra_spread_leg.contract_month is 'Month the leg draws on; null for a tier.';
comment on column margin.intra_spread_leg.ratio is 'Delta a spread, above 0.';

create table margin.inter_spread (
    parameter_set margin.code not null references margin.parameter_set,
    spread margin.code not null,
    priority integer not null check (priority > 0),
    kind text not null check (kind in ('delta', 'flat', 'scan')),
    is_super boolean not null default false,
    credit_rate margin.non_negative
);
-- inter_spread_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('inter_spread', '{parameter_set, spread}');
comment on table margin.inter_spread is 'Spreads between combined commodities. Grain: one row a parameter set and spread.';
comment on column margin.inter_spread.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.inter_spread.spread is 'Spread.';
comment on column margin.inter_spread.priority is 'Order of forming, above 0, lowest first; equal ones by spread.';
comment on column margin.inter_spread.kind is
    'delta (share of weighted price risk), flat (an amount) or scan (legs scanned as one).';
comment on column margin.inter_spread.is_super is 'Whether it forms before the calendar spreads.';
comment on column margin.inter_spread.credit_rate is
    'Credit of every leg without a rate of its own, 0 or more: a fraction, or money a spread where flat.';

create table margin.inter_spread_leg (
    parameter_set margin.code not null,
    spread margin.code not null,
    leg smallint not null check (leg > 0),
    combined_commodity margin.code not null,
    tier margin.code,
    side text not null check (side in ('A', 'B')),
    ratio margin.positive not null,
    credit_rate margin.non_negative,
    parent_revision integer not null generated always as (1) stored,
    foreign key (parameter_set, spread, parent_revision) references margin.inter_spread (parameter_set, spread, revision)
);
-- inter_spread_leg_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('inter_spread_leg', '{parameter_set, spread, leg}');
comment on table margin.inter_spread_leg is 'Legs of inter-commodity spreads. Grain: one row a parameter set, spread and leg.';
comment on column margin.inter_spread_leg.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.inter_spread_leg.spread is 'Spread.';
comment on column margin.inter_spread_leg.leg is 'Number of the leg within the spread, 1, 2, ….';
comment on column margin.inter_spread_leg.combined_commodity is 'Combined commodity.';
comment on column margin.inter_spread_leg.tier is 'Tier the leg draws on; null for the whole combined commodity.';
comment on column margin.inter_spread_leg.side is 'Side of the spread the leg is on: A or B.';
comment on column margin.inter_spread_leg.ratio is 'Delta a spread, above 0; without effect in a scan spread.';
comment on column margin.inter_spread_leg.credit_rate is 'The leg''s own rate in place of the spread''s, 0 or more, same unit.';

create table margin.delivery_charge (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    contract_month margin.contract_month not null,
    outright_rate margin.non_negative not null,
    spread_rate margin.non_negative not null,
    applies_to text not null default 'both' check (applies_to in ('both', 'long', 'short'))
);
-- delivery_charge_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('delivery_charge', '{parameter_set, combined_commodity, contract_month}');
comment on table margin.delivery_charge is
    'Charges of contract months in their delivery period. Grain: one row a parameter set, combined commodity and month.';
comment on column margin.delivery_charge.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.delivery_charge.combined_commodity is 'Combined commodity.';
comment on column margin.delivery_charge.contract_month is 'Contract month.';
comment on column margin.delivery_charge.outright_rate is 'Money a unit of delta no spread has consumed, 0 or more.';
comment on column margin.delivery_charge.spread_rate is
    'Money a unit of delta super and calendar spreads have consumed, 0 or more.';
comment on column margin.delivery_charge.applies_to is
    'Side of the month''s original net delta that pays: both, long or short.';
