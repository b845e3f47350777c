-- purpose: the base type of a type or domain: `date` of itself, `numeric` of margin.positive; null for a type that is
--     not there.
-- after: 01-domains
create or replace function margin.base_type(type_name text) returns text language plpgsql stable as $$
declare
    found_type oid := to_regtype(type_name);
    base oid;
begin
    loop
        select t.typbasetype into base from pg_type as t where t.oid = found_type;
        exit when base is null or base = 0;
        found_type := base;
    end loop;
    return (select t.typname::text from pg_type as t where t.oid = found_type);
end
$$;
