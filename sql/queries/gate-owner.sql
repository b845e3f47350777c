-- purpose: segregated accounts hold by owner, the others without; a position corrected to 0 is none
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'position' as table_name, p.account || ', ' || p.owner || ', ' || p.series as row_key, p.load_id,
    p.source_line, 'owner' as column_name, p.owner::text as value,
    'a ' || a.margining_type || ' account ' || case when p.owner = '' then 'needs an owner' else 'has no owners' end as message
from margin.position_as_of($1) as p
join margin.account_as_of($1) as a on a.account = p.account
where p.business_date = $2 and p.cycle = $4 and (a.margining_type = 'segregated') <> (p.owner <> '')
    and (p.long_quantity <> 0 or p.short_quantity <> 0)
order by row_key
