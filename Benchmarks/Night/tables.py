"""The inputs of one business date, read from the tables of the margin schema.

The server numbers accounts (by member, then code), portfolios (an account's, or each of its beneficial owners'),
combined commodities and series in the order of their codes; everything later is arrays over those numbers. The rows are
taken as they stand: of a generated house each has one revision, and the run has pinned no others.
"""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np

from postgres import execute, numbers, rows, texts

NUMBERED = """
create schema peer;
create table peer.account as select account,
    row_number() over (order by member collate "C", account collate "C")::int - 1 as number from margin.account;
create table peer.portfolio as select a.account, coalesce(o.owner, '')::text as owner, a.number as account_number,
    row_number() over (order by a.number, o.owner collate "C")::int - 1 as number
    from peer.account as a join margin.account using (account)
    left join margin.beneficial_owner as o on o.account = a.account and margining_type = 'segregated';
create table peer.commodity as select combined_commodity,
    row_number() over (order by combined_commodity collate "C")::int - 1 as number from margin.combined_commodity;
create table peer.series as select series, row_number() over (order by series collate "C")::int - 1 as number
    from margin.series;
analyze peer.account; analyze peer.portfolio; analyze peer.series"""

SERIES = """
select k.number, c.number, case c.kind when 'future' then 0 else 1 end,
    case coalesce(c.option_model, c.future_valuation) when 'linear' then 0 when 'cost_of_carry' then 1
        when 'black76' then 2 when 'black_scholes' then 3 when 'bachelier' then 4 else 9 end,
    (coalesce(c.exercise, '') = 'american')::int, (coalesce(c.option_style, '') = 'premium')::int,
    (coalesce(c.volatility_source, '') = 'assigned')::int,
    case s.option_right when 'call' then 1 when 'put' then -1 else 0 end,
    coalesce(s.expiry_date - date '{date}', 100000),
    replace(s.contract_month, '-', '')::int, coalesce(u.number, -1),
    coalesce(s.strike, 0)::float8, c.contract_value_factor::float8, c.delta_scaling_factor::float8,
    coalesce(x.price, 'NaN')::float8,
    coalesce(d.rate, 0)::float8, coalesce(b.rate, 0)::float8, coalesce(v.volatility, w.volatility, 'NaN')::float8
from peer.series as n
join margin.series as s using (series)
join (select *, row_number() over (order by contract collate "C")::int - 1 as number from margin.contract) as c
    using (contract)
join peer.commodity as k using (combined_commodity)
left join peer.series as u on u.series = s.underlying
left join margin.underlying_price as x on x.underlying = s.underlying and x.business_date = '{date}'
left join margin.interest_rate as d on d.rate_code = c.discount_rate_code and d.business_date = '{date}'
left join margin.interest_rate as b on b.rate_code = c.carry_rate_code and b.business_date = '{date}'
left join margin.volatility as v on v.instrument = n.series and v.business_date = '{date}'
left join margin.volatility as w on w.instrument = s.underlying and w.business_date = '{date}'
order by n.number"""

PRICES = """
select s.number, price_kind, p.price::float8
from (select series, price,
        case when business_date = '{before}' then 1 when price_kind = 'final' then 2 else 0 end as price_kind
    from margin.settlement_price where business_date = '{date}'
        or business_date = '{before}' and price_kind = 'settlement') as p
join peer.series as s using (series)"""

POSITIONS = """
select f.number, s.number, p.long_quantity, p.short_quantity
from margin.position as p join peer.series as s using (series) join peer.portfolio as f using (account, owner)
where p.business_date = '{day}' and p.cycle = 'EOD'"""

TRADES = """
select f.number, s.number, t.quantity, t.price::float8
from margin.trade as t join peer.series as s using (series) join peer.portfolio as f using (account, owner)
where t.business_date = '{date}' order by f.account_number, t.trade collate "C" """

COLLATERAL = """
select a.number, x.number, h.quantity::float8
from margin.collateral_holding as h join peer.account as a using (account)
join (select asset, row_number() over (order by asset collate "C")::int - 1 as number from margin.collateral_asset) as x
    using (asset)
where h.business_date = '{date}' order by a.number, h.item collate "C" """

PARAMETERS = {
    "margin": "select * from margin.combined_commodity_margin",
    "classes": "select * from margin.account_class",
    "scenarios": "select * from margin.scenario order by scenario",
    "tiers": "select * from margin.month_tier",
    "scan_ranges": "select * from margin.price_scan_range_tier",
    "intra": "select * from margin.intra_spread",
    "intra_legs": "select * from margin.intra_spread_leg order by leg",
    "inter": "select * from margin.inter_spread",
    "inter_legs": "select * from margin.inter_spread_leg order by leg",
    "delivery": "select * from margin.delivery_charge",
    "fx_haircuts": "select * from margin.fx_haircut",
    "call_rules": "select * from margin.call_rule",
    "haircuts": "select * from margin.collateral_haircut",
    "limits": "select * from margin.collateral_limit",
    "concentration": "select * from margin.concentration_tier",
    "groups": "select * from margin.liquidity_group",
    "group_members": "select * from margin.liquidity_group_member",
}
DATED = {
    "fx_rates": "select * from margin.fx_rate where business_date = '{date}'",
    "collateral_prices": "select * from margin.collateral_price where business_date = '{date}'",
    "liquidity": "select * from margin.liquidity where business_date = '{date}'",
    "owed": "select * from margin.variation_margin_owed where business_date = '{date}'",
}
HOUSE = {
    "currencies": 'select * from margin.currency order by currency collate "C"',
    "commodities": 'select * from margin.combined_commodity order by combined_commodity collate "C"',
    "contracts": 'select * from margin.contract order by contract collate "C"',
    "members": 'select * from margin.clearing_member order by member collate "C"',
    "assets": 'select * from margin.collateral_asset order by asset collate "C"',
}


