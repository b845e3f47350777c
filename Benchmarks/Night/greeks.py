"""Greeks of the series held by members who want them (methodology §2.5), of one long option in price units."""

from types import SimpleNamespace

import numpy as np

from arrays import models
from pricing import American, Lognormal, Normal, density, take


def greeks(inputs, arrays, rows):
    """Delta, gamma, vega, theta and rho of `rows`; a future has a delta only."""
    series = inputs.series
    found = {name: np.full(len(series.days), np.nan) for name in ("delta", "gamma", "vega", "theta", "rho")}
    futures = rows[series.option[rows] == 0]
    found["delta"][futures] = np.where(
        series.model[futures] == 1, np.exp(series.rate[futures] * series.days[futures] / 365), 1
    )
    terms, kinds = models(series)
    for model, belongs in kinds:
        some = rows[belongs[rows]]
        if not len(some):
            continue
        own, u, sigma, time = take(terms, some), series.underlying[some], arrays.sigma[some], series.days[some] / 365
        option = model(own, sigma, time)
        value = option.value(u)
        found["delta"][some] = delta = option.delta(u)
        found["theta"][some] = model(own, sigma, time - 1 / 365).value(u) - value
        if model is American:
            step, change = 1e-3 * u, 1e-3 * sigma
            gamma = (option.value(u + step) - 2 * value + option.value(u - step)) / (step * step)
            vega = (model(own, sigma + change, time).value(u) - model(own, sigma - change, time).value(u)) / (
                2 * change
            )
            moved = [
                SimpleNamespace(sign=own.sign, strike=own.strike, rate=own.rate + shift, carry=own.carry)
                for shift in (1e-5, -1e-5)
            ]
            rho = (model(moved[0], sigma, time).value(u) - model(moved[1], sigma, time).value(u)) / 2e-5
        else:
            if model is Normal:
                weight = option.discount * density((u - own.strike) / option.deviation)
                gamma = weight / option.deviation
            else:
                weight = u * option.worth * density(option.d1(u))
                gamma = weight / option.deviation / (u * u)
            vega = weight * np.sqrt(time)
            grown = np.where(series.model[some] == 3, u * delta, 0)
            rho = time * (grown - np.where(series.premium[some] == 1, value, 0))
        gone = time <= 0
        found["theta"][some[gone]] = 0
        for name, values in (("gamma", gamma), ("vega", vega), ("rho", rho)):
            found[name][some] = np.where(gone, 0, values)
    return found
