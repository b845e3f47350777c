"""The legs of the spreads that formed, put in order: by portfolio, step, sequence and leg."""

import numpy as np


def codes(values):
    """A few texts, repeated over rows, as bytes."""
    return np.array(values if len(values) else [""]).astype("S")[: len(values)]


def joined(formed, field):
    return np.concatenate([getattr(leg, field) for leg in formed])


def repeated(formed, values):
    return np.repeat(values, [len(leg.row) for leg in formed])


def consumed_by_month(formed):
    """What each leg took of each month as a text such as 2019-06:4.9290 2019-07:1.0000."""
    found = []
    for leg in formed:
        names = [f"{month // 100}-{month % 100:02}:" for month in leg.months.tolist()]
        if leg.taken.shape[1] == 1:
            found += [f"{names[0]}{units / 10_000:.4f}" for units in leg.taken[:, 0].tolist()]
            continue
        rows, places = np.nonzero(leg.taken)
        first = np.flatnonzero(np.append(True, rows[1:] != rows[:-1]))
        parts = [
            f"{names[place]}{units / 10_000:.4f}"
            for place, units in zip(places.tolist(), leg.taken[rows, places].tolist())
        ]
        if len(first) == len(rows):
            found += parts
        else:
            ends = first.tolist() + [len(rows)]
            found += [" ".join(parts[a:b]) for a, b in zip(ends[:-1], ends[1:])]
    return np.array(found)


def legs(inputs, book, formed):
    """All legs formed as columns, by portfolio, step, sequence and leg."""
    row, leg = joined(formed, "row"), repeated(formed, [leg.leg for leg in formed])
    is_inter = repeated(formed, [leg.step == "inter" for leg in formed])
    # Calendar spreads come one combined commodity after another, inter-commodity ones by priority.
    rank = np.where(is_inter, 0, book.commodity[row]) * 10_000 + repeated(formed, [leg.order for leg in formed])
    portfolio = book.portfolio[row].astype(np.int64)
    order = np.lexsort((leg, rank, is_inter, portfolio))
    step = portfolio * 2 + is_inter
    new = np.cumsum(leg[order] == 1)
    ordered = step[order]
    sequence = new - new[np.searchsorted(ordered, ordered)] + 1
    of_leg = repeated(formed, np.arange(len(formed)))[order]
    columns = {
        "row": row[order],
        "portfolio": portfolio[order],
        "of_leg": of_leg,
        "sequence": sequence,
        "leg": leg[order],
        "spread_count": joined(formed, "count")[order] / 10_000,
        "delta_before": joined(formed, "before")[order] / 10_000,
        "consumed": np.concatenate([leg.taken.sum(axis=1) for leg in formed])[order] / 10_000,
        "consumed_by_month": consumed_by_month(formed)[order],
        "weighted_price_risk": joined(formed, "weighted")[order],
        "rate": repeated(formed, [leg.rate for leg in formed])[order],
        "commodity": repeated(formed, [leg.commodity for leg in formed])[order],
        "priority": repeated(formed, [leg.priority for leg in formed])[order],
        "charge": joined(formed, "charge")[order],
        "credit": joined(formed, "credit")[order],
    }
    for name in ("step", "spread", "pool", "side", "a_side"):
        columns[name] = codes([getattr(leg, name) for leg in formed])[of_leg]
    return columns
