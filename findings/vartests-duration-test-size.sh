#!/usr/bin/env bash
# vartests 0.4.1: the duration test at 95 % rejects one true year in six, and of longer series the more the longer they are:
# about a third of true ones of 5,000 days at 5 %.
#
# Seen on 2026-11-30 with vartests 0.4.1 from PyPI, numpy 2.4.6, scipy 1.17.1 and Python 3.11, on independent days with
# exceptions at exactly the stated probability, "Reject H0" where 5 % is asked for: 16.5 % of years of 250 days at 1 %, and
# 28 % of those with two or three exceptions; 9 % of 1,000 days at 5 %; 32 % of 5,000 days at 5 %. Few durations do not follow
# the limit law; many are told from it, because days are whole numbers and the law that they are held against is not.
# For us: methodology §12 has no duration test; independence is that of pairs of nights. The script takes a minute, needs a
# package index, and fails if the package behaves otherwise. Not part of the tests.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    vartests==0.4.1 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1 || exit 69
"$work/venv/bin/python" - <<'PYTHON'
import sys

import numpy as np
import vartests

random = np.random.default_rng(20261130)


def rejected(days, probability, count):
    """Shares of true series that are rejected: of all, and of those with two or three exceptions."""
    answers = []
    for _ in range(count):
        hits = (random.random(days) < probability).astype(int)
        answers.append((int(hits.sum()), vartests.duration_test(hits)["decision"]))
    few = [answer for exceptions, answer in answers if exceptions in (2, 3)]
    all_of = [answer for _, answer in answers]
    return [sum(a == "Reject H0" for a in of) / max(len(of), 1) for of in (all_of, few)]


print(f"vartests {vartests.__version__}, asked for 5 %")
year = rejected(250, 0.01, 2000)
print(f"250 days at 1 %: {year[0]:.3f} of all rejected, {year[1]:.3f} of those with two or three exceptions")
shares = {days: rejected(days, 0.05, 600)[0] for days in (1_000, 5_000)}
for days, share in shares.items():
    print(f"{days:,} days at 5 %: {share:.3f} of all rejected")
seen = 0.13 < year[0] < 0.22 and 0.22 < year[1] < 0.34 and shares[1_000] > 0.07 and shares[5_000] > 0.22
print("as seen" if seen else "error: it behaves otherwise than was seen")
sys.exit(0 if seen else 1)
PYTHON
