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
