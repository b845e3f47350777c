-- purpose: is_required
-- after: 01-domains
create or replace function margin.is_required(which text) returns boolean language sql stable as $$
    select coalesce((select g.is_required from margin.governance_rule as g where g.rule = which
        order by g.change desc limit 1), false)
$$;
