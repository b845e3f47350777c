-- purpose: which approvals the house demands, and those given to corrections
-- Rules an owner of the house switches on; the newest row of a rule counts, and a rule without row is off.
create table margin.governance_rule (
    change bigint generated always as identity primary key,
    rule text not null,
    is_required boolean not null,
    reason text not null,
    changed_by text not null default session_user,
    changed_at timestamptz not null default clock_timestamp(),
    constraint change_of_governance_has_a_reason check (length(btrim(reason)) > 0),
    constraint governance_rule_is_known
    check (rule in ('correction_approval', 'parameter_set_approval', 'second_person_publishes', 'waiver_approval'))
);
create trigger governance_rule_is_signed before insert on margin.governance_rule
    for each row execute function margin.sign_governance();
create trigger governance_rule_is_insert_only before update or delete or truncate on margin.governance_rule
    for each statement execute function margin.refuse_change();
comment on table margin.governance_rule is
    'What the house demands of approvals; the newest row of a rule counts. Grain: one row a change of a rule.';
comment on column margin.governance_rule.change is 'Number of the change, rising.';
comment on column margin.governance_rule.rule is
    'correction_approval, waiver_approval: a run with corrections, waivers nobody else approved is not published. parameter_set_approval: approvals are given here, not in files. second_person_publishes: another person than the one who computed.';
comment on column margin.governance_rule.is_required is 'Whether it is demanded from here on.';
comment on column margin.governance_rule.reason is 'Why it was changed.';
comment on column margin.governance_rule.changed_by is 'Who changed it: the login of the session.';
comment on column margin.governance_rule.changed_at is 'When. No figure depends on it.';

create table margin.correction_approval (
    load_id bigint primary key,
    requested_by text not null,
    approved_by text not null default session_user,
    approved_at timestamptz not null default clock_timestamp(),
    reason text not null,
    foreign key (load_id, requested_by) references margin.input_load (load_id, loaded_by),
    constraint approver_is_not_the_author check (approved_by <> requested_by),
    constraint approval_has_a_reason check (length(btrim(reason)) > 0)
);
create trigger correction_approval_is_signed before insert on margin.correction_approval
    for each row execute function margin.sign_approval();
create trigger correction_approval_is_insert_only before update or delete or truncate on margin.correction_approval
    for each statement execute function margin.refuse_change();
comment on table margin.correction_approval is 'Corrections that another person approved. Grain: one row a correction.';
comment on column margin.correction_approval.load_id is 'Correction, as a load.';
comment on column margin.correction_approval.requested_by is 'Who corrected; never the approver.';
comment on column margin.correction_approval.approved_by is 'Who approved: the login of the session.';
comment on column margin.correction_approval.approved_at is 'When. No figure depends on it.';
comment on column margin.correction_approval.reason is 'Why it was approved.';

create table margin.waiver_approval (
    waiver bigint primary key,
    requested_by text not null,
    approved_by text not null default session_user,
    approved_at timestamptz not null default clock_timestamp(),
    reason text not null,
    foreign key (waiver, requested_by) references margin.input_load (load_id, loaded_by),
    constraint approver_is_not_the_author check (approved_by <> requested_by),
    constraint approval_has_a_reason check (length(btrim(reason)) > 0)
);
create trigger waiver_approval_is_signed before insert on margin.waiver_approval
    for each row execute function margin.sign_approval();
create trigger waiver_approval_is_insert_only before update or delete or truncate on margin.waiver_approval
    for each statement execute function margin.refuse_change();
comment on table margin.waiver_approval is 'Waivers that another person approved. Grain: one row a load of waivers.';
comment on column margin.waiver_approval.waiver is 'Load that brought the waiver.';
comment on column margin.waiver_approval.requested_by is 'Who waived; never the approver.';
comment on column margin.waiver_approval.approved_by is 'Who approved: the login of the session.';
comment on column margin.waiver_approval.approved_at is 'When. No figure depends on it.';
comment on column margin.waiver_approval.reason is 'Why it was approved.';
