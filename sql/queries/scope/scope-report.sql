-- purpose: the accounts that reports are written for, with the runs that hold their results: all, or those of the members
--     for whom this run computed something
-- grain: one row an account, with its place among them by member and account, from 0
-- reads: account, computed_part, result_source
-- parameters: $1 run, $2 pinned load, $3 whether all
create temporary table reported_account on commit drop as
with account_in_force as (
    select a.account, a.member, a.origin, a.margining_type, a.account_class, a.call_currency
    from margin.account_as_of($2) as a
),
computed_member as (
    select a.member
    from margin.computed_part as p
    join account_in_force as a on a.account = p.part
    where p.run_id = $1 and p.part_kind = 'account'
    union
    select p.part
    from margin.computed_part as p
    where p.run_id = $1 and p.part_kind = 'member'
)
select a.account, a.member, a.origin, a.margining_type, a.account_class, a.call_currency,
    row_number() over (order by a.member, a.account)::integer - 1 as place,
    coalesce(o.newest_run_id, (select (margin.source_runs($1, 'offsets'))[1])) as offsets_run_id,
    coalesce(d.newest_run_id, (select (margin.source_runs($1, 'add-ons'))[1])) as add_ons_run_id,
    coalesce(c.newest_run_id, (select (margin.source_runs($1, 'calls'))[1])) as calls_run_id
from account_in_force as a
left join margin.newest_part($1, 'offsets', 'account') as o on o.part = a.account
left join margin.newest_part($1, 'add-ons', 'account') as d on d.part = a.account
left join margin.newest_part($1, 'calls', 'account') as c on c.part = a.account
where $3 or a.member in (select m.member from computed_member as m)
