"""Prints options with the values QuantLib gives them, one CSV row each, for QuantLibTests.swift to price again.

Columns: model, right, underlying, second underlying, strike, rate, carry, volatility, second volatility, correlation,
time, steps, fixings made, running average, fixings left, time to the next fixing, value, delta, gamma, vega, theta for
a day, rho. Empty where a model has no such figure. Where QuantLib approximates what the model defines exactly, the row
is made a second time by the definition itself, under a model name ending in _defined.
"""

import csv
import itertools
import math
import sys
from decimal import Decimal, getcontext

import numpy
import QuantLib as ql
from scipy.optimize import brentq
from scipy.stats import norm

COLUMNS = (
    "model right underlying second strike rate carry volatility second_volatility correlation time steps "
    "fixings_made running_average fixings_left time_to_next value delta gamma vega theta rho"
).split()
DAY = 1 / 365
TODAY = ql.Date(15, 6, 2026)
COUNT = ql.Actual365Fixed()
OPTION = {"call": ql.Option.Call, "put": ql.Option.Put}
SIGN = {"call": 1, "put": -1}
writer = csv.DictWriter(sys.stdout, COLUMNS, restval="", lineterminator="\n")


def emit(model, **row):
    cells = {key: repr(float(cell)) if isinstance(cell, (int, float)) else cell for key, cell in row.items()}
    writer.writerow({"model": model} | cells)


def curve(rate):
    return ql.YieldTermStructureHandle(ql.FlatForward(TODAY, rate, COUNT))


def process(underlying, rate, carry, volatility):
    surface = ql.BlackVolTermStructureHandle(ql.BlackConstantVol(TODAY, ql.NullCalendar(), volatility, COUNT))
    quote = ql.QuoteHandle(ql.SimpleQuote(underlying))
    return ql.BlackScholesMertonProcess(quote, curve(rate - carry), curve(rate), surface)


# European options


def black(right, underlying, strike, rate, carry, volatility, time):
    forward, discount = underlying * math.exp(carry * time), math.exp(-rate * time)
    if time <= 0:
        return max(SIGN[right] * (underlying - strike), 0)
    return ql.blackFormula(OPTION[right], strike, forward, volatility * math.sqrt(time), discount)


def normal(right, underlying, strike, rate, volatility, time):
    if time <= 0:
        return max(SIGN[right] * (underlying - strike), 0)
    return ql.bachelierBlackFormula(
        OPTION[right], strike, underlying, volatility * math.sqrt(time), math.exp(-rate * time))


def european(model, right, underlying, strike, rate, carry, volatility, time):
    """Black's models. A future's own rate only discounts; a share's carry moves with the rate."""
    used = 0 if model == "margined" else rate
    forward, discount = underlying * math.exp(carry * time), math.exp(-used * time)
    payoff = ql.PlainVanillaPayoff(OPTION[right], strike)
    calculator = ql.BlackCalculator(payoff, forward, volatility * math.sqrt(time), discount)
    value = black(right, underlying, strike, used, carry, volatility, time)
    rho = {"black76": -time * calculator.value(), "margined": 0.0, "black_scholes": calculator.rho(time)}[model]
    emit(
        model, right=right, underlying=underlying, strike=strike, rate=rate, carry=carry, volatility=volatility,
        time=time, value=value, delta=calculator.delta(underlying), gamma=calculator.gamma(underlying),
        vega=calculator.vega(time), rho=rho,
        theta=black(right, underlying, strike, used, carry, volatility, time - DAY if time > 1.5 * DAY else 0) - value)


def bachelier(right, underlying, strike, rate, volatility, time):
    """The normal law. Delta from the probability of exercise: the calculator's own is that of a call for a put too."""
    payoff = ql.PlainVanillaPayoff(OPTION[right], strike)
    calculator = ql.BachelierCalculator(payoff, underlying, volatility * math.sqrt(time), math.exp(-rate * time))
    exercised = ql.bachelierBlackFormulaAssetItmProbability(
        OPTION[right], strike, underlying, volatility * math.sqrt(time))
    value = normal(right, underlying, strike, rate, volatility, time)
    later = normal(right, underlying, strike, rate, volatility, time - DAY if time > 1.5 * DAY else 0)
    emit(
        "bachelier", right=right, underlying=underlying, strike=strike, rate=rate, carry=0.0, volatility=volatility,
        time=time, value=value, delta=SIGN[right] * math.exp(-rate * time) * exercised,
        gamma=calculator.gammaForward(), vega=calculator.vega(time), theta=later - value, rho=-time * value)


