-- purpose: whether the house wants a run published by another person than the one who had it computed
-- grain: one row
-- reads: governance_rule
-- parameters: none
select margin.is_required('second_person_publishes') as is_required
