-- purpose: for position_roll: where the book is not what the one before and the trades of the date make; filled by the pass over
--     the book
-- grain: one row an account, owner and series
-- reads: contract, intraday_settlement_price, position, series, settlement_price, trade
-- parameters: none
create temporary table unrolled_position (
    account text collate "C" not null, owner text collate "C" not null, series text collate "C" not null,
    today numeric not null, rolled numeric not null
) on commit drop
