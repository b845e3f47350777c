-- purpose: the accounts whose requirement a change can move: they hold a changed array, a price that enters their option
--     value, what is margined otherwise or other positions than before, or are themselves otherwise
-- grain: one row an account
-- parameters: $1 pinned load of the base, $2 pinned load, $3 business date, $4 cycle, $5 run
create temporary table account_in_scope on commit drop as
with changed_array as (
    select r.series, r.combined_commodity
    from margin.result_source as s
    join margin.risk_array as r on r.run_id = s.source_run_id
    where s.run_id = $5 and s.stage = 'risk-arrays' and s.source_run_id = $5
),
-- A future's price scan range caps the weighted price risk of everyone in its combined commodity, held or not.
moved_commodity as (
    select distinct x.combined_commodity
    from changed_array as x
    join margin.series_as_of($2) as s on s.series = x.series
    where s.option_right is null
),
held_series as (
    select x.series::text as series
    from changed_array as x
    union
    select a.series::text
    from affected_series as a
    union
    select s.series::text
    from margin.series_as_of($2) as s
    join margin.contract_as_of($2) as c on c.contract = s.contract
    where c.combined_commodity in (select m.combined_commodity from moved_commodity as m)
)
select p.account
from margin.position_as_of($2) as p
where p.business_date = $3 and p.cycle = $4 and p.series in (select h.series from held_series as h)
union
select p.account
from margin.position as p
where p.load_id > $1 and p.load_id <= $2 and p.business_date = $3 and p.cycle = $4
union
select m.account
from moved_account as m
