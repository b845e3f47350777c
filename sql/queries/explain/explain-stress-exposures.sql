-- purpose: what closing a member's accounts and owners out would cost in each stress scenario
-- grain: one row an account and owner
-- order: account, owner
-- reads: result_source, stress_exposure
-- parameters: $1 run, $2 member
select e.account, e.owner, e.cover, e.minor_unit_decimals, e.exposure
from margin.stress_exposure_of($1) as e
where e.member = $2
order by e.account, e.owner
