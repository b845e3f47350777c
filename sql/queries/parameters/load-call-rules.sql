-- purpose: call rules of one parameter set
-- grain: one row an account class
-- order: account class
-- reads: call_rule
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select c.account_class, c.threshold, c.minimum_transfer_amount, c.lot, c.intraday_trigger
from margin.call_rule_as_of($2, $3) as c
where c.parameter_set = $1
order by c.account_class
