-- purpose: reference data must be whole: accounts of known members, series of known contracts, and so on
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: account, beneficial_owner, clearing_member, collateral_asset, collateral_holding, combined_commodity,
--     contract, currency, guaranty_fund_contribution, liquidity_resource, member_limit, series
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select r.table_name, r.row_key, r.load_id, r.source_line, r.column_name, r.value,
    'unknown ' || r.column_name || ' ' || r.value as message
from (
    select 'account' as table_name, a.account::text as row_key, a.load_id, a.source_line, 'member' as column_name,
        a.member::text as value
    from margin.account_as_of($1) as a
    where not exists (select from margin.clearing_member_as_of($1) as m where m.member = a.member)
    union all
    select 'account', a.account, a.load_id, a.source_line, 'call_currency', a.call_currency
    from margin.account_as_of($1) as a
    where not exists (select from margin.currency_as_of($1) as c where c.currency = a.call_currency)
    union all
    select 'beneficial_owner', o.account || ', ' || o.owner, o.load_id, o.source_line, 'account', o.account
    from margin.beneficial_owner_as_of($1) as o
    where not exists (select from margin.account_as_of($1) as a where a.account = o.account)
    union all
    select 'combined_commodity', k.combined_commodity, k.load_id, k.source_line, 'currency', k.currency
    from margin.combined_commodity_as_of($1) as k
    where not exists (select from margin.currency_as_of($1) as c where c.currency = k.currency)
    union all
    select 'contract', c.contract, c.load_id, c.source_line, 'combined_commodity', c.combined_commodity
    from margin.contract_as_of($1) as c
    where not exists (select from margin.combined_commodity_as_of($1) as k
        where k.combined_commodity = c.combined_commodity)
    union all
    select 'series', s.series, s.load_id, s.source_line, 'contract', s.contract
    from margin.series_as_of($1) as s
    where not exists (select from margin.contract_as_of($1) as c where c.contract = s.contract)
    union all
    select 'collateral_holding', h.account || ', ' || h.item, h.load_id, h.source_line, 'asset', h.asset
    from margin.collateral_holding_as_of($1) as h
    where h.business_date = $2
        and not exists (select from margin.collateral_asset_as_of($1) as a where a.asset = h.asset)
    union all
    select 'collateral_holding', h.account || ', ' || h.item, h.load_id, h.source_line, 'account', h.account
    from margin.collateral_holding_as_of($1) as h
    where h.business_date = $2 and h.quantity <> 0
        and not exists (select from margin.account_as_of($1) as a where a.account = h.account)
    union all
    -- What an unknown member has paid in stands behind nobody.
    select 'guaranty_fund_contribution', c.effective_from || ', ' || c.member, c.load_id, c.source_line, 'member', c.member
    from margin.guaranty_fund_contribution_as_of($1) as c
    where c.effective_from <= $2 and c.amount <> 0
        and not exists (select from margin.clearing_member_as_of($1) as m where m.member = c.member)
    union all
    select 'liquidity_resource', l.effective_from || ', ' || l.member, l.load_id, l.source_line, 'member', l.member
    from margin.liquidity_resource_as_of($1) as l
    where l.effective_from <= $2 and l.amount <> 0
        and not exists (select from margin.clearing_member_as_of($1) as m where m.member = l.member)
    union all
    select 'member_limit', l.effective_from || ', ' || l.member || ', ' || l.measure, l.load_id, l.source_line, 'member', l.member
    from margin.member_limit_as_of($1) as l
    where l.effective_from <= $2
        and not exists (select from margin.clearing_member_as_of($1) as m where m.member = l.member)
    union all
    select 'member_limit', l.effective_from || ', ' || l.member || ', ' || l.measure, l.load_id, l.source_line, 'currency', l.currency
    from margin.member_limit_as_of($1) as l
    where l.effective_from <= $2 and l.currency is not null
        and not exists (select from margin.currency_as_of($1) as c where c.currency = l.currency)
) as r
order by row_key
