-- purpose: what changed rows beside prices, positions and collateral move, for the stage's other statements
-- grain: one row a kind and code
-- reads: none
-- parameters: $1 kinds, $2 codes, in step
create temporary table moved on commit drop as
select distinct m.kind, m.code collate "C" as code
from unnest($1::text[], $2::text[]) as m (kind, code)
