-- purpose: half-spread, impact, member concentration, credit, wrong-way and correlation underestimation: their parameters
-- as rows, their lines by owner and level, and what they were computed from.
create table margin.half_spread_charge (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    combined_commodity margin.code not null,
    contract_value_factor margin.positive not null,
    tier_factor margin.non_negative not null default 1,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, account_class, combined_commodity)
);
create table margin.impact_charge (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    combined_commodity margin.code not null,
    impact_coefficient margin.non_negative not null,
    contract_value_factor margin.positive not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, account_class, combined_commodity)
);
create table margin.member_concentration_tier (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    tiers_of text not null check (tiers_of in ('adv', 'open_interest')),
    above margin.non_negative not null,
    rate margin.non_negative not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, combined_commodity, above)
);
alter table margin.account_class
    add column credit_multiplier margin.positive,
    add column diversification_floor margin.fraction,
    add column correlation_underestimation_kappa margin.non_negative;
alter table margin.contract add column reference_group margin.code;

do $$
declare
    parameter_table text;
begin
    foreach parameter_table in array array['half_spread_charge', 'impact_charge', 'member_concentration_tier']
    loop
        execute format('create trigger %I before update or delete or truncate on margin.%I
            for each statement execute function margin.refuse_change()', parameter_table || '_is_insert_only', parameter_table);
    end loop;
end
$$;

-- Lines written so far had the owner in their item, "OWNER:ITEM"; they stay as they were reported.
alter table margin.add_on
    add column owner margin.owner_code not null default '',
    add column level text not null default 'account' check (level in ('account', 'member')),
    add column multiplier margin.exact,
    drop constraint add_on_pkey,
    add primary key (run_id, account, owner, level, add_on, item);
alter table margin.add_on alter column owner drop default, alter column level drop default;

create table margin.member_concentration (
    run_id bigint not null references margin.run,
    member margin.member_code not null,
    combined_commodity margin.code not null,
    currency margin.currency_code not null,
    net_delta numeric(24, 4) not null,
    base margin.amount not null check (base >= 0),
    member_charge margin.amount not null check (member_charge >= 0),
    own_charges margin.amount not null check (own_charges >= 0),
    excess margin.amount not null check (excess >= 0),
    primary key (run_id, member, combined_commodity),
    constraint excess_is_what_the_accounts_own_charges_lack check (excess = greatest(member_charge - own_charges, 0))
);
create table margin.requirement_at_credit_cut (
    run_id bigint not null references margin.run,
    account margin.code not null,
    credit_cut text not null check (credit_cut in ('0', '0.1', '0.2', 'all')),
    call_currency margin.currency_code not null,
    requirement margin.amount not null check (requirement >= 0),
    primary key (run_id, account, credit_cut)
);

comment on table margin.half_spread_charge is
    'What half the bid-ask spread costs on closing out. Grain: one row a parameter set, account class and combined commodity.';
comment on column margin.half_spread_charge.parameter_set is 'Parameter set.';
comment on column margin.half_spread_charge.account_class is 'Class of accounts the row holds for.';
comment on column margin.half_spread_charge.combined_commodity is 'Combined commodity; its half-spread is in liquidity.';
comment on column margin.half_spread_charge.contract_value_factor is
    'Money a unit of price and contract of net delta, above 0.';
comment on column margin.half_spread_charge.tier_factor is 'Multiple of the half-spread for this tier of liquidity, 0 or more.';
comment on column margin.half_spread_charge.load_id is 'Load that brought the row.';

comment on table margin.impact_charge is
    'What closing out moves the price against itself. Grain: one row a parameter set, account class and combined commodity.';
comment on column margin.impact_charge.parameter_set is 'Parameter set.';
comment on column margin.impact_charge.account_class is 'Class of accounts the row holds for.';
comment on column margin.impact_charge.combined_commodity is
    'Combined commodity; its volume and daily volatility are in liquidity.';
comment on column margin.impact_charge.impact_coefficient is 'Coefficient of the square-root law, without unit, 0 or more.';
comment on column margin.impact_charge.contract_value_factor is
    'Money a unit of price and contract of net delta, above 0.';
comment on column margin.impact_charge.load_id is 'Load that brought the row.';

comment on table margin.member_concentration_tier is
    'Marginal rates of the concentration charge on a member''s accounts together. Grain: one row a parameter set, combined commodity and lower bound.';
comment on column margin.member_concentration_tier.parameter_set is 'Parameter set.';
comment on column margin.member_concentration_tier.combined_commodity is 'Combined commodity.';
comment on column margin.member_concentration_tier.tiers_of is
    'What the bound is a multiple of: adv (average daily volume) or open_interest.';
comment on column margin.member_concentration_tier.above is 'Lower bound of the tier, 0 or more, in multiples.';
comment on column margin.member_concentration_tier.rate is
    'Charge on the part of the position in the tier, as a share of its risk, 0 or more.';
comment on column margin.member_concentration_tier.load_id is 'Load that brought the row.';

comment on column margin.account_class.credit_multiplier is
    'Multiple of the requirement that the credit add-on brings it to, above 0; null: the clearing member''s own.';
comment on column margin.account_class.diversification_floor is
    'Least share of a liquidity charge that a diversified account pays, 0 to 1; null: all of it.';
comment on column margin.account_class.correlation_underestimation_kappa is
    'Share of what lower credit rates would add to the requirement that is charged, 0 or more; null: none.';
comment on column margin.contract.reference_group is
    'Company group whose default takes the price to zero; null where the contract is on no company''s name.';

comment on column margin.add_on.owner is 'Beneficial owner whose position it charges, empty for the account''s.';
comment on column margin.add_on.level is
    'Whether the account''s own position is charged or its share in the member''s: account or member.';
comment on column margin.add_on.multiplier is
    'Diversification alpha, tier factor, credit multiplier or kappa, to 12 decimals; null where the line has none.';
comment on column margin.add_on.item is
    'What the line is for: a combined commodity, a liquidity group, or the requirement.';
comment on table margin.add_on is
    'Add-ons, each a line with its driver. Grain: one row a run, account, owner, level, add-on and item.';

comment on table margin.member_concentration is
    'Concentration over all accounts of a member. Grain: one row a run, member and combined commodity with tiers.';
comment on column margin.member_concentration.run_id is 'Run.';
comment on column margin.member_concentration.member is 'Clearing member.';
comment on column margin.member_concentration.combined_commodity is 'Combined commodity.';
comment on column margin.member_concentration.currency is 'Currency of the amounts.';
comment on column margin.member_concentration.net_delta is
    'Sum of the accounts'' net deltas before spreads, in contracts, long positive.';
comment on column margin.member_concentration.base is 'Sum of the accounts'' risk above net option value, 0 or more.';
comment on column margin.member_concentration.member_charge is 'The charge on the member as if it were one account, 0 or more.';
comment on column margin.member_concentration.own_charges is 'Sum of the accounts'' own concentration charges, 0 or more.';
comment on column margin.member_concentration.excess is
    'What the member''s charge is above the accounts'' own; allocated to them by position size, in add_on at level member.';

comment on table margin.requirement_at_credit_cut is
    'Requirements had correlation been overestimated. Grain: one row a run, account with a kappa, and credit cut.';
comment on column margin.requirement_at_credit_cut.run_id is 'Run.';
comment on column margin.requirement_at_credit_cut.account is 'Account.';
comment on column margin.requirement_at_credit_cut.credit_cut is
    'What every inter-commodity credit rate is lowered by, absolutely and not below 0: 0, 0.1, 0.2, or all of it.';
comment on column margin.requirement_at_credit_cut.call_currency is 'Currency in which the account is called.';
comment on column margin.requirement_at_credit_cut.requirement is 'The requirement then, in the call currency, 0 or more.';
