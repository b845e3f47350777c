-- purpose: the add-ons that stress is held against, in call currencies
-- grain: one row an account and owner, empty for the lines that are on none
-- order: account, owner
-- reads: add_on, computed_part, result_source
-- parameters: $1 run
select a.account, a.owner, sum(a.converted_amount) as add_ons
from margin.add_on_of($1) as a
group by a.account, a.owner
order by a.account, a.owner
