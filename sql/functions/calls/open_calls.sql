-- purpose: the calls of the newest night up to a date, and of each those of the nights before that were never met: back from
--     the newest, account by account, until a night called nothing of it or was met whole. A night asks anew for all that
--     is missing, so what went before is settled with it. `own_run` is a run of the date that is not published yet; null:
--     what stands. Nights before the first event of the record are not looked at.
-- after: 15-results-of-calls
create or replace function margin.open_calls(on_date date, own_run bigint, pin bigint) returns table (
    business_date date, run_number integer, account text, member text, call_currency text, call_amount numeric,
    unpaid_variation_margin numeric, met_amount numeric, open_amount numeric, due_date date, age_days bigint, state text,
    taken_up_on date
) language sql stable as $$
    with recursive begun as (
        select min(e.business_date) as first_date from margin.call_event as e where e.load_id <= pin
    ), standing as (
        select distinct on (r.business_date) r.business_date, r.run_id, r.run_number
        from margin.run as r
        where r.cycle = 'EOD' and r.business_date <= on_date
            and (r.run_id = own_run or r.status in ('published', 'superseded') and r.pinned_load_id <= pin
                and (own_run is null or r.business_date < on_date))
        order by r.business_date, r.run_id desc
    ), night as (
        select s.business_date, s.run_id, s.run_number,
            row_number() over (order by s.business_date desc) as place,
            lead(s.business_date) over (order by s.business_date) as next_date
        from standing as s
    ), recorded as (
        select e.business_date, e.account, e.currency, e.met_amount, e.acknowledged_amounts
        from margin.call_events_as_of(pin) as e
    ), call as (
        select n.place, n.business_date, n.run_number, n.next_date, c.account, c.member, c.call_currency, c.call_amount,
            c.unpaid_variation_margin, c.due_date, coalesce(e.met_amount, 0) as met_amount,
            coalesce(c.call_amount = any (e.acknowledged_amounts), false) as is_acknowledged
        from night as n
        cross join lateral margin.margin_call_of(n.run_id) as c
        left join recorded as e
            on e.business_date = n.business_date and e.account = c.account and e.currency = c.call_currency
        where n.place = 1 and c.call_amount > 0
        union all
        select n.place, n.business_date, n.run_number, n.next_date, c.account, c.member, c.call_currency, c.call_amount,
            c.unpaid_variation_margin, c.due_date, coalesce(e.met_amount, 0), coalesce(c.call_amount = any (e.acknowledged_amounts), false)
        from call as o
        join night as n on n.place = o.place + 1
        cross join begun as b
        cross join lateral (
            select m.account, m.member, m.call_currency, m.call_amount, m.unpaid_variation_margin, m.due_date
            from margin.margin_call_of(n.run_id) as m
            where m.account = o.account
        ) as c
        left join recorded as e
            on e.business_date = n.business_date and e.account = c.account and e.currency = c.call_currency
        where o.met_amount < o.call_amount and coalesce(e.met_amount, 0) < c.call_amount
            and n.business_date >= b.first_date
    )
    select c.business_date, c.run_number, c.account, c.member, c.call_currency, c.call_amount, c.unpaid_variation_margin,
        c.met_amount, greatest(c.call_amount - c.met_amount, 0), c.due_date,
        (select count(*) from margin.calendar_date_as_of(pin) as d
            where d.is_business_day and d.calendar_date > c.business_date and d.calendar_date <= on_date),
        case
            when c.met_amount >= c.call_amount then 'met'
            when c.due_date <= on_date then 'overdue'
            when c.met_amount > 0 then 'partly_met'
            when c.is_acknowledged then 'acknowledged'
            else 'issued'
        end, case when c.place > 1 then c.next_date end
    from call as c
$$;
comment on function margin.open_calls is
    'The calls of the newest night up to a date, and those before that were never met. Grain: one row a night and account.';
