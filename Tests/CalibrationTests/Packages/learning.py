"""Prints what numpy and scipy learn from levels of factors, as CSV: the levels, the shrunk correlations, the components, the groups.

The shrinkage is written from Ledoit and Wolf (2004), appendix B, for any covariance; scikit-learn's shrinks to another target.
"""

import csv
import sys

import numpy
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

rows = csv.writer(sys.stdout, lineterminator="\n")
rows.writerow(["case", "kind", "name", "value"])


def shrunk(returns):
    count, factors = returns.shape
    y = returns - returns.mean(axis=0)
    y = y / y.std(axis=0)
    s = y.T @ y / count
    deviation = numpy.sqrt(numpy.diag(s))
    correlation = s / numpy.outer(deviation, deviation)
    mean = (correlation.sum() - factors) / (factors * (factors - 1))
    target = mean * numpy.outer(deviation, deviation)
    numpy.fill_diagonal(target, numpy.diag(s))
    errors = numpy.einsum("ti,tj->tij", y, y) - s
    pi = (errors**2).mean(axis=0)
    theta = numpy.einsum("ti,tij->ij", y**2 - numpy.diag(s), errors) / count
    ratio = numpy.outer(1 / deviation, deviation)
    off = mean / 2 * (ratio * theta + ratio.T * theta.T)
    rho = numpy.trace(pi) + off.sum() - numpy.trace(off)
    gamma = ((target - s) ** 2).sum()
    intensity = max(0.0, min(1.0, (pi.sum() - rho) / gamma / count)) if gamma > 1e-20 else 0.0
    return intensity, mean, intensity * target + (1 - intensity) * s


for case, (factors, days, common) in enumerate(
    [(3, 40, 1.2), (4, 260, 1.5), (6, 750, 2.0), (9, 120, 1.0), (12, 60, 3.0), (2, 90, 0.6), (5, 500, 1.1)]
):
    random = numpy.random.default_rng(1000 + case)
    shared = random.standard_normal(days)
    own = random.standard_t(4, (days, factors))
    signs = numpy.where(numpy.arange(factors) % 4 == 3, -1, 1)
    seen = common * signs * (1 + numpy.arange(factors) % 3) / 2
    moves = numpy.round(100 * (seen * shared[:, None] + own) * (1 + numpy.arange(factors))).astype(int)
    levels = 10_000_000 + numpy.vstack([numpy.zeros(factors, int), moves.cumsum(axis=0)])
    for factor in range(factors):
        rows.writerow([case, "levels", f"F{factor:02}", " ".join(str(level) for level in levels[:, factor])])
    returns = numpy.diff(levels, axis=0).astype(float)
    intensity, mean, matrix = shrunk(returns)
    rows.writerow([case, "intensity", "", repr(float(intensity))])
    rows.writerow([case, "target", "", repr(float(mean))])
    for left in range(factors):
        for right in range(left + 1, factors):
            rows.writerow([case, "shrunk", f"{left} {right}", repr(float(matrix[left, right]))])
    values, vectors = numpy.linalg.eigh(numpy.cov(returns.T, bias=True))
    for place in range(min(3, factors)):
        vector = vectors[:, -1 - place]
        vector = vector * numpy.sign(vector[0])
        rows.writerow([case, "share", place, repr(float(values[-1 - place] / values.sum()))])
        rows.writerow([case, "loadings", place, " ".join(repr(float(entry)) for entry in vector)])
    distances = numpy.sqrt(2 * numpy.maximum(0, 1 - matrix))
    numpy.fill_diagonal(distances, 0)
    tree = linkage(squareform(distances, checks=False), "average")
    for cut in ("0.9", "1", "1.1", "1.2", "1.3"):
        rows.writerow([case, "groups", cut, " ".join(str(group) for group in fcluster(tree, float(cut), "distance"))])
