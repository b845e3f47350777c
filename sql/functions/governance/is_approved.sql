-- purpose: is_approved
-- after: 01-domains
create or replace function margin.is_approved(which text, pin bigint) returns boolean language sql stable as $$
    select exists (select from margin.parameter_set as s where s.parameter_set = which and s.load_id <= pin
            and s.approved_by is not null)
        or exists (select from margin.parameter_set_approval as a where a.parameter_set = which and a.load_id <= pin)
$$;
