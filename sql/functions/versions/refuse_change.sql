-- purpose: refuse_change
-- after: 01-domains
create or replace function margin.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of %.% are never changed or removed', tg_table_schema, tg_table_name
        using errcode = '23514', hint = 'insert a correction: margin correct, with a reason';
end
$$;
