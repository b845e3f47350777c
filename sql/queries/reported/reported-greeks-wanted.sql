-- purpose: whether a member of an account that is reported wants greeks
-- grain: one row
-- reads: account, clearing_member, computed_part, result_source
-- needs: reported_account
-- parameters: $1 pinned load
select exists (
    select from margin.clearing_member_as_of($1) as m
    join reported_account as a on a.member = m.member
    where m.wants_greeks) as is_wanted
