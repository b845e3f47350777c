-- purpose: each account's beneficial owners, for the report accounts
-- grain: one row an account and owner; one row for an account without owners
-- order: member, account, owner
-- reads: account, beneficial_owner, computed_part, result_source
-- needs: reported_account
-- parameters: $2 pinned load
with owner_in_force as (
    select v.account, v.owner
    from margin.beneficial_owner_as_of($2) as v
)
select
    a.place as place,
    coalesce(o.owner::text, '') as owner
from reported_account as a
left join owner_in_force as o on o.account = a.account
order by a.place, owner
