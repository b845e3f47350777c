-- purpose: the approved set that holds on the day before a set takes effect: the one it takes the place of. Null
--     where there is none.
-- after: 01-domains
create or replace function margin.replaced_set(which text, pin bigint) returns text language sql stable as $$
    select o.parameter_set::text
    from margin.parameter_set as s
    join margin.parameter_set as o on o.effective_from < s.effective_from
    where s.parameter_set = which and o.load_id <= pin and margin.is_approved(o.parameter_set, pin)
    order by o.effective_from desc
    limit 1
$$;
comment on function margin.replaced_set is 'The approved parameter set that holds on the day before a set takes effect.';
