-- purpose: one account's margining type with the terms of its class
-- grain: one row or none
-- reads: account, account_class, run
-- parameters: $1 run, $2 account
select a.margining_type, a.account_class, k.initial_ratio, k.net_option_value_is_capped, k.offset_cap
from margin.run as r
join lateral margin.account_as_of(r.pinned_load_id) as a on a.account = $2
join lateral margin.account_class_as_of(r.pinned_load_id, r.business_date) as k
    on k.parameter_set = r.parameter_set and k.account_class = a.account_class
where r.run_id = $1
