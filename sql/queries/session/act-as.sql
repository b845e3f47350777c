-- purpose: go on as another login, as if the session had been opened by it
-- grain: one row: the login
-- reads: none
-- parameters: $1 login
select set_config('session_authorization', quote_ident($1), false)
