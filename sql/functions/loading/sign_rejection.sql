-- purpose: sign_rejection
-- after: 01-domains
create or replace function margin.sign_rejection() returns trigger language plpgsql as $$
begin
    new.rejected_by := session_user;
    new.rejected_at := clock_timestamp();
    return new;
end
$$;
