-- purpose: what every type, table and column means; docs/data-dictionary.md is generated from these words.

comment on schema margin is
    'Inputs, margin parameters, the ledger of runs, and results. Nothing in it is updated but the state of a run.';

comment on domain margin.code is
    'An identifier: 1 to 64 of letters, digits, "." "_" ":" "+" "-", the first a letter or digit.';
comment on domain margin.member_code is
    'A clearing member''s identifier: 1 to 24 of letters, digits, "_" "-", the first a letter or digit; it becomes part of file names.';
comment on domain margin.owner_code is 'A code, or empty where there is none.';
comment on domain margin.currency_code is 'ISO 4217, three capital letters.';
comment on domain margin.contract_month is 'Year and month, such as 2019-03.';
comment on domain margin.label is 'One line of text, at most 200 characters, without control or direction marks.';
comment on domain margin.cycle is 'EOD for the end of the day, ITD for intraday.';
comment on domain margin.exact is 'A decimal number, finite, magnitude below 1e15, at most 12 decimals.';
comment on domain margin.non_negative is 'An exact number, 0 or more.';
comment on domain margin.positive is 'An exact number above 0.';
comment on domain margin.fraction is 'An exact number from 0 to 1: 0.05 is 5 %.';
comment on domain margin.amount is
    'Money in units of its currency, not minor units: 12.34 is 12 dollars 34 cents. Finite.';
comment on domain margin.finite is 'A binary floating-point number that is neither NaN nor infinite.';

-- Ledger of loads.
comment on table margin.input_load is
    'Who brought which data, when and from where; a run pins the last load it may see. Grain: one row a load of one table.';
comment on column margin.input_load.load_id is 'Number of the load, ascending in the order of commits.';
comment on column margin.input_load.table_name is 'The input table loaded.';
comment on column margin.input_load.kind is 'load, or correction of rows loaded before.';
comment on column margin.input_load.source is 'File the rows came from, as the operator named it.';
comment on column margin.input_load.source_sha256 is 'SHA-256 of the file''s bytes.';
comment on column margin.input_load.row_count is 'Rows loaded, 0 or more.';
comment on column margin.input_load.reason is 'Why it was corrected; never empty for a correction.';
comment on column margin.input_load.loaded_by is 'Database role that loaded.';
comment on column margin.input_load.loaded_at is 'Wall-clock time of the load. No figure depends on it.';

comment on table margin.input_load_date is
    'The business dates a load touched, so that a correction makes the right runs stale. Grain: one row a load and business date.';
comment on column margin.input_load_date.row_count is 'Rows the load has of that date, above 0.';

comment on table margin.input_load_parameter_set is
    'The parameter sets a load touched. Grain: one row a load and parameter set.';

-- Reference data.
comment on table margin.currency is
    'Currencies with the decimals of their money. Grain: one row a currency and revision.';
comment on column margin.currency.currency is 'The currency.';
comment on column margin.currency.minor_unit_decimals is 'Decimals of the minor unit, 0 to 4: 2 for USD, 0 for JPY.';

comment on table margin.calendar_date is
    'The clearing house''s calendar; a run needs its date to stand here as a business day. Grain: one row a day and revision.';
comment on column margin.calendar_date.calendar_date is 'The day.';
comment on column margin.calendar_date.is_business_day is 'Whether the house margins on that day.';
comment on column margin.calendar_date.description is 'Name of the holiday, or empty.';

comment on table margin.clearing_member is 'Clearing members. Grain: one row a member and revision.';
comment on column margin.clearing_member.name is 'The member''s name, as reports show it.';
comment on column margin.clearing_member.member_group is
    'Group of companies the member belongs to; own-group collateral does not count.';
comment on column margin.clearing_member.credit_multiplier is
    'Factor of the credit add-on, above 0: 1 charges nothing, 1.2 a fifth of the requirement after net option value.';

comment on table margin.account is 'Margin accounts. Grain: one row an account and revision.';
comment on column margin.account.origin is 'house or client.';
comment on column margin.account.margining_type is
    'net, gross_omnibus (longs and shorts apart) or segregated (each beneficial owner apart).';
comment on column margin.account.account_class is 'Class whose margin and call terms apply.';
comment on column margin.account.call_currency is 'Currency in which the account is called.';

comment on table margin.beneficial_owner is
    'Owners behind individually segregated accounts. Grain: one row an account, owner and revision.';
comment on column margin.beneficial_owner.name is 'The owner''s name, or empty.';

comment on table margin.combined_commodity is
    'Futures and options on one underlying, scanned together. Grain: one row a combined commodity and revision.';
comment on column margin.combined_commodity.name is 'Its name, as reports show it.';
comment on column margin.combined_commodity.currency is 'Margin currency of all its contracts.';
comment on column margin.combined_commodity.can_trade_at_or_below_zero is
    'Whether prices may be zero or negative: such options use Bachelier, and price gates let negative prices pass.';
comment on column margin.combined_commodity.is_synthetic is
    'Whether its data are made up for a demonstration; reports say so.';

comment on table margin.contract is
    'Contract specifications that many series share. Grain: one row a contract and revision.';
