-- purpose: what reports say of a collateral asset itself
-- grain: one row an asset
-- order: asset
-- reads: collateral_asset
-- parameters: $1 pinned load
select
    v.asset::text as asset,
    v.issuer::text as issuer,
    v.asset_class::text as asset_class,
    v.currency::text as currency
from margin.collateral_asset_as_of($1) as v
order by v.asset
