-- purpose: the contract month after another: spans of months that follow each other leave none out.
-- after: 01-domains
create or replace function margin.next_contract_month(of_month margin.contract_month) returns margin.contract_month
    language sql immutable parallel safe as $$
    select to_char(to_date(left(of_month, 7), 'YYYY-MM') + interval '1 month', 'YYYY-MM')::margin.contract_month
$$;
