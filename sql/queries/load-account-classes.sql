-- purpose: account class rows of one set
-- grain: one row a class
-- order: account_class
-- parameters: $1 parameter set
select p.account_class, p.initial_ratio, p.net_option_value_is_capped, p.offset_cap,
    p.credit_multiplier, p.diversification_floor, p.correlation_underestimation_kappa
from margin.account_class as p
where p.parameter_set = $1
order by p.account_class
