-- purpose: parameter sets and what holds for a combined commodity, an account class or a gate
create table margin.parameter_set (
    parameter_set margin.code primary key,
    effective_from date not null,
    author margin.label not null,
    approved_by margin.label,
    reason margin.label not null,
    rounding_table margin.code not null default 'methodology-1.4',
    load_id bigint not null references margin.input_load,
    constraint approver_is_not_the_author check (approved_by is null or approved_by <> author),
    constraint parameter_set_has_one_author unique (parameter_set, author)
);
create unique index parameter_set_in_force on margin.parameter_set (effective_from) where approved_by is not null;
create trigger parameter_set_is_guarded after insert on margin.parameter_set
    for each row execute function margin.guard_parameter_set();
create trigger parameter_set_is_insert_only before update or delete or truncate on margin.parameter_set
    for each statement execute function margin.refuse_change();
comment on table margin.parameter_set is
    'Versions of the margin parameters, added whole and never edited. Grain: one row a parameter set.';
comment on column margin.parameter_set.parameter_set is 'The parameter set.';
comment on column margin.parameter_set.effective_from is 'First business date on which the set, once approved, is in force.';
comment on column margin.parameter_set.author is 'Who proposed it.';
comment on column margin.parameter_set.approved_by is 'Who approved it, never its author; null for a proposal.';
comment on column margin.parameter_set.reason is 'Why it was made.';
comment on column margin.parameter_set.rounding_table is 'The rounding rules the figures follow, named on every report.';
comment on column margin.parameter_set.load_id is 'Load that brought the row.';

create table margin.parameter_set_approval (
    parameter_set margin.code primary key references margin.parameter_set,
    author margin.label not null,
    proposal_load_id bigint not null,
    proposed_by text not null,
    approved_by text not null default session_user,
    approved_at timestamptz not null default clock_timestamp(),
    reason text not null,
    load_id bigint not null references margin.input_load,
    foreign key (parameter_set, author) references margin.parameter_set (parameter_set, author),
    foreign key (proposal_load_id, proposed_by) references margin.input_load (load_id, loaded_by),
    constraint approver_is_not_the_author check (approved_by <> author and approved_by <> proposed_by),
    constraint approval_has_a_reason check (length(btrim(reason)) > 0)
);
create trigger parameter_set_approval_is_signed before insert on margin.parameter_set_approval
    for each row execute function margin.sign_approval();
create trigger parameter_set_approval_is_insert_only before update or delete or truncate on margin.parameter_set_approval
    for each statement execute function margin.refuse_change();
comment on table margin.parameter_set_approval is
    'Parameter sets approved here, not in the file that brought them. Grain: one row a parameter set.';
comment on column margin.parameter_set_approval.parameter_set is 'Parameter set.';
comment on column margin.parameter_set_approval.author is 'Author the set names; never the approver.';
comment on column margin.parameter_set_approval.proposal_load_id is 'Load that brought the set.';
comment on column margin.parameter_set_approval.proposed_by is 'Who loaded it; never the approver.';
comment on column margin.parameter_set_approval.approved_by is 'Who approved: the login of the session.';
comment on column margin.parameter_set_approval.approved_at is 'When. No figure depends on it.';
comment on column margin.parameter_set_approval.reason is 'Why it was approved.';
comment on column margin.parameter_set_approval.load_id is
    'Load of the approval: runs that pinned an earlier one do not see it.';

create table margin.scenario (
    parameter_set margin.code not null references margin.parameter_set,
    scenario_set margin.code not null,
    scenario smallint not null check (scenario between 1 and 10000),
    price_move_numerator margin.exact not null,
    price_move_denominator margin.positive not null default 1,
    volatility_move margin.exact not null,
    weight margin.fraction not null,
    pair smallint
);
-- scenario_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('scenario', '{parameter_set, scenario_set, scenario}');
comment on table margin.scenario is 'Scenarios of a scenario set. Grain: one row a parameter set, scenario set and scenario.';
comment on column margin.scenario.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.scenario.scenario_set is 'Scenario set.';
comment on column margin.scenario.scenario is 'Number of the scenario, 1 to 10000; the lowest wins ties.';
comment on column margin.scenario.price_move_numerator is
    'Numerator of the price move in price scan ranges, + up: 1 over 3 is a third, exactly.';
