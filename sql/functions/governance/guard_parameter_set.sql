-- purpose: an approved set never changes; with the rule on, approvals are given here and not written into files.
-- after: 01-domains
create or replace function margin.guard_parameter_set() returns trigger language plpgsql as $$
begin
    if new.approved_by is not null and margin.is_required('parameter_set_approval') then
        raise exception 'parameter set % says it is approved, but approvals are given in the database', new.parameter_set
            using errcode = '23514', hint = 'leave approved_by empty, then margin parameters approve';
    end if;
    return null;
end
$$;
