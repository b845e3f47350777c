"""Risk arrays and composite deltas of all series (methodology §3, §4), a model and scenario set at a time, on all
cores."""

import os
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np

import volatility
from pricing import American, Lognormal, Normal, take

LINEAR, COST_OF_CARRY, BLACK76, BLACK_SCHOLES, BACHELIER = range(5)
DELTA_POINTS = ((0, 0.270), (1 / 3, 0.217), (-1 / 3, 0.217), (2 / 3, 0.111), (-2 / 3, 0.111), (1, 0.037), (-1, 0.037))
BLOCK = 4096


def half_away(x):
    """To a whole number, halves away from zero; what a decimal's last bits hide of a half is made up for."""
    return np.sign(x) * np.floor(np.abs(x) * (1 + 1e-15) + (0.5 + 1e-7))


def side_by_side(function, count):
    """Calls `function` with slices of 0 … count; numpy's loops let the other threads run."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, [slice(first, first + BLOCK) for first in range(0, count, BLOCK)]))


def column(series, margins, field, kind=float):
    return np.array([kind(getattr(margin, field)) for margin in margins])[series.commodity]


def scan_ranges(inputs, margins):
    """The price scan range of each series, by contract month where a row says so."""
    series = inputs.series
    amount = column(series, margins, "price_scan_range")
    percent = column(series, margins, "price_scan_range_kind", str) == "percent"
    for row in inputs.scan_ranges:
        first, last = (int(month.replace("-", "")) for month in (row.from_month, row.to_month))
        within = (
            (series.commodity == inputs.commodity_numbers[row.combined_commodity])
            & (series.month >= first)
            & (series.month <= last)
        )
        amount[within], percent[within] = float(row.price_scan_range), row.price_scan_range_kind == "percent"
    return np.where(percent, amount * np.abs(series.underlying), amount)


def models(series):
    """Terms as the models take them, and the rows of each."""
    terms = SimpleNamespace(
        sign=series.sign.astype(float),
        strike=series.strike,
        rate=np.where(series.premium == 1, series.rate, 0),
        carry=np.where(series.model == BLACK_SCHOLES, series.carry, 0),
    )
    lognormal = (series.model == BLACK76) | (series.model == BLACK_SCHOLES)
    early = series.american == 1
    return terms, ((Lognormal, lognormal & ~early), (American, lognormal & early), (Normal, series.model == BACHELIER))


def volatilities(inputs, series, time, floor):
    """Each option's volatility and its rule; futures have none."""
    terms, _ = models(series)
    sigma = np.where(series.assigned == 1, series.volatility, np.nan)
    rule = np.where(series.assigned == 1, volatility.ASSIGNED, volatility.IMPLIED)
    option = (series.option == 1) & inputs.priced
    for model, rows in ((Lognormal, series.model != BACHELIER), (Normal, series.model == BACHELIER)):
        rows = np.flatnonzero(rows & option & (series.assigned == 0))

        def solve(part):
            some = rows[part]
            sigma[some] = volatility.implied(
                model,
                take(terms, some),
                series.american[some] == 1,
                series.price[some],
                series.underlying[some],
                time[some],
            )

        side_by_side(solve, len(rows))
    options = np.flatnonzero(option)
    _, prices = np.unique(series.underlying[options], return_inverse=True)
    chain = (series.commodity[options].astype(np.int64) * 100_000 + series.days[options]) * (
        prices.max(initial=0) + 1
    ) + prices
    _, chain = np.unique(chain, return_inverse=True)
    found, fired = sigma[options], rule[options]
    volatility.borrow(found, fired, chain, series.strike[options], series.sign[options], floor[options])
    sigma[options], rule[options] = found, fired
    rule[~option] = len(volatility.RULES) - 1
    return np.where(option, sigma, np.nan), rule


def risk_arrays(inputs):
    """Arrays in array units as whole doubles, deltas in units of 0.0001, and what they were made of."""
    series, margins = inputs.series, inputs.margins
    inputs.priced = ~np.isnan(series.price) & (series.days >= 0) & ~np.isnan(series.underlying)
    time, ahead = series.days / 365, column(series, margins, "look_ahead_days") / 365
    floor, reach = column(series, margins, "volatility_floor"), scan_ranges(inputs, margins)
    shift = column(series, margins, "volatility_scan_range")
    relative = column(series, margins, "volatility_scan_range_kind", str) == "relative"
    unit = 10.0 ** inputs.array_decimals[series.commodity]
    sigma, rule = volatilities(inputs, series, time, floor)
    sets = np.array(sorted({margin.scenario_set for margin in margins}))
    of_set = np.searchsorted(sets, [margin.scenario_set for margin in margins])[series.commodity]
    scenarios = [[row for row in inputs.scenarios if row.scenario_set == name] for name in sets]
    values = np.zeros((len(time), max(map(len, scenarios))))
    delta = np.full(len(time), 10_000.0)
    terms, kinds = models(series)
    for number, scenario in enumerate(scenarios):
        moves = [
            (
                float(row.price_move_numerator) / float(row.price_move_denominator),
                float(row.volatility_move),
                float(row.weight),
            )
            for row in scenario
        ]
        here = inputs.priced & (of_set == number)
        rows = np.flatnonzero(here & (series.model == LINEAR))
        for j, (price, _, weight) in enumerate(moves):
            values[rows, j] = half_away(-weight * price * reach[rows] * series.factor[rows] * unit[rows])
        rows = np.flatnonzero(here & (series.model == COST_OF_CARRY))
        grown = np.exp(series.rate[rows] * time[rows])
        later = np.exp(series.rate[rows] * np.maximum(time[rows] - ahead[rows], 0))
        for j, (price, _, weight) in enumerate(moves):
            loss = series.underlying[rows] * grown - (series.underlying[rows] + price * reach[rows]) * later
            values[rows, j] = half_away(weight * series.factor[rows] * loss * unit[rows])
        for model, belongs in kinds:
            rows = np.flatnonzero(here & belongs)

            def value(part):
                some = rows[part]
                own, u, r, left = take(terms, some), series.underlying[some], reach[some], time[some] - ahead[some]
                base = model(own, sigma[some], time[some]).value(u)
                scale = series.factor[some] * unit[some]
                prepared = {
                    move: model(
                        own,
                        np.maximum(
                            np.where(
                                relative[some], sigma[some] * (1 + move * shift[some]), sigma[some] + move * shift[some]
                            ),
                            floor[some],
                        ),
                        left,
                    )
                    for move in {volatility for _, volatility, _ in moves}
                }
                for j, (price, move, weight) in enumerate(moves):
                    values[some, j] = half_away(weight * scale * (base - prepared[move].value(u + price * r)))
                option = model(own, sigma[some], left)
                delta[some] = half_away(10_000 * sum(w * option.delta(u + a * r) for a, w in DELTA_POINTS))

            side_by_side(value, len(rows))
    values[~inputs.priced] = 0
    return SimpleNamespace(
        values=values, delta=delta, reach=reach, sigma=sigma, rule=rule, scenarios=scenarios, of_set=of_set
    )
