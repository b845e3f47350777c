-- purpose: what one long contract loses in each stress scenario, for the report stress-arrays
-- grain: one row a series
-- order: combined commodity, series
-- reads: combined_commodity, result_source, stress_array
-- parameters: $1 run, $2 pinned load
with commodity_in_force as (
    select v.combined_commodity, v.currency
    from margin.combined_commodity_as_of($2) as v
)
select
    a.combined_commodity as combined_commodity,
    k.currency::text as currency,
    a.series as series,
    a.stress_set as stress_set,
    a.array_decimals::bigint as array_decimals,
    a.stress_array as stress_array
from margin.stress_array_of($1) as a
left join commodity_in_force as k on k.combined_commodity = a.combined_commodity
order by a.combined_commodity, a.series