comment on column margin.contract.contract is 'The contract.';
comment on column margin.contract.kind is 'future or option.';
comment on column margin.contract.contract_value_factor is
    'Money one unit of price is worth a contract, in the margin currency, above 0.';
comment on column margin.contract.delta_scaling_factor is
    'Units of the combined commodity''s common delta a contract, above 0: a mini contract has less than 1.';
comment on column margin.contract.tick_size is 'Smallest price step, in units of price; 0 where there is none.';
comment on column margin.contract.future_valuation is
    'linear (value is the price) or cost_of_carry (spot carried to expiry); futures only.';
comment on column margin.contract.option_model is 'black76, black_scholes or bachelier; options only.';
comment on column margin.contract.exercise is 'european or american; options only.';
comment on column margin.contract.option_style is
    'premium (paid when traded) or futures (margined daily); options only.';
comment on column margin.contract.volatility_source is
    'implied (solved from the settlement price) or assigned (from table volatility); options only.';
comment on column margin.contract.discount_rate_code is
    'Interest rate that discounts; options and cost-of-carry futures.';
comment on column margin.contract.carry_rate_code is 'Interest rate of the cost of carry; black_scholes only.';

comment on table margin.series is
    'Tradable series: a contract and its month, for options its right and strike. Grain: one row a series and revision.';
comment on column margin.series.contract_month is 'Month of the future, or of the future under the option.';
comment on column margin.series.expiry_date is 'Last day the series is in the book; never null for an option.';
comment on column margin.series.option_right is 'call or put; null for a future.';
comment on column margin.series.strike is 'Strike in units of price, any sign; null for a future.';
comment on column margin.series.underlying is
    'Whose price the option is on, or the spot a cost-of-carry future is carried from: a series or a key of underlying_price.';

-- Daily inputs.
comment on table margin.position is
    'Open positions at the end of the cycle. Grain: one row a business date, cycle, account, owner, series and revision.';
comment on column margin.position.long_quantity is 'Contracts held long, 0 or more.';
comment on column margin.position.short_quantity is 'Contracts held short, 0 or more; a magnitude.';

comment on table margin.trade is
    'Trades of the day, for variation margin. Grain: one row a business date, trade and revision.';
comment on column margin.trade.trade is 'The trade''s identifier, unique within the date.';
comment on column margin.trade.quantity is 'Contracts: + bought, − sold; never 0.';
comment on column margin.trade.price is 'Price traded at, in units of price, any sign.';

comment on table margin.settlement_price is
    'Settlement prices. Grain: one row a business date, series, price kind and revision.';
comment on column margin.settlement_price.price is
    'Price in units of price; at or below 0 only where the combined commodity may.';
comment on column margin.settlement_price.currency is
    'Currency of the price; a gate compares it with the margin currency.';
comment on column margin.settlement_price.price_kind is
    'settlement, or final: the price an expiring series settles to.';
comment on column margin.settlement_price.last_quoted_on is
    'Day the price was last seen in the market; null where the source does not say.';

comment on table margin.underlying_price is
    'Prices of spots and indices that are no series of the house. Grain: one row a business date, underlying and revision.';
comment on column margin.underlying_price.underlying is 'The spot or index.';
comment on column margin.underlying_price.price is 'Price in units of price, any sign.';

comment on table margin.volatility is
    'Assigned volatilities. Grain: one row a business date, instrument and revision.';
comment on column margin.volatility.instrument is
    'The series, or the underlying that all series without a row of their own share.';
comment on column margin.volatility.volatility is
    'Annual volatility, above 0: 0.25 is 25 % for lognormal models, units of price for Bachelier.';

comment on table margin.interest_rate is
    'Interest and carry rates. Grain: one row a business date, rate code and revision.';
comment on column margin.interest_rate.rate_code is 'The rate, as contracts name it.';
comment on column margin.interest_rate.rate is 'Continuously compounded rate a year, any sign: 0.02 is 2 %.';

comment on table margin.fx_rate is 'Exchange rates. Grain: one row a business date, currency pair and revision.';
comment on column margin.fx_rate.rate is 'Units of to_currency for one unit of from_currency, above 0.';

comment on table margin.risk_factor_level is
    'Histories of risk factors, for historical scenarios and calibration. Grain: one row a risk factor, day and revision.';
comment on column margin.risk_factor_level.risk_factor is 'The risk factor.';
comment on column margin.risk_factor_level.level_date is 'Day of the level.';
comment on column margin.risk_factor_level.level is 'The level in the factor''s own unit, any sign.';
comment on column margin.risk_factor_level.source is 'Where the level was published, or empty.';

comment on table margin.liquidity is
    'Market depth, for liquidity add-ons. Grain: one row a business date, combined commodity and revision.';
comment on column margin.liquidity.average_daily_volume is 'Average daily volume in contracts, above 0.';
comment on column margin.liquidity.open_interest is 'Open interest in contracts, 0 or more.';
comment on column margin.liquidity.daily_volatility is
    'Standard deviation of a day''s price move in units of price, 0 or more.';
