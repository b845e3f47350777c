-- purpose: one account's add-ons
-- grain: one row an add-on
-- order: owner, level, add-on, item
-- reads: add_on, stress_add_on
-- parameters: $1 run, $2 account
select a.add_on, a.level, a.owner, a.item, a.base, a.currency, a.driver, a.amount, a.call_currency, a.converted_amount
from margin.add_on_of($1) as a
where a.account = $2
union all
select 'stress', 'account', '', s.scenario_number::text, s.charge, s.currency,
    'member ' || s.member || ' is short of ' || s.shortfall || ' in scenario ' || s.scenario, s.amount, s.call_currency,
    s.converted_amount
from margin.stress_add_on_of($1) as s
where s.account = $2
order by owner, level, add_on, item
