-- purpose: refuses publication by who had the run computed, where the house wants another person.
-- after: 01-domains
create or replace function margin.guard_second_person() returns trigger language plpgsql as $$
begin
    if new.created_by = session_user and margin.is_required('second_person_publishes') then
        raise exception 'run % was computed by %, and another person publishes', new.run_number, session_user
            using errcode = '42501', constraint = 'another_person_publishes',
                hint = 'let somebody else publish it: margin publish --run N --as LOGIN';
    end if;
    return new;
end
$$;
comment on function margin.guard_second_person is
    'Refuses publication by who had the run computed, where the house wants another person.';
