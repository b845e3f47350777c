-- purpose: waits until no load is under way. A person who publishes may not write to the register of loads, and need
--     not.
-- after: 01-domains
create or replace function margin.wait_for_loads() returns void language plpgsql security definer set search_path = '' as $$
begin
    lock table margin.input_load in share mode;
end
$$;
comment on function margin.wait_for_loads is 'Waits until no load is under way, until the end of the transaction.';