def europeans():
    strikes = (30.0, 70.0, 90.0, 99.5, 100.0, 103.0, 120.0, 160.0, 300.0)
    times = (DAY, 7 * DAY, 91 * DAY, 1.0, 3.0)
    for right, strike, rate, volatility, time in itertools.product(
            OPTION, strikes, (-0.02, 0.0, 0.03, 0.12), (1e-4, 0.02, 0.2, 0.6, 1.5), times):
        european("black76", right, 100.0, strike, rate, 0.0, volatility, time)
        european("margined", right, 100.0, strike, rate, 0.0, volatility, time)
        for carry in (-0.05, 0.0, 0.03, 0.1):
            european("black_scholes", right, 100.0, strike, rate, carry, volatility, time)
    for right, underlying, strike, rate, volatility, time in itertools.product(
            OPTION, (-37.0, 0.0, 2.0, 60.0), (-60.0, -35.0, 0.0, 2.5, 55.0, 200.0), (-0.02, 0.0, 0.05),
            (0.01, 5.0, 30.0, 120.0), times):
        bachelier(right, underlying, strike, rate, volatility, time)


# American options


def american(engine, right, strike, days):
    exercise = ql.AmericanExercise(TODAY, TODAY + days)
    option = ql.VanillaOption(ql.PlainVanillaPayoff(OPTION[right], strike), exercise)
    option.setPricingEngine(engine)
    return option.NPV()


def quadratic(right, underlying, strike, rate, carry, volatility, time):
    """Barone-Adesi and Whaley's approximation with the critical price by bisection and Brent's method."""
    sign = SIGN[right]
    plain = black(right, underlying, strike, rate, carry, volatility, time)
    if (right == "call" and carry >= rate) or (right == "put" and rate <= 0):
        return max(plain, sign * (underlying - strike))
    variance = volatility * volatility
    n = 2 * carry / variance
    ratio = 2 / (variance * time) if rate == 0 else 2 * rate / variance / -math.expm1(-rate * time)
    q = (1 - n + sign * math.sqrt((n - 1) ** 2 + 4 * ratio)) / 2
    deviation = volatility * math.sqrt(time)

    def worth_gap(price):
        d1 = (math.log(price / strike) + (carry + variance / 2) * time) / deviation
        return 1 - math.exp((carry - rate) * time) * norm.cdf(sign * d1)

    def excess(logarithm):
        price = strike * math.exp(logarithm)
        european = black(right, price, strike, rate, carry, volatility, time)
        return sign * (price - strike) - european - sign * price / q * worth_gap(price)

    edge = sign * 1e-9
    far = sign * 0.01
    while excess(far) < 0:
        far *= 1.5
        if abs(far) > 60:
            return None
    critical = strike * math.exp(brentq(excess, edge, far, xtol=1e-15, rtol=1e-14))
    if sign * (underlying - critical) >= 0:
        return sign * (underlying - strike)
    premium = sign * critical / q * worth_gap(critical) * (underlying / critical) ** q
    return max(plain + premium, sign * (underlying - strike))


def grid_ends_early(time, steps):
    """Where n·(T/n) rounds below T, QuantLib's lattice engines find no payoff at T and price with a step less."""
    return steps * (time / steps) < time


def cox_ross_rubinstein(right, underlying, strike, rate, carry, volatility, time, steps):
    """The walk with u = e^{s/√n}, p = (e^{bT/n} − 1/u)/(u − 1/u); None where p is no probability."""
    sign, step = SIGN[right], time / steps
    up = math.exp(volatility * math.sqrt(step))
    rise = (math.exp(carry * step) - 1 / up) / (up - 1 / up)
    if not 0 < rise < 1:
        return None
    values = numpy.maximum(sign * (underlying * up ** (2.0 * numpy.arange(steps + 1) - steps) - strike), 0)
    for level in range(steps - 1, -1, -1):
        nodes = underlying * up ** (2.0 * numpy.arange(level + 1) - level)
        held = math.exp(-rate * step) * (rise * values[1:] + (1 - rise) * values[:-1])
        values = numpy.maximum(held, sign * (nodes - strike))
    return float(values[0])