comment on column margin.liquidity.half_spread is 'Half the bid-offer spread in units of price, 0 or more.';

comment on table margin.collateral_asset is 'Assets that may be posted. Grain: one row an asset and revision.';
comment on column margin.collateral_asset.currency is 'Currency of the asset''s price.';
comment on column margin.collateral_asset.issuer is 'Issuer whose limit the asset uses.';
comment on column margin.collateral_asset.issuer_group is
    'Group of companies of the issuer; null where there is none, as for cash.';
comment on column margin.collateral_asset.asset_class is
    'Class whose limit the asset uses; issuers of class cash have no issuer limit.';

comment on table margin.collateral_price is 'Prices of collateral. Grain: one row a business date, asset and revision.';
comment on column margin.collateral_price.price is
    'Money a unit of quantity in the asset''s currency, 0 or more; 1 for cash.';

comment on table margin.collateral_holding is
    'Collateral posted. Grain: one row a business date, account, item and revision.';
comment on column margin.collateral_holding.quantity is 'Units held, 0 or more; money for cash.';

comment on table margin.variation_margin_owed is
    'Variation margin of earlier days that is still unpaid. Grain: one row a business date, account, currency and revision.';
comment on column margin.variation_margin_owed.amount is 'What the account owes, above 0, in units of the currency.';

comment on table margin.finding_waiver is
    'Findings of a data gate that a person has waived. Grain: one row a business date, rule, row key and revision.';
comment on column margin.finding_waiver.reason is 'Why it is waived; never empty.';
comment on column margin.finding_waiver.waived_by is 'Who waived it.';

-- Parameters.
comment on table margin.parameter_set is
    'Versions of the margin parameters, added whole and never edited. Grain: one row a parameter set.';
comment on column margin.parameter_set.parameter_set is 'The parameter set.';
comment on column margin.parameter_set.effective_from is
    'First business date on which the set, once approved, is in force.';
comment on column margin.parameter_set.author is 'Who proposed it.';
comment on column margin.parameter_set.approved_by is 'Who approved it, never its author; null for a proposal.';
comment on column margin.parameter_set.reason is 'Why it was made.';
comment on column margin.parameter_set.rounding_table is
    'The rounding rules the figures follow, named on every report.';

comment on table margin.scenario is
    'Scenarios of a scenario set. Grain: one row a parameter set, scenario set and scenario.';
comment on column margin.scenario.scenario is 'Number of the scenario, 1 to 10000; the lowest wins ties.';
comment on column margin.scenario.price_move_numerator is
    'Numerator of the price move in price scan ranges, + up: 1 over 3 is a third, exactly.';
comment on column margin.scenario.price_move_denominator is 'Denominator of the price move, above 0.';
comment on column margin.scenario.volatility_move is 'Volatility move in volatility scan ranges, + up.';
comment on column margin.scenario.weight is 'Share of the loss that counts, 0 to 1; below 1 for the extreme moves.';
comment on column margin.scenario.pair is
    'Scenario with the opposite volatility move; itself or null where there is none.';

comment on table margin.combined_commodity_margin is
    'Margin parameters of a combined commodity. Grain: one row a parameter set and combined commodity.';
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
    'Calendar days by which the expiry comes nearer in a scenario, 0 or more.';
comment on column margin.combined_commodity_margin.day_count is
    'How time to expiry is counted: act/365 or business/252.';
comment on column margin.combined_commodity_margin.array_decimals is
    'Decimals of published array values, 0 to 4; null for the currency''s minor unit.';
comment on column margin.combined_commodity_margin.weighted_price_risk_method is
    'capped (the smaller of the others), normal or scan_range.';
comment on column margin.combined_commodity_margin.delta_kind is 'composite (weighted over scenarios) or plain.';
comment on column margin.combined_commodity_margin.short_option_minimum_method is
    'gross (all short options) or max (the larger of short calls and short puts).';
comment on column margin.combined_commodity_margin.short_option_minimum_rate is
    'Money a short option in the margin currency, 0 or more.';

comment on table margin.price_scan_range_tier is
    'Price scan ranges that differ by contract month. Grain: one row a parameter set, combined commodity and first month.';
comment on column margin.price_scan_range_tier.from_month is 'First month it holds for, included.';
comment on column margin.price_scan_range_tier.to_month is 'Last month it holds for, included.';
comment on column margin.price_scan_range_tier.price_scan_range_kind is
    'amount or percent, as in combined_commodity_margin.';
comment on column margin.price_scan_range_tier.price_scan_range is
    'How far prices of those months are moved, 0 or more, unit as the kind says.';

comment on table margin.month_tier is
    'Contract months grouped into tiers for spreads and scanning; tiers may overlap. Grain: one row a parameter set, combined commodity, tier and month.';
comment on column margin.month_tier.is_scanned_apart is
    'Whether the tier is a scan tier: its months are scanned apart from the others.';

comment on table margin.intra_spread is
    'Calendar spreads within a combined commodity. Grain: one row a parameter set, combined commodity and spread.';
