-- purpose: approves a parameter set that was proposed; refused for its author and for whoever loaded any of its rows.
-- after: 01-domains
create or replace function margin.approve_parameter_set(which text, given_reason text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    approval bigint;
    other text;
begin
    lock table margin.input_load in share row exclusive mode;
    if margin.is_approved(which, 9223372036854775807) then
        raise exception 'parameter set % is approved already', which using errcode = '23514';
    end if;
    select o.parameter_set into other
    from margin.parameter_set as s
    join margin.parameter_set as o on o.effective_from = s.effective_from and o.parameter_set <> s.parameter_set
    where s.parameter_set = which and margin.is_approved(o.parameter_set, 9223372036854775807);
    if found then
        raise exception 'parameter set % takes effect on the same date and is approved', other using errcode = '23514';
    end if;
    if exists (select from margin.input_load_parameter_set as p join margin.input_load as l on l.load_id = p.load_id
            where p.parameter_set = which and l.loaded_by = session_user) then
        raise exception '% has loaded rows of parameter set %: another person approves it', session_user, which
            using errcode = '23514', constraint = 'approver_is_not_the_author';
    end if;
    insert into margin.input_load (table_name, kind, source, row_count, reason)
    values ('parameter_set_approval', 'approval', 'margin parameters approve', 1, given_reason)
    returning load_id into approval;
    insert into margin.input_load_parameter_set (load_id, parameter_set) values (approval, which);
    insert into margin.parameter_set_approval (parameter_set, author, proposal_load_id, proposed_by, reason, load_id)
    select s.parameter_set, s.author, s.load_id, l.loaded_by, given_reason, approval
    from margin.parameter_set as s
    join margin.input_load as l on l.load_id = s.load_id
    where s.parameter_set = which;
    if not found then
        raise exception 'there is no parameter set %', which using errcode = '23514';
    end if;
end
$$;
revoke execute on function margin.approve_parameter_set from public;
