-- purpose: by what terms a run was stressed, and the fund held against it, for the page of stress
-- grain: at most one row
-- order: none needed
-- reads: cover_two, currency, result_source, stress_set
-- parameters: $1 run, $2 pinned load, $3 business date, $4 parameter set
select s.stress_set as stress_set, s.cover_count::bigint as cover_count, s.reverse_max as reverse_max,
    s.round_cap is not null as follows_defaults, c.currency as currency, c.fund as fund,
    d.minor_unit_decimals::bigint as minor_unit_decimals
from margin.stress_set_as_of($2, $3) as s
join margin.cover_two_of($1) as c on c.scenario_number = 0
join margin.currency_as_of($2) as d on d.currency = c.currency
where s.parameter_set = $4
