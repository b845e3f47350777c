-- purpose: switch a rule of governance on or off
-- grain: one row, written
-- reads: governance_rule
-- parameters: $1 rule, $2 whether it is required, $3 reason
insert into margin.governance_rule (rule, is_required, reason)
values ($1, $2, $3)
