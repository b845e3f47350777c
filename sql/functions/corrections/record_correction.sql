-- purpose: record_correction
-- after: 01-domains
create or replace function margin.record_correction() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    -- The keys come as the trigger's arguments.
    same_key text := (select string_agg(format('t.%1$I = ($1).%1$I', k), ' and ') from unnest(tg_argv) as k);
    bookkeeping text[] := array['revision', 'load_id', 'source_line', 'valid_from', 'expires_on', 'parent_revision'];
    new_cells jsonb := to_jsonb(new) - bookkeeping;
    old_cells jsonb;
    -- The trigger of a partition is its own; all revisions of a key stand in one.
    written text := (select c.relname from pg_class as c where c.oid = coalesce(pg_partition_root(tg_relid), tg_relid));
    key_text text := (select string_agg(new_cells ->> k, ', ' order by o) from unnest(tg_argv) with ordinality as u (k, o));
begin
    if not exists (select from margin.input_load as l
            where l.load_id = new.load_id and l.kind = 'correction' and l.table_name = written) then
        raise exception 'a changed row of margin.% needs a correction that says why', written
            using errcode = '23514', hint = 'margin correct, with a reason';
    end if;
    execute format('select to_jsonb(t) - $2 from %s as t where %s and t.revision < ($1).revision %s
        order by t.revision desc limit 1', tg_relid::regclass, same_key,
        case when to_jsonb(new) ? 'valid_from'
            then 'and (t.revision = 1 or ($1).valid_from between t.valid_from and t.expires_on)' else '' end)
        into old_cells using new, bookkeeping;
    if (old_cells ->> 'withdrawn')::boolean then
        old_cells := null;
    end if;
    insert into margin.corrected_row (load_id, row_key, business_date, parameter_set, valid_from, expires_on, cells)
    values (new.load_id, key_text, coalesce(new_cells ->> 'business_date', new_cells ->> 'level_date')::date, new_cells ->> 'parameter_set',
        (to_jsonb(new) ->> 'valid_from')::date, (to_jsonb(new) ->> 'expires_on')::date, new_cells - 'withdrawn');
    insert into margin.corrected_cell (load_id, row_key, column_name, before_value, after_value)
    select new.load_id, key_text, c.name, old_cells ->> c.name, new_cells ->> c.name
    from jsonb_object_keys(new_cells) as c (name)
    where (old_cells -> c.name is distinct from new_cells -> c.name)
        and (old_cells ->> c.name is distinct from new_cells ->> c.name)
        and not (old_cells is null and c.name = any (tg_argv || 'withdrawn'::text));
    return null;
end
$$;
