-- purpose: the business date must stand in the calendar as a business day, with one after it, and one before if it has a past
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key, message
-- reads: calendar_date, position
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
        else 'the calendar calls this day no business day' || case c.description when '' then '' else ': ' || c.description end end
        || '; the business day before is ' || coalesce(a.before::text, 'not in the calendar')
        || ', the one after ' || coalesce(a.after::text, 'not in the calendar') as message
from around as a
left join margin.calendar_date_as_of($1) as c on c.calendar_date = $2
where c.is_business_day is not true
union all
select 'calendar_date', $2::text, null, null, 'calendar_date', 'no row',
    'the calendar ends on the business date: calls have no due date without the business day after it'
from around as a
where a.after is null
    and exists (select from margin.calendar_date_as_of($1) as c where c.calendar_date = $2 and c.is_business_day)
union all
select 'calendar_date', $2::text, null, null, 'calendar_date', 'no row',
    'the calendar has no business day before the business date, and there are positions of ' || p.business_date
from around as a
cross join lateral (select max(b.business_date) as business_date from margin.position_as_of($1) as b
    where b.business_date < $2 and b.cycle = 'EOD') as p
where a.before is null and p.business_date is not null
    and exists (select from margin.calendar_date_as_of($1) as c where c.calendar_date = $2 and c.is_business_day)
order by row_key, message
