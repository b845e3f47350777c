-- purpose: for the gates after this: each series with what its contract says of it, whether it is held, its settlement prices of
--     both dates and its underlying's of the business date: joined once, where each gate would join them again
-- grain: one row a series of a known contract
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- needs: held_series, price_before, price_today
-- parameters: $1 pinned load, $2 whether the book was read: if not, what is held is null, $3 combined commodities or null
create temporary table listed_series on commit drop as
select s.series, s.contract, s.contract_month, s.expiry_date, s.option_right, s.strike, s.underlying, s.second_underlying,
    c.combined_commodity, c.kind, c.option_model, c.option_style, case when $2 then coalesce(h.is_held, false) end as is_held,
    case when $2 then coalesce(h.was_held, false) end as was_held, p.price, p.currency as price_currency, p.load_id, p.source_line,
    q.price as previous_price, u.price as underlying_price
from margin.series_as_of($1) as s
join margin.contract_as_of($1) as c on c.contract = s.contract
left join held_series as h on h.series = s.series
left join price_today as p on p.series = s.series and p.price_kind = 'settlement'
left join price_before as q on q.series = s.series and q.price_kind = 'settlement'
left join price_today as u on u.series = s.underlying and u.price_kind = 'settlement'
where $3::text[] is null or c.combined_commodity = any ($3)
