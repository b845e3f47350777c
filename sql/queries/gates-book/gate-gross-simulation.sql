-- purpose: a gross omnibus account has no net portfolio to simulate, so that a group that counts by it would be scanned
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: account, contract, intraday_settlement_price, position, risk_group, risk_group_commodity, series,
--     settlement_price
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'risk_group' as table_name, p.account || ', ' || g.risk_group as row_key, min(p.load_id) as load_id,
    min(p.source_line) as source_line, 'measure' as column_name, g.measure as value,
    'account ' || p.account || ' is margined gross: its positions in group ' || g.risk_group || ' can only be scanned'
        as message
from margin.risk_group_as_of($1, $2) as g
join margin.risk_group_commodity_as_of($1, $2) as k on k.parameter_set = g.parameter_set and k.risk_group = g.risk_group
join margin.contract_as_of($1) as c on c.combined_commodity = k.combined_commodity
join margin.series_as_of($1) as s on s.contract = c.contract
join margin.book_position_as_of($1, $2, $4) as p on p.series = s.series
join margin.account_as_of($1) as a on a.account = p.account and a.margining_type = 'gross_omnibus'
where g.parameter_set = $5 and g.measure <> 'scan'
group by p.account, g.risk_group, g.measure
order by row_key
