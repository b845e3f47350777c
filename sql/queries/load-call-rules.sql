-- purpose: call rules of one parameter set
-- grain: one row an account class
-- order: account class
-- parameters: $1 parameter set
select c.account_class, c.threshold, c.minimum_transfer_amount, c.lot
from margin.call_rule as c
where c.parameter_set = $1
order by c.account_class
