-- purpose: the settings of the server that the figures or their safety rest on, and its clock
-- grain: one row a setting
-- order: name
-- reads: none
-- parameters: none
select s.name, s.setting
from (
    select p.name::text as name, p.setting
    from pg_settings as p
    where p.name in ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'server_encoding', 'TimeZone',
        'default_transaction_isolation', 'data_directory', 'max_connections',
        'transaction_read_only')
    union all
    select 'statement_timeout', (extract(epoch from current_setting('statement_timeout')::interval) * 1000)::bigint::text
    union all
    select 'clock', extract(epoch from clock_timestamp())::text
    union all
    select 'sessions', (select count(*) from pg_stat_activity as a where a.backend_type = 'client backend')::text
    union all
    select 'role', current_user::text
) as s
order by s.name collate "C"
