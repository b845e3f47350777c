-- purpose: where each load came from
-- grain: one row a load
-- order: load
-- reads: input_load
-- parameters: $1 pinned load
select l.load_id, l.source
from margin.input_load as l
where l.load_id <= $1
order by l.load_id
