-- purpose: refuses rows of a run or load that there is not: once a statement, over those its rows name, where a key to the
--     register would ask for every row. Each is looked up by itself: a join would read the whole register.
--     Arguments: the column, and the register that has it for its key.
-- after: 02-loads
create or replace function margin.refuse_absent() returns trigger language plpgsql as $$
declare
    key_column text := tg_argv[0];
    register text := tg_argv[1];
    named bigint;
    is_there boolean;
begin
    for named in execute format('select distinct i.%I from inserted as i', key_column)
    loop
        execute format('select exists (select from margin.%I as r where r.%I = $1)', register, key_column)
            into is_there using named;
        if not is_there then
            raise exception 'there is no % %', left(key_column, -3), named
                using errcode = '23503', table = tg_table_name, schema = tg_table_schema, constraint = tg_name;
        end if;
    end loop;
    return null;
end
$$;
comment on function margin.refuse_absent is 'Refuses rows of a run or load that there is not.';
