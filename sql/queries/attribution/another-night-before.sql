-- purpose: whether a run would be attributed against another night than its base was; never where the base was not attributed
-- grain: one row
-- reads: attribution_night, result_source, run
-- parameters: $1 base run, $2 run (null: a new one)
select exists (
    select
    from margin.attribution_night_of($1) as n
    where n.run_id_before is distinct from (
        select max(r.run_id)
        from margin.run as r
        where r.business_date = n.business_date_before and r.cycle = 'EOD' and r.status in ('published', 'superseded')
            and r.run_id < coalesce($2, 9223372036854775807))
) as is_another
