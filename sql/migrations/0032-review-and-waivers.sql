-- purpose: a run says whether somebody has to look at it, why it was gone on with and when it was superseded; waivers are signed
-- by the login, and approved by another person where the house wants it.

-- A rerun is made to be looked at: nothing but the command that names it publishes it.
alter table margin.run
    add column awaits_review boolean not null default false,
    add column superseded_at timestamptz;
comment on column margin.run.awaits_review is
    'Whether margin rerun made the run, or went on with it: margin publish alone publishes it.';
comment on column margin.run.superseded_at is 'When a newer run was published instead; null where none was.';
update margin.run as r
set superseded_at = (select min(n.published_at) from margin.run as n
    where n.business_date = r.business_date and n.cycle = r.cycle and n.published_at > r.published_at)
where r.status = 'superseded';

create function margin.mark_superseded() returns trigger language plpgsql as $$
begin
    new.superseded_at := clock_timestamp();
    return new;
end
$$;
comment on function margin.mark_superseded is 'Keeps when a run was superseded, whatever supersedes it.';
create trigger run_is_superseded_at before update on margin.run for each row
    when (new.status = 'superseded' and old.status <> 'superseded') execute function margin.mark_superseded();

create table margin.run_reason (
    run_id bigint not null references margin.run,
    place integer not null check (place > 0),
    reason margin.label not null check (length(btrim(reason)) > 0),
    given_by text not null default session_user,
    given_at timestamptz not null default clock_timestamp(),
    primary key (run_id, place)
);
create trigger run_reason_is_insert_only before update or delete or truncate on margin.run_reason
    for each statement execute function margin.refuse_change();
comment on table margin.run_reason is
    'Why a run was gone on with, beside the reason it was opened for. Grain: one row a run and further reason.';
comment on column margin.run_reason.run_id is 'Run.';
comment on column margin.run_reason.place is 'Place among the further reasons, from 1.';
comment on column margin.run_reason.reason is 'Reason; never empty.';
comment on column margin.run_reason.given_by is 'Who gave it: the login of the session.';
comment on column margin.run_reason.given_at is 'When. No figure depends on it.';

alter table margin.governance_rule drop constraint governance_rule_is_known;
alter table margin.governance_rule add constraint governance_rule_is_known
    check (rule in ('correction_approval', 'parameter_set_approval', 'second_person_publishes', 'waiver_approval'));
comment on column margin.governance_rule.rule is
    'correction_approval, waiver_approval: a run with corrections, waivers nobody else approved is not published. parameter_set_approval: approvals are given here, not in files. second_person_publishes: another person than the one who computed.';

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

