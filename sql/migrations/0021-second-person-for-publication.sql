-- purpose: where the house wants it, a run is published by another person than the one who had it computed.
alter table margin.governance_rule drop constraint governance_rule_rule_check;
alter table margin.governance_rule add constraint governance_rule_is_known
    check (rule in ('correction_approval', 'parameter_set_approval', 'second_person_publishes'));

create function margin.guard_second_person() returns trigger language plpgsql as $$
begin
    if new.created_by = session_user and margin.is_required('second_person_publishes') then
        raise exception 'run % was computed by %, and another person publishes', new.run_number, session_user
            using errcode = '42501', hint = 'let somebody else publish it: margin publish --run N --as LOGIN';
    end if;
    return new;
end
$$;
comment on function margin.guard_second_person is 'Refuses publication by who had the run computed, where the house wants another person.';
create trigger run_is_published_by_another before update on margin.run for each row
    when (new.status = 'published' and old.status <> 'published') execute function margin.guard_second_person();

-- Waits until no load is under way. A person who publishes may not write to the register of loads, and need not.
create function margin.wait_for_loads() returns void language plpgsql security definer set search_path = '' as $$
begin
    lock table margin.input_load in share mode;
end
$$;
comment on function margin.wait_for_loads is 'Waits until no load is under way, until the end of the transaction.';

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
        margin.propose_parameter_set to %I', login);
    -- What publication writes: the marks of the runs, and of executions that a killed process left.
    execute format('grant update (status, published_by, published_at) on margin.run to %I', login);
    execute format('grant update (status, ended_at) on margin.execution to %I', login);
    return is_new;
end
$$;
