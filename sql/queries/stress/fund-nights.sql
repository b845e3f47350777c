-- purpose: the last published nights, with what the guaranty fund would have had to bear at most
-- grain: one row a business date, of its newest published run; without a stress test the figures are null
-- order: business date, newest first
-- reads: cover_two, result_source, run
-- parameters: $1 cycle, $2 last business date, $3 nights
select n.business_date, n.run_number, c.scenario_number, c.scenario, c.member_groups, c.currency, c.cover_two
from (
    select distinct on (r.business_date) r.business_date, r.run_number, r.run_id
    from margin.run as r
    where r.cycle = $1 and r.business_date <= $2 and r.status = 'published'
    order by r.business_date desc, r.run_number desc
    limit $3
) as n
left join lateral (
    select t.scenario_number, t.scenario, t.member_groups, t.currency, t.cover_two
    from margin.cover_two_of(n.run_id) as t
    where t.is_maximum
) as c on true
order by n.business_date desc
