-- purpose: what contradicts itself in the stress scenarios of parameter sets, when they are loaded
-- grain: one row a broken rule: table_name, row_key, rule, which begins with the rule's name and the scenario it is about
-- order: parameter set, the rules as methodology §8.1 tells them, scenario, row
-- reads: combined_commodity, stress_move, stress_scenario
-- parameters: $1 parameter sets, $2 whether all rows of the sets are there, so that what is missing is wrong too, $3 last load to look at, $4 date whose overrides hold
with scenario as (
    select s.parameter_set, s.number, s.scenario, s.kind, s.from_date, s.to_date,
        row_number() over (partition by s.parameter_set order by s.number) as place
    from margin.stress_scenario_as_of($3, $4) as s
    where s.parameter_set = any ($1)
), move as (
    select m.parameter_set, m.number, m.move, m.combined_commodity, coalesce(m.combined_commodity, 'default') as subject,
        m.from_month, m.to_month, m.price_kind, m.price_move, m.volatility_kind, m.volatility_move, s.scenario, s.kind
    from margin.stress_move_as_of($3, $4) as m
    join scenario as s on s.parameter_set = m.parameter_set and s.number = m.number
), broken as (
    select s.parameter_set, 1 as place, s.number, 0 as move, 'stress_number_gap' as rule, s.scenario as item,
        'number: it is ' || s.number || ' where ' || s.place || ' comes' as reason
    from scenario as s
    where $2 and s.number <> s.place
        and s.number = (select min(f.number) from scenario as f where f.parameter_set = s.parameter_set and f.number <> f.place)
    union all
    select s.parameter_set, 1, s.number, 0, 'stress_code', s.scenario,
        'scenario: number ' || min(o.number) || ' has the same code'
    from scenario as s
    join scenario as o on o.parameter_set = s.parameter_set and o.scenario = s.scenario and o.number > s.number
    group by s.parameter_set, s.number, s.scenario
    union all
    select m.parameter_set, 3, m.number, m.move, 'stress_move_range', m.scenario,
        'to_month: ' || m.to_month || ' is before ' || m.from_month
    from move as m
    where m.from_month > m.to_month
    union all
    select s.parameter_set, 2, s.number, 0, 'stress_dates', s.scenario,
        case when s.kind <> 'historical' then 'from_date: only historical scenarios have dates'
            when s.from_date is null then 'from_date: a historical scenario has its dates'
            when s.to_date is null then 'to_date: a historical scenario has its dates'
            else 'to_date: ' || s.to_date || ' is not after ' || s.from_date end
    from scenario as s
    where case when s.kind = 'historical' then (s.from_date < s.to_date) is not true
        else s.from_date is not null or s.to_date is not null end
    union all
    select m.parameter_set, 3, m.number, m.move, 'stress_move_range', m.scenario,
        f.column_name || ': a ' || f.kind || ' move of ' || trim_scale(f.figure) || ' is not within ' || f.range
    from move as m
    cross join lateral (values
        ('price_move', m.price_kind, m.price_move, case m.price_kind when 'relative' then '-1 to 10' when 'log' then '-5 to 5' end,
            case m.price_kind when 'relative' then m.price_move between -1 and 10 when 'log' then m.price_move between -5 and 5 else true end),
        ('volatility_move', m.volatility_kind, m.volatility_move, '-1 to 10',
            m.volatility_kind = 'points' or m.volatility_move between -1 and 10)) as f (column_name, kind, figure, range, is_within)
    where not f.is_within
    union all
    select m.parameter_set, 4, m.number, m.move, 'stress_unknown_commodity', m.scenario || ' ' || m.combined_commodity,
        'combined_commodity: the house has no combined commodity ' || m.combined_commodity
    from move as m
    where m.combined_commodity is not null and not exists (select from margin.combined_commodity_as_of($3) as c
        where c.combined_commodity = m.combined_commodity)
    union all
    select m.parameter_set, 5, m.number, m.move, 'stress_overlap', m.scenario || ' ' || m.subject,
        'from_month: rows ' || m.move || ' and ' || min(o.move) || ' share a month'
    from move as m
    join move as o on o.parameter_set = m.parameter_set and o.number = m.number and o.subject = m.subject
        and o.combined_commodity is not distinct from m.combined_commodity and o.move > m.move
    where coalesce(greatest(m.from_month, o.from_month) <= least(m.to_month, o.to_month), true)
    group by m.parameter_set, m.number, m.move, m.scenario, m.subject
    union all
    select m.parameter_set, 6, m.number, m.move, 'stress_label', m.scenario,
        case m.kind when 'parallel' then 'from_month: a parallel scenario has no months'
            when 'all_up' then 'price_move: ' || trim_scale(m.price_move) || ' is not above zero'
            when 'all_down' then 'price_move: ' || trim_scale(m.price_move) || ' is not below zero'
            else 'price_move: a scenario of volatilities moves a price by ' || trim_scale(m.price_move) end
    from move as m
    where m.kind = 'parallel' and (m.from_month is not null or m.to_month is not null)
        or m.kind = 'volatility_only' and m.price_move <> 0
        or m.kind = 'all_up' and m.price_move <= 0 or m.kind = 'all_down' and m.price_move >= 0
    union all
    select s.parameter_set, 6, s.number, 0, 'stress_label', s.scenario,
        'volatility_move: a scenario of volatilities moves none'
    from scenario as s
    where $2 and s.kind = 'volatility_only' and exists (select from move as m where m.parameter_set = s.parameter_set and m.number = s.number)
        and not exists (select from move as m where m.parameter_set = s.parameter_set and m.number = s.number
            and m.volatility_move <> 0)
    union all
    select s.parameter_set, 6, s.number, 0, 'stress_label', s.scenario,
        'price_move: nothing in it moves both up and down'
    from scenario as s
    where $2 and s.kind = 'twist' and exists (select from move as m where m.parameter_set = s.parameter_set and m.number = s.number)
        and not exists (
            select from move as m
            where m.parameter_set = s.parameter_set and m.number = s.number
            group by m.subject, m.combined_commodity
            having min(m.price_move) < 0 and max(m.price_move) > 0)
    union all
    select s.parameter_set, 7, s.number, 0, 'stress_move_missing', s.scenario, 'it has no row in stress_move'
    from scenario as s
    where $2 and not exists (select from move as m where m.parameter_set = s.parameter_set and m.number = s.number)
)
select b.parameter_set, case when b.move = 0 then 'stress_scenario' else 'stress_move' end as table_name,
    b.number || case when b.move = 0 then '' else ', ' || b.move end as row_key,
    b.rule || ': ' || b.item || ': ' || b.reason as rule
from broken as b
order by b.parameter_set collate "C", b.place, b.number, b.move
limit 100