comment on column margin.intra_spread.leg_kind is 'series (single months, formed first) or tier.';
comment on column margin.intra_spread.priority is 'Order of forming, above 0, lowest first; equal ones by spread.';
comment on column margin.intra_spread.charge_kind is
    'flat, or weighted_price_risk: a fraction of the combined commodity''s weighted price risk.';
comment on column margin.intra_spread.charge_rate is
    'Charge a spread, 0 or more: money in the margin currency, or a fraction, as the kind says.';

comment on table margin.intra_spread_leg is
    'Legs of calendar spreads. Grain: one row a parameter set, combined commodity, spread and leg.';
comment on column margin.intra_spread_leg.tier is 'Tier the leg draws on; null for a single month.';
comment on column margin.intra_spread_leg.contract_month is 'Month the leg draws on; null for a tier.';
comment on column margin.intra_spread_leg.ratio is 'Delta a spread, above 0.';

comment on table margin.delivery_charge is
    'Charges of contract months in their delivery period. Grain: one row a parameter set, combined commodity and month.';
comment on column margin.delivery_charge.outright_rate is 'Money a unit of delta no spread has consumed, 0 or more.';
comment on column margin.delivery_charge.spread_rate is
    'Money a unit of delta super and calendar spreads have consumed, 0 or more.';
comment on column margin.delivery_charge.applies_to is
    'Side of the month''s original net delta that pays: both, long or short.';

comment on table margin.inter_spread is
    'Spreads between combined commodities. Grain: one row a parameter set and spread.';
comment on column margin.inter_spread.priority is 'Order of forming, above 0, lowest first; equal ones by spread.';
comment on column margin.inter_spread.kind is
    'delta (share of weighted price risk), flat (an amount) or scan (legs scanned as one).';
comment on column margin.inter_spread.is_super is 'Whether it forms before the calendar spreads.';
comment on column margin.inter_spread.credit_rate is
    'Credit of every leg without a rate of its own, 0 or more: a fraction, or money a spread where flat.';

comment on table margin.inter_spread_leg is
    'Legs of inter-commodity spreads. Grain: one row a parameter set, spread and leg.';
comment on column margin.inter_spread_leg.tier is 'Tier the leg draws on; null for the whole combined commodity.';
comment on column margin.inter_spread_leg.ratio is 'Delta a spread, above 0; without effect in a scan spread.';
comment on column margin.inter_spread_leg.credit_rate is
    'The leg''s own rate in place of the spread''s, 0 or more, same unit.';

comment on table margin.account_class is
    'Margin terms of a class of accounts. Grain: one row a parameter set and account class.';
comment on column margin.account_class.initial_ratio is 'Factor of the risk, never of the net option value, above 0.';
comment on column margin.account_class.net_option_value_is_capped is
    'Whether net option value is used within each combined commodity and never beyond its risk.';
comment on column margin.account_class.offset_cap is
    'Largest share of the offset between combined commodities that is granted, 0 to 1; null where no cap applies.';

comment on table margin.call_rule is
    'When and how a class is called. Grain: one row a parameter set and account class.';
comment on column margin.call_rule.threshold is 'Deficit that is left uncalled, 0 or more, in the call currency.';
comment on column margin.call_rule.minimum_transfer_amount is 'Smallest amount moved, 0 or more, in the call currency.';
comment on column margin.call_rule.lot is
    'Calls are rounded up, returns down to a multiple of it; above 0, in the call currency.';

comment on table margin.fx_haircut is
    'Surcharge on converting a requirement, haircut on converting collateral. Grain: one row a parameter set and currency pair.';
comment on column margin.fx_haircut.haircut is 'The haircut of the pair, 0 to 1.';

comment on table margin.collateral_haircut is
    'How much of an asset''s price counts. Grain: one row a parameter set and asset.';
comment on column margin.collateral_haircut.haircut is 'Share of the price that does not count, 0 to 1.';
comment on column margin.collateral_haircut.is_eligible is 'Whether the asset counts at all.';

comment on table margin.collateral_limit is
    'Concentration limits of collateral. Grain: one row a parameter set, account class, limit kind and asset class.';
comment on column margin.collateral_limit.limit_kind is 'issuer (every issuer, applied first) or class.';
comment on column margin.collateral_limit.asset_class is 'Class that is limited; empty for the issuer limit.';
comment on column margin.collateral_limit.share is 'Largest share of the accepted value before any limit, 0 to 1.';

comment on table margin.liquidity_group is
    'Combined commodities liquidated together. Grain: one row a parameter set, account class and liquidity group.';
comment on column margin.liquidity_group.horizon_days is 'Days the margin covers without an add-on, above 0.';

comment on table margin.liquidity_group_member is
    'Which group a combined commodity is in. Grain: one row a parameter set, account class and combined commodity.';
comment on column margin.liquidity_group_member.participation is
    'Share of the average daily volume that can be traded a day, above 0.';
comment on column margin.liquidity_group_member.extra_days is 'Days added to its liquidation period, 0 or more.';

comment on table margin.concentration_tier is
    'Marginal rates of the concentration charge. Grain: one row a parameter set, account class, combined commodity and lower bound.';
