"""The same walks and calibrations by numpy: calibrate.py RULES HISTORIES, files as bench-calibration reads them.

The histories go to one process a core. Nothing is read in the seconds. Binary numbers stand where ours are exact, so
that a margin may differ by an increment where a figure lies on one; calibration.sh compares.
"""

import csv
import datetime
import math
import os
import sys
import time
from multiprocessing import Pool

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

sliding = np.lib.stride_tricks.sliding_window_view


def table(name):
    with open(os.path.join(sys.argv[1], name + ".csv"), encoding="utf-8") as file:
        return list(csv.DictReader(file))


def largest(values, rank):
    return np.partition(values, len(values) - rank)[len(values) - rank]


def rank_of(count):
    """ceil(count * 0.01) in whole numbers, at least 1."""
    return max(1, -(-count // 100))


def quantiles(sizes, ends, width):
    """The order statistic of the last sizes before each end, at most so many."""
    found = np.empty(len(ends))
    short = int(np.searchsorted(ends, width))
    for place in range(short):
        found[place] = largest(sizes[: ends[place]], rank_of(ends[place]))
    rank = rank_of(width)
    windows = sliding(sizes, width)
    for first in range(short, len(ends), 256):
        starts = ends[first : first + 256] - width
        part = np.partition(windows[starts[0] : starts[-1] + 1], width - rank, axis=1)
        found[first : first + 256] = part[:, width - rank]
    return found


def volatilities(returns, ends, width, decay, seed):
    """The filter's forecast after the last returns before each end, at most so many: begun anew in each window."""
    squares = returns * returns
    found = np.empty(len(ends))
    short = int(np.searchsorted(ends, width))
    variance = squares[:seed].mean()
    place = 0
    for end in range(seed, width):
        if place < short and ends[place] == end:
            found[place] = variance
            place += 1
        variance = decay * variance + (1 - decay) * squares[end]
    weights = (1 - decay) * decay ** np.arange(width - seed - 1, -1, -1)
    tail = np.correlate(squares[seed:], weights, "valid")
    seeds = np.convolve(squares, np.full(seed, 1 / seed), "valid")
    starts = ends[short:] - width
    found[short:] = decay ** (width - seed) * seeds[starts] + tail[starts]
    return np.sqrt(found)


def up(value, increment):
    return np.ceil(np.round(value / increment, 6)) * increment


def stepped(core, rule, limit):
    """Ranges from cores: the buffer drawn and rebuilt, the step limit, the increment."""
    size, trigger, step, increment = (rule[name] for name in ("buffer", "rise_trigger", "rebuild_step", "increment"))
    ranges = np.empty(len(core))
    held = before = share = None
    for place, value in enumerate(core.tolist()):
        if held is None:
            share = size
            figure = value * (1 + share)
        elif value > before * (1 + trigger):
            figure = max(value, min(value * (1 + size), held))
            share = figure / value - 1
        else:
            share = min(size, share + step)
            figure = value * (1 + share)
        if limit and held is not None:
            figure = min(max(figure, held * (1 - limit)), held * (1 + limit))
        held = math.ceil(round(figure / increment, 6)) * increment
        ranges[place] = held
        before = value
    return ranges


def rise(margins, days):
    best = 0.0
    for length in range(1, min(days, len(margins) - 1) + 1):
        best = max(best, (margins[length:] / margins[:-length]).max() - 1)
    return best


def walk(task):
    code, rule, levels, years, value = task
    horizon, width = rule["horizon_days"], rule["look_back_days"]
    sizes = np.abs(np.round(levels[horizon:] - levels[:-horizon], 9))
    first = rule["min_observations"] + horizon - 1
    ends = np.arange(first, len(levels))
    quantile = quantiles(sizes, np.minimum(ends - horizon + 1, len(sizes)), width - horizon + 1)
    volatility = volatilities(np.diff(levels), ends, width, rule["lambda"], rule["seed_days"])
    core = np.round(np.maximum(quantile, rule["z"] * volatility * math.sqrt(horizon)), 12)
    days = years[first:]
    loss = np.round(np.abs(levels[first:-horizon] - levels[first + horizon :]) * value * 100)
    lines = []
    for variant in ("stated", "no_step_limit", "no_tools"):
        if variant == "no_tools":
            ranges = up(core, rule["increment"])
        else:
            ranges = stepped(core, rule, rule["step_limit"] if variant == "stated" else None)
        margins = np.round(ranges * value * 100)
        rises = [rise(margins[days == year], 10) for year in np.unique(days)]
        told = dict(zip(np.unique(days).tolist(), rises))
        lines.append(
            f"walk,{code},{variant},{len(loss)},{int((loss > margins[: len(loss)]).sum())},{margins.mean()},"
            f"{told[2008]},{told[2020]}"
        )
    return lines


def calibrate(task):
    """One commodity on its last day: what its history breaks, quantile, volatility, stressed moves, floor of ten years,
    buffer, increment."""
    is_log, levels, dates, windows = task
    gaps = np.diff(dates[-1251:]).astype(int)
    if gaps.max() > 15 or (is_log and (levels <= 0).any()):
        raise ValueError("a gap, or a level that is not above 0")
    inside = np.zeros(len(dates), bool)
    for begin, end in windows:
        inside |= (dates >= begin) & (dates <= end)
    ends = np.flatnonzero(inside[2:] & inside[1:-1])
    last = dates[-1].astype(datetime.date)
    before = np.datetime64(last.replace(year=last.year - 10))
    first_of_floor = int(np.searchsorted(dates, before, "right")) - 1
    returns = np.diff(np.log(levels)) if is_log else np.diff(levels)
    moves = np.abs(returns[1:] + returns[:-1])
    kept = moves[-1249:]
    quantile = largest(kept, rank_of(len(kept)))
    squares = returns[-1250:] ** 2
    weights = (1 - 0.995) * 0.995 ** np.arange(1250 - 60 - 1, -1, -1)
    variance = 0.995 ** (1250 - 60) * squares[:60].mean() + weights @ squares[60:]
    plain = max(quantile, 3.5 * math.sqrt(2 * variance))
    crises = moves[ends]
    stressed = 0.75 * plain + 0.25 * largest(crises, rank_of(len(crises)))
    floor = 3.5 * math.sqrt(2 * np.mean(returns[first_of_floor:] ** 2))
    size = max(plain, stressed, floor)
    core = round(math.expm1(size) * levels[-1] if is_log else size, 12)
    return math.ceil(round(core * 1.25 / 0.001, 6)) * 0.001


def timed(passes, body):
    best = math.inf
    for _ in range(passes):
        start = time.perf_counter()
        found = body()
        best = min(best, time.perf_counter() - start)
    return best, found


def main():
    rules = {}
    for row in table("calibration_rule"):
        whole = {name: int(row[name]) for name in ("horizon_days", "look_back_days", "min_observations", "seed_days")}
        cells = ("lambda", "z", "increment", "buffer", "rise_trigger", "rebuild_step", "step_limit")
        rules[row["key"]] = whole | {name: float(row[name]) for name in cells} | {"factor": row["factor"]}
    walks = table("walk_forward")
    levels, dates = {}, {}
    for name in sorted(os.listdir(sys.argv[2])):
        if name.endswith(".csv"):
            with open(os.path.join(sys.argv[2], name), encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
            factor = rows[0]["risk_factor"]
            levels[factor] = np.array([float(row["level"]) for row in rows])
            dates[factor] = np.array([row["level_date"] for row in rows], dtype="datetime64[D]")
    tasks = []
    for row in walks:
        rule = rules[row["key"]]
        factor = rule["factor"]
        years = dates[factor].astype("datetime64[Y]").astype(int) + 1970
        tasks.append((row["walk_forward"], rule, levels[factor], years, float(row["contract_value_factor"])))
    tasks.sort(key=lambda task: -len(task[2]))
    with Pool(os.cpu_count()) as pool:
        seconds, found = timed(5, lambda: pool.map(walk, tasks, chunksize=1))
    for line in sorted(line for lines in found for line in lines):
        print(line)
    print(f"seconds,walk,{seconds}")
    commodities = []
    stressed = table("calibration_stressed_window")
    for number in range(50):
        row = walks[number % len(walks)]
        factor = rules[row["key"]]["factor"]
        own = levels[factor] * ((100 + number) / 100)
        windows = [
            tuple(np.datetime64(window[name]) for name in ("from_date", "to_date"))
            for window in stressed
            if window["key"] == row["key"]
        ]
        commodities.append((number % 2 == 1 and bool((own > 0).all()), own, dates[factor], windows))
    seconds, found = timed(21, lambda: [calibrate(task) for task in commodities])
    print(f"calibrated,{len(found)},{sum(found)}")
    print(f"seconds,calibrate,{seconds}")


if __name__ == "__main__":
    main()
