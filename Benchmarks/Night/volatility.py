"""Volatilities of option series (methodology §2.6): assigned, implied, or lent by a pair or the nearest strike."""

import numpy as np
from scipy.special import ndtr

from pricing import American, Lognormal, Normal, density, take

LEAST = 1e-6
IMPLIED, ASSIGNED, PAIRED, NEAREST, FLOOR = range(5)
RULES = np.array([b"implied", b"assigned", b"paired", b"nearest_strike", b"floor", b""])


def root(function, start, low, high, passes=200):
    """Roots of increasing functions by Newton's method within brackets; `function` takes points and the rows they are
    of, and gives value and slope there. Rows that have converged drop out."""
    x, low, high = start.copy(), low.copy(), high.copy()
    open_rows = np.arange(len(x))
    for _ in range(passes):
        at = x[open_rows]
        value, slope = function(at, open_rows)
        above = value > 0
        high[open_rows[above]] = at[above]
        low[open_rows[~above]] = at[~above]
        with np.errstate(all="ignore"):
            moved = at - value / slope
        done = np.abs(moved - at) <= 1e-13 * at
        inside = done | ((moved > low[open_rows]) & (moved < high[open_rows]))
        moved = np.where(inside, moved, 0.5 * (low[open_rows] + high[open_rows]))
        x[open_rows] = moved
        open_rows = open_rows[~done]
        if not len(open_rows):
            break
    return x


def lognormal_deviation(time_value, forward, strike):
    """The deviation at which an out-of-the-money option is worth its time value, on the logarithm of the value."""
    x = -np.abs(np.log(forward / strike))
    scale = np.sqrt(forward * strike)
    target = np.log(time_value / scale)
    up, down = np.exp(0.5 * x), np.exp(-0.5 * x)

    def gap(s, rows):
        h = x[rows] / s
        value = up[rows] * ndtr(h + 0.5 * s) - down[rows] * ndtr(h - 0.5 * s)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(np.maximum(value, 0)) - target[rows], up[rows] * density(h + 0.5 * s) / value

    start = np.where(x == 0, 2.5 * time_value / scale, np.sqrt(-2 * x))
    return root(gap, start, np.full(len(x), 1e-12), np.full(len(x), 50.0))


def normal_deviation(time_value, distance):
    target = np.log(time_value)

    def gap(s, rows):
        z = distance[rows] / s
        value = s * (density(z) - z * ndtr(-z))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(np.maximum(value, 0)) - target[rows], density(z) / value

    start = np.maximum(2.5 * time_value, distance)
    return root(gap, start, np.full(len(start), 1e-12), 1e3 * (start + distance))


def implied(model, terms, american, price, underlying, time):
    """Volatilities that reprice `price`, NaN where there is none."""
    high = (
        5 * np.maximum(np.maximum(np.abs(underlying), np.abs(terms.strike)), 100)
        if model is Normal
        else np.full(len(price), 5.0)
    )
    rounding = 1e-12 * np.maximum(np.abs(underlying), np.abs(terms.strike))
    lowest = model(terms, LEAST, time).value(underlying)
    highest = model(terms, high, time).value(underlying)
    if american.any():
        lowest = np.where(american, np.maximum(lowest, terms.sign * (underlying - terms.strike)), lowest)
        highest[american] = American(take(terms, american), high[american], time[american]).value(underlying[american])
    found = np.full(len(price), np.nan)
    solvable = np.flatnonzero((price > lowest + rounding) & (price <= highest) & (time > 0))
    terms, price, time, underlying = take(terms, solvable), price[solvable], time[solvable], underlying[solvable]
    forward = underlying if model is Normal else underlying * np.exp(terms.carry * time)
    value = price * np.exp(terms.rate * time) - np.maximum(terms.sign * (forward - terms.strike), 0)
    good = np.flatnonzero(value > 0)
    deviation = np.full(len(price), np.nan)
    deviation[good] = (
        normal_deviation(value[good], np.abs(forward - terms.strike)[good])
        if model is Normal
        else lognormal_deviation(value[good], forward[good], terms.strike[good])
    )
    volatility = np.clip(deviation / np.sqrt(time), LEAST, high[solvable])
    early = np.flatnonzero(american[solvable])
    if len(early):
        volatility[early] = american_volatility(
            take(terms, early), price[early], underlying[early], time[early], volatility[early]
        )
    found[solvable] = volatility
    return found


def american_volatility(terms, price, underlying, time, european):
    """Newton's method with the European vega from the European solution, which lies above or at the American one."""

    def gap(volatility, rows):
        some = take(terms, rows)
        option = American(some, volatility, time[rows])
        vega = (
            underlying[rows]
            * option.european.worth
            * density(option.european.d1(underlying[rows]))
            * np.sqrt(time[rows])
        )
        return option.value(underlying[rows]) - price[rows], vega

    start = np.where(np.isnan(european), 1.0, european)
    return root(gap, start, np.full(len(price), LEAST), np.full(len(price), 5.0), passes=60)


def borrow(volatility, rule, chain, strike, sign, floor):
    """Fills what is not solved: the other right's at the strike, else the nearest strike's of the same chain (lower
    strike, then the same right on ties), else the floor. Only solved and assigned ones lend."""
    wanting = np.flatnonzero(np.isnan(volatility))
    lenders = np.flatnonzero(~np.isnan(volatility))
    strikes, rank = np.unique(strike, return_inverse=True)
    key = (chain * len(strikes) + rank) * 2
    # One lender a chain, strike and right, the first in series order; puts have odd keys.
    keys, first = np.unique(key[lenders] + (sign[lenders] < 0), return_index=True)
    lenders = lenders[first]
    own, other = key[wanting] + (sign[wanting] < 0), key[wanting] + (sign[wanting] > 0)

    def place(key):
        found = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
        return np.where(keys[found] == key, lenders[found], -1)

    pair, same = place(other), place(own)
    after = np.searchsorted(keys, key[wanting])
    best, distance = same, np.where(same >= 0, 0, np.inf)
    for step, places in (("lower", after - 1), ("upper", after + 0)):
        clipped = np.clip(places, 0, len(keys) - 1)
        # Above: the first lender beyond the strike itself.
        if step == "upper":
            clipped = np.clip(np.searchsorted(keys, key[wanting] + 2), 0, len(keys) - 1)
            beyond = np.searchsorted(keys, key[wanting] + 2) < len(keys)
        else:
            beyond = places >= 0
        near = lenders[clipped]
        fits = beyond & (chain[near] == chain[wanting])
        # Of the two rights at that strike the own one.
        twin = place(key[near] + (sign[wanting] < 0))
        near = np.where(twin >= 0, twin, near)
        away = np.where(fits, np.abs(strike[near] - strike[wanting]), np.inf)
        better = away < distance - 1e-9
        best, distance = np.where(better, near, best), np.where(better, away, distance)
    lent = np.where(pair >= 0, pair, best)
    rule[wanting] = np.where(pair >= 0, PAIRED, np.where(lent >= 0, NEAREST, FLOOR))
    volatility[wanting] = np.where(lent >= 0, volatility[lent], floor[wanting])
