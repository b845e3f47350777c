-- purpose: the business date must stand in the calendar as a business day
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with around as (
    select max(c.calendar_date) filter (where c.calendar_date < $2) as before,
        min(c.calendar_date) filter (where c.calendar_date > $2) as after
    from margin.calendar_date_as_of($1) as c
    where c.is_business_day
)
select 'calendar_date' as table_name, $2::text as row_key, c.load_id, c.source_line,
    'is_business_day' as column_name, coalesce(c.is_business_day::text, 'no row') as value,
    case when c.calendar_date is null then 'the calendar has no entry for the business date'
        else 'the calendar calls this day no business day: ' || c.description end
        || '; the business day before is ' || coalesce(a.before::text, 'not in the calendar')
        || ', the one after ' || coalesce(a.after::text, 'not in the calendar') as message
from around as a
left join margin.calendar_date_as_of($1) as c on c.calendar_date = $2
where c.is_business_day is not true
order by row_key
