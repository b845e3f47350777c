-- purpose: who a load is of is not for the loader to say: the session's login, which set role does not change.
-- after: 01-domains
create or replace function margin.sign_load() returns trigger language plpgsql as $$
begin
    new.loaded_by := session_user;
    new.loaded_at := clock_timestamp();
    return new;
end
$$;
