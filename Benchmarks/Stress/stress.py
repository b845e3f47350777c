"""The revaluation and the sums of a stress test by numpy and scipy, beside margin's: stress.py DATE OURS.

It reads the tables of a generated house whose night has run, with the volatilities that the night published; values
every series in every scenario, adds every portfolio up and takes Cover-2, on all cores; and holds all three against what
the night stored.
OURS is the seconds of bench-stress for the same. Seconds here are of that work alone: nothing is read or written in
them. It knows what the generated house has (Benchmarks/Night/tables.py refuses the rest).
"""

import os
import sys
import time
from types import SimpleNamespace

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Night"))

import numpy as np
from scipy.sparse import csr_matrix

import house
import scanning
import tables
from arrays import COST_OF_CARRY, LINEAR, half_away, models, side_by_side
from postgres import execute, numbers, rows
from pricing import take

date, ours = sys.argv[1], float(sys.argv[2])


def read():
    """The inputs of the night, the volatilities it published, and the scenarios by combined commodity and month."""
    execute("set client_min_messages = error", "drop schema if exists peer cascade")
    inputs = house.resolve(tables.read(date))
    found = numbers(
        "select n.number, coalesce(r.volatility, 'NaN')::float8 from peer.series as n "
        "join margin.risk_array as r using (series)",
        number="i4",
        volatility="f8",
    )
    inputs.sigma = np.full(len(inputs.series.days), np.nan)
    inputs.sigma[found["number"]] = found["volatility"]
    inputs.is_published = np.zeros(len(inputs.series.days), bool)
    inputs.is_published[found["number"]] = True
    found = numbers(
        "select n.number, e.cover::float8 from peer.portfolio as n join margin.stress_exposure as e using (account, owner)",
        number="i4",
        cover="f8",
    )
    inputs.covers = np.zeros(len(inputs.portfolio_accounts))
    # The base currency of the generated house has cents.
    inputs.covers[found["number"]] = found["cover"] * 100
    inputs.house_surplus_covers_clients = (
        execute("select house_surplus_covers_clients from margin.stress_set").strip() == "t"
    )
    inputs.horizon = float(execute("select horizon_days from margin.stress_set"))
    moves = rows(
        "select number, coalesce(combined_commodity, ''), coalesce(replace(from_month, '-', ''), '0'), "
        "coalesce(replace(to_month, '-', ''), '999999'), price_kind, price_move, volatility_kind, volatility_move "
        "from margin.stress_move order by number, move"
    )
    count, size = int(execute("select count(*) from margin.stress_scenario")), len(inputs.series.days)
    price = np.full((count, size), np.nan)
    absolute, volatility = np.zeros((count, size), bool), np.zeros((count, size))
    # A combined commodity's own rows after those for all without one.
    for number, commodity, first, last, kind, move, volatility_kind, shift in sorted(moves, key=lambda row: row[1]):
        if kind == "log" or volatility_kind != "relative":
            raise ValueError("the peer knows relative and absolute moves of prices, and relative ones of volatilities")
        here = (inputs.series.month >= int(first)) & (inputs.series.month <= int(last))
        if commodity:
            here &= inputs.series.commodity == inputs.commodity_numbers[commodity]
        scenario = int(number) - 1
        price[scenario, here], absolute[scenario, here] = float(move), kind == "absolute"
        volatility[scenario, here] = float(shift)
    inputs.moves = SimpleNamespace(price=price, absolute=absolute, volatility=volatility, count=count)
    return inputs


def revalue(inputs):
    """What one long unit of each series loses in each scenario, in array units."""
    series, moves = inputs.series, inputs.moves
    values = np.zeros((len(series.days), moves.count))
    left, ahead = series.days / 365, inputs.horizon / 365
    scale = series.factor * 10.0 ** inputs.array_decimals[series.commodity]
    floor = np.array([float(row.volatility_floor) for row in inputs.margins])[series.commodity]

    def moved(scenario, some):
        at, move = series.underlying[some], moves.price[scenario, some]
        return np.where(moves.absolute[scenario, some], at + move, at + move * np.abs(at))

    linear = np.flatnonzero(inputs.is_published & (series.model == LINEAR))
    carried = np.flatnonzero(inputs.is_published & (series.model == COST_OF_CARRY))
    grown = np.exp(series.rate[carried] * left[carried])
    later = np.exp(series.rate[carried] * np.maximum(left[carried] - ahead, 0))
    for j in range(moves.count):
        values[linear, j] = half_away(scale[linear] * (series.underlying[linear] - moved(j, linear)))
        loss = series.underlying[carried] * grown - moved(j, carried) * later
        values[carried, j] = half_away(scale[carried] * loss)
    terms, kinds = models(series)
    for model, belongs in kinds:
        options = np.flatnonzero(inputs.is_published & belongs)

        def value(part):
            some = options[part]
            own, sigma = take(terms, some), inputs.sigma[some]
            base = model(own, sigma, left[some]).value(series.underlying[some])
            prepared = {}
            for j in range(moves.count):
                shift = moves.volatility[j, some]
                key = shift.tobytes()
                if key not in prepared:
                    prepared[key] = model(own, np.maximum(sigma * (1 + shift), floor[some]), left[some] - ahead)
                values[some, j] = half_away(scale[some] * (base - prepared[key].value(moved(j, some))))

        side_by_side(value, len(options))
    return values