comment on column margin.scenario.price_move_denominator is 'Denominator of the price move, above 0.';
comment on column margin.scenario.volatility_move is 'Volatility move in volatility scan ranges, + up.';
comment on column margin.scenario.weight is 'Share of the loss that counts, 0 to 1; below 1 for the extreme moves.';
comment on column margin.scenario.pair is 'Scenario with the opposite volatility move; itself or null where there is none.';

create table margin.composite_delta_weight (
    parameter_set margin.code not null references margin.parameter_set,
    scenario_set margin.code not null,
    price_move_numerator margin.exact not null,
    price_move_denominator margin.positive not null default 1,
    weight margin.fraction not null
);
-- composite_delta_weight_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('composite_delta_weight', '{parameter_set, scenario_set, price_move_numerator, price_move_denominator}');
comment on table margin.composite_delta_weight is
    'Where deltas are taken and what each weighs; a scenario set without rows has the usual seven. Grain: one row a parameter set, scenario set and price move.';
comment on column margin.composite_delta_weight.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.composite_delta_weight.scenario_set is 'Scenario set.';
comment on column margin.composite_delta_weight.price_move_numerator is 'Numerator of the move, in price scan ranges.';
comment on column margin.composite_delta_weight.price_move_denominator is 'Denominator of the move, above 0.';
comment on column margin.composite_delta_weight.weight is 'Weight of the delta there, 0 to 1; those of a set sum to 1.';

create table margin.combined_commodity_margin (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    scenario_set margin.code not null,
    price_scan_range_kind text not null check (price_scan_range_kind in ('amount', 'percent')),
    price_scan_range margin.non_negative not null,
    volatility_scan_range_kind text not null check (volatility_scan_range_kind in ('absolute', 'relative')),
    volatility_scan_range margin.non_negative not null,
    volatility_floor margin.positive not null,
    look_ahead_days margin.non_negative not null default 1,
    day_count text not null default 'act/365' check (day_count in ('act/365', 'business/252')),
    array_decimals margin.array_decimals,
    delta_decimals margin.delta_decimals,
    weighted_price_risk_method text not null default 'capped'
        check (weighted_price_risk_method in ('capped', 'normal', 'scan_range')),
    delta_kind text not null default 'composite' check (delta_kind in ('composite', 'plain')),
    short_option_minimum_method text not null default 'gross' check (short_option_minimum_method in ('gross', 'max')),
    short_option_minimum_rate margin.non_negative not null default 0,
    maintenance_ratio margin.positive,
    keeps_workings boolean not null default false
);
-- combined_commodity_margin_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('combined_commodity_margin', '{parameter_set, combined_commodity}');
comment on table margin.combined_commodity_margin is
    'Margin parameters of a combined commodity. Grain: one row a parameter set and combined commodity.';
comment on column margin.combined_commodity_margin.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.combined_commodity_margin.combined_commodity is 'Combined commodity.';
comment on column margin.combined_commodity_margin.scenario_set is 'Scenario set.';
comment on column margin.combined_commodity_margin.price_scan_range_kind is
    'amount (units of price) or percent (fraction of the contract''s own underlying price).';
comment on column margin.combined_commodity_margin.price_scan_range is
    'How far prices are moved, 0 or more: units of price, or a fraction, 0.10 for 10 %, as the kind says.';
comment on column margin.combined_commodity_margin.volatility_scan_range_kind is
    'absolute (added) or relative (a factor of the volatility).';
comment on column margin.combined_commodity_margin.volatility_scan_range is
    'How far volatilities are moved, 0 or more: 0.04 is 4 points if absolute, 4 % of itself if relative.';
comment on column margin.combined_commodity_margin.volatility_floor is
    'Smallest volatility a scenario may reach, above 0, unit as volatility.';
comment on column margin.combined_commodity_margin.look_ahead_days is
    'Days by which the expiry comes nearer in a scenario, 0 or more: of 365 under act/365, business days of 252 under business/252.';
comment on column margin.combined_commodity_margin.day_count is 'How time to expiry is counted: act/365 or business/252.';
comment on column margin.combined_commodity_margin.array_decimals is
    'Decimals of published array values, 0 to 8; null for the currency''s minor unit.';
