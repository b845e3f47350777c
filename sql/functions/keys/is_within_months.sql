-- purpose: whether a contract month lies in a span of months, both ends included: the one place that compares a key with a span. A span that ends in a month without a code holds every code of that month.
-- after: 01-domains
create or replace function margin.is_within_months(of_month margin.contract_month, first margin.contract_month,
    last margin.contract_month) returns boolean language sql immutable parallel safe as $$
    select of_month >= first and (of_month <= last or left(of_month, 8) = last || '-')
$$;
