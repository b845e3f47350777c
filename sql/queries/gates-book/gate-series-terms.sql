-- purpose: a series must fit its contract: options have right, strike, underlying and expiry; futures have none
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, series
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'series' as table_name, s.series::text as row_key, s.load_id, s.source_line, t.column_name, 'none' as value,
    'a series of ' || c.contract || ' needs it' as message
from margin.series_as_of($1) as s
join margin.contract_as_of($1) as c on c.contract = s.contract
cross join lateral (values
    ('averaging_from', c.option_model = 'average_price' and s.averaging_from is null),
    ('second_underlying', c.option_model = 'spread' and s.second_underlying is null),
    ('averaging_from', s.averaging_from >= s.expiry_date)
) as t (column_name, is_broken)
where t.is_broken and (s.averaging_from is not null or c.option_model in ('average_price', 'spread'))
union all
select 'series', s.series::text, s.load_id, s.source_line,
    'option_right' as column_name, coalesce(s.option_right, 'none') as value,
    'a series of the ' || c.kind || ' contract ' || c.contract || ' with ' || coalesce('the right ' || s.option_right, 'no right')
        as message
from margin.series_as_of($1) as s
join margin.contract_as_of($1) as c on c.contract = s.contract
where (c.kind = 'option') <> (s.option_right is not null)
    or (c.future_valuation = 'cost_of_carry' and (s.underlying is null or s.expiry_date is null))
order by row_key
