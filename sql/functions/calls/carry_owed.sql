-- purpose: makes rows of variation_margin_owed of what calls of the night before leave owed, as the session's login: adds
--     those that are not there, changes those of another amount and takes back those that are owed no more. Rows that anybody
--     else has brought stay, and an account that has one is refused (owed_is_counted_once). Returns the load; null where all
--     is as it should be.
-- after: 15-results-of-calls
create or replace function margin.carry_owed(
    on_date date, of_accounts text[], of_currencies text[], of_amounts numeric[], given_source text
) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    foreign_row record;
    is_correction boolean;
    changes bigint;
    new_load bigint;
begin
    lock table margin.input_load in share row exclusive mode;
    perform margin.make_months('variation_margin_owed', array[on_date]);
    select o.account, o.currency, o.amount, l.loaded_by, l.source into foreign_row
    from margin.variation_margin_owed_as_of(9223372036854775807) as o
    join margin.input_load as l on l.load_id = o.load_id
    where o.business_date = on_date and l.source <> given_source and o.account = any (of_accounts)
    order by o.account, o.currency limit 1;
    if found then
        raise exception '% owes % % on % already, by % from %', foreign_row.account, foreign_row.amount, foreign_row.currency,
            on_date, foreign_row.loaded_by, foreign_row.source
            using errcode = '23514', constraint = 'owed_is_counted_once';
    end if;
    create temporary table carried_owed on commit drop as
    select coalesce(u.account, o.account) as account, coalesce(u.currency, o.currency) as currency,
        coalesce(u.amount, o.amount) as amount, u.account is null as withdrawn,
        coalesce((
            select max(p.revision) from margin.variation_margin_owed as p
            where p.business_date = on_date and p.account = coalesce(u.account, o.account)
                and p.currency = coalesce(u.currency, o.currency)
        ), 0) as revision
    from unnest(of_accounts, of_currencies, of_amounts) as u (account, currency, amount)
    full join (
        select r.account, r.currency, r.amount
        from margin.variation_margin_owed_as_of(9223372036854775807) as r
        join margin.input_load as l on l.load_id = r.load_id
        where r.business_date = on_date and l.source = given_source
    ) as o on o.account = u.account and o.currency = u.currency
    where u.amount is distinct from o.amount;
    select count(*), coalesce(bool_or(c.revision > 0), false) into changes, is_correction from pg_temp.carried_owed as c;
    if changes > 0 then
        insert into margin.input_load (table_name, kind, source, row_count, reason)
        values ('variation_margin_owed', case when is_correction then 'correction' else 'load' end, given_source, changes,
            'what calls of the night before leave owed')
        returning load_id into new_load;
        insert into margin.variation_margin_owed (business_date, account, currency, amount, withdrawn, load_id, revision)
        select on_date, c.account, c.currency, c.amount, c.withdrawn, new_load, c.revision + 1 from pg_temp.carried_owed as c;
        insert into margin.input_load_date (load_id, business_date, row_count) values (new_load, on_date, changes);
    end if;
    drop table pg_temp.carried_owed;
    return new_load;
end
$$;
comment on function margin.carry_owed is
    'Makes rows of variation_margin_owed of what calls of the night before leave owed, as the session''s login.';
revoke execute on function margin.carry_owed from public;
