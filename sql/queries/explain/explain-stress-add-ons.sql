-- purpose: a member's stress add-on with the guaranty fund that it is measured by
-- grain: one row an account
-- order: account
-- reads: cover_two, result_source, stress_add_on
-- parameters: $1 run, $2 member
select a.account, a.scenario_number, a.shortfall, a.charge, c.fund, a.amount, a.converted_amount, a.call_currency
from margin.stress_add_on_of($1) as a
join margin.cover_two_of($1) as c on c.scenario_number = a.scenario_number
where a.member = $2
order by a.account
