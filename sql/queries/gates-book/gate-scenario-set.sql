-- purpose: a scenario set is whole: numbered from 1, each pair mutual and opposite
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: scenario
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'scenario' as table_name, s.scenario_set || ', ' || s.scenario as row_key, null::bigint as load_id,
    null::bigint as source_line, b.column_name, b.value, b.message
from margin.scenario_as_of($1, $2) as s
left join margin.scenario_as_of($1, $2) as q
    on q.parameter_set = s.parameter_set and q.scenario_set = s.scenario_set and q.scenario = s.pair
cross join lateral (
    select count(*) as numbers, max(n.scenario) as last_number from margin.scenario_as_of($1, $2) as n
    where n.parameter_set = s.parameter_set and n.scenario_set = s.scenario_set
) as n
cross join lateral (values
    ('pair', coalesce(s.pair::text, 'none'), 'scenario ' || s.scenario || ' has no scenario ' || s.pair || ' as its pair',
        s.pair is not null and q.pair is distinct from s.scenario),
    ('scenario', s.scenario::text, 'the numbers of scenario set ' || s.scenario_set || ' have a hole',
        s.scenario = n.last_number and n.numbers <> n.last_number),
    ('weight', s.weight::text, 'a weight of zero makes scenario ' || s.scenario || ' do nothing', s.weight = 0)
) as b (column_name, value, message, is_broken)
where s.parameter_set = $5 and b.is_broken
order by row_key
