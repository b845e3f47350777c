-- purpose: keeps what a calibration's proposed values follow from: figures and their bounds, as JSON arrays of rows. Only
--     the set's author, before it is approved.
-- after: 21-calibration
create or replace function margin.record_calibration(proposed text, on_date date, figures jsonb, bounds jsonb) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from margin.parameter_set as s where s.parameter_set = proposed and s.author = session_user)
            or margin.is_approved(proposed, 9223372036854775807) then
        raise exception 'parameter set % is no proposal of %', proposed, session_user using errcode = '23514';
    end if;
    insert into margin.calibration_figure
    select f.*
    from jsonb_array_elements(figures) as e (value)
    cross join lateral jsonb_populate_record(null::margin.calibration_figure,
        e.value || jsonb_build_object('parameter_set', proposed, 'calibrated_on', on_date)) as f;
    insert into margin.calibration_bound
    select b.*
    from jsonb_array_elements(bounds) as e (value)
    cross join lateral jsonb_populate_record(null::margin.calibration_bound,
        e.value || jsonb_build_object('parameter_set', proposed)) as b;
end
$$;
comment on function margin.record_calibration is 'Keeps what the values of a proposed parameter set follow from.';
revoke execute on function margin.record_calibration from public;
