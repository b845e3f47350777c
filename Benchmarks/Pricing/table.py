"""Prints what the three programs measured beside each other: table.py FOLDER."""

import os
import sys

import numpy

folder = sys.argv[1]
speeds = {}
for program in ("margin", "quantlib", "numpy"):
    with open(f"{folder}/{program}.csv") as lines:
        for line in lines:
            model, seconds, count = line.split(",")
            speeds.setdefault(model, {})[program] = int(count) / float(seconds)


def difference(model, program):
    path = f"{folder}/{model}.{program}"
    if not os.path.exists(path):
        return "-"
    gaps = numpy.abs(numpy.fromfile(f"{folder}/{model}.margin") - numpy.fromfile(path))
    return "not a number" if numpy.isnan(gaps).any() else f"{gaps.max():.0e}"


row = "{:<24} {:>12} {:>12} {:>12} {:>10} {:>10} {:>10} {:>10}"
print(row.format("values a second", "ours", "QuantLib", "numpy", "ours/QL", "ours/numpy", "max |o-QL|", "max |o-np|"))
for model, speed in speeds.items():
    ours = speed["margin"]
    cells = [f"{speed[p]:,.0f}" if p in speed else "-" for p in ("margin", "quantlib", "numpy")]
    ratios = [f"{ours / speed[p]:.2f}" if p in speed else "-" for p in ("quantlib", "numpy")]
    print(row.format(model, *cells, *ratios, difference(model, "quantlib"), difference(model, "numpy")))
