-- purpose: enters in the register that the newest archive is back.
-- after: 01-domains
create or replace function margin.enter_restore(given_archive bigint) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    lock table margin.run in share row exclusive mode;
    if given_archive is distinct from (select max(a.archive) from margin.standing_archive as a) then
        raise exception 'archive % is not the newest one', given_archive using errcode = '23514';
    end if;
    insert into margin.archive_restore (archive) values (given_archive);
end
$$;
revoke execute on function margin.enter_restore from public;