def americans():
    for right, strike, (rate, carry), volatility, days in itertools.product(
            OPTION, (60.0, 90.0, 100.0, 104.0, 150.0),
            ((0.0, 0.0), (0.03, 0.0), (0.1, 0.0), (0.1, 0.04), (0.05, -0.03), (0.04, 0.07), (-0.01, -0.02)),
            (0.05, 0.2, 0.6), (1, 30, 179, 182, 730)):
        time = days / 365
        row = dict(
            right=right, underlying=100.0, strike=strike, rate=rate, carry=carry, volatility=volatility, time=time)
        market = process(100.0, rate, carry, volatility)
        defined = quadratic(right, 100.0, strike, rate, carry, volatility, time)
        if defined is not None:
            emit("barone_adesi_whaley_defined", **row, value=defined)
        # QuantLib takes the square root of a negative number where the rate is negative.
        if rate >= 0:
            engine = ql.BaroneAdesiWhaleyApproximationEngine(market)
            emit("barone_adesi_whaley", **row, value=american(engine, right, strike, days))
        for steps in (51, 201):
            if grid_ends_early(time, steps):
                continue
            try:
                engine = ql.BinomialVanillaEngine(market, "lr", steps)
                value = american(engine, right, strike, days)
            except RuntimeError:
                continue
            if math.isfinite(value):
                emit("leisen_reimer", **row, steps=steps, value=value)
        for steps in (50, 200):
            value = cox_ross_rubinstein(right, 100.0, strike, rate, carry, volatility, time, steps)
            if value is None:
                continue
            emit("cox_ross_rubinstein_defined", **row, steps=steps, value=value)
            if not grid_ends_early(time, steps):
                engine = ql.BinomialVanillaEngine(market, "crr", steps)
                emit("cox_ross_rubinstein", **row, steps=steps, value=american(engine, right, strike, days))


# Average-price options


def lognormal_average(row, growth, excess):
    """Black's option on the open part of the average, with its mean and E[A²]/E[A]² − 1."""
    share = row["fixings_left"] / (row["fixings_made"] + row["fixings_left"])
    strike = row["strike"] - (1 - share) * row["running_average"]
    forward, discount = share * growth * row["underlying"], math.exp(-row["rate"] * row["time"])
    if strike <= 0:
        return max(SIGN[row["right"]] * (forward - strike), 0) * discount
    return ql.blackFormula(OPTION[row["right"]], strike, forward, math.sqrt(math.log1p(excess)), discount)


def discrete_moments(times, carry, volatility):
    weights = numpy.exp(carry * times)
    spread = numpy.expm1(volatility**2 * numpy.minimum.outer(times, times))
    return weights.mean(), float((numpy.outer(weights, weights) * spread).sum() / weights.sum() ** 2)


def continuous_moments(start, end, carry, volatility):
    """The closed form in fifty digits, of which it loses many."""
    getcontext().prec = 60
    one, length, square = Decimal(1), Decimal(end) - Decimal(start), Decimal(volatility) ** 2
    x, y = Decimal(carry) * length, square * length

    def quotient(z):
        return (z.exp() - 1) / z

    if x == 0:
        mean, second = one, 2 * (y.exp() - 1 - y) / y**2
    else:
        mean = quotient(x)
        second = 2 / x * (x.exp() * quotient(x + y) - quotient(2 * x + y))
    excess = second / mean**2 * (square * Decimal(start)).exp() - 1
    return float(mean * (Decimal(carry) * Decimal(start)).exp()), float(excess)


def averages():
    for right, strike, (rate, carry), volatility, (first, gap, count) in itertools.product(
            OPTION, (60.0, 95.0, 100.0, 106.0, 170.0), ((0.0, 0.0), (0.05, 0.0), (0.05, 0.05), (-0.02, -0.04)),
            (1e-3, 0.1, 0.35, 1.2), ((1, 1, 1), (1, 1, 21), (30, 1, 22), (7, 7, 26), (90, 30, 12))):
        market = process(100.0, rate, carry, volatility)
        payoff = ql.PlainVanillaPayoff(OPTION[right], strike)
        row = dict(
            right=right, underlying=100.0, strike=strike, rate=rate, carry=carry, volatility=volatility,
            time_to_next=first / 365, time=(first + gap * (count - 1)) / 365)
        times = numpy.array([(first + gap * index) / 365 for index in range(count)])
        dates = [TODAY + (first + gap * index) for index in range(count)]
        for made, average in ((0, 0.0), (9, 97.0)):
            option = ql.DiscreteAveragingAsianOption(
                ql.Average.Arithmetic, made * average, made, dates, payoff, ql.EuropeanExercise(dates[-1]))
            option.setPricingEngine(ql.TurnbullWakemanAsianEngine(market))
            full = row | dict(fixings_made=made, running_average=average, fixings_left=count)
            emit("turnbull_wakeman", **full, value=option.NPV(), delta=option.delta())
            defined = lognormal_average(full, *discrete_moments(times, carry, volatility))
            emit("turnbull_wakeman_defined", **full, value=defined)


