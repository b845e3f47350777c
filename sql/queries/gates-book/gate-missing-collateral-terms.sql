-- purpose: every item of collateral has a price on the date and a haircut row in the parameter set
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: collateral_haircut, collateral_holding, collateral_price
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select m.table_name, h.account || ', ' || h.item as row_key, h.load_id, h.source_line, 'asset' as column_name,
    h.asset::text as value, 'no ' || m.table_name || ' row for ' || h.asset as message
from margin.collateral_holding_as_of($1) as h
cross join lateral (values
    ('collateral_price', exists (select from margin.collateral_price_as_of($1) as p
        where p.business_date = $2 and p.asset = h.asset)),
    ('collateral_haircut', exists (select from margin.collateral_haircut_as_of($1, $2) as c
        where c.parameter_set = $5 and c.asset = h.asset))
) as m (table_name, is_there)
where h.business_date = $2 and not m.is_there
order by row_key
