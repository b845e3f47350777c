-- purpose: whatever publishes, a run whose inputs hold a correction that another person must still approve is not
--     published. As before, and no run whose waivers another person must still approve.
-- after: 01-domains
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
