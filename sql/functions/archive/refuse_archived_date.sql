-- purpose: nobody may add to dates that are archived: a restored row could meet another of its key, a run would miss
--     its inputs, and what was published would not follow from its inputs any more. Histories are not archived. MA001
--     is for the programs.
-- after: 01-domains
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
