"""Calendar spreads, delivery charges and inter-commodity credits (methodology §6.2 to §6.4), a spread at a time over
all rows.

Deltas are whole numbers of 0.0001, held as matrices of rows by contract months of one combined commodity, longs and
shorts apart. The spreads that the generated house has are formed: calendar spreads between months and tiers, and
inter-commodity spreads by delta and flat amount between whole combined commodities; others are refused.
"""

from types import SimpleNamespace

import numpy as np

from arrays import half_away


class Months:
    """What the net portfolios of a combined commodity hold by contract month."""

    def __init__(self, inputs, book, commodity):
        net = (book.commodity[book.month_row] == commodity) & ~book.is_gross[book.month_row]
        self.rows = np.flatnonzero((book.commodity == commodity) & ~book.is_gross)
        self.months = np.unique(inputs.series.month[inputs.series.commodity == commodity])
        held = np.zeros((len(self.rows), len(self.months)))
        held[np.searchsorted(self.rows, book.month_row[net]), np.searchsorted(self.months, book.month[net])] = (
            book.month_delta[net]
        )
        self.original = held
        self.left = {"long": np.maximum(held, 0), "short": np.maximum(-held, 0)}
        self.consumed = np.zeros_like(held)

    def columns(self, months):
        return np.flatnonzero(np.isin(self.months, months))


def consume(available, wanted):
    """Takes `wanted` a row from months by maturity, never more than a month holds; gives what each month gave."""
    before = np.cumsum(available, axis=1) - available
    return np.clip(wanted[:, None] - before, 0, available)


def month(text):
    return int(text.replace("-", ""))


def calendar(inputs, book, commodity, months, formed):
    """Forms the calendar spreads of one combined commodity and leaves each row's charge in currency units."""
    name = inputs.commodities[commodity].combined_commodity
    tiers = {}
    for row in inputs.tiers:
        if row.combined_commodity == name:
            tiers.setdefault(row.tier, []).append(month(row.contract_month))
    spreads = sorted(
        (s for s in inputs.intra if s.combined_commodity == name),
        key=lambda s: (s.leg_kind != "series", int(s.priority), s.spread),
    )
    charge = np.zeros(len(months.rows))
    # Without longs and shorts there is nothing to spread.
    mixed = np.flatnonzero((months.left["long"].sum(axis=1) > 0) & (months.left["short"].sum(axis=1) > 0))
    left = {side: values[mixed] for side, values in months.left.items()}
    for order, spread in enumerate(spreads):
        legs = [leg for leg in inputs.intra_legs if leg.combined_commodity == name and leg.spread == spread.spread]
        places = [months.columns(tiers[leg.tier] if leg.tier else [month(leg.contract_month)]) for leg in legs]
        for turn, a_side in enumerate(("long", "short")):
            sides = [a_side if leg.side == "A" else {"long": "short", "short": "long"}[a_side] for leg in legs]
            pools = {}
            for leg, place, side in zip(legs, places, sides):
                key = (side, tuple(place))
                pools[key] = pools.get(key, 0) + float(leg.ratio)
            count = np.min(
                [np.floor(left[side][:, place].sum(axis=1) / ratio + 1e-9) for (side, place), ratio in pools.items()],
                axis=0,
            )
            some = np.flatnonzero(count > 0)
            if not len(some):
                continue
            rows = mixed[some]
            n = count[some]
            rate = float(spread.charge_rate)
            is_share = spread.charge_kind == "weighted_price_risk"
            weighted = book.weighted[months.rows[rows]]
            cost = n / 10_000 * rate * (weighted if is_share else 1)
            charge[rows] += cost
            for number, (leg, place, side) in enumerate(zip(legs, places, sides)):
                wanted = half_away(float(leg.ratio) * n)
                block = np.ix_(some, place)
                taken = consume(left[side][block], wanted)
                left[side][block] -= taken
                months.consumed[np.ix_(rows, place)] += taken
                formed.append(
                    SimpleNamespace(
                        step="intra",
                        order=order * 2 + turn,
                        leg=number + 1,
                        spread=spread.spread,
                        commodity=commodity,
                        pool=leg.tier or leg.contract_month,
                        side=leg.side,
                        a_side=a_side,
                        row=months.rows[rows],
                        count=n,
                        before=np.full(len(n), np.nan),
                        taken=taken,
                        months=months.months[place],
                        priority=int(spread.priority),
                        weighted=weighted if is_share else np.full(len(n), np.nan),
                        rate=rate,
                        charge=cost if number == 0 else np.zeros(len(n)),
                        credit=np.zeros(len(n)),
                    )
                )
    for side, values in left.items():
        months.left[side][mixed] = values
    book.intra[months.rows] = half_away(charge * inputs.minor[commodity])