comment on column margin.concentration_tier.tiers_of is
    'What the bound is a multiple of: adv (average daily volume) or open_interest.';
comment on column margin.concentration_tier.above is 'Lower bound of the tier, 0 or more, in multiples.';
comment on column margin.concentration_tier.rate is
    'Charge on the part of the position in the tier, as a share of its risk, 0 or more.';

comment on table margin.data_gate is
    'What the data gates do with their findings. Grain: one row a parameter set, rule and combined commodity.';
comment on column margin.data_gate.combined_commodity is
    'Combined commodity the row is for; empty for the rule as a whole.';
comment on column margin.data_gate.severity is 'block (the night stops), flag (reported) or off.';
comment on column margin.data_gate.threshold is
    'Limit of the rule, 0 or more: for price_move the share of the previous price; null where the rule has none.';

-- Ledger of runs.
comment on table margin.run is
    'Margin runs. A rerun is a new run; the published one supersedes the one before. Grain: one row a business date, cycle and run number.';
comment on column margin.run.run_id is 'Number that keys everything the run wrote.';
comment on column margin.run.run_number is '1, 2, … within the business date and cycle; r1, r2 in file names.';
comment on column margin.run.status is
    'building, complete, published, superseded or void. At most one a date and cycle is published.';
comment on column margin.run.parameter_set is 'Parameter set the run computes with; null until ingest has pinned it.';
comment on column margin.run.pinned_load_id is 'Last load the run sees; null until ingest has pinned it.';
comment on column margin.run.reason is 'Why it was run again; empty for a first run.';
comment on column margin.run.created_by is 'Database role that opened it.';
comment on column margin.run.created_at is 'Wall-clock time it was opened. No figure depends on it.';
comment on column margin.run.published_by is 'Database role that published it; null until then.';
comment on column margin.run.published_at is 'Wall-clock time it was published; null until then.';

comment on table margin.execution is 'Attempts at the stages of a run. Grain: one row an attempt.';
comment on column margin.execution.execution_id is 'Number of the attempt.';
comment on column margin.execution.stage is 'ingest, risk-arrays, offsets, add-ons, calls or report.';
comment on column margin.execution.status is 'running, succeeded, failed, or abandoned: found dead by the next start.';
comment on column margin.execution.fingerprint is
    'SHA-256 of what the stage read: equal fingerprints give equal results.';
comment on column margin.execution.numbers_version is 'Version of the stage''s figures, raised when one can change.';
comment on column margin.execution.build_version is 'Version of the program.';
comment on column margin.execution.started_at is 'Wall-clock time of the start.';
comment on column margin.execution.ended_at is 'Wall-clock time of the end; null while running.';
comment on column margin.execution.row_count is 'Rows written, or findings or files; null unless succeeded.';
comment on column margin.execution.error is 'Why it failed, in one line; null otherwise.';

comment on table margin.run_input is 'Version of each input a run has pinned. Grain: one row a run and input table.';
comment on column margin.run_input.table_name is 'The input table.';
comment on column margin.run_input.version is 'Last load of that table in the scope of the run.';
comment on column margin.run_input.row_count is 'Rows that load brought in the scope of the run.';

comment on table margin.finding is 'What the data gates found in a run''s inputs. Grain: one row a run and finding.';
comment on column margin.finding.finding is '1, 2, … within the run.';
comment on column margin.finding.severity is 'block or flag.';
comment on column margin.finding.table_name is 'Table of the row, or the one a row is missing from.';
comment on column margin.finding.source is
    'File the row came from; null where the finding is about a row that is not there.';
comment on column margin.finding.source_line is 'Line in that file, the first being 1.';
comment on column margin.finding.column_name is 'Column the finding is about.';
comment on column margin.finding.value is 'Value found, as text.';
comment on column margin.finding.message is 'What is wrong with it.';
comment on column margin.finding.waiver_reason is 'Why it was waived; null where it was not.';

-- Results.
comment on table margin.risk_array is
    'Published risk arrays and deltas, from which a member replicates its margin. Grain: one row a run and series.';
comment on column margin.risk_array.array_decimals is 'Decimals of the array''s values, 0 to 4.';
comment on column margin.risk_array.risk_array is
    'Loss of one long contract in each scenario, + loss, − gain, in the margin currency × 10^array_decimals; in scenario order.';
comment on column margin.risk_array.composite_delta is
    'Delta of one long contract before scaling, 4 decimals: 1 for a future.';
comment on column margin.risk_array.price_scan_range is 'Price scan range used, units of price, unrounded, 0 or more.';
comment on column margin.risk_array.volatility is 'Annual volatility used, unit as in volatility; null for a future.';
comment on column margin.risk_array.volatility_rule is
    'Where it came from: implied, assigned, paired, nearest_strike or floor; null for a future.';

comment on table margin.combined_commodity_risk is
    'Components of the risk of what an owner holds in a combined commodity. Grain: one row a run, account, owner and combined commodity.';
comment on column margin.combined_commodity_risk.portfolio_array is
    'Loss of the whole position in each scenario, + loss, in the margin currency × 10^array_decimals; exact sum of quantities × risk arrays.';
