-- purpose: how many staged rows have each value of a column, as it is written; empty cells are left to the load.
-- after: 01-domains
create or replace function margin.staged_counts(of_column text) returns table (value text, row_count bigint)
    language plpgsql stable as $$
begin
    return query execute format('select s.%1$I, count(*) from staged_row as s where s.%1$I is not null
        group by s.%1$I order by s.%1$I', of_column);
end
$$;
