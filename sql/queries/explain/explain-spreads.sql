-- purpose: the spreads one account has formed
-- grain: one row a leg
-- order: owner, step, sequence, leg
-- reads: spread_leg_formed
-- parameters: $1 run, $2 account
select s.owner, s.step, s.spread, s.leg, s.combined_commodity, s.pool, s.side, s.spread_count, s.consumed,
    s.weighted_price_risk, s.rate, s.currency, s.charge, s.credit
from margin.spread_leg_formed_of($1) as s
where s.account = $2
order by s.owner, case s.step when 'super' then 1 when 'intra' then 2 else 3 end, s.sequence, s.leg
