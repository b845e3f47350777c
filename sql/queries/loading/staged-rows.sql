-- purpose: the staged rows as one JSON array, each with its line and the cells that hold for all of them
-- grain: one row
-- reads: none
-- needs: staged_row
-- parameters: $1 cells for all rows, as a JSON object
select coalesce(jsonb_agg(to_jsonb(s) || $1::text::jsonb order by s.staged_line), '[]')::text as staged_rows
from staged_row as s
