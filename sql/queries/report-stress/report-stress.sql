-- purpose: a member's own stress: the fund behind it, its shortfall, what its accounts would cost, and what it is charged, for the report stress
-- grain: one row a member and figure: fund, sufficiency, shortfall, an exposure an account and owner, an add-on an account
-- order: member, figure (fund, sufficiency, shortfall, exposure, add_on), account, owner
-- reads: cover_two, member_stress, result_source, stress_add_on, stress_exposure
-- parameters: $1 run
with largest as (
    select c.fund, c.sufficiency, c.currency
    from margin.cover_two_of($1) as c
    where c.is_maximum
),
figure as (
    select m.member, 1 as place, 'fund' as figure, '' as account, '' as owner, f.currency, null::numeric as cover,
        f.fund as amount, null::numeric as no_offset, m.minor_unit_decimals, '{}'::bigint[] as scenario
    from margin.member_stress_of($1) as m
    cross join largest as f
    union all
    select m.member, 2, 'sufficiency', '', '', f.currency, null, f.sufficiency, null, m.minor_unit_decimals, '{}'
    from margin.member_stress_of($1) as m
    cross join largest as f
    union all
    select m.member, 3, 'shortfall', '', '', m.currency, null, null, m.no_offset_shortfall, m.minor_unit_decimals, m.shortfall
    from margin.member_stress_of($1) as m
    union all
    select e.member, 4, 'exposure', e.account, e.owner, e.currency, e.cover, null, e.no_offset_exposure,
        e.minor_unit_decimals, e.exposure
    from margin.stress_exposure_of($1) as e
    union all
    select a.member, 5, 'add_on', a.account, '', a.currency, null, a.amount, null, 0, '{}'
    from margin.stress_add_on_of($1) as a
)
select
    f.member as member,
    f.figure as figure,
    f.account as account,
    f.owner as owner,
    f.currency as currency,
    f.cover as cover,
    f.amount as amount,
    f.no_offset as no_offset,
    f.minor_unit_decimals::bigint as minor_unit_decimals,
    f.scenario as scenario
from figure as f
order by f.member, f.place, f.account, f.owner