comment on column margin.combined_commodity_risk.array_decimals is 'Decimals of the array''s values, 0 to 4.';
comment on column margin.combined_commodity_risk.scan is
    'Scanning risk: the largest loss over the scenarios, 0 or more.';
comment on column margin.combined_commodity_risk.net_delta is 'Net scaled delta before any spread, + long, − short.';
comment on column margin.combined_commodity_risk.contract_months is
    'Months held, in order; the delta columns are parallel to it.';
comment on column margin.combined_commodity_risk.month_deltas is
    'Net scaled delta of each month before any spread × 10 000, + long, − short.';
comment on column margin.combined_commodity_risk.remaining_deltas is
    'What spreads have left of each month''s delta × 10 000, + long, − short.';
comment on column margin.combined_commodity_risk.weighted_price_risk_normal is
    'Price risk a unit of net delta, 0 or more; null where time and price risk are not defined.';
comment on column margin.combined_commodity_risk.weighted_price_risk is
    'Price risk a unit of delta as the method says, cut off at 2 decimals, 0 or more; null where not defined.';
comment on column margin.combined_commodity_risk.intra_charge is 'Charges of calendar spreads, 0 or more.';
comment on column margin.combined_commodity_risk.delivery_charge is
    'Charges of months in their delivery period, 0 or more.';
comment on column margin.combined_commodity_risk.inter_credit is
    'Credits of the spreads formed with other combined commodities, before the cap; 0 or more.';
comment on column margin.combined_commodity_risk.applied_credit is
    'Part of the credits that is given, 0 or more: never above the price risk.';
comment on column margin.combined_commodity_risk.risk is
    'max(scan + intra + delivery − applied credit, short option minimum), 0 or more; replaced by the row of scan_spread where one formed.';
comment on column margin.combined_commodity_risk.standalone_initial_risk is
    'Initial risk had no super or inter-commodity spread formed, 0 or more.';
comment on column margin.combined_commodity_risk.scan_spread is
    'Scan-based spread whose row holds the risk instead; empty where there is none.';

comment on table margin.tier_risk is
    'Scanning risk of the tiers. Grain: one row a run, account, owner, combined commodity and tier.';
comment on column margin.tier_risk.scan is
    'Largest loss over the scenarios of the tier''s months, 0 or more, unrounded.';
comment on column margin.tier_risk.net_delta is
    'Net scaled delta of the tier''s months before any spread, + long, − short.';
comment on column margin.tier_risk.weighted_price_risk is
    'The tier''s own price risk a unit of delta, 0 or more; null where not defined.';

comment on table margin.spread_leg_formed is
    'Spreads that formed, leg by leg. Grain: one row a run, account, owner, step, sequence and leg.';
comment on column margin.spread_leg_formed.step is 'super, intra or inter.';
comment on column margin.spread_leg_formed.sequence is 'Place of the spread among those formed in the step, 1, 2, ….';
comment on column margin.spread_leg_formed.pool is
    'Tier or month the leg draws on; empty for the whole combined commodity.';
comment on column margin.spread_leg_formed.a_side is 'Whether side A was long or short; empty where neither is meant.';
comment on column margin.spread_leg_formed.spread_count is 'Spreads formed, cut off at 4 decimals.';
comment on column margin.spread_leg_formed.delta_before is
    'Delta the leg had to draw on, + long, − short; null for calendar spreads.';
comment on column margin.spread_leg_formed.consumed is 'Delta the leg consumed, a magnitude.';
comment on column margin.spread_leg_formed.contract_months is 'Months consumed from, in the order of consumption.';
comment on column margin.spread_leg_formed.consumed_by_month is 'What each of those months gave × 10 000, magnitudes.';
comment on column margin.spread_leg_formed.weighted_price_risk is
    'Price risk a unit of delta the rate is applied to; null for a flat charge.';
comment on column margin.spread_leg_formed.rate is
    'Charge or credit rate, 0 or more: money a spread, or a fraction of the weighted price risk.';
comment on column margin.spread_leg_formed.charge is
    'Charge, exact, 0 or more; the whole spread''s stands on its first leg.';
comment on column margin.spread_leg_formed.credit is 'Credit of the leg before the cap, 8 decimals, 0 or more.';

comment on table margin.scan_spread_risk is
    'Risk of combined commodities scanned as one. Grain: one row a run, account, owner and spread.';
comment on column margin.scan_spread_risk.legs is 'The combined commodities, in order.';
comment on column margin.scan_spread_risk.portfolio_array is
    'Loss of all legs in each scenario, gains × the credit rate first; + loss, in units of the currency, exact.';
comment on column margin.scan_spread_risk.scan is 'Largest loss over the scenarios, 0 or more.';
comment on column margin.scan_spread_risk.intra_charge is 'Sum of the legs'' charges of calendar spreads, 0 or more.';
comment on column margin.scan_spread_risk.delivery_charge is 'Sum of the legs'' delivery charges, 0 or more.';
comment on column margin.scan_spread_risk.applied_credit is
    'Sum of the legs'' credits of super spreads that are given, 0 or more.';
