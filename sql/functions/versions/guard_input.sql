-- purpose: makes an input table insert-only, has its later revisions journalled and asks for the load of its rows; says what the columns are that all of them have
-- after: 01-domains
create or replace function margin.guard_input(plain_name text, key_columns text[]) returns void language plpgsql as $$
begin
    execute format('create trigger %I before update or delete or truncate on margin.%I
        for each statement execute function margin.refuse_change()', plain_name || '_is_insert_only', plain_name);
    execute format('create trigger %I after insert on margin.%I for each row when (new.revision > 1)
        execute function margin.record_correction(%s)', plain_name || '_is_journalled', plain_name,
        (select string_agg(quote_literal(k), ', ' order by o) from unnest(key_columns) with ordinality as u (k, o)));
    execute format('create trigger %I after insert on margin.%I referencing new table as inserted
        for each statement execute function margin.refuse_absent(''load_id'', ''input_load'')', plain_name || '_is_of_a_load', plain_name);
    execute format('comment on column margin.%I.load_id is %L', plain_name, 'Load that brought the row.');
    execute format('comment on column margin.%I.source_line is %L', plain_name,
        'Line of the file the row stood on, the first being 1; null if it came from no file.');
end
$$;
