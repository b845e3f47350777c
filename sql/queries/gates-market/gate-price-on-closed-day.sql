-- purpose: a price dated on a day between two business dates is on no night: the calendar, or the date, is wrong
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: calendar_date, intraday_settlement_price, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'settlement_price' as table_name, p.business_date::text as row_key, min(p.load_id) as load_id,
    min(p.source_line) as source_line, 'business_date' as column_name, p.business_date::text as value,
    count(*) || case count(*) when 1 then ' settlement price, of ' else ' settlement prices, one of ' end || min(p.series::text)
        || ', on a day that ' || coalesce('the calendar calls closed: ' || nullif(min(c.description), ''),
            case when bool_and(c.calendar_date is null) then 'the calendar does not have' else 'the calendar calls closed' end)
        || '; no night reads ' || case count(*) when 1 then 'it' else 'them' end as message
from margin.settlement_price_as_of($1) as p
left join margin.calendar_date_as_of($1) as c on c.calendar_date = p.business_date
where p.business_date > $3 and p.business_date < $2 and $3 > date '0001-01-01'
group by p.business_date
order by row_key
