#!/usr/bin/env bash
# Shows which losses Open Source Risk Engine takes as a quantile and a shortfall where scenarios × tail is a whole number.
#
# Installs the pinned release of its Python package into a temporary folder, asks it for quantiles of profits and losses
# that are −249, −248 … 250 (and −49 … 50), and prints them. Ends with 0 while the release does what is stated below, with
# 1 when it does something else, with 69 when it cannot be installed. Needs Python from 3.11 on and a package index.
set -euo pipefail
release="open-source-risk-engine==1.8.17.0"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! python3 -m venv "$work/python" ||
    ! "$work/python/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: "$release"; then
    echo "error: $release could not be installed" >&2
    echo "hint: pip must reach a package index (PIP_INDEX_URL names another one)" >&2
    exit 69
fi
cat >"$work/ask.py" <<'PYTHON'
import sys
from importlib.metadata import version

import ORE

print("open-source-risk-engine", version("open-source-risk-engine"))
failed = False


def expect(what, found, stated):
    global failed
    agrees = abs(found - stated) < 1e-9
    failed = failed or not agrees
    print(f"{what}: {found:g}" + ("" if agrees else f", stated {stated:g}"))


def calculator(count):
    """Profits and losses without two alike, half of them losses: the k-th worst is k − count/2, rounded down."""
    return ORE.HistoricalSimulationVarCalculator([float(count // 2 - place) for place in range(count)])


# The lower tail of profits and losses, as its report of a historical simulation has it (Quantile_0.010000): where
# count × tail is the whole number m, the loss of rank m + 1 and the mean of the m + 1 worst.
for count, tail, rank in ((500, 0.01, 6), (500, 0.05, 26), (500, 0.1, 51), (100, 0.01, 2), (100, 0.05, 6)):
    asked = calculator(count)
    expect(f"{count} profits and losses, quantile {tail}, rank {rank}", asked.var(tail), rank - count / 2)
    mean = sum(place - count / 2 for place in range(1, rank + 1)) / rank
    expect(f"  its shortfall, the mean of the {rank} worst", asked.expectedShortfall(tail), mean)

# The same tails as confidences of the losses (the second argument turns the sign round): rank m + 1 where 1 − confidence
# is a little above the tail in binary, rank m where it is below or exact.
for count, confidence, rank in ((500, 0.99, 6), (500, 0.95, 26), (500, 0.9, 50), (500, 0.75, 125)):
    expect(f"{count} losses at {confidence}, rank {rank}", calculator(count).var(confidence, False), count / 2 - rank)

# Where count × tail is 7.15 there is one rank above it, the eighth.
expect("715 profits and losses, quantile 0.01, rank 8", calculator(715).var(0.01), -350)
sys.exit(1 if failed else 0)
PYTHON
"$work/python/bin/python" "$work/ask.py"
