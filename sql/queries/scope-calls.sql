-- purpose: the accounts whose call a change can move: its requirement or add-ons changed, or what its variation margin or
--     collateral is worth
-- grain: one row an account
-- parameters: $1 the base's pinned load, $2 pinned load, $3 business date, $4 the one before (null: none), $5 cycle, $6 run
create temporary table account_in_scope on commit drop as
select p.part as account
from margin.computed_part as p
where p.run_id = $6 and p.stage in ('offsets', 'add-ons') and p.part_kind = 'account' and p.is_changed
union
select h.account
from margin.position_as_of($2) as h
where h.business_date in ($3, $4) and h.cycle = $5 and h.series in (select a.series from affected_series as a)
union
select t.account
from margin.trade_as_of($2) as t
where t.business_date = $3 and t.series in (select a.series from affected_series as a)
union
select p.account
from margin.position as p
where p.load_id > $1 and p.load_id <= $2 and p.business_date = $4 and p.cycle = $5
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
    )
