"""Multiplies the same sparse positions with the same arrays by scipy. Usage: aggregate.py ACCOUNTS PER_ACCOUNT SERIES"""
import sys
import time

import numpy
import scipy.sparse

accounts, per_account, series_count = map(int, sys.argv[1:])
mask = (1 << 64) - 1
state = 20_181_231


def draw():
    global state
    state ^= state >> 12
    state = (state ^ (state << 25)) & mask
    state ^= state >> 27
    return ((state * 0x2545F4914F6CDD1D) & mask) >> 33


arrays = numpy.array([draw() % 20_001 - 10_000 for _ in range(series_count * 16)], dtype=numpy.int64)
arrays = arrays.reshape(series_count, 16)
drawn = numpy.array([draw() for _ in range(2 * accounts * per_account)], dtype=numpy.int64).reshape(-1, 2)
rows = numpy.repeat(numpy.arange(accounts), per_account)
held = scipy.sparse.coo_matrix(
    (drawn[:, 1] % 2001 - 1000, (rows, drawn[:, 0] % series_count)), shape=(accounts, series_count)).tocsr()
best = float("inf")
checksum = 0
for _ in range(7):
    start = time.perf_counter()
    losses = held @ arrays
    checksum = int(losses.max(axis=1).sum())
    best = min(best, time.perf_counter() - start)
print(f"scipy,{accounts * per_account / best},{checksum}")
