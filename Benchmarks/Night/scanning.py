"""The book as rows of a portfolio and combined commodity: scanning risk, net deltas and weighted price risk
(methodology §5).

Amounts are minor units of the combined commodity's currency, as whole doubles where methodology §1.4 rounds them.
Portfolios of gross omnibus accounts are scanned series by series (§6.9); their rows have no time, volatility or price
risk.
"""

from types import SimpleNamespace

import numpy as np
from scipy.sparse import csr_matrix

from arrays import half_away


def truncated(x):
    """Cut off at two decimals."""
    return np.floor(x * (1 + 1e-14) * 100 + 1e-9) / 100


def book(inputs):
    """The date's positions without those in series that settle finally on it, by row, scan tier and series."""
    series, positions = inputs.series, inputs.positions
    settles = ~np.isnan(series.final) | ((series.option == 1) & ~np.isnan(series.underlying_final))
    kept = np.flatnonzero(~settles[positions.series])
    portfolio, held = positions.portfolio[kept], positions.series[kept]
    row = portfolio.astype(np.int64) * len(inputs.commodities) + series.commodity[held]
    group = row * inputs.tier_count + inputs.tier_of_series[held]
    order = np.argsort(group * len(series.days) + held)
    row, group = row[order], group[order]
    rows, first = np.unique(row, return_index=True)
    of_row = np.repeat(np.arange(len(rows)), np.diff(np.append(first, len(row))))
    held = held[order]
    book = SimpleNamespace(
        series=held,
        long=positions.long[kept][order].astype(float),
        short=positions.short[kept][order].astype(float),
        row=of_row,
        group=group,
        portfolio=(rows // len(inputs.commodities)).astype(np.int32),
        commodity=(rows % len(inputs.commodities)).astype(np.int32),
    )
    book.quantity = book.long - book.short
    book.is_gross = inputs.is_gross[book.portfolio]
    book.count = len(rows)
    return book


def summed(book, values, where=None):
    """The sum a row of what each position comes to."""
    if where is None:
        return np.bincount(book.row, values, book.count)
    return np.bincount(book.row[where], values[where], book.count)


def scan(inputs, arrays, book):
    """Scanning risk and what it is made of, a row."""
    groups, first = np.unique(book.group, return_index=True)
    starts = np.append(first, len(book.group))
    matrix = csr_matrix((book.quantity, book.series, starts), (len(groups), len(inputs.series.days)))
    portfolio = matrix @ arrays.values
    group_row = book.row[first]
    commodity = book.commodity[group_row]
    of_set = np.array([inputs.set_of_commodity[c] for c in range(len(inputs.commodities))])[commodity]
    zero_pair, partner = [], []
    for scenarios in arrays.scenarios:
        portfolio[np.flatnonzero(of_set == len(zero_pair)), len(scenarios) :] = -np.inf
        still = [j for j, row in enumerate(scenarios) if float(row.price_move_numerator) == 0]
        zero_pair.append(still[:2])
        partner.append([int(row.pair) - 1 for row in scenarios] + [0] * (portfolio.shape[1] - len(scenarios)))
    every = np.arange(len(groups))
    active = portfolio.argmax(axis=1)
    largest = portfolio[every, active]
    up, down = portfolio[every, np.array(zero_pair)[of_set, 0]], portfolio[every, np.array(zero_pair)[of_set, 1]]
    pair = np.array(partner)[of_set, active]
    scanned = np.maximum(largest, 0)
    time = (up + down) / 2
    volatility = np.where(pair == active, 0, (scanned - portfolio[every, pair]) / 2)
    volatility = np.where(largest < 0, (up - down) / 2, volatility)
    price = np.maximum(scanned - time - volatility, 0)

    def by_row(values):
        sums = np.bincount(group_row, values, book.count) / inputs.units_of_array[book.commodity]
        return np.where(book.is_gross, np.nan, sums)

    worst = np.maximum(arrays.values.max(axis=1), 0)[book.series]
    least = np.maximum(-arrays.values.min(axis=1), 0)[book.series]
    gross = summed(book, book.long * worst + book.short * least) / inputs.units_of_array[book.commodity]
    book.scan = half_away(np.where(book.is_gross, gross, by_row(scanned)))
    book.time, book.volatility, book.price = by_row(time), by_row(volatility), by_row(price)
    apart = inputs.is_scanned_apart[book.commodity] | book.is_gross
    numbered = np.zeros(book.count)
    numbered[group_row] = active + 1
    book.active = np.where(apart, np.nan, numbered)


def deltas(inputs, arrays, book):
    """Net deltas by row and month, in units of 0.0001, rounded once a month."""
    series = inputs.series
    months = np.unique(series.month)
    key = book.row * len(months) + np.searchsorted(months, series.month)[book.series]
    keys, of_key = np.unique(key, return_inverse=True)
    each = book.quantity * (arrays.delta * series.scaling)[book.series]
    book.month_delta = half_away(np.bincount(of_key, each))
    book.month_row, book.month = keys // len(months), months[keys % len(months)]
    book.net_delta = np.bincount(book.month_row, book.month_delta, book.count)


def weighted_price_risk(inputs, arrays, book):
    """Price risk of one delta, in currency units with two decimals; NaN in gross omnibus rows."""
    series = inputs.series
    nearest = np.full(len(inputs.commodities), np.nan)
    for commodity in range(len(nearest)):
        listed = np.flatnonzero(inputs.priced & (series.commodity == commodity))
        futures = listed[series.option[listed] == 0]
        listed = futures if len(futures) else listed
        if len(listed):
            front = listed[np.argmin(series.month[listed])]
            nearest[commodity] = arrays.reach[front] * series.factor[front] / series.scaling[front]
    scan_range = nearest[book.commodity]
    method = np.array([margin.weighted_price_risk_method for margin in inputs.margins])[book.commodity]
    with np.errstate(divide="ignore", invalid="ignore"):
        normal = book.price / inputs.minor[book.commodity] / (np.abs(book.net_delta) / 10_000)
    flat = book.net_delta == 0
    capped = np.where(flat, scan_range, np.minimum(normal, scan_range))
    chosen = np.where(method == "normal", np.where(flat, 0, normal), np.where(method == "capped", capped, scan_range))
    book.weighted = np.where(book.is_gross, np.nan, truncated(chosen))
