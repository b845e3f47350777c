-- purpose: have the server look every second, in the middle of a statement too, whether the program is still there
-- grain: one row or none
-- reads: none
-- parameters: none
select set_config(s.name, '1000', false) as interval
from pg_settings as s
where s.name = 'client_connection_check_interval'
