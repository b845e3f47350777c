-- purpose: whether the table of the accounts in scope is there
-- grain: one row
-- reads: none
-- parameters: none
select to_regclass('pg_temp.account_in_scope') is not null as is_open
