"""The same revaluation and sums by numpy and scipy: simulate.py FOLDER. Prints one line of comma-separated figures."""

import os
import sys
import time

import numpy as np
import scipy.sparse
from scipy.special import ndtr


def column(name):
    return np.fromfile(f"{sys.argv[1]}/{name}")


def threads():
    """Those that the linear algebra library was built to use; element-wise functions use one."""
    return int(os.environ.get("OMP_NUM_THREADS", os.cpu_count()))


def value(sign, level, log_moneyness, strike, discount, deviation):
    d1 = log_moneyness / deviation + 0.5 * deviation
    d2 = d1 - deviation
    return sign * discount * (level * ndtr(sign * d1) - strike * ndtr(sign * d2))


sign, underlying, strike, rate, volatility, tau = map(
    column, ("sign", "underlying", "strike", "rate", "volatility", "time"))
moves, held, quantity = column("moves"), column("held").astype(np.int64), column("quantity")
portfolios, per_portfolio = column("sizes").astype(int)
best = (float("inf"), 0, 0, 0, 0)
for _ in range(3):
    start = time.perf_counter()
    factors = np.exp(moves)
    losses = np.empty((len(sign), len(moves)), dtype=np.int64)
    for first in range(0, len(sign), 256):
        part = np.s_[first : first + 256]
        s, k, v = sign[part, None], strike[part, None], (volatility * np.sqrt(tau))[part, None]
        discount, u = np.exp(-rate * tau)[part, None], underlying[part, None]
        spot = np.log(u / k)
        base = value(s, u, spot, k, discount, v)
        shocked = value(s, u * factors, spot + moves, k, discount, v)
        losses[part] = np.rint(100_000 * (base - shocked))
    valued = time.perf_counter()
    rows = np.repeat(np.arange(portfolios), per_portfolio)
    matrix = scipy.sparse.csr_matrix(
        (quantity.astype(np.int64), (rows, held)), shape=(portfolios, len(sign)))
    totals = matrix @ losses
    worst = np.partition(totals, -10, axis=1)[:, -10:]
    shortfalls = worst.mean(axis=1)
    done = time.perf_counter()
    if done - start < best[0]:
        best = (done - start, valued - start, done - valued, int(losses.sum()), round(float(shortfalls.sum())))
print(f"numpy,{threads()},{best[1]},{best[2]},{best[3]},{best[4]}")
