-- purpose: sign_governance
-- after: 01-domains
create or replace function margin.sign_governance() returns trigger language plpgsql as $$
begin
    new.changed_by := session_user;
    new.changed_at := clock_timestamp();
    return new;
end
$$;
