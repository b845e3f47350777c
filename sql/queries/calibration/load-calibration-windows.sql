-- purpose: the stressed windows of calibration rules
-- grain: one row an item, key and window
-- order: item, key, window
-- reads: calibration_stressed_window
-- parameters: $1 pinned load
select w.item, w.key, w.window_code, w.from_date::text as from_date, w.to_date::text as to_date
from margin.calibration_stressed_window_as_of($1) as w
order by w.item collate "C", w.key, w.window_code
