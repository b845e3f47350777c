-- purpose: segregated accounts hold by owner, the others without; a position corrected to 0 is none
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select b.table_name, b.row_key, b.load_id, b.source_line, 'owner' as column_name, b.owner::text as value,
    'a ' || a.margining_type || ' account ' || case when b.owner = '' then 'needs an owner' else 'has no owners' end as message
from (
    select 'position' as table_name, p.account, p.owner, p.account || ', ' || p.owner || ', ' || p.series as row_key,
        p.load_id, p.source_line
    from margin.position_as_of($1) as p
    where p.business_date = $2 and p.cycle = $4
    union all
    select 'trade', t.account, t.owner, t.trade::text, t.load_id, t.source_line
    from margin.trade_as_of($1) as t
    where t.business_date = $2
) as b
join margin.account_as_of($1) as a on a.account = b.account
where (a.margining_type = 'segregated') <> (b.owner <> '')
order by row_key
