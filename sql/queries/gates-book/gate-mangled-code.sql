-- purpose: codes that a program which guesses by the look of a cell takes for something else
-- grain: one row a finding, which is a table and what its codes are taken for: table_name, row_key, load_id, source_line,
--     column_name, value, message
-- order: table_name, row_key
-- reads: account, beneficial_owner, clearing_member, combined_commodity, contract, series
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with code as (
    select 'account' as table_name, 'account' as column_name, a.account::text as code, a.load_id, a.source_line
    from margin.account_as_of($1) as a
    union all
    select 'clearing_member', 'member', m.member, m.load_id, m.source_line
    from margin.clearing_member_as_of($1) as m
    union all
    -- An owner may hold several accounts.
    select 'beneficial_owner', 'owner', o.owner, min(o.load_id), min(o.source_line)
    from margin.beneficial_owner_as_of($1) as o
    group by o.owner
    union all
    select 'combined_commodity', 'combined_commodity', k.combined_commodity, k.load_id, k.source_line
    from margin.combined_commodity_as_of($1) as k
    union all
    select 'contract', 'contract', c.contract, c.load_id, c.source_line
    from margin.contract_as_of($1) as c
    union all
    select 'series', 'series', s.series, s.load_id, s.source_line
    from margin.series_as_of($1) as s
), likeness as materialized (
    select c.table_name, c.column_name, c.code, c.load_id, c.source_line,
        case
            when c.code ~* '^([0-9]+([.][0-9]*)?(e[+-]?[0-9]+)?|0x[0-9a-f]+|inf|infinity)$' then 'number'
            when c.code ~* '^(na|nan|null|none)$' then 'missing value'
            when c.code ~* '^(true|false)$' then 'flag'
            when c.code ~ '^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$' then 'time'
            when c.code ~ '^[0-9]{1,4}[-.][0-9]{1,2}([-.][0-9]{1,4})?$' then 'date'
            when c.code ~* ('^([0-9]{1,2}[-.]?)?(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?'
                || '|oct(ober)?|nov(ember)?|dec(ember)?)([-.]?[0-9]{1,4})?$') and c.code ~ '[0-9]' then 'date'
        end as kind
    from code as c
    -- What is worth looking at: most codes begin otherwise.
    where c.code ~* '^([0-9]|inf|na|nu|no|true$|false$|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|dec)'
)
select l.table_name, l.kind as row_key, (array_agg(l.load_id order by l.code))[1] as load_id,
    (array_agg(l.source_line order by l.code))[1] as source_line, l.column_name, count(*)::text as value,
    'looks like a ' || l.kind || ' to a program that guesses: '
        || array_to_string((array_agg(l.code order by l.code))[1:3], ', ')
        || case when count(*) > 3 then ' and ' || count(*) - 3 || ' more' else '' end as message
from likeness as l
where l.kind is not null
group by l.table_name, l.column_name, l.kind
order by table_name, row_key
