-- purpose: the columns a rule of a row may find empty though it wants them: a refusal names those that are.
-- after: 01-domains
create or replace function margin.columns_wanted(rule text) returns text[] language sql immutable parallel safe as $$
    select case rule
        when 'option_has_its_terms'
            then '{option_model,exercise,option_style,volatility_source,discount_rate_code}'::text[]
        when 'future_has_its_terms' then '{future_valuation}'
        when 'cost_of_carry_has_a_rate' then '{discount_rate_code}'
        when 'generalised_model_has_a_carry' then '{carry_rate_code}'
        when 'average_price_options_have_a_carry' then '{carry_rate_code}'
        when 'lattice_has_its_steps' then '{american_method,lattice_steps}'
        when 'option_series_has_its_terms' then '{option_right,strike,underlying,expiry_date}'
        when 'leg_is_a_tier_or_a_month' then '{tier,contract_month}'
        when 'limit_in_money_has_a_currency' then '{currency}'
        when 'class_limit_names_a_class' then '{asset_class}'
        when 'correlation_break_is_whole_or_not_there' then '{break_window,break_kappa,break_lower,break_upper}'
        when 'reverse_stress_is_whole_or_not_there' then '{reverse_step,reverse_max}'
        when 'leg_is_of_a_factor_or_of_a_tier' then '{factor,combined_commodity,tier}'
        when 'moneyness_is_of_options' then '{moneyness}'
        when 'quantity_or_multiple' then '{quantity,adv_multiple}'
        else '{}' end
$$;
