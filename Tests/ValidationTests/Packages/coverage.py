"""Prints what scipy and vartests say of exceptions among nights, as CSV: a row a number of nights, exceptions and probability."""

import csv
import sys

import vartests
from scipy.stats import binom, binomtest

columns = [
    "nights", "exceptions", "confidence", "lower", "upper", "at_least", "at_most", "yellow", "red", "kupiec", "kupiec_p",
    "vartests_at_least", "vartests_at_most", "vartests_lower", "vartests_upper",
]
rows = csv.writer(sys.stdout, lineterminator="\n")
rows.writerow(columns)
for confidence in ("0.99", "0.975", "0.9"):
    probability = round(1 - float(confidence), 12)
    for nights in (1, 20, 250, 1000, 9000):
        for exceptions in sorted({0, 1, 2, 5, nights // 100, nights // 40, nights // 10, nights} & set(range(nights + 1))):
            both = binomtest(exceptions, nights, probability)
            interval = both.proportion_ci(0.95, method="exact")
            zones = [
                next(x for x in range(1, nights + 2) if x >= nights or binom.cdf(x, nights, probability) >= bound)
                for bound in (0.95, 0.9999)
            ]
            asked = {"x": exceptions, "n": nights, "risk_conf_level": float(confidence)}
            kupiec = vartests.kupiec_test(**asked)
            limits = vartests.upper_confidence_limit(x=exceptions, n=nights, conf_level=0.95)["two-sided interval"]
            rows.writerow(
                [nights, exceptions, confidence, interval.low, interval.high]
                + [binomtest(exceptions, nights, probability, side).pvalue for side in ("greater", "less")]
                + zones
                + [kupiec["statistic"], kupiec["p-value"]]
                + [vartests.binomial_test(**asked, alternative=side)["p-value"] for side in ("greater", "less")]
                + list(limits)
            )
