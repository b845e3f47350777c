-- purpose: the requirements that stress is held against, in call currencies
-- grain: one row an account
-- order: account
-- reads: computed_part, requirement, result_source
-- parameters: $1 run
select r.account, sum(r.converted_amount) as requirement
from margin.requirement_of($1) as r
group by r.account
order by r.account
