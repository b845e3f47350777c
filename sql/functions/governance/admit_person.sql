-- purpose: lets a login read everything, correct, propose, approve and record what becomes of calls; not load, and not
--     run. Only for who owns the schema.
-- after: 01-domains
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
        margin.propose_parameter_set, margin.record_calibration, margin.waive_finding, margin.approve_waiver,
        margin.record_call_event, margin.carry_owed to %I', login);
    -- What publication writes: the marks of the runs, and of executions that a killed process left.
    execute format('grant update (status, published_by, published_at) on margin.run to %I', login);
    execute format('grant update (status, ended_at) on margin.execution to %I', login);
    return is_new;
end
$$;
revoke execute on function margin.admit_person from public;
