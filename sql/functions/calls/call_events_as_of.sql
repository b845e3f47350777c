-- purpose: what is recorded of each call up to a load: what was met of it, less what was reversed, and which
--     amounts were acknowledged
-- after: 15-results-of-calls
create or replace function margin.call_events_as_of(pin bigint) returns table (
    business_date date, account text, currency text, met_amount numeric, acknowledged_amounts numeric[]
) language sql stable as $$
    select e.business_date, e.account, e.currency, sum(e.amount),
        array_agg(e.call_amount) filter (where e.event = 'acknowledged')
    from margin.call_event as e
    where e.load_id <= pin
    group by e.business_date, e.account, e.currency
$$;
comment on function margin.call_events_as_of is
    'What is recorded of each call up to a load. Grain: one row a night, account and currency.';
