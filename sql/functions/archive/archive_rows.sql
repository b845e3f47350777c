-- purpose: A partition that lies wholly before the dates is counted and dropped; of one that they cut through, and of
--     a table that has none, the rows are deleted. A block that runs still fall into is never dropped.
-- after: 01-domains
create or replace function margin.archive_rows(
    given_runs_before date, given_inputs_before date, given_folder text, given_manifest_sha256 bytea, given_rows bigint
) returns table (table_name text, removed bigint)
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    part record;
    piece record;
    gone bigint;
begin
    -- Dropping a partition drops its foreign key, which nobody may be reading by. These first: whatever writes begins here.
    lock table margin.run, margin.input_load in access exclusive mode;
    if given_inputs_before > margin.inputs_needed_from(given_runs_before)
        or exists (select from margin.run as r where r.business_date < given_runs_before
            and margin.is_unfinished(r))
        or given_runs_before > (select max(r.business_date) from margin.run as r where r.status = 'published')
        or exists (select from margin.standing_archive as a where a.runs_before >= given_runs_before)
    then
        raise exception 'dates before % cannot be archived', given_runs_before using errcode = '23514';
    end if;
    for part in select p.table_name, p.is_input, p.condition
        from margin.archive_part(given_runs_before, given_inputs_before) as p
    loop
        table_name := part.table_name;
        removed := 0;
        for piece in
            select format('margin_part.%I', p.partition_name) as relation,
                case when part.is_input then p.end_value::date <= given_inputs_before
                    else p.end_value::bigint <= margin.next_run() and not exists (select from margin.run as r
                        where r.run_id >= p.first_value::bigint and r.run_id < p.end_value::bigint
                            and r.business_date >= given_runs_before)
                    end as is_whole
            from margin.partitions_of(part.table_name) as p
            where case when part.is_input then p.first_value::date < given_inputs_before
                else exists (select from margin.run as r where r.run_id >= p.first_value::bigint
                    and r.run_id < p.end_value::bigint and r.business_date < given_runs_before) end
            union all
            select c.oid::regclass::text, false
            from pg_class as c
            where c.oid = format('margin.%I', part.table_name)::regclass and c.relkind = 'r'
        loop
            if piece.is_whole then
                execute format('select count(*) from %s', piece.relation) into gone;
                execute format('drop table %s', piece.relation);
            else
                -- Nothing but an owner's function can do this, and only until the transaction ends.
                if part.is_input then
                    execute format('alter table %s disable trigger user', piece.relation);
                end if;
                execute format('delete from %s as t where %s', piece.relation, part.condition);
                get diagnostics gone = row_count;
                if part.is_input then
                    execute format('alter table %s enable trigger user', piece.relation);
                end if;
            end if;
            removed := removed + gone;
        end loop;
        return next;
    end loop;
    insert into margin.archive (runs_before, inputs_before, folder, manifest_sha256, row_count)
    values (given_runs_before, given_inputs_before, given_folder, given_manifest_sha256, given_rows);
end
$$;
revoke execute on function margin.archive_rows from public;
