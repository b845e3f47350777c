-- purpose: what closing the defaulters out does to prices, for the report second-round-impacts
-- grain: one row a round and combined commodity
-- order: round, combined commodity
-- reads: result_source, second_round_impact
-- parameters: $1 run
select
    i.round::bigint as round,
    i.combined_commodity as combined_commodity,
    i.net_delta as net_delta,
    i.price_move as price_move,
    i.participation as participation,
    i.is_more_than_volume as is_more_than_volume
from margin.second_round_impact_of($1) as i
order by i.round, i.combined_commodity
