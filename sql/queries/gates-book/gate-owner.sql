-- purpose: segregated accounts hold by owner, the others without; a position corrected to 0 is none
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: account, beneficial_owner, contract, intraday_settlement_price, position, series, settlement_price, trade
-- needs: holding_account
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with misplaced as materialized (
    select h.account, h.owner, h.margining_type
    from holding_account as h
    where h.is_holding and (h.margining_type = 'segregated') <> (h.owner <> '')
)
select b.table_name, b.row_key, b.load_id, b.source_line, 'owner' as column_name, b.owner::text as value,
    'a ' || b.margining_type || ' account ' || case when b.owner = '' then 'needs an owner' else 'has no owners' end as message
from (
    select 'position' as table_name, p.account || ', ' || p.owner || ', ' || p.series as row_key, p.owner, p.load_id,
        p.source_line, m.margining_type
    from margin.book_position_as_of($1, $2, $4) as p
    join misplaced as m on m.account = p.account and m.owner = p.owner
    where exists (select from misplaced)
    union all
    select 'trade', t.trade, t.owner, t.load_id, t.source_line, a.margining_type
    from margin.trade_as_of($1) as t
    join margin.account_as_of($1) as a on a.account = t.account
    where t.business_date = $2 and (a.margining_type = 'segregated') <> (t.owner <> '')
) as b
order by row_key
