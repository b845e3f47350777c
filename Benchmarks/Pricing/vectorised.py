"""Values an options file with numpy and scipy, a whole column at a time: vectorised.py OPTIONS VALUES.

Prints "model,seconds,options" a line and writes the values as one binary file of doubles a model.
"""

import sys
import time

import numpy as np
from scipy.special import ndtr

table = np.genfromtxt(sys.argv[1], delimiter=",", names=True, dtype=None, encoding="ascii")
folder = sys.argv[2]
sign_all = np.where(table["right"] == "C", 1.0, -1.0)
columns = ("underlying", "strike", "rate", "carry", "volatility", "second", "second_volatility", "correlation")


def head(count):
    used = [np.ascontiguousarray(table[name][:count]) for name in columns]
    return sign_all[:count], *used, table["days"][:count] / 365


def measure(model, function, count=None, passes=10):
    arguments = head(count or len(table))
    best = float("inf")
    for _ in range(passes):
        start = time.perf_counter()
        values = function(*arguments)
        best = min(best, time.perf_counter() - start)
    print(f"{model},{best:.9g},{len(values)}")
    values.astype(np.float64).tofile(f"{folder}/{model}.numpy")


def density(x):
    return np.exp(-0.5 * x * x) * 0.3989422804014327


def generalised(sign, underlying, strike, rate, carry, volatility, tau):
    deviation = volatility * np.sqrt(tau)
    d1 = (np.log(underlying / strike) + carry * tau) / deviation + 0.5 * deviation
    worth = underlying * np.exp((carry - rate) * tau) * ndtr(sign * d1)
    return sign * (worth - strike * np.exp(-rate * tau) * ndtr(sign * (d1 - deviation)))


def undiscounted(sign, forward, strike, deviation):
    d1 = np.log(forward / strike) / deviation + 0.5 * deviation
    return sign * (forward * ndtr(sign * d1) - strike * ndtr(sign * (d1 - deviation)))


def black76(sign, u, k, r, b, v, second, w, rho, tau):
    return np.exp(-r * tau) * undiscounted(sign, u, k, v * np.sqrt(tau))


def margined(sign, u, k, r, b, v, second, w, rho, tau):
    return undiscounted(sign, u, k, v * np.sqrt(tau))


def black_scholes(sign, u, k, r, b, v, second, w, rho, tau):
    return generalised(sign, u, k, r, b, v, tau)


def bachelier(sign, u, k, r, b, v, second, w, rho, tau):
    deviation = 100 * v * np.sqrt(tau)
    distance = sign * (u - k)
    d = distance / deviation
    return np.exp(-r * tau) * (distance * ndtr(d) + deviation * density(d))


def barone_adesi_whaley(sign, u, k, r, b, v, second, w, rho, tau):
    """Newton's method on the logarithms of all critical prices at once, until all have converged to 1e-12."""
    variance, deviation = v * v, v * np.sqrt(tau)
    n = 2 * b / variance
    q = 0.5 * (1 - n + sign * np.sqrt((n - 1) ** 2 + 8 * r / variance / -np.expm1(-r * tau)))
    carried, discount, drift = np.exp((b - r) * tau), np.exp(-r * tau), b * tau / deviation + 0.5 * deviation
    never = (sign > 0) & (b >= r)
    distance = 0.5 * deviation
    for _ in range(100):
        d1 = sign * distance / deviation + drift
        price = k * np.exp(sign * distance)
        worth = carried * ndtr(sign * d1)
        gap = sign * (price * (1 - worth) * (1 - 1 / q) - k * (1 - discount * ndtr(sign * (d1 - deviation))))
        slope = price * ((1 - worth) * (1 - 1 / q) + sign * carried * density(d1) / deviation / q)
        step = np.where(never, 0, np.clip(gap / slope, -0.5, 0.5 * distance))
        distance = distance - step
        if np.abs(step).max() < 1e-12:
            break
    price = k * np.exp(sign * distance)
    amplitude = sign * price / q * (1 - carried * ndtr(sign * (sign * distance / deviation + drift)))
    european = generalised(sign, u, k, r, b, v, tau)
    held = european + np.where(never, 0, amplitude * (u / price) ** q)
    intrinsic = sign * (u - k)
    return np.where(never, european, np.where(sign * (u - price) >= 0, intrinsic, np.maximum(held, intrinsic)))


