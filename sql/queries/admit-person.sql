-- purpose: let a login read, correct, propose and approve
-- grain: one row: whether the login is new
-- parameters: $1 login
select margin.admit_person($1)