def exposures(inputs, values, book):
    """What closing each portfolio out would cost in each scenario, in minor units of the base currency: a block of
    portfolios at a time, each with the rows of its positions alone."""
    series = inputs.series
    paid = np.where((series.option == 1) & (series.premium == 1), series.price * series.factor, 0)
    paid, net = np.nan_to_num(paid), np.empty_like(values)
    per_unit = 10.0 ** -inputs.array_decimals[series.commodity].astype(float)

    def unpaid(part):
        net[part] = values[part] * per_unit[part, None] - paid[part, None]

    side_by_side(unpaid, len(net))
    base = list(inputs.currency_codes).index(execute("select base_currency from margin.house").strip().encode())
    portfolios = inputs.is_gross.shape[0]
    currency = inputs.currency_of[series.commodity][book.series]
    portfolio = book.portfolio[book.row]
    starts = np.searchsorted(portfolio, np.arange(portfolios + 1))
    total = np.zeros((portfolios, inputs.moves.count))

    def add(part):
        first, last = part.start, min(part.stop, portfolios)
        here = slice(starts[first], starts[last])
        of, is_gross, held = portfolio[here] - first, book.is_gross[book.row[here]], book.series[here]

        def summed(chosen, weights, columns, rows):
            """The weighted sums of rows by portfolio: those of its own positions, which lie side by side."""
            ends = np.concatenate(([0], np.cumsum(np.bincount(of[chosen], minlength=last - first))))
            return csr_matrix((weights, columns, ends), (last - first, len(rows))) @ rows

        for number in np.unique(currency[here]):
            rate = inputs.rate[number, base] * inputs.scale[base]
            own = currency[here] == number
            plain, gross = np.flatnonzero(own & ~is_gross), np.flatnonzero(own & is_gross)
            if len(plain):
                total[first:last] += half_away(summed(plain, book.quantity[here][plain], held[plain], net) * rate)
            if len(gross):
                each = net[held[gross]]
                long, short = book.long[here][gross], book.short[here][gross]
                both = long[:, None] * np.maximum(each, 0) + short[:, None] * np.maximum(-each, 0)
                ones = np.ones(len(gross))
                total[first:last] += half_away(summed(gross, ones, np.arange(len(gross)), both) * rate)

    side_by_side(add, portfolios)
    return total


def cover_two(inputs, total):
    """What the two groups with the largest shortfalls are short of together in each scenario, in minor units."""
    is_house = (inputs.accounts.origin == "house")[inputs.portfolio_accounts]
    members, member = np.unique(inputs.accounts.member, return_inverse=True)
    member = member[inputs.portfolio_accounts]
    group_of = {row.member: row.member_group or row.member for row in inputs.members}
    groups, group = np.unique([group_of[code] for code in members], return_inverse=True)

    def by_member(part):
        """Sums by member of a block of portfolios, all scenarios at once: of houses, and of clients who are short."""
        uncovered, of = total[part] - inputs.covers[part, None], member[part]
        short = np.where(is_house[part, None], uncovered, np.maximum(uncovered, 0))
        row = 2 * of + ~is_house[part]
        matrix = csr_matrix((np.ones(len(of)), (row, np.arange(len(of)))), (2 * len(members), len(of)))
        return matrix @ short

    # A member's house is one unit, whatever its accounts; every client portfolio is one of its own.
    sums = sum(side_by_side(by_member, len(total)))
    house, clients = sums[0::2], sums[1::2]
    if inputs.house_surplus_covers_clients:
        clients = np.maximum(clients - np.maximum(-house, 0), 0)
    short = np.zeros((len(groups), inputs.moves.count))
    np.add.at(short, group, np.maximum(house, 0) + clients)
    return np.sort(short, axis=0)[-2:].sum(axis=0)


def agree(inputs, values, total, needs):
    """How many of the stored figures are others than these, beyond what doubles and ties explain."""
    count = inputs.moves.count
    of_series = np.array(
        [
            [int(cell) for cell in row[1].strip("{}").split(",")]
            for row in rows(
                "select n.number, a.stress_array from peer.series as n join margin.stress_array as a using (series) "
                "order by n.number"
            )
        ]
    )
    apart = np.abs(of_series - values[inputs.is_published]) > 1
    stored = np.array(
        [
            [int(cell) for cell in row[1].strip("{}").split(",")]
            for row in rows(
                "select n.number, e.exposure from peer.portfolio as n "
                "join margin.stress_exposure as e using (account, owner) order by n.number"
            )
        ]
    )
    wrong = np.abs(stored - total) > np.maximum(300, np.abs(stored) * 1e-6)
    held = "select (cover_two * 10 ^ 2)::bigint from margin.cover_two where scenario_number > 0 order by scenario_number"
    kept = np.array([int(row[0]) for row in rows(held)])
    other = np.abs(kept - needs) > np.maximum(300, kept * 1e-6)
    print(
        f"losses {apart.sum()} of {apart.size} apart, exposures {wrong.sum()} of {wrong.size}, "
        f"Cover-2 {other.sum()} of {count}"
    )
    if apart.mean() > 1e-4 or wrong.mean() > 1e-4 or other.any():
        sys.exit("error: the peer does not agree")


inputs = read()
book = scanning.book(inputs)
started, used = time.perf_counter(), time.process_time()
losses = revalue(inputs)
valued = time.perf_counter()
totals = exposures(inputs, losses, book)
needs = cover_two(inputs, totals)
ended, used = time.perf_counter(), time.process_time() - used
print(
    f"numpy: revalued in {valued - started:.2f} s, added up in {ended - valued:.2f} s ({used:.2f} s of processors), "
    f"{os.cpu_count()} cores"
)
agree(inputs, losses, totals, needs)
print(f"numpy / ours = {(ended - started) / ours:.2f} ({ended - started:.2f} s / {ours:.2f} s)")
execute("set client_min_messages = error", "drop schema peer cascade")
