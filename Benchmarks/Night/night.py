"""An end-of-day night of a generated house by numpy and scipy, the peer of margin's: night.py DATE FOLDER.

It reads the tables that margin has loaded, computes risk arrays, requirements, add-ons, variation margin, collateral
and calls as whole columns of doubles, writes the results into plain tables of the schema peer and the reports into
FOLDER, and prints the seconds of each part. agree.py compares its tables with the published run.

What it has not: data gates and findings (no row is validated), pinned loads and revisions, corrections, lineage and
fingerprints, digests and the manifest, control totals, files synchronized to disk and renamed once whole, keys and
checks of the result tables, exact decimals, and the reports findings and corrections. Its arithmetic is rounded where
methodology §1.4 rounds, but is that of doubles. It knows what the generated house has: tables.refuse stops at anything
else, such as risk groups, super- and scan-based spreads, lattices or average-price options.
"""

import gc
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import add_ons
import arrays
import calls
import house
import legs
import postgres
import reported
import reports
import requirement
import results
import scanning
import tables

date, folder = sys.argv[1:3]
# Nothing here is garbage before the end; looking for it would cost a tenth of the reports.
gc.disable()
started = last = time.perf_counter()


def lap(part):
    global last
    now = time.perf_counter()
    print(f"peer {part:<12} {now - last:8.2f}", flush=True)
    last = now


inputs = house.resolve(tables.read(date))
lap("read")
published = arrays.risk_arrays(inputs)
lap("risk-arrays")
book = scanning.book(inputs)
scanning.scan(inputs, published, book)
scanning.deltas(inputs, published, book)
scanning.weighted_price_risk(inputs, published, book)
formed, charges = requirement.form_spreads(inputs, published, book)
requirement.option_figures(inputs, published, book)
owners, by_account = requirement.requirements(inputs, book)
spread_legs = legs.legs(inputs, book, formed)
lap("offsets")
extra = add_ons.add_ons(inputs, book, by_account)
lap("add-ons")
lines = calls.variation_margin(inputs)
part = calls.unpaid(inputs, lines)
items = calls.collateral(inputs)
called = calls.calls(inputs, by_account, extra, part, items)
lap("calls")
stored = results.tables(
    inputs, published, book, charges, owners, by_account, extra, lines, part, items, called, spread_legs
)
with ThreadPoolExecutor(os.cpu_count()) as pool:
    rows = sum(pool.map(lambda table: postgres.write(f"peer.{table[0]}", table[1]), stored.items()))
lap("tables")
os.makedirs(folder)
issued = reports.issue(
    folder,
    date,
    [row.member for row in inputs.members],
    reported.of_members(inputs, published, book, owners, by_account, extra, lines, part, items, called, spread_legs),
    reported.of_run(inputs, published, called),
)
lap("reports")
print(f"peer: {rows} rows, {issued.files} files of {issued.bytes / 1e6:.0f} MB")
print(f"peer: {time.perf_counter() - started:.2f} s")
