-- purpose: severities a parameter set gives to whole rules
-- grain: one row a rule
-- order: rule
-- reads: data_gate
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select g.rule, g.severity
from margin.data_gate_as_of($2, $3) as g
where g.parameter_set = $1 and g.combined_commodity = ''
order by g.rule
