"""The reports of the run: risk arrays and the summary of the house (docs/reports.md)."""

import numpy as np

import volatility
from legs import codes
from reports import Array, Code, Column, Decimal, Money, OptionalCode, Whole


def risk_arrays(names, arrays):
    inputs, series = names.inputs, names.inputs.series
    rows = np.flatnonzero(inputs.priced)
    rows = rows[np.lexsort((rows, series.commodity[rows]))]
    commodity, option = series.commodity[rows], series.option[rows] == 1
    months = [f"{month // 100}-{month % 100:02}" for month in series.month[rows].tolist()]
    expiries = np.datetime64(inputs.date) + series.days[rows]
    dates = np.where(series.days[rows] < 100_000, expiries, np.datetime64("NaT"))
    rules = [rule.decode() for rule in volatility.RULES]
    sets, of_set = np.unique([row.scenario_set for row in inputs.margins], return_inverse=True)
    decimals = inputs.array_decimals[commodity]
    expiry = OptionalCode("expiry_date", *np.unique(dates.astype(str), return_inverse=True))
    return [
        *names.commodity(commodity),
        names.currency(inputs.currency_of[commodity]),
        Code("contract", codes([row.contract for row in inputs.contracts]), series.contract[rows]),
        Code("series", inputs.series_codes, rows),
        Column("contract_month", months),
        expiry,
        OptionalCode("option_right", ["call", "put"], np.where(option, np.where(series.sign[rows] > 0, 0, 1), -1)),
        Decimal("strike", np.where(option, series.strike[rows], np.nan)),
        Decimal("contract_value_factor", series.factor[rows]),
        Decimal("delta_scaling_factor", series.scaling[rows]),
        Decimal("settlement_price", np.where(series.premium[rows] == 1, series.price[rows], np.nan)),
        Decimal("composite_delta", arrays.delta[rows] / 10_000, 4),
        Decimal("price_scan_range", arrays.reach[rows]),
        Decimal("volatility", arrays.sigma[rows], 12),
        OptionalCode("volatility_rule", rules, np.where(option, arrays.rule[rows], -1)),
        Code("scenario_set", sets, of_set[commodity]),
        Whole("array_decimals", decimals),
        Array("risk_array", arrays.values[rows], 10.0**decimals),
    ]


def house_summary(names, called):
    inputs, at = names.inputs, called.account
    width, members = len(inputs.currencies), len(names.members)
    # The house first, as a member before all others, by currency.
    member = np.append(names.member_of[at] + 1, np.zeros(len(at), int))
    currency = np.tile(inputs.call_currency[at], 2)
    keys, of_key = np.unique(currency * (members + 1) + member, return_inverse=True)
    scale = inputs.scale[keys // (members + 1)]
    member = keys % (members + 1)

    def total(values):
        return np.bincount(of_key, np.tile(values, 2), len(keys))

    return [
        Code("scope", ["house", "member"], (member > 0).astype(int)),
        Code("member", ["", *names.members], member),
        names.currency(keys // (members + 1), "call_currency"),
        Whole("accounts", total(np.ones(len(at))).astype(int)),
        Whole("calls", total((called.call[at] > 0).astype(float)).astype(int)),
        *(
            Money(name, total(getattr(called, field)[at]), scale)
            for name, field in (
                ("requirement", "requirement"),
                ("add_ons", "add_ons"),
                ("unpaid_variation_margin", "unpaid"),
                ("collateral_value", "collateral"),
                ("call_amount", "call"),
                ("return_amount", "back"),
            )
        ),
    ]