comment on column margin.scan_spread_risk.risk is
    'max(scan + intra + delivery − applied credit, short option minimum), 0 or more.';

comment on table margin.delivery_month_charge is
    'Charges of months in their delivery period. Grain: one row a run, account, owner, combined commodity and month.';
comment on column margin.delivery_month_charge.remaining is
    'Delta no spread has consumed, a magnitude; long and short added where gross.';
comment on column margin.delivery_month_charge.consumed is
    'Delta that super and calendar spreads have consumed, a magnitude.';
comment on column margin.delivery_month_charge.charge is
    'remaining × outright rate + consumed × spread rate, exact, 0 or more.';

comment on table margin.currency_requirement is
    'Requirement of each owner in its own currency. Grain: one row a run, account, owner and currency.';
comment on column margin.currency_requirement.initial_risk is
    'Sum of the combined commodities'' initial risk, 0 or more.';
comment on column margin.currency_requirement.offset_add_back is
    'What the offset cap takes back of the offsets, 0 or more.';
comment on column margin.currency_requirement.requirement is
    'max(0, initial risk + add-back − net option value), or as the account class''s rules say; 0 or more.';

comment on table margin.requirement is
    'Requirement of each account, owners summed, and its conversion. Grain: one row a run, account and currency.';
comment on column margin.requirement.amount is 'Requirement in its own currency, 0 or more.';
comment on column margin.requirement.converted_amount is
    'amount × fx_rate × (1 + fx_haircut) in the call currency, 0 or more.';

comment on table margin.add_on is
    'Add-ons, each a line with its driver. Grain: one row a run, account, add-on and item.';
comment on column margin.add_on.add_on is
    'liquidity, half_spread, impact, concentration, wrong_way, credit, correlation_underestimation, correlation_break or stress.';
comment on column margin.add_on.item is
    'What the line is for: a combined commodity, a liquidity group, a member''s concentration, or the requirement.';
comment on column margin.add_on.base is 'What the rate is applied to, 0 or more; 0 for charges of a size alone.';
comment on column margin.add_on.position_size is
    'Magnitude of the net delta in contracts; null where the line has no one size.';
comment on column margin.add_on.liquidation_days is 'Days needed to close out, 0 or more; liquidity only.';
comment on column margin.add_on.driver is 'What the amount comes from, in words.';
comment on column margin.add_on.amount is 'The add-on in units of its currency, 0 or more.';
comment on column margin.add_on.converted_amount is 'The add-on in the call currency, 0 or more.';

comment on table margin.variation_margin is
    'Variation margin, premiums and expiries, line by line. Grain: one row a run, account and line.';
comment on column margin.variation_margin.line is '1, 2, … within the account.';
comment on column margin.variation_margin.kind is 'position, trade, expiry, premium or option_expiry.';
comment on column margin.variation_margin.quantity is 'Contracts, + long, − short.';
comment on column margin.variation_margin.from_price is
    'Price marked from: the previous settlement, the trade''s price, or 0.';
comment on column margin.variation_margin.to_price is 'Price marked to: the settlement or final settlement price.';
comment on column margin.variation_margin.amount is 'What is paid, + the account receives, rounded to the minor unit.';

comment on table margin.collateral_value is 'Value of each item of collateral. Grain: one row a run, account and item.';
comment on column margin.collateral_value.quantity is 'Units held, 0 or more.';
comment on column margin.collateral_value.price is 'Money a unit in the asset''s currency, 0 or more.';
comment on column margin.collateral_value.fx_rate is
    'Units of the call currency for one unit of the asset''s currency, above 0.';
comment on column margin.collateral_value.haircut is 'Share of the price that does not count, 0 to 1.';
comment on column margin.collateral_value.value_before_limits is
    'quantity × price × (1 − haircut) × fx_rate × (1 − fx_haircut) in the call currency, 0 or more.';
comment on column margin.collateral_value.accepted_value is 'Part of it that the limits leave, 0 or more.';
comment on column margin.collateral_value.excluded is
    'Why less counts: not_eligible, own_group, issuer_limit, class_limits, or empty.';

comment on table margin.margin_call is 'Each account''s call or return. Grain: one row a run and account.';
comment on column margin.margin_call.requirement is 'Requirement over all currencies, in the call currency, 0 or more.';
comment on column margin.margin_call.add_ons is 'Sum of the add-ons, in the call currency, 0 or more.';
comment on column margin.margin_call.unpaid_variation_margin is
    'Negative variation margin and what is still owed, a magnitude, in the call currency.';
comment on column margin.margin_call.collateral_value is 'Accepted collateral, in the call currency, 0 or more.';
comment on column margin.margin_call.deficit is
    'requirement + add-ons + unpaid variation margin − collateral: + missing, − excess.';
comment on column margin.margin_call.threshold is 'Deficit left uncalled; null where the class has no call rule.';
comment on column margin.margin_call.minimum_transfer_amount is
    'Smallest amount moved; null where the class has no call rule.';
