-- purpose: set a time-out of the session unless the server, the role or PGOPTIONS have set a shorter one
-- grain: one row: what holds now
-- reads: none
-- parameters: $1 lock_timeout or statement_timeout, $2 seconds, 0 for none
select set_config(s.name, case when $2 > 0 and (s.setting::bigint = 0 or s.setting::bigint > $2 * 1000)
    then $2 || 's' else s.setting || s.unit end, false) as time_out
from pg_settings as s
where s.name = $1
