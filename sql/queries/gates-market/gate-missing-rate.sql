-- purpose: a contract needs the rates it is valued with
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, interest_rate, intraday_settlement_price, position, series, settlement_price
-- needs: listed_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'interest_rate' as table_name, c.contract || ', ' || r.rate_code as row_key, null::bigint as load_id,
    null::bigint as source_line, 'rate' as column_name, 'no row' as value,
    'no rate ' || r.rate_code || ' on this date, which ' || c.contract || ' is valued with' as message
from margin.contract_as_of($1) as c
cross join lateral (values (c.discount_rate_code), (c.carry_rate_code)) as r (rate_code)
where r.rate_code is not null
    and c.contract in (select s.contract from listed_series as s where s.expiry_date >= $2 or s.is_held)
    and not exists (select from margin.interest_rate_as_of($1) as i where i.business_date = $2 and i.rate_code = r.rate_code)
order by row_key
