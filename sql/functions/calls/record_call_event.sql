-- purpose: records what became of the call of a published night as the session's login. Returns the event's number.
--     What it refuses it names by constraint: call_is_of_a_published_night, account_is_called, amount_is_open,
--     amount_has_its_decimals, call_is_acknowledged_once, event_can_be_reversed.
-- after: 15-results-of-calls
create or replace function margin.record_call_event(
    on_date date, of_account text, what text, given_amount numeric, given_reason text, of_event bigint
) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    night record;
    call record;
    met numeric;
    moved numeric := case what when 'met' then given_amount else 0 end;
    reversed record;
    new_load bigint;
begin
    lock table margin.input_load in share row exclusive mode;
    select r.run_id, r.run_number into night
    from margin.run as r where r.business_date = on_date and r.cycle = 'EOD' and r.status = 'published';
    if not found then
        raise exception 'there is no published run of % EOD', on_date
            using errcode = '23514', constraint = 'call_is_of_a_published_night';
    end if;
    select c.call_amount, c.call_currency, d.minor_unit_decimals as decimals into call
    from margin.margin_call_of(night.run_id) as c
    join margin.currency_as_of(9223372036854775807) as d on d.currency = c.call_currency
    where c.account = of_account;
    if not found and not exists (select from margin.account_as_of(9223372036854775807) as a where a.account = of_account) then
        raise exception 'there is no account %', of_account using errcode = '23514', constraint = 'account_is_called';
    end if;
    select null::text as event, null::numeric as amount, null::text as currency, null::numeric as call_amount,
        false as is_gone into reversed;
    select coalesce(sum(e.amount), 0) into met
    from margin.call_event as e
    where e.business_date = on_date and e.account = of_account and e.currency = call.call_currency;
    if what = 'reversed' then
        select e.event, e.amount, e.currency, e.call_amount, exists (select from margin.call_event as o where o.reversed_load_id = e.load_id) as is_gone
            into reversed
        from margin.call_event as e
        where e.load_id = of_event and e.business_date = on_date and e.account = of_account;
        if reversed.event is distinct from 'met' or reversed.is_gone then
            raise exception '%', case
                when reversed.event is null then format('the call of %s on %s has no event %s', of_account, on_date, of_event)
                when reversed.is_gone then format('event %s is reversed already', of_event)
                else format('event %s is %s, and only what was met is reversed', of_event, reversed.event) end
                using errcode = '23514', constraint = 'event_can_be_reversed';
        end if;
        moved := -reversed.amount;
    elsif coalesce(call.call_amount, 0) = 0 then
        raise exception 'run % of % EOD calls nothing of %', night.run_number, on_date, of_account
            using errcode = '23514', constraint = 'account_is_called';
    elsif what = 'acknowledged' and exists (
        select from margin.call_event as e
        where e.business_date = on_date and e.account = of_account and e.event = 'acknowledged'
            and e.call_amount = call.call_amount)
    then
        raise exception 'the call of % on % is acknowledged already', of_account, on_date
            using errcode = '23514', constraint = 'call_is_acknowledged_once';
    elsif scale(trim_scale(moved)) > call.decimals then
        raise exception 'amount % of % has more than the % decimals of %', moved, of_account, call.decimals, call.call_currency
            using errcode = '23514', constraint = 'amount_has_its_decimals';
    elsif moved > greatest(call.call_amount - met, 0) then
        raise exception 'amount % of % is above what is open of its call of %: % % of %', moved, of_account, on_date,
            round(greatest(call.call_amount - met, 0), call.decimals), call.call_currency, round(call.call_amount, call.decimals)
            using errcode = '23514', constraint = 'amount_is_open';
    end if;
    insert into margin.input_load (table_name, kind, source, row_count, reason)
    values ('call_event', 'load', 'margin call', 1, nullif(given_reason, ''))
    returning load_id into new_load;
    insert into margin.call_event (load_id, business_date, account, event, amount, currency, call_amount, run_number,
        reversed_load_id)
    select new_load, on_date, of_account, what, moved, case what when 'reversed' then reversed.currency else call.call_currency end,
        case what when 'reversed' then reversed.call_amount else call.call_amount end, night.run_number,
        case what when 'reversed' then of_event end;
    return new_load;
end
$$;
comment on function margin.record_call_event is
    'Records what became of the call of a published night as the session''s login.';
revoke execute on function margin.record_call_event from public;
