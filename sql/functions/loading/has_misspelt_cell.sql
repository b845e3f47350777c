-- purpose: whether any staged cell is written otherwise than its type is here, though the server might read it: asked
--     before anything is cast. One pass over the rows; of dates, which are few, only the distinct ones are looked at.
-- after: 01-domains
create or replace function margin.has_misspelt_cell(target text, columns text[]) returns boolean language plpgsql as $$
declare
    part record;
    found_one boolean;
    rules text[] := '{}';
begin
    for part in
        select c.column_name, margin.base_type(c.type_name) as base_type
        from margin.input_column as c
        where c.table_name = target and c.column_name = any (columns)
        order by c.position
    loop
        continue when margin.spelling(part.base_type) is null;
        if part.base_type = 'date' then
            execute format('select exists (select from (select distinct s.%I as cell from staged_row as s) as d
                where d.cell !~ %L)', part.column_name, margin.spelling(part.base_type)) into found_one;
            if found_one then
                return true;
            end if;
        else
            rules := rules || format('s.%I !~ %L', part.column_name, margin.spelling(part.base_type));
        end if;
    end loop;
    if rules = '{}' then
        return false;
    end if;
    execute format('select exists (select from staged_row as s where %s)', array_to_string(rules, ' or ')) into found_one;
    return found_one;
end
$$;
