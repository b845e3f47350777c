-- purpose: account class rows of one set
-- grain: one row a class
-- order: account_class
-- reads: account_class
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select p.account_class, p.initial_ratio, p.net_option_value_is_capped, p.offset_cap,
    p.credit_multiplier, p.diversification_floor, p.correlation_underestimation_kappa
from margin.account_class_as_of($2, $3) as p
where p.parameter_set = $1
order by p.account_class
