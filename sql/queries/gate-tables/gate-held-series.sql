-- purpose: for the gates after this: what the house holds of each series; filled by the pass over the book
-- grain: one row a series in the book of the business date or of the one before
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- parameters: none
create temporary table held_series (
    series text collate "C" not null, is_held boolean not null, was_held boolean not null,
    long_quantity numeric not null, short_quantity numeric not null, largest_quantity bigint not null,
    previous_largest_quantity bigint not null
) on commit drop
