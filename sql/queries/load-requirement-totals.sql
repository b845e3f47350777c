-- purpose: requirement and add-ons of each account in its call currency
-- grain: one row an account
-- order: account
-- parameters: $1 run
select r.account, sum(r.converted_amount) as requirement,
    coalesce((select sum(a.converted_amount) from margin.add_on as a where a.run_id = $1 and a.account = r.account), 0)
        as add_ons
from margin.requirement as r
where r.run_id = $1
group by r.account
order by r.account