comment on column margin.margin_call.lot is 'Rounding lot; null where the class has no call rule.';
comment on column margin.margin_call.call_amount is 'What the member has to deliver, 0 or more, a multiple of the lot.';
comment on column margin.margin_call.return_amount is 'What the member gets back, 0 or more, a multiple of the lot.';
comment on column margin.margin_call.reason_code is
    'deficit_above_threshold, deficit_within_threshold, covered, excess_returned or no_call_rule.';
comment on column margin.margin_call.due_date is 'Day by which a call is to be met.';

comment on table margin.report_file is
    'Files of a run''s reports, as its manifest lists them. Grain: one row a run and file.';
comment on column margin.report_file.file_name is 'Name of the file in the run''s folder.';
comment on column margin.report_file.report is 'Which report it is, such as margin-call.';
comment on column margin.report_file.member is 'Member it is for; empty for a report of the run.';
comment on column margin.report_file.format is 'csv or json.';
comment on column margin.report_file.row_count is 'Rows in it, 0 or more.';
comment on column margin.report_file.byte_count is 'Its length in bytes.';
comment on column margin.report_file.sha256 is 'SHA-256 of its bytes.';

comment on view margin.input_column is
    'The columns a CSV of an input table may bring, read from the catalogue. Grain: one row an input table and column.';
comment on column margin.input_column.table_name is 'The input table.';
comment on column margin.input_column.column_name is 'The column.';
comment on column margin.input_column.position is 'Its place in the table; not gapless.';
comment on column margin.input_column.type_name is 'Its type or domain, with the schema.';
comment on column margin.input_column.is_not_null is 'Whether it may not be null.';
comment on column margin.input_column.default_value is
    'SQL text of the value an empty cell takes; null where there is none.';
comment on column margin.input_column.is_key is 'Whether it is part of the table''s key.';
comment on column margin.input_column.is_versioned is
    'Whether rows of the table have revisions, so that they can be corrected.';

-- Columns that mean the same wherever they stand. What was said above of a column of the same name goes before.
do $$
declare
    shared record;
begin
    for shared in
        select c.relname, a.attname, t.meaning
        from (values
            ('withdrawn', 'Whether this revision takes the row back: readers then see none.'),
            ('revision', '1 for the row as first loaded, one more for each correction; the highest a run sees counts.'),
            ('load_id', 'Load that brought the row.'),
            ('source_line', 'Line of the file the row stood on, the first being 1; null if it came from no file.'),
            ('run_id', 'The run.'),
            ('business_date', 'Day that is margined.'),
            ('cycle', 'End of the day or intraday.'),
            ('parameter_set', 'Parameter set the row belongs to.'),
            ('member', 'Clearing member.'),
            ('account', 'Margin account.'),
            ('owner', 'Beneficial owner of a segregated account; empty elsewhere.'),
            ('account_class', 'Class of accounts the row holds for.'),
            ('combined_commodity', 'Combined commodity.'),
            ('contract', 'Contract specification.'),
            ('series', 'Series.'),
            ('contract_month', 'Contract month.'),
            ('tier', 'Tier of contract months.'),
            ('scenario_set', 'Scenario set.'),
            ('spread', 'Spread.'),
            ('leg', 'Number of the leg within the spread, 1, 2, ….'),
            ('side', 'Side of the spread the leg is on: A or B.'),
            ('asset', 'Collateral asset.'),
            ('item', 'Holding, an identifier within the account.'),
            ('liquidity_group', 'Liquidity group.'),
            ('rule', 'Data gate.'),
            ('row_key', 'Key of the row it is about, its parts joined by ", ".'),
            ('currency', 'Currency of the row''s amounts.'),
            ('from_currency', 'Currency converted from.'),
            ('to_currency', 'Currency converted to.'),
            ('call_currency', 'Currency of the account''s call.'),
            ('fx_rate', 'Units of the call currency for one unit of the row''s currency, above 0.'),
            ('fx_haircut', 'Haircut of the currency pair, 0 to 1.'),
            ('active_scenario', 'Scenario of the largest loss, the lowest number on ties; null where there is none.'),
            ('time_risk', 'Mean loss of scenarios 1 and 2, exact, + loss; null where not defined.'),
            ('volatility_risk', 'Half of what the active scenario loses more than its pair, exact; null where not defined.'),
            ('price_risk', 'max(0, scan − time − volatility), exact; null where not defined.'),
            ('short_option_minimum', 'Least charge for short options, 0 or more.'),
            ('net_option_value', 'Value of long less short premium-style options at settlement, + lowers the requirement.'),
            ('initial_risk', 'Risk × the initial ratio of the account class, 0 or more.')
        ) as t (column_name, meaning)
        join pg_attribute as a on a.attname = t.column_name and a.attnum > 0 and not a.attisdropped
        join pg_class as c on c.oid = a.attrelid and c.relkind in ('r', 'v')
        join pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'margin'
        where col_description(c.oid, a.attnum) is null
        order by c.relname collate "C", a.attnum
    loop
        execute format('comment on column margin.%I.%I is %L', shared.relname, shared.attname, shared.meaning);
    end loop;
end
$$;
