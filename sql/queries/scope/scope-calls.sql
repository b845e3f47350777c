-- purpose: the accounts whose call a change can move: its requirement or add-ons changed, what its variation margin or
--     collateral is worth, what was called intraday, or the account itself
-- grain: one row an account
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, margin_call, position, realised_average, run, run_input, series, settlement_price, stress_add_on,
--     trade, underlying_price, variation_margin_owed, volatility
-- needs: affected_series, moved, moved_account
-- parameters: $1 the base's pinned load, $2 pinned load, $3 business date, $4 the one before (null: none), $5 cycle, $6 run
-- Positions as they were loaded: what a final price that came or went takes out of the book or back is a change.
create temporary table account_in_scope on commit drop as
select p.part as account
from margin.computed_part as p
where p.run_id = $6 and p.stage in ('offsets', 'add-ons') and p.part_kind = 'account' and p.is_changed
union
-- A stress add-on more, less or other: stress computes the whole house.
select coalesce(n.account, o.account)
from (
    select x.account, x.scenario_number, x.currency, x.amount, x.call_currency, x.converted_amount
    from margin.stress_add_on_of($6) as x
) as n
full join (
    select x.account, x.scenario_number, x.currency, x.amount, x.call_currency, x.converted_amount
    from margin.run as r
    cross join lateral margin.stress_add_on_of(r.base_run_id) as x
    where r.run_id = $6
) as o on o.account = n.account
where (n.scenario_number, n.currency, n.amount, n.call_currency, n.converted_amount)
    is distinct from (o.scenario_number, o.currency, o.amount, o.call_currency, o.converted_amount)
union
select h.account
from margin.position_as_of($2) as h
where (h.business_date, h.cycle) in (($3, $5), ($4, 'EOD')) and h.series in (select a.series from affected_series as a)
union
select t.account
from margin.trade_as_of($2) as t
where t.business_date = $3 and t.series in (select a.series from affected_series as a)
union
select p.account
from margin.position as p
where p.load_id > $1 and p.load_id <= $2 and p.business_date = $4 and p.cycle = 'EOD'
union
select t.account
from margin.trade as t
where t.business_date = $3
    and exists (
        select from margin.trade as n
        where n.load_id > $1 and n.load_id <= $2 and n.business_date = $3 and n.trade = t.trade
    )
union
select c.account
from margin.collateral_holding as c
where c.load_id > $1 and c.load_id <= $2 and c.business_date = $3
union
select o.account
from margin.variation_margin_owed as o
where o.load_id > $1 and o.load_id <= $2 and o.business_date = $3
union
select c.account
from margin.collateral_holding_as_of($2) as c
where c.business_date = $3
    and c.asset in (
        select x.asset
        from margin.collateral_price as x
        where x.load_id > $1 and x.load_id <= $2 and x.business_date = $3
        union
        select m.code
        from moved as m
        where m.kind = 'asset'
    )
union
select m.account
from moved_account as m
union
-- Whatever is converted: variation margin, what is still owed of it, collateral.
select a.account
from margin.account_as_of($2) as a
join (
    select p.account, k.currency
    from margin.position_as_of($2) as p
    join margin.series_as_of($2) as s on s.series = p.series
    join margin.contract_as_of($2) as c on c.contract = s.contract
    join margin.combined_commodity_as_of($2) as k on k.combined_commodity = c.combined_commodity
    where p.business_date = $4 and p.cycle = 'EOD'
    union
    select t.account, k.currency
    from margin.trade_as_of($2) as t
    join margin.series_as_of($2) as s on s.series = t.series
    join margin.contract_as_of($2) as c on c.contract = s.contract
    join margin.combined_commodity_as_of($2) as k on k.combined_commodity = c.combined_commodity
    where t.business_date = $3
    union
    select o.account, o.currency
    from margin.variation_margin_owed_as_of($2) as o
    where o.business_date = $3
    union
    select h.account, x.currency
    from margin.collateral_holding_as_of($2) as h
    join margin.collateral_asset_as_of($2) as x on x.asset = h.asset
    where h.business_date = $3
) as f on f.account = a.account
where exists (select from moved as m where m.kind = 'conversion')
    and f.currency || ' ' || a.call_currency in (select m.code from moved as m where m.kind = 'conversion')
union
select c.account
from margin.run as own
join margin.run_input as i on i.run_id = own.run_id and i.table_name = 'intraday_call'
join margin.run as r on r.business_date = own.business_date and r.cycle = 'ITD' and r.status = 'published'
    and r.run_id <= i.version
cross join lateral margin.margin_call_of(r.run_id) as c
where own.run_id = $6 and c.call_amount > 0
    and r.run_id > coalesce((
        select b.version from margin.run_input as b
        where b.run_id = own.base_run_id and b.table_name = 'intraday_call'), 0)
