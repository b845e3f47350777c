-- purpose: the largest shortfall of each member over the last published nights, of equal ones the earliest night's and
--     the lowest scenario's
-- grain: one row a member that some of the nights has
-- order: member
-- reads: cover_two, member_stress, result_source, run
-- parameters: $1 cycle, $2 last business date, $3 nights
select w.member, w.shortfall, w.business_date, w.run_number, w.scenario_number, c.scenario
from (
    select distinct on (m.member) m.member, s.shortfall, s.scenario_number::smallint as scenario_number,
        n.business_date, n.run_number, n.run_id
    from (
        select distinct on (r.business_date) r.business_date, r.run_number, r.run_id
        from margin.run as r
        where r.cycle = $1 and r.business_date <= $2 and r.status = 'published'
        order by r.business_date desc, r.run_number desc
        limit $3
    ) as n
    cross join lateral margin.member_stress_of(n.run_id) as m
    cross join lateral unnest(m.shortfall) with ordinality as s (shortfall, scenario_number)
    order by m.member, s.shortfall desc, n.business_date, s.scenario_number
) as w
cross join lateral margin.cover_two_of(w.run_id) as c
where c.scenario_number = w.scenario_number
order by w.member
