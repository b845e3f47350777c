-- purpose: what a load calls before it inserts rows: whoever may load may have months made.
-- after: 01-domains
create or replace function margin.make_months_to_load(target text, days date[]) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    loader text := coalesce(nullif(current_setting('role'), 'none'), session_user);
begin
    if not has_table_privilege(loader, 'margin.input_load', 'insert') then
        raise exception '% may not load', loader using errcode = '42501';
    end if;
    perform margin.make_months(target, days);
end
$$;