comment on column margin.combined_commodity_margin.delta_decimals is
    'Decimals of published deltas, 4 to 8; null for 4.';
comment on column margin.combined_commodity_margin.weighted_price_risk_method is
    'capped (the smaller of the others), normal or scan_range.';
comment on column margin.combined_commodity_margin.delta_kind is 'composite (weighted over scenarios) or plain.';
comment on column margin.combined_commodity_margin.short_option_minimum_method is
    'gross (all short options) or max (the larger of short calls and short puts).';
comment on column margin.combined_commodity_margin.short_option_minimum_rate is
    'Money a short option in the margin currency, 0 or more.';
comment on column margin.combined_commodity_margin.maintenance_ratio is
    'Maintenance margin as a share of the initial margin, above 0, as it was published; kept, no figure depends on it. Null: none.';
comment on column margin.combined_commodity_margin.keeps_workings is
    'Whether results keep portfolios'' arrays, deltas by month and tiers, which nothing reads again: for replicas and cases.';

create table margin.price_scan_range_tier (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    from_month margin.contract_month not null,
    to_month margin.contract_month not null,
    price_scan_range_kind text not null check (price_scan_range_kind in ('amount', 'percent')),
    price_scan_range margin.non_negative not null,
    constraint months_are_in_order check (from_month <= to_month)
);
-- price_scan_range_tier_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('price_scan_range_tier', '{parameter_set, combined_commodity, from_month}');
comment on table margin.price_scan_range_tier is
    'Price scan ranges that differ by contract month. Grain: one row a parameter set, combined commodity and first month.';
comment on column margin.price_scan_range_tier.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.price_scan_range_tier.combined_commodity is 'Combined commodity.';
comment on column margin.price_scan_range_tier.from_month is 'First month it holds for, included.';
comment on column margin.price_scan_range_tier.to_month is 'Last month it holds for, included.';
comment on column margin.price_scan_range_tier.price_scan_range_kind is 'amount or percent, as in combined_commodity_margin.';
comment on column margin.price_scan_range_tier.price_scan_range is
    'How far prices of those months are moved, 0 or more, unit as the kind says.';

create table margin.account_class (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    initial_ratio margin.positive not null default 1,
    net_option_value_is_capped boolean not null default false,
    offset_cap margin.fraction,
    credit_multiplier margin.positive,
    diversification_floor margin.fraction,
    correlation_underestimation_kappa margin.non_negative
);
-- account_class_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('account_class', '{parameter_set, account_class}');
comment on table margin.account_class is
    'Margin terms of a class of accounts. Grain: one row a parameter set and account class.';
comment on column margin.account_class.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.account_class.account_class is 'Class of accounts the row holds for.';
comment on column margin.account_class.initial_ratio is 'Factor of the risk, never of the net option value, above 0.';
comment on column margin.account_class.net_option_value_is_capped is
    'Whether net option value is used within each combined commodity and never beyond its risk.';
comment on column margin.account_class.offset_cap is
    'Largest share of the offset between combined commodities that is granted, 0 to 1; null where no cap applies.';
comment on column margin.account_class.credit_multiplier is
    'Multiple of the requirement that the credit add-on brings it to, above 0; null: the clearing member''s own.';
comment on column margin.account_class.diversification_floor is
    'Least share of a liquidity charge that a diversified account pays, 0 to 1; null: all of it.';
comment on column margin.account_class.correlation_underestimation_kappa is
    'Share of what lower credit rates would add to the requirement that is charged, 0 or more; null: none.';

create table margin.call_rule (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    threshold margin.non_negative not null,
    minimum_transfer_amount margin.non_negative not null,
    lot margin.positive not null,
    intraday_trigger margin.non_negative
);
-- call_rule_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('call_rule', '{parameter_set, account_class}');
comment on table margin.call_rule is 'When and how a class is called. Grain: one row a parameter set and account class.';
comment on column margin.call_rule.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.call_rule.account_class is 'Class of accounts the row holds for.';
comment on column margin.call_rule.threshold is 'Deficit that is left uncalled, 0 or more, in the call currency.';
comment on column margin.call_rule.minimum_transfer_amount is 'Smallest amount moved, 0 or more, in the call currency.';
comment on column margin.call_rule.lot is
    'Calls are rounded up, returns down to a multiple of it; above 0, in the call currency.';