def named(query):
    """Rows as namespaces of texts, named by the columns."""
    names, *table = rows(query, header=True)
    return [SimpleNamespace(**dict(zip(names, row))) for row in table]


def accounts():
    table = rows(
        "select a.account, member, origin, margining_type, account_class, call_currency from margin.account as a "
        "join peer.account as n using (account) order by n.number"
    )
    return SimpleNamespace(
        **dict(zip(("code", "member", "origin", "type", "classed", "currency"), map(np.array, zip(*table))))
    )


def mark(series, prices):
    """Adds each series' price of the date, of the date before and final one, and its underlying's; NaN is none."""
    for kind, name in enumerate(("price", "previous", "final")):
        values = np.full(len(series.days), np.nan)
        some = prices.kind == kind
        values[prices.series[some]] = prices.price[some]
        setattr(series, name, values)
    listed = series.written_on >= 0
    of_listed = np.where(np.isnan(series.price), series.final, series.price)[series.written_on]
    of_itself = np.where(np.isnan(series.spot), series.price, series.spot)
    series.underlying = np.where(listed, of_listed, of_itself)
    series.underlying_final = np.where(listed, series.final[series.written_on], np.nan)


UNKNOWN = """
select count(*) from (
    select 1 from margin.half_spread_charge union all select 1 from margin.impact_charge
    union all select 1 from margin.member_concentration_tier union all select 1 from margin.risk_group
    union all select 1 from margin.composite_delta_weight
    union all select 1 from margin.margin_call where intraday_collected > 0
    union all select 1 from margin.combined_commodity_margin where day_count <> 'act/365' or delta_kind <> 'composite'
    union all select 1 from margin.account_class where correlation_underestimation_kappa is not null
        or credit_multiplier is not null or diversification_floor is not null
    union all select 1 from margin.contract where reference_group is not null or american_method is not null
        or (exercise = 'american' and option_model <> 'black76')
    union all select 1 from margin.series where revision > 1 union all select 1 from margin.contract where revision > 1
    union all select 1 from margin.settlement_price where revision > 1
    union all select 1 from margin.position where revision > 1 union all select 1 from margin.trade where revision > 1
) as x"""


def refuse(inputs):
    """A house with something that the generated one has not is refused, and not computed in part."""
    if np.any(inputs.series.model == 9) or int(execute(UNKNOWN)):
        raise ValueError("the house has terms or parameters that the peer does not know")


def read(date):
    """Everything a night needs, queries side by side on as many connections as there are cores."""
    before = execute(
        f"select max(calendar_date) from margin.calendar_date where is_business_day and calendar_date < '{date}'"
    )
    due = execute(
        f"select min(calendar_date) from margin.calendar_date where is_business_day and calendar_date > '{date}'"
    )
    dates = {"date": date, "before": before.strip()}
    held = dict(portfolio="i4", series="i4", long="i8", short="i8")
    execute(*NUMBERED.split(";"))
    four, eight = "i4", "f8"
    jobs = {
        "carried": (numbers, POSITIONS.format(day=dates["before"]), held),
        "positions": (numbers, POSITIONS.format(day=date), held),
        "series": (
            numbers,
            SERIES,
            dict(
                commodity=four,
                contract=four,
                option=four,
                model=four,
                american=four,
                premium=four,
                assigned=four,
                sign=four,
                days=four,
                month=four,
                written_on=four,
                strike=eight,
                factor=eight,
                scaling=eight,
                spot=eight,
                rate=eight,
                carry=eight,
                volatility=eight,
            ),
        ),
        "prices": (numbers, PRICES, dict(series=four, kind=four, price=eight)),
        "trades": (numbers, TRADES, dict(portfolio=four, series=four, quantity="i8", price=eight)),
        "collateral": (numbers, COLLATERAL, dict(account=four, asset=four, quantity=eight)),
        "series_codes": (texts, "select series from peer.series order by number", {}),
        "items": (texts, COLLATERAL.replace("a.number, x.number, h.quantity::float8", "h.item", 1), {}),
        "owners": (texts, "select owner from peer.portfolio order by number", {}),
        "portfolio_accounts": (numbers, "select account_number from peer.portfolio order by number", dict(number=four)),
        **{name: (named, query, {}) for name, query in (PARAMETERS | DATED | HOUSE).items()},
    }
    with ThreadPoolExecutor(2) as pool:
        pending = {name: pool.submit(f, query.format(**dates), **kinds) for name, (f, query, kinds) in jobs.items()}
        found = {name: job.result() for name, job in pending.items()}
    inputs = SimpleNamespace(
        date=date,
        due=due.strip(),
        accounts=accounts(),
        **{name: SimpleNamespace(**value) if isinstance(value, dict) else value for name, value in found.items()},
    )
    refuse(inputs)
    mark(inputs.series, inputs.prices)
    inputs.portfolio_accounts = inputs.portfolio_accounts.number
    return inputs
