-- purpose: where members are concentrated beyond what their accounts are charged, for the page of the house
-- grain: one row a member and combined commodity with an excess
-- order: currency, the largest excess first, member, combined commodity
-- reads: computed_part, member_concentration, result_source
-- parameters: $1 run
select c.member, c.combined_commodity, c.currency, c.net_delta, c.member_charge, c.own_charges, c.excess
from margin.member_concentration_of($1) as c
where c.excess > 0
order by c.currency, c.excess desc, c.member, c.combined_commodity
