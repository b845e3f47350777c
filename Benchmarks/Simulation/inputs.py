"""Writes options, moves and positions as plain arrays: inputs.py SERIES PORTFOLIOS PER_PORTFOLIO FOLDER."""

import sys

import numpy as np

series, portfolios, per_portfolio = map(int, sys.argv[1:4])
draw = np.random.default_rng(20181231)
underlying = draw.uniform(60, 140, series)
columns = {
    "sign": np.where(draw.random(series) < 0.5, 1.0, -1.0), "underlying": underlying,
    "strike": underlying * draw.uniform(0.7, 1.4, series), "rate": draw.uniform(0.0, 0.05, series),
    "volatility": draw.uniform(0.1, 0.8, series), "time": draw.uniform(0.05, 2.5, series),
}
# The moves of one underlying, filtered returns' tails included.
columns["moves"] = draw.standard_t(4, 1000) * 0.02
columns["held"] = draw.integers(0, series, portfolios * per_portfolio).astype(np.float64)
columns["quantity"] = draw.integers(-50, 51, portfolios * per_portfolio).astype(np.float64)
columns["sizes"] = np.array([portfolios, per_portfolio], dtype=np.float64)
for name, values in columns.items():
    values.tofile(f"{sys.argv[4]}/{name}")
