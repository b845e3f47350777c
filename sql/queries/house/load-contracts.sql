-- purpose: contract specifications
-- grain: one row a contract
-- order: contract
-- reads: contract
-- parameters: $1 pinned load
select c.contract, c.combined_commodity, c.kind, c.contract_value_factor, c.delta_scaling_factor, c.tick_size,
    c.future_valuation, c.option_model, c.exercise, c.option_style, c.volatility_source, c.discount_rate_code,
    c.carry_rate_code, c.reference_group, c.american_method, c.lattice_steps
from margin.contract_as_of($1) as c
order by c.contract
