"""What a member gets of its accounts: calls, requirements, add-ons and terms (docs/reports.md)."""

import numpy as np

import calls
from reports import Code, Column, Decimal, Flag, Money, Whole


def margin_call(names, called):
    inputs, at = names.inputs, called.account
    scale = inputs.scale[inputs.call_currency[at]]
    origins = np.array(["client", "house"])
    terms = {
        name: Money(name, getattr(called, field)[at], scale)
        for name, field in calls.AMOUNTS
    }
    nothing = np.zeros(len(at))
    return (
        "margin-call",
        at,
        [
            *names.account(at),
            Code("origin", origins, np.searchsorted(origins, inputs.accounts.origin)[at]),
            names.currency(inputs.call_currency[at], "call_currency"),
            terms["requirement"],
            terms["add_ons"],
            terms["unpaid_variation_margin"],
            terms["collateral_value"],
            Money("intraday_collected", nothing, scale),
            terms["deficit"],
            terms["threshold"],
            terms["minimum_transfer_amount"],
            terms["lot"],
            Decimal("intraday_trigger", np.full(len(at), np.nan)),
            terms["call_amount"],
            terms["return_amount"],
            Code("reason_code", calls.REASONS, called.reason[at]),
            Code("due_date", [inputs.due], nothing.astype(int)),
            Flag("includes_synthetic", called.made_up[at]),
            Whole("run_number", nothing.astype(int) + 1),
        ],
    )


def requirement(names, scale, of):
    inputs, own = names.inputs, scale[of.currency]
    return (
        "requirement",
        of.account,
        [
            *names.account(of.account),
            names.currency(of.currency),
            Whole("owners", of.owners),
            Money("initial_risk", of.initial, own),
            Money("net_option_value", of.value, own),
            Money("offset_add_back", of.add_back, own),
            Money("requirement", of.requirement, own),
            Decimal("fx_rate", inputs.rate[of.currency, of.call_currency]),
            Decimal("fx_haircut", inputs.fx_haircut[of.currency, of.call_currency]),
            names.currency(of.call_currency, "call_currency"),
            Money("converted_requirement", of.converted, scale[of.call_currency]),
            Flag("includes_synthetic", of.made_up),
        ],
    )


def by_owner(names, scale, of):
    own = scale[of.currency]
    return (
        "requirement-by-owner",
        of.account,
        [
            *names.account(of.account),
            names.owner(of.portfolio),
            names.currency(of.currency),
            Money("initial_risk", of.initial, own),
            Money("net_option_value", of.value, own),
            Money("offset_add_back", of.add_back, own),
            Money("requirement", of.requirement, own),
            Flag("includes_synthetic", of.made_up),
        ],
    )


def terms(names):
    inputs = names.inputs
    portfolio = np.arange(len(inputs.owners))
    at = inputs.portfolio_accounts
    text = [
        Code(name, *np.unique(values, return_inverse=True))
        for name, values in (
            ("origin", inputs.accounts.origin),
            ("margining_type", inputs.accounts.type),
            ("account_class", inputs.accounts.classed),
        )
    ]
    for column in text:
        column.values = column.values[at]
    return (
        "accounts",
        at,
        [*names.account(at), *text, names.currency(inputs.call_currency[at], "call_currency"), names.owner(portfolio)],
    )


def add_ons(names, scale, by_account, extra):
    inputs = names.inputs

    def of(field, default=np.nan):
        return np.array([getattr(row, field, default) for row in extra])

    account, currency, call = of("account").astype(int), of("currency").astype(int), of("call_currency").astype(int)
    held = dict(zip(by_account.account.tolist(), by_account.made_up.tolist()))
    made_up = [
        inputs.is_synthetic[inputs.commodity_numbers[row.item]] if row.kind == "concentration" else held[row.account]
        for row in extra
    ]
    owners = np.append(inputs.owners, b"")
    return (
        "add-ons",
        account,
        [
            *names.account(account),
            Code("owner", owners, of("portfolio").astype(int)),
            Column("level", ["account"] * len(extra)),
            Column("add_on", [row.kind for row in extra]),
            Column("item", [row.item for row in extra]),
            Flag("is_synthetic", np.array(made_up, bool)),
            names.currency(currency),
            Money("base", of("base"), scale[currency]),
            Decimal("position_size", of("size"), 4),
            Decimal("liquidation_days", of("days"), 6),
            Column("driver", [driver(row) for row in extra]),
            Decimal("multiplier", of("multiplier")),
            Money("amount", of("amount"), scale[currency]),
            names.currency(call, "call_currency"),
            Money("converted_amount", of("converted"), scale[call]),
        ],
    )


def driver(row):
    if row.kind == "credit":
        return f"credit multiplier {row.multiplier:g}"
    if row.kind == "liquidity":
        return f"{row.days:.4g} days to liquidate; horizon {row.horizon:g}"
    return f"{row.size:g} contracts against {row.measure:g}"
