-- purpose: the stress add-ons of a night, in call currencies
-- grain: one row an account
-- order: account
-- reads: result_source, stress_add_on
-- parameters: $1 run
select s.account, s.converted_amount
from margin.stress_add_on_of($1) as s
order by s.account
