-- purpose: a call rule is in whole minor units of every currency its class is called in
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key, column_name
-- reads: account, beneficial_owner, call_rule, collateral_holding, contract, currency, intraday_settlement_price, position,
--     realised_average, series, settlement_price, trade, underlying_price, variation_margin_owed, volatility
-- needs: holding_account
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with called as (
    select h.account
    from holding_account as h
    union
    select k.account
    from margin.collateral_holding_as_of($1) as k
    where k.business_date = $2
    union
    select o.account
    from margin.variation_margin_owed_as_of($1) as o
    where o.business_date = $2
)
select 'call_rule' as table_name, r.account_class::text as row_key, r.load_id, r.source_line, f.column_name,
    trim_scale(f.amount)::text as value,
    'account ' || min(a.account) || ' of the class is called in ' || a.call_currency || ', which has ' || c.minor_unit_decimals
        || ' decimals: no call in it can be made by this row of parameter set ' || $5::text as message
from margin.call_rule_as_of($1, $2) as r
cross join lateral (values ('threshold', r.threshold), ('minimum_transfer_amount', r.minimum_transfer_amount),
    ('lot', r.lot), ('intraday_trigger', r.intraday_trigger)) as f (column_name, amount)
join margin.account_as_of($1) as a on a.account_class = r.account_class
join margin.currency_as_of($1) as c on c.currency = a.call_currency
where r.parameter_set = $5 and min_scale(f.amount) > c.minor_unit_decimals
    and a.account in (select k.account from called as k)
group by r.account_class, r.load_id, r.source_line, f.column_name, f.amount, a.call_currency, c.minor_unit_decimals
order by row_key, column_name