def delivery(inputs, book, commodity, months, gross, charges):
    """Charges of the months in their delivery period; gross omnibus rows pay for longs and shorts apart."""
    name, minor = inputs.commodities[commodity].combined_commodity, inputs.minor[commodity]
    total = np.zeros(book.count)
    for row in inputs.delivery:
        at = months.columns([month(row.contract_month)])
        if row.combined_commodity != name or not len(at):
            continue
        original = months.original[:, at[0]]
        due = np.flatnonzero(
            (original != 0)
            if row.applies_to == "both"
            else (original > 0) if row.applies_to == "long" else (original < 0)
        )
        remaining = months.left["long"][due, at[0]] + months.left["short"][due, at[0]]
        consumed = months.consumed[due, at[0]]
        rows = months.rows[due]
        here = (gross.commodity == commodity) & (gross.month == month(row.contract_month))
        sides = [] if row.applies_to == "short" else [gross.long]
        sides += [] if row.applies_to == "long" else [gross.short]
        apart = sum(np.where(here, side, 0) for side in sides)
        there = np.flatnonzero(apart > 0)
        rows = np.append(rows, gross.row[there])
        remaining, consumed = np.append(remaining, apart[there]), np.append(consumed, np.zeros(len(there)))
        charge = (remaining * float(row.outright_rate) + consumed * float(row.spread_rate)) / 10_000
        total += np.bincount(rows, charge, book.count)
        charges.append(
            SimpleNamespace(row=rows, month=row.contract_month, remaining=remaining, consumed=consumed, charge=charge)
        )
    own = book.commodity == commodity
    book.delivery[own] = half_away(total[own] * minor)


def inter(inputs, book, holdings, formed):
    """Forms the inter-commodity spreads by priority; leaves the credits of each row in currency units."""
    row_of = np.full((len(inputs.commodities), len(inputs.portfolio_accounts)), -1)
    for commodity, months in holdings.items():
        row_of[commodity, book.portfolio[months.rows]] = np.arange(len(months.rows))
    remaining = {c: m.left["long"].sum(axis=1) - m.left["short"].sum(axis=1) for c, m in holdings.items()}
    for order, spread in enumerate(sorted(inputs.inter, key=lambda s: (int(s.priority), s.spread))):
        legs = [leg for leg in inputs.inter_legs if leg.spread == spread.spread]
        if spread.is_super == "t" or spread.kind == "scan" or any(leg.tier for leg in legs):
            raise ValueError("an inter-commodity spread that the peer does not form")
        commodities = [inputs.commodity_numbers[leg.combined_commodity] for leg in legs]
        at = np.array([row_of[commodity] for commodity in commodities])
        at = at[:, np.all(at >= 0, axis=0)]
        signed = np.array([remaining[c][rows] for c, rows in zip(commodities, at)]).reshape(at.shape)
        faced = np.sign(signed) * np.array([[1 if leg.side == "A" else -1] for leg in legs])
        forms = np.all(faced == faced[0], axis=0) & (faced[0] != 0)
        ratios = np.array([[float(leg.ratio)] for leg in legs])
        count = np.where(forms, np.floor(np.abs(signed) / ratios + 1e-9).min(axis=0), 0)
        some = np.flatnonzero(count > 0)
        n = count[some]
        for number, (leg, commodity, rows) in enumerate(zip(legs, commodities, at[:, some])):
            months, before = holdings[commodity], signed[number, some]
            wanted = np.minimum(half_away(float(leg.ratio) * n), np.abs(before))
            taken = np.zeros((len(rows), len(months.months)))
            for side, has in (("long", before > 0), ("short", before < 0)):
                taken[has] = consume(months.left[side][rows[has]], wanted[has])
                months.left[side][rows[has]] -= taken[has]
            remaining[commodity][rows] -= np.sign(before) * taken.sum(axis=1)
            rate = float(leg.credit_rate or spread.credit_rate or 0)
            weighted = book.weighted[months.rows[rows]]
            credit = n / 10_000 * rate * (1 if spread.kind == "flat" else weighted * float(leg.ratio))
            book.credit += np.bincount(months.rows[rows], credit, book.count)
            formed.append(
                SimpleNamespace(
                    step="inter",
                    order=order,
                    leg=number + 1,
                    spread=spread.spread,
                    commodity=commodity,
                    pool="",
                    side=leg.side,
                    a_side="",
                    row=months.rows[rows],
                    count=n,
                    before=before,
                    taken=taken,
                    months=months.months,
                    priority=int(spread.priority),
                    weighted=weighted,
                    rate=rate,
                    charge=np.zeros(len(n)),
                    credit=credit,
                )
            )
