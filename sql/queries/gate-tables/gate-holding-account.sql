-- purpose: for the gates after this: who holds something, with what the reference data say of them
-- grain: one row an account and owner in the book of the business date or of the one before
-- reads: account, beneficial_owner, contract, intraday_settlement_price, position, series, settlement_price
-- needs: book_holder
-- parameters: $1 pinned load
create temporary table holding_account on commit drop as
select h.account, h.owner, h.is_holding, a.account is not null as is_known,
    h.owner = '' or o.owner is not null as is_owner_known, a.margining_type, a.account_class, a.call_currency, a.load_id,
    a.source_line
from book_holder as h
left join margin.account_as_of($1) as a on a.account = h.account
left join margin.beneficial_owner_as_of($1) as o on o.account = h.account and o.owner = h.owner
