-- purpose: what a check of a column asks for, in words where it is a bound; else as the server prints it.
-- after: 01-domains
create or replace function margin.check_in_words(expression text) returns text language sql immutable parallel safe as $$
    select case
        when expression ~ '^[(][a-z_]+ >= [(]?0[)]?(::[a-z]+)?[)]$'
            then substring(expression from '^[(]([a-z_]+)') || ' is 0 or more'
        when expression ~ '^[(][a-z_]+ > [(]?0[)]?(::[a-z]+)?[)]$' then substring(expression from '^[(]([a-z_]+)') || ' is above 0'
        else expression end
$$;
