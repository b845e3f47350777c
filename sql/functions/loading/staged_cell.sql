-- purpose: the SQL of one cell of `staged_row as s` as its table would take it.
-- after: 01-domains
create or replace function margin.staged_cell(column_name text, type_name text, default_value text, is_in_file boolean)
    returns text language sql immutable as $$
    select case
        when not is_in_file then format('(%s)::%s as %I', coalesce(default_value, 'null'), type_name, column_name)
        when default_value is null then format('s.%1$I::%2$s as %1$I', column_name, type_name)
        else format('coalesce(s.%1$I::%2$s, %3$s) as %1$I', column_name, type_name, default_value) end
$$;
