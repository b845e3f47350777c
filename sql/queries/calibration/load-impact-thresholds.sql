-- purpose: the shares of a margin beyond which a change is reported
-- grain: one row a threshold
-- order: threshold
-- reads: impact_threshold
-- parameters: $1 pinned load
select t.threshold
from margin.impact_threshold_as_of($1) as t
order by t.threshold