comment on column margin.call_rule.intraday_trigger is
    'Deficit above which an intraday run calls, 0 or more, in the call currency; null: no intraday calls.';

create table margin.fx_haircut (
    parameter_set margin.code not null references margin.parameter_set,
    from_currency margin.currency_code not null,
    to_currency margin.currency_code not null,
    haircut margin.fraction not null
);
-- fx_haircut_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('fx_haircut', '{parameter_set, from_currency, to_currency}');
comment on table margin.fx_haircut is
    'Surcharge on converting a requirement, haircut on converting collateral. Grain: one row a parameter set and currency pair.';
comment on column margin.fx_haircut.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.fx_haircut.from_currency is 'Currency converted from.';
comment on column margin.fx_haircut.to_currency is 'Currency converted to.';
comment on column margin.fx_haircut.haircut is 'The haircut of the pair, 0 to 1.';

create table margin.collateral_haircut (
    parameter_set margin.code not null references margin.parameter_set,
    asset margin.code not null,
    haircut margin.fraction not null,
    is_eligible boolean not null default true
);
-- collateral_haircut_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('collateral_haircut', '{parameter_set, asset}');
comment on table margin.collateral_haircut is 'How much of an asset''s price counts. Grain: one row a parameter set and asset.';
comment on column margin.collateral_haircut.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.collateral_haircut.asset is 'Collateral asset.';
comment on column margin.collateral_haircut.haircut is 'Share of the price that does not count, 0 to 1.';
comment on column margin.collateral_haircut.is_eligible is 'Whether the asset counts at all.';

create table margin.collateral_limit (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    limit_kind text not null check (limit_kind in ('issuer', 'class')),
    asset_class margin.owner_code not null default '',
    share margin.fraction not null,
    constraint class_limit_names_a_class check ((limit_kind = 'class') = (asset_class <> ''))
);
-- collateral_limit_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('collateral_limit', '{parameter_set, account_class, limit_kind, asset_class}');
comment on table margin.collateral_limit is
    'Concentration limits of collateral. Grain: one row a parameter set, account class, limit kind and asset class.';
comment on column margin.collateral_limit.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.collateral_limit.account_class is 'Class of accounts the row holds for.';
comment on column margin.collateral_limit.limit_kind is 'issuer (every issuer, applied first) or class.';
comment on column margin.collateral_limit.asset_class is 'Class that is limited; empty for the issuer limit.';
comment on column margin.collateral_limit.share is 'Largest share of the accepted value before any limit, 0 to 1.';

create table margin.spread_option_correlation (
    parameter_set margin.code not null references margin.parameter_set,
    contract margin.code not null,
    correlation margin.correlation not null
);
-- spread_option_correlation_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('spread_option_correlation', '{parameter_set, contract}');
comment on table margin.spread_option_correlation is
    'Correlation between the two underlyings of a spread option. Grain: one row a parameter set and contract.';
comment on column margin.spread_option_correlation.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.spread_option_correlation.contract is 'Contract specification.';
comment on column margin.spread_option_correlation.correlation is 'Correlation of the underlyings'' returns, -1 to 1.';

create table margin.data_gate (
    parameter_set margin.code not null references margin.parameter_set,
    rule margin.code not null,
    combined_commodity margin.owner_code not null default '',
    severity text not null check (severity in ('block', 'flag', 'off')),
    threshold margin.non_negative
);
-- data_gate_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('data_gate', '{parameter_set, rule, combined_commodity}');
comment on table margin.data_gate is
    'What the data gates do with their findings. Grain: one row a parameter set, rule and combined commodity.';
comment on column margin.data_gate.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.data_gate.rule is 'Data gate.';
comment on column margin.data_gate.combined_commodity is 'Combined commodity the row is for; empty for the rule as a whole.';
comment on column margin.data_gate.severity is 'block (the night stops), flag (reported) or off.';
comment on column margin.data_gate.threshold is
    'Limit of the rule, 0 or more: for price_move the share of the previous price; null where the rule has none.';
