-- purpose: the accounts whose add-ons a change can move: their requirement changed, they share a member-level charge with
--     such an account, or they hold what changed, or are themselves otherwise
-- grain: one row an account
-- reads: account, combined_commodity, computed_part, contract, member_concentration_tier, position,
--     realised_average, series, settlement_price, underlying_price, volatility
-- needs: affected_series, moved_account
-- parameters: $1 pinned load, $2 business date, $3 cycle, $4 run, $5 parameter set
-- Positions as they were loaded: what a final price that came or went takes out of the book or back is a change.
create temporary table account_in_scope on commit drop as
with changed as (
    select p.part as account
    from margin.computed_part as p
    where p.run_id = $4 and p.stage = 'offsets' and p.part_kind = 'account' and p.is_changed
    union
    select h.account
    from margin.position_as_of($1) as h
    where h.business_date = $2 and h.cycle = $3 and h.series in (select a.series from affected_series as a)
    union
    select m.account
    from moved_account as m
)
select c.account
from changed as c
union
select o.account
from margin.account_as_of($1) as o
where exists (select from margin.member_concentration_tier_as_of($1, $2) as t where t.parameter_set = $5)
    and o.member in (
        select a.member
        from margin.account_as_of($1) as a
        where a.account in (select c.account from changed as c)
    )