-- Waives a finding as the session's login, by a row that any other load might have brought. Returns the load.
create function margin.waive_finding(on_date date, of_rule text, of_key text, given_reason text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    newest record;
    new_load bigint;
begin
    lock table margin.input_load in share row exclusive mode;
    select w.revision, w.withdrawn, w.waived_by, w.reason into newest
    from margin.finding_waiver as w
    where w.business_date = on_date and w.rule = of_rule and w.row_key = of_key
    order by w.revision desc
    limit 1;
    if not newest.withdrawn then
        raise exception 'it is waived already, by %: %', newest.waived_by, newest.reason
            using errcode = '23514', constraint = 'finding_is_waived_once';
    end if;
    perform margin.make_months('finding_waiver', array[on_date]);
    insert into margin.input_load (table_name, kind, source, row_count, reason)
    values ('finding_waiver', case when newest.revision is null then 'load' else 'correction' end, 'margin waive', 1, given_reason)
    returning load_id into new_load;
    insert into margin.finding_waiver (business_date, rule, row_key, reason, waived_by, load_id, revision)
    values (on_date, of_rule, of_key, given_reason, session_user, new_load, 1 + coalesce(newest.revision, 0));
    insert into margin.input_load_date (load_id, business_date, row_count) values (new_load, on_date, 1);
    return new_load;
end
$$;
comment on function margin.waive_finding is 'Waives a finding of a business date as the session''s login.';

-- Approves waivers; refused by constraint for who brought them.
create function margin.approve_waiver(which bigint, given_reason text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into margin.waiver_approval (waiver, requested_by, reason)
    select l.load_id, l.loaded_by, given_reason
    from margin.input_load as l
    where l.load_id = which and l.table_name = 'finding_waiver';
    if not found then
        raise exception 'there is no waiver %', which using errcode = '23514';
    end if;
end
$$;
comment on function margin.approve_waiver is 'Approves the waivers of a load as the session''s login.';

-- The waivers without which a run would have been stopped, and whether another person must still approve them.
create function margin.waivers_of_run(which bigint) returns table (load_id bigint, needs_approval boolean)
    language sql stable as $$
    select w.load_id, margin.is_required('waiver_approval')
            and not exists (select from margin.waiver_approval as a where a.waiver = w.load_id)
            and not exists (select from margin.correction_approval as c where c.load_id = w.load_id)
    from margin.run as r
    cross join lateral margin.finding_of(r.run_id) as f
    join margin.finding_waiver_as_of(r.pinned_load_id) as w
        on w.business_date = r.business_date and w.rule = f.rule and w.row_key = f.row_key
    where r.run_id = which and f.severity = 'block' and f.waiver_reason is not null
    group by w.load_id
$$;
comment on function margin.waivers_of_run is 'The waivers that let a run pass its data gates. Grain: one row a load of waivers.';

-- As before, and no run whose waivers another person must still approve.
create or replace function margin.guard_publication() returns trigger language plpgsql as $$
declare
    waiting bigint := (select min(c.load_id) from margin.corrections_of_run(new.run_id) as c where c.needs_approval
        and not exists (select from margin.correction_approval as a where a.load_id = c.load_id));
    unapproved bigint;
begin
    if waiting is not null then
        raise exception 'correction % among the inputs is not approved', waiting
            using errcode = '23514', hint = format('margin approve correction %s', waiting);
    end if;
    if margin.is_required('waiver_approval') then
        select min(w.load_id) into unapproved from margin.waivers_of_run(new.run_id) as w where w.needs_approval;
        if unapproved is not null then
            raise exception 'waiver % of a finding is not approved', unapproved
                using errcode = '23514', hint = format('margin approve waiver %s', unapproved);
        end if;
    end if;
    return new;
end
$$;

revoke execute on function margin.waive_finding, margin.approve_waiver from public;

create or replace function margin.admit_person(login text) returns boolean language plpgsql as $$
declare
    is_new boolean := not exists (select from pg_roles as r where r.rolname = login);
begin
    if is_new then
        execute format('create role %I login', login);
    end if;
    execute format('grant usage on schema margin, margin_schema to %I', login);
    execute format('grant select on all tables in schema margin, margin_schema to %I', login);
    execute format('grant insert on margin.rejected_row to %I', login);
    execute format('grant usage on sequence margin.rejection to %I', login);
    execute format('grant execute on function margin.correct, margin.approve_correction, margin.approve_parameter_set,
        margin.propose_parameter_set, margin.waive_finding, margin.approve_waiver to %I', login);
    -- What publication writes: the marks of the runs, and of executions that a killed process left.
    execute format('grant update (status, published_by, published_at) on margin.run to %I', login);
    execute format('grant update (status, ended_at) on margin.execution to %I', login);
    return is_new;
end
$$;

-- Who may read or open runs may read or give their reasons; who may approve corrections may approve waivers, and waive.
do $$
declare
    given record;
begin
    for given in
        select distinct a.privilege_type, case a.grantee when 0 then 'public' else a.grantee::regrole::text end as grantee
        from pg_class as c
        cross join lateral aclexplode(c.relacl) as a
        where c.oid = 'margin.run'::regclass and a.privilege_type in ('SELECT', 'INSERT') and a.grantee <> c.relowner
        order by 1, 2
    loop
        execute format('grant %s on margin.run_reason to %s', given.privilege_type, given.grantee);
        if given.privilege_type = 'SELECT' then
            execute format('grant select on margin.waiver_approval to %s', given.grantee);
        end if;
    end loop;
    for given in
        select distinct a.grantee::regrole::text as grantee
        from pg_proc as p
        cross join lateral aclexplode(p.proacl) as a
        where p.oid = 'margin.approve_correction(bigint, text)'::regprocedure and a.grantee not in (0, p.proowner)
        order by 1
    loop
        execute format('grant execute on function margin.waive_finding, margin.approve_waiver to %s', given.grantee);
    end loop;
end
$$;
