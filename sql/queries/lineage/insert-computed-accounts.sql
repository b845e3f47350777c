-- purpose: note what a stage computed: every account in its scope, and their members where the stage writes rows of them
-- grain: one row an account or member
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, margin_call, member_concentration_tier, position, realised_average, result_source, risk_array, run,
--     run_input, series, settlement_price, stress_add_on, trade, underlying_price, variation_margin_owed, volatility
-- needs: account_in_scope
-- parameters: $1 run, $2 stage, $3 pinned load, $4 whether members are parts too
insert into margin.computed_part (run_id, stage, part_kind, part, is_changed)
select $1::bigint, $2::text, 'account', a.account, true
from account_in_scope as a
union
select $1::bigint, $2::text, 'member', a.member, true
from margin.account_as_of($3) as a
join account_in_scope as s on s.account = a.account
where $4
