-- purpose: what the house demands of approvals
-- grain: one row a rule
-- order: rule
-- reads: governance_rule
-- parameters: none
select r.rule, margin.is_required(r.rule) as is_required, g.reason, g.changed_by
from (values ('correction_approval'), ('parameter_set_approval'), ('second_person_publishes'), ('waiver_approval')) as r (rule)
left join lateral (
    select c.reason, c.changed_by
    from margin.governance_rule as c
    where c.rule = r.rule
    order by c.change desc
    limit 1
) as g on true
order by r.rule
