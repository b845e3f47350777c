-- purpose: who the session is of
-- grain: one row
-- parameters: none
select session_user::text
