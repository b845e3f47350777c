-- purpose: the positions in the book of members who want them, both sides, for the report of that name
-- grain: one row an account, owner and series held
-- order: member, account, owner, series
-- reads: account, clearing_member, computed_part, contract, intraday_settlement_price, position, result_source, series,
--     settlement_price
-- needs: reported_account
-- parameters: $2 pinned load, $3 business date, $4 cycle
select
    a.place as place,
    $3 as business_date,
    $4 as cycle,
    h.owner as owner,
    h.series as series,
    h.long_quantity as long_quantity,
    h.short_quantity as short_quantity
from margin.book_position_as_of($2, $3, $4) as h
join reported_account as a on a.account = h.account
join margin.clearing_member_as_of($2) as m on m.member = a.member and m.wants_positions
order by a.place, h.owner, h.series
