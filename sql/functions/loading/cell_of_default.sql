-- purpose: the cell that stands for a column's default, from its SQL text; null of none.
-- after: 01-domains
create or replace function margin.cell_of_default(default_value text) returns text language plpgsql stable as $$
declare
    cell text;
begin
    if default_value is not null then
        execute format('select (%s)::text', default_value) into cell;
    end if;
    return cell;
end
$$;
