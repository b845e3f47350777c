-- purpose: A constraint's name read as a sentence, with what it asks for where its name does not say.
-- after: 01-domains
create or replace function margin.rule_in_words(rule text) returns text language sql immutable parallel safe as $$
    select 'must satisfy: ' || replace(rule, '_', ' ') || coalesce(': ' || case rule
        when 'code_is_plain' then 'letters, digits and . _ : + -, at most 64, a letter or digit first'
        when 'owner_code_is_plain' then 'letters, digits and . _ : + -, at most 64, a letter or digit first'
        when 'member_code_is_a_file_name' then 'letters, digits, _ and -, at most 24, a letter or digit first'
        when 'currency_code_is_iso' then 'three capital letters, as EUR'
        when 'contract_month_is_year_and_month' then 'as 2019-02, or 2019-02-W1'
        when 'label_is_one_clean_line' then 'at most 200 characters, no line end or other control character'
        when 'cycle_is_known' then 'EOD or ITD'
        when 'exact_stays_within_bounds' then 'below 1e15, at most 12 decimals'
    end, '')
$$;
