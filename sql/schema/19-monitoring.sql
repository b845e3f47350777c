-- purpose: limits of members, what is watched from night to night, and what was seen of it
create table margin.member_limit (
    effective_from date not null,
    member margin.member_code not null,
    measure text collate "C" not null
        check (measure in ('margin', 'stress_shortfall', 'open_interest_share', 'collateral_cover', 'fund_days')),
    limit_amount margin.non_negative not null,
    currency margin.currency_code,
    constraint limit_in_money_has_a_currency
        check ((measure in ('margin', 'stress_shortfall')) = (currency is not null)),
    constraint limit_of_a_share_is_a_fraction check (measure <> 'open_interest_share' or limit_amount <= 1),
    constraint limit_of_days_is_a_whole_number check (measure <> 'fund_days' or limit_amount = trunc(limit_amount))
);
-- member_limit_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('member_limit', '{effective_from, member, measure}');
comment on table margin.member_limit is
    'Limits of clearing members. Grain: one row a first day, member, measure and revision; of each member and measure the latest not after a business date counts.';
comment on column margin.member_limit.effective_from is 'First business date the row holds for.';
comment on column margin.member_limit.member is 'Clearing member.';
comment on column margin.member_limit.measure is
    'What is limited: margin, stress_shortfall, open_interest_share, collateral_cover (a limit from below) or fund_days.';
comment on column margin.member_limit.limit_amount is
    'Limit, 0 or more: money in units of its currency, a share 0 to 1, a cover as a multiple of what is required, or whole days.';
comment on column margin.member_limit.currency is 'Currency of a limit in money; null for every other.';

create table margin.monitoring (
    parameter_set margin.code not null references margin.parameter_set,
    look_back_nights smallint not null default 60 check (look_back_nights between 1 and 60),
    least_nights smallint not null default 20 check (least_nights >= 1),
    robust_z margin.positive not null default 5,
    least_spread margin.positive not null default 0.02 check (least_spread <= 1),
    least_contracts margin.non_negative not null,
    least_margin margin.non_negative not null,
    worse_share margin.positive not null default 0.25,
    jump_share margin.positive not null default 0.5,
    stuck_nights smallint not null default 20 check (stuck_nights between 2 and 366),
    warning_share margin.fraction not null default 0.8,
    fund_share margin.fraction not null default 0.8,
    constraint history_is_long_enough_to_judge check (least_nights <= look_back_nights)
);
-- monitoring_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('monitoring', '{parameter_set}');
comment on table margin.monitoring is
    'How a house is watched from night to night; without a row it is not. Grain: one row a parameter set.';
comment on column margin.monitoring.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.monitoring.look_back_nights is 'Published nights a figure is compared with at most, 1 to 60.';
comment on column margin.monitoring.least_nights is 'Nights a figure must have been seen before it is judged, 1 or more.';
comment on column margin.monitoring.robust_z is
    'Magnitude of the robust z beyond which a figure has moved, above 0; 5 where nothing says otherwise.';
comment on column margin.monitoring.least_spread is
    'Share of the median that its median deviation counts as at least, above 0: so that a figure that never moved can be judged.';
comment on column margin.monitoring.least_contracts is 'Contracts below which a position is not watched.';
comment on column margin.monitoring.least_margin is
    'Margin in the base currency below which an account or member is not watched.';
comment on column margin.monitoring.worse_share is
    'Share by which a move or a utilisation must have grown since it was told to be told again, above 0.';
comment on column margin.monitoring.jump_share is 'Share of its value beyond which a parameter has jumped overnight, above 0.';
comment on column margin.monitoring.stuck_nights is 'Nights in a row at a floor or cap that are told, 2 or more.';
comment on column margin.monitoring.warning_share is 'Utilisation of a limit from which a member is near it, 0 to 1.';
comment on column margin.monitoring.fund_share is
    'Share of the guaranty fund above which a member''s worst stress shortfall makes a night count, 0 to 1.';

create table margin.monitored_figure (
    run_id bigint not null,
    subject_kind text collate "C" not null check (subject_kind in ('position', 'account', 'member', 'bound')),
    subject text collate "C" not null,
    measure text collate "C" not null,
    amount numeric not null check (amount >= 0),
    told_amount numeric,
    primary key (run_id, subject_kind, subject, measure),
    constraint numbers_are_finite check (amount < 'Infinity' and (told_amount is null or abs(told_amount) < 'Infinity'))
) partition by range (run_id);
create trigger monitored_figure_is_of_a_run after insert on margin.monitored_figure referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- monitored_figure_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('monitored_figure', 'report');
comment on table margin.monitored_figure is
    'What a night was seen to be, for the nights after it. Grain: one row a run, kind of subject, subject and measure.';
comment on column margin.monitored_figure.run_id is 'The run.';
comment on column margin.monitored_figure.subject_kind is 'position, account, member, or bound: a floor or cap that is touched.';
comment on column margin.monitored_figure.subject is 'Key of what it is about, its parts joined by ", ".';
comment on column margin.monitored_figure.measure is
    'size, concentration, margin or fund_share; of a bound which: short_option_minimum, offset_cap, call_threshold, collateral_limit, volatility_floor.';
comment on column margin.monitored_figure.amount is
    'The figure, 0 or more: contracts, a share, money in the base currency; of a bound the nights in a row.';
comment on column margin.monitored_figure.told_amount is
    'Figure at which the move that goes on was last told or explained; null where it is within its history.';

create table margin.limit_utilisation (
    run_id bigint not null,
    member text collate "C" not null,
    measure text collate "C" not null,
    figure numeric check (figure >= 0),
    limit_amount numeric not null check (limit_amount >= 0),
    currency text collate "C" not null,
    utilisation numeric check (utilisation >= 0),
    state text not null check (state in ('within', 'near', 'exceeded', 'not_measured')),
    told_utilisation numeric,
    primary key (run_id, member, measure),
    constraint nothing_is_used_of_what_is_not_measured check ((state = 'not_measured') = (figure is null)),
    constraint numbers_are_finite check (coalesce(figure, 0) + limit_amount + coalesce(utilisation, 0)
        + coalesce(told_utilisation, 0) < 'Infinity')
) partition by range (run_id);
create trigger limit_utilisation_is_of_a_run after insert on margin.limit_utilisation referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- limit_utilisation_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('limit_utilisation', 'report');
comment on table margin.limit_utilisation is
    'What members use of their limits. Grain: one row a run, member and measure with a limit in force.';
comment on column margin.limit_utilisation.run_id is 'The run.';
comment on column margin.limit_utilisation.member is 'Clearing member.';
comment on column margin.limit_utilisation.measure is 'What is limited, as in member_limit.';
comment on column margin.limit_utilisation.figure is
    'What stands against it, in the unit of the limit; null where the night has no such figure.';
comment on column margin.limit_utilisation.limit_amount is 'The limit, money in the base currency.';
comment on column margin.limit_utilisation.currency is 'The house''s base currency where it is money; empty elsewhere.';
comment on column margin.limit_utilisation.utilisation is
    'Figure over limit, of a limit from below limit over figure, 6 decimals; null where that has no value.';
comment on column margin.limit_utilisation.state is
    'within, near (from the warning share on), exceeded (above 1), or not_measured.';
comment on column margin.limit_utilisation.told_utilisation is
    'Utilisation at which the state that goes on was last told; null where it is within.';
