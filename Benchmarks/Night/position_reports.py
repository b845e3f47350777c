"""What a member gets of its positions: components, spreads and Greeks (docs/reports.md)."""

import numpy as np

from greeks import greeks
from reports import Code, Column, Decimal, Money, Whole


def components(names, book):
    inputs, minor = names.inputs, names.inputs.minor[book.commodity]
    account = inputs.portfolio_accounts[book.portfolio]
    return (
        "components",
        account,
        [
            *names.account(account),
            names.owner(book.portfolio),
            *names.commodity(book.commodity),
            names.currency(inputs.currency_of[book.commodity]),
            Money("scan", book.scan, minor),
            Whole("active_scenario", book.active),
            Decimal("time_risk", book.time / minor),
            Decimal("volatility_risk", book.volatility / minor),
            Decimal("price_risk", book.price / minor),
            Decimal("net_delta", book.net_delta / 10_000, 4),
            Decimal("weighted_price_risk", book.weighted, 2),
            Money("intra_charge", book.intra, minor),
            Money("delivery_charge", book.delivery, minor),
            Money("inter_credit", book.credit, minor),
            Money("applied_credit", book.applied, minor),
            Code("scan_spread", [""], np.zeros(book.count, int)),
            Money("short_option_minimum", book.minimum, minor),
            Money("risk", book.risk, minor),
            Money("initial_risk", book.initial, minor),
            Money("standalone_initial_risk", book.alone, minor),
            Money("net_option_value", book.value, minor),
        ],
    )


def spreads(names, book, legs):
    inputs = names.inputs
    account = inputs.portfolio_accounts[legs["portfolio"]]
    text = {
        name: Code(name, *np.unique(legs[name], return_inverse=True))
        for name in ("step", "spread", "pool", "side", "a_side")
    }
    return (
        "spreads",
        account,
        [
            *names.account(account),
            names.owner(legs["portfolio"]),
            text["step"],
            Whole("sequence", legs["sequence"]),
            Whole("leg", legs["leg"]),
            text["spread"],
            Whole("priority", legs["priority"]),
            *names.commodity(legs["commodity"]),
            text["pool"],
            text["side"],
            text["a_side"],
            Decimal("spread_count", legs["spread_count"], 4),
            Decimal("delta_before", legs["delta_before"], 4),
            Decimal("consumed", legs["consumed"], 4),
            Column("consumed_by_month", legs["consumed_by_month"].tolist()),
            Decimal("weighted_price_risk", legs["weighted_price_risk"], 2),
            Decimal("rate", legs["rate"]),
            names.currency(inputs.currency_of[legs["commodity"]]),
            Decimal("charge", legs["charge"]),
            Decimal("credit", legs["credit"]),
        ],
    )


def position_greeks(names, arrays, book):
    inputs = names.inputs
    wants = np.array([row.wants_greeks == "t" for row in inputs.members])
    portfolio = book.portfolio[book.row]
    account = inputs.portfolio_accounts[portfolio]
    held = np.flatnonzero(wants[names.member_of[account]])
    held = held[np.lexsort((book.series[held], portfolio[held]))]
    found = greeks(inputs, arrays, np.unique(book.series[held]))
    series, account = book.series[held], account[held]
    commodity = inputs.series.commodity[series]
    money = book.quantity[held] * inputs.series.factor[series]
    return (
        "greeks",
        account,
        [
            *names.account(account),
            names.owner(portfolio[held]),
            Code("series", inputs.series_codes, series),
            *names.commodity(commodity),
            names.currency(inputs.currency_of[commodity]),
            Whole("quantity", book.quantity[held].astype(int)),
            *(Decimal(name, values[series] * money, 4) for name, values in found.items()),
        ],
    )
