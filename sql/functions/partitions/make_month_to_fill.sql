-- purpose: makes the month that all of the days fall into, aside and bare, for its rows to be copied into it before it has
--     an index; returns its name. Null where the rows have to go through the table: the days are not of one month, the
--     month is there already, the table has none, or the loader is not of the schema's owner, who alone has a right to
--     partitions. `margin.attach_month` ends what this began, in the same transaction.
-- after: 01-domains
create or replace function margin.make_month_to_fill(target text, days date[]) returns text
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    loader text := coalesce(nullif(current_setting('role'), 'none'), session_user);
    month date := (select min(date_trunc('month', d.day)::date) from unnest(days) as d (day)
        having min(d.day) between '0001-01-01' and '9999-12-31' and max(d.day) between '0001-01-01' and '9999-12-31'
            and min(date_trunc('month', d.day)) = max(date_trunc('month', d.day)));
    made text := margin.month_partition(target, month);
begin
    if month is null or to_regclass(format('margin_part.%I', made)) is not null
        or not pg_has_role(loader, current_user, 'usage')
        or not exists (select from pg_partitioned_table as t where t.partrelid = to_regclass(format('margin.%I', target)))
    then
        return null;
    end if;
    lock table margin.input_load in share row exclusive mode;
    perform margin.make_bare_partition(target, made);
    return made;
end
$$;