def roll(sign, u, k, up, down, rise, discount, steps):
    powers = np.arange(steps + 1)
    nodes = u[:, None] * up[:, None] ** powers * down[:, None] ** (steps - powers)
    sign, k, back = sign[:, None], k[:, None], 1 / down[:, None]
    values = np.maximum(sign * (nodes - k), 0)
    higher, lower = (discount * rise)[:, None], (discount * (1 - rise))[:, None]
    for level in range(steps, 0, -1):
        nodes = nodes[:, :level] * back
        values = np.maximum(higher * values[:, 1:] + lower * values[:, :-1], sign * (nodes - k))
    return values[:, 0]


def leisen_reimer(sign, u, k, r, b, v, second, w, rho, tau, steps=201):
    deviation = v * np.sqrt(tau)
    d1 = (np.log(u / k) + b * tau) / deviation + 0.5 * deviation

    def inverted(z):
        scaled = z / (steps + 1 / 3 + 0.1 / (steps + 1))
        return 0.5 + np.sign(z) * 0.5 * np.sqrt(-np.expm1(-scaled * scaled * (steps + 1 / 6)))

    worth, cost = inverted(d1), inverted(d1 - deviation)
    growth = np.exp(b * tau / steps)
    up, down = growth * worth / cost, growth * (1 - worth) / (1 - cost)
    return roll(sign, u, k, up, down, cost, np.exp(-r * tau / steps), steps)


def cox_ross_rubinstein(sign, u, k, r, b, v, second, w, rho, tau, steps=200):
    up = np.exp(v * np.sqrt(tau / steps))
    rise = (np.exp(b * tau / steps) - 1 / up) / (up - 1 / up)
    return roll(sign, u, k, up, 1 / up, rise, np.exp(-r * tau / steps), steps)


def turnbull_wakeman(sign, u, k, r, b, v, second, w, rho, tau, count=21):
    times = tau[:, None] - np.arange(count - 1, -1, -1) / 365
    growth = np.exp(b[:, None] * times)
    weighted = growth * np.expm1((v * v)[:, None] * times)
    earlier = np.cumsum(weighted, axis=1) - weighted
    total = growth.sum(axis=1)
    excess = (growth * (weighted + 2 * earlier)).sum(axis=1) / total**2
    return np.exp(-r * tau) * undiscounted(sign, u * total / count, k, np.sqrt(np.log1p(excess)))


def continuous_average(sign, u, k, r, b, v, second, w, rho, tau):
    x, y = b * tau, v * v * tau
    mean = np.expm1(x) / x
    moment = 2 / x * (np.exp(x) * np.expm1(x + y) / (x + y) - np.expm1(2 * x + y) / (2 * x + y))
    return np.exp(-r * tau) * undiscounted(sign, u * mean, k, np.sqrt(np.log(moment / mean**2)))


def kirk(sign, u, k, r, b, v, second, w, rho, tau):
    lump = second + 3.0
    share = second / lump
    deviation = np.sqrt((v * v - 2 * rho * v * w * share + w * w * share * share) * tau)
    return np.exp(-r * tau) * undiscounted(sign, u, lump, deviation)


for function in (black76, margined, black_scholes, bachelier):
    measure(function.__name__, function)
measure("barone_adesi_whaley", barone_adesi_whaley, passes=5)
measure("leisen_reimer_201", leisen_reimer, count=500, passes=3)
measure("cox_ross_rubinstein_200", cox_ross_rubinstein, count=500, passes=3)
measure("turnbull_wakeman_21", turnbull_wakeman, count=2000)
measure("continuous_average", continuous_average, count=2000)
measure("kirk", kirk)
