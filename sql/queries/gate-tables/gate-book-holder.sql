-- purpose: for the gates after this: who holds something, as positions name it; filled by the pass over the book
-- grain: one row an account and owner in the book of the business date or of the one before
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- parameters: none
create temporary table book_holder (
    account text collate "C" not null, owner text collate "C" not null, is_holding boolean not null
) on commit drop
