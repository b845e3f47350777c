-- purpose: who the session is of
-- grain: one row
-- reads: none
-- parameters: none
select session_user::text
