-- purpose: sign_approval
-- after: 01-domains
create or replace function margin.sign_approval() returns trigger language plpgsql as $$
begin
    new.approved_by := session_user;
    new.approved_at := clock_timestamp();
    return new;
end
$$;
