-- purpose: what closing each account or owner out would cost, in minor units, for a rerun to compare with
-- grain: one row an account and owner
-- order: none
-- reads: computed_part, result_source, stress_exposure
-- parameters: $1 run
select e.account, e.owner,
    (e.cover * 10::numeric ^ e.minor_unit_decimals::integer)::bigint as cover,
    (e.no_offset_exposure * 10::numeric ^ e.minor_unit_decimals::integer)::bigint as no_offset_exposure,
    e.exposure
from margin.stress_exposure_of($1) as e
