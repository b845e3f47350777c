"""Option values and deltas of whole columns (methodology §2). One long option, price units, times in years.

Arguments are arrays that broadcast; `sign` is +1 for calls, −1 for puts. A `terms` namespace holds sign, strike, rate
(0 where an option is margined like a future) and carry. At no time left every formula falls to the intrinsic value by
itself: the deviation is bounded from below, and d is then ± infinity for all purposes, or 0 at the money.
"""

from types import SimpleNamespace

import numpy as np
from scipy.special import ndtr

LEAST_DEVIATION = 1e-12
INVERSE_ROOT_OF_TWO_PI = 0.3989422804014327


def density(x):
    return np.exp(-0.5 * x * x) * INVERSE_ROOT_OF_TWO_PI


def take(terms, rows):
    return SimpleNamespace(**{name: values[rows] for name, values in vars(terms).items()})


class Lognormal:
    """Generalised Black–Scholes with a cost of carry: Black-76 at carry 0."""

    def __init__(self, terms, volatility, time):
        self.terms, self.time = terms, np.maximum(time, 0)
        self.deviation = np.maximum(volatility * np.sqrt(self.time), LEAST_DEVIATION)
        self.worth = np.exp((terms.carry - terms.rate) * self.time)
        self.cost = terms.strike * np.exp(-terms.rate * self.time)
        self.drift = terms.carry * self.time / self.deviation + 0.5 * self.deviation

    def d1(self, underlying):
        return np.log(underlying / self.terms.strike) / self.deviation + self.drift

    def value(self, underlying):
        """An underlying at or below zero counts as zero."""
        underlying, sign = np.maximum(underlying, 1e-100), self.terms.sign
        d1 = self.d1(underlying)
        return sign * (underlying * self.worth * ndtr(sign * d1) - self.cost * ndtr(sign * (d1 - self.deviation)))

    def delta(self, underlying):
        sign = self.terms.sign
        return sign * self.worth * ndtr(sign * self.d1(np.maximum(underlying, 1e-100)))


class Normal:
    """Bachelier."""

    def __init__(self, terms, volatility, time):
        self.terms, self.time = terms, np.maximum(time, 0)
        self.deviation = np.maximum(volatility * np.sqrt(self.time), LEAST_DEVIATION)
        self.discount = np.exp(-terms.rate * self.time)

    def value(self, underlying):
        distance = self.terms.sign * (underlying - self.terms.strike)
        d = distance / self.deviation
        return self.discount * (distance * ndtr(d) + self.deviation * density(d))

    def delta(self, underlying):
        sign = self.terms.sign
        return sign * self.discount * ndtr(sign * (underlying - self.terms.strike) / self.deviation)


class American:
    """Barone-Adesi and Whaley: all critical prices at once by Newton's method on their logarithms, until all have
    converged."""

    def __init__(self, terms, volatility, time):
        self.terms, self.european = terms, Lognormal(terms, volatility, time)
        sign, strike, rate, carry = terms.sign, terms.strike, terms.rate, terms.carry
        tau = np.maximum(time, 1e-9)
        self.has_time = np.broadcast_to(np.asarray(time) > 0, np.shape(volatility))
        deviation = np.maximum(volatility * np.sqrt(tau), LEAST_DEVIATION)
        variance = deviation * deviation / tau
        n = 2 * carry / variance
        still = rate * tau == 0
        gain = np.where(still, 2 / (variance * tau), 2 * rate / variance / np.where(still, 1, -np.expm1(-rate * tau)))
        self.power = 0.5 * (1 - n + sign * np.sqrt((n - 1) ** 2 + 4 * gain))
        carried, discount = np.exp((carry - rate) * tau), np.exp(-rate * tau)
        drift = carry * tau / deviation + 0.5 * deviation
        self.never = np.where(sign > 0, carry >= rate, rate <= 0)
        share = 1 - 1 / self.power
        distance = 0.5 * deviation
        for _ in range(100):
            d1 = sign * distance / deviation + drift
            price = strike * np.exp(sign * distance)
            worth = carried * ndtr(sign * d1)
            gap = sign * (price * (1 - worth) * share - strike * (1 - discount * ndtr(sign * (d1 - deviation))))
            slope = price * ((1 - worth) * share + sign * carried * density(d1) / deviation / self.power)
            step = np.where(self.never, 0, np.clip(gap / slope, -0.5, 0.5 * distance))
            distance = distance - step
            if np.abs(step).max(initial=0) < 1e-12:
                break
        self.critical = strike * np.exp(sign * distance)
        held = 1 - carried * ndtr(sign * (sign * distance / deviation + drift))
        self.amplitude = np.where(self.never, 0, sign * self.critical / self.power * held)

    def value(self, underlying):
        underlying = np.maximum(underlying, 1e-100)
        sign = self.terms.sign
        intrinsic = sign * (underlying - self.terms.strike)
        lasting = sign * (underlying - self.critical) < 0
        # Where exercise has come the power may overflow, and is not asked for.
        ratio = np.where(lasting, underlying / self.critical, 1)
        held = self.european.value(underlying) + self.amplitude * ratio**self.power
        alive = self.has_time & (lasting | self.never)
        return np.where(alive, np.maximum(held, intrinsic), np.maximum(intrinsic, 0))

    def delta(self, underlying):
        step = 1e-4 * np.maximum(underlying, 0)
        sign, strike = self.terms.sign, self.terms.strike
        with np.errstate(invalid="ignore", divide="ignore"):
            moved = (self.value(underlying + step) - self.value(underlying - step)) / (2 * step)
        gone = np.where(sign * (underlying - strike) > 0, sign, np.where(underlying == strike, 0.5 * sign, 0))
        return np.where(underlying > 0, np.where(self.has_time, moved, gone), np.where(sign > 0, 0, -1))
