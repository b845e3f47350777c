-- purpose: the accounts that the corrections among a run's inputs touch.
-- after: 01-domains
create or replace function margin.account_touched_in_run(which bigint)
    returns table (load_id bigint, row_key text, account text, member text) language sql stable as $$
    select t.load_id, t.row_key, t.account, t.member
    from margin.run as r
    cross join lateral (
        select array_agg(c.load_id) as loads
        from margin.corrections_of_run(r.run_id) as c
    ) as u
    cross join lateral (
        select max(d.calendar_date) as previous
        from margin.calendar_date_as_of(r.pinned_load_id) as d
        where d.calendar_date < r.business_date and d.is_business_day
    ) as b
    cross join lateral margin.touched_account(r.pinned_load_id, u.loads, r.business_date, b.previous) as t
    where r.run_id = which
$$;
comment on function margin.account_touched_in_run is
    'The accounts that the corrections among a run''s inputs touch. Grain: one row a correction, row and account.';
