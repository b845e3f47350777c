-- purpose: whatever is refused because its date is archived says which archive holds it; what nobody will publish any more does not
--     keep its date out of an archive.

-- Nobody may add to dates that are archived: a restored row could meet another of its key, a run would miss its inputs, and what
-- was published would not follow from its inputs any more. Histories are not archived. MA001 is for the programs.
create or replace function margin.refuse_archived_date() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    standing record;
begin
    select a.runs_before, a.folder into standing from margin.standing_archive as a order by a.archive desc limit 1;
    if new.business_date >= standing.runs_before or standing.runs_before is null then
        return new;
    end if;
    if tg_argv[0] = 'inputs' and exists (
        select from margin.input_load as l
        join pg_attribute as c on c.attrelid = to_regclass(format('margin.%I', l.table_name)) and c.attname = 'level_date'
        where l.load_id = new.load_id)
    then
        return new;
    end if;
    raise exception '% is archived in %', new.business_date, standing.folder
        using errcode = 'MA001', hint = format('margin archive --restore %s', standing.folder);
end
$$;

-- Whether a run may still be published: one that another run of its date has been published over never is.
create function margin.is_unfinished(r margin.run) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp as $$
    select r.status = 'building' or r.status = 'complete' and not exists (
        select from margin.run as n
        where n.business_date = r.business_date and n.cycle = r.cycle and n.run_number > r.run_number
            and n.status in ('published', 'superseded'))
$$;
comment on function margin.is_unfinished is
    'Whether a run is being built, or complete and may still be published: no newer one of its date and cycle has been.';

do $$
declare
    now_text text := pg_get_functiondef('margin.archive_rows'::regproc);
    was text := 'and r.status in (''building'', ''complete''))';
begin
    if array_length(string_to_array(now_text, was), 1) <> 2 then
        raise exception 'margin.archive_rows is not what it was';
    end if;
    execute replace(now_text, was, 'and margin.is_unfinished(r))');
end
$$;
