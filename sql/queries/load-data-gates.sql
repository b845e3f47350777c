-- purpose: severities a parameter set gives to whole rules
-- grain: one row a rule
-- order: rule
-- parameters: $1 parameter set
select g.rule, g.severity
from margin.data_gate as g
where g.parameter_set = $1 and g.combined_commodity = ''
order by g.rule