def continuous_averages():
    """Lévy's formula is the same law with the moments of the continuous average; QuantLib has it for b ≠ 0."""
    for right, strike, (rate, carry), volatility, (passed, left) in itertools.product(
            OPTION, (60.0, 95.0, 100.0, 106.0, 170.0), ((0.05, 0.05), (0.1, -0.03), (-0.02, -0.04)), (0.1, 0.35, 1.2),
            ((0, 30), (0, 365), (90, 180))):
        market = process(100.0, rate, carry, volatility)
        option = ql.ContinuousAveragingAsianOption(
            ql.Average.Arithmetic, ql.PlainVanillaPayoff(OPTION[right], strike), ql.EuropeanExercise(TODAY + left))
        average = ql.QuoteHandle(ql.SimpleQuote(97.0))
        option.setPricingEngine(ql.ContinuousArithmeticAsianLevyEngine(market, average, TODAY - passed))
        emit(
            "continuous_average", right=right, underlying=100.0, strike=strike, rate=rate, carry=carry,
            volatility=volatility, time=left / 365, time_to_next=0.0, fixings_made=passed, running_average=97.0,
            fixings_left=left, value=option.NPV())


def continuous_averages_defined():
    for right, strike, (rate, carry), volatility, (made, start, left) in itertools.product(
            OPTION, (60.0, 95.0, 100.0, 106.0, 170.0), ((0.0, 0.0), (0.05, 0.05), (0.1, -0.03), (0.02, 1e-9)),
            (1e-3, 0.1, 0.35, 1.2), ((0, 0, 1), (0, 0, 365), (0, 90, 30), (90, 0, 180))):
        row = dict(
            right=right, underlying=100.0, strike=strike, rate=rate, carry=carry, volatility=volatility,
            time=(start + left) / 365, time_to_next=start / 365, fixings_made=made, running_average=97.0,
            fixings_left=left)
        moments = continuous_moments(row["time_to_next"], row["time"], carry, volatility)
        emit("continuous_average_defined", **row, value=lognormal_average(row, *moments))


# Spread options


def spreads():
    for right, (first, second), strike, rate, volatilities, correlation, days in itertools.product(
            OPTION, ((100.0, 96.0), (60.0, 100.0), (140.0, 90.0)), (-20.0, -3.0, 0.0, 3.0, 25.0), (0.0, 0.05, -0.01),
            ((0.2, 0.2), (0.35, 0.25), (1e-3, 0.3)), (-0.9, 0.0, 0.6, 0.99), (1, 60, 730)):
        # At a strike below 0 ours is the mirror: the opposite right on the opposite spread.
        mirrored = strike < 0
        legs = [(first, volatilities[0]), (second, volatilities[1])]
        if mirrored:
            legs.reverse()
        processes = [process(price, rate, 0.0, volatility) for price, volatility in legs]
        used = OPTION[right] if not mirrored else OPTION["put" if right == "call" else "call"]
        payoff = ql.SpreadBasketPayoff(ql.PlainVanillaPayoff(used, abs(strike)))
        option = ql.BasketOption(payoff, ql.EuropeanExercise(TODAY + days))
        option.setPricingEngine(ql.KirkEngine(*processes, correlation))
        emit(
            "kirk", right=right, underlying=first, second=second, strike=strike, rate=rate, volatility=volatilities[0],
            second_volatility=volatilities[1], correlation=correlation, time=days / 365, value=option.NPV())


ql.Settings.instance().evaluationDate = TODAY
writer.writeheader()
for part in (europeans, americans, averages, continuous_averages, continuous_averages_defined, spreads):
    part()
