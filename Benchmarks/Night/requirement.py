"""From scanning risk to each account's requirement (methodology §6.5 to §6.10)."""

from types import SimpleNamespace

import numpy as np

import scanning
import spreads
from arrays import half_away


def gross_deltas(inputs, arrays, book):
    """Long and short deltas of gross omnibus rows by month, told apart by the sign of the delta, in units of 0.0001."""
    some = np.flatnonzero(book.is_gross[book.row])
    series = inputs.series
    key = book.row[some] * 1_000_000 + series.month[book.series[some]]
    keys, of_key = np.unique(key, return_inverse=True)
    delta = (arrays.delta * series.scaling)[book.series[some]]
    long, short = book.long[some], book.short[some]
    row = keys // 1_000_000
    return SimpleNamespace(
        row=row,
        month=keys % 1_000_000,
        commodity=book.commodity[row],
        long=half_away(np.bincount(of_key, long * np.maximum(delta, 0) + short * np.maximum(-delta, 0), len(keys))),
        short=half_away(np.bincount(of_key, long * np.maximum(-delta, 0) + short * np.maximum(delta, 0), len(keys))),
    )


def form_spreads(inputs, arrays, book):
    """Intra charges, delivery charges and credits of every row; returns what formed and was charged, leg by leg."""
    formed, charges, holdings = [], [], {}
    book.intra, book.delivery, book.credit = np.zeros(book.count), np.zeros(book.count), np.zeros(book.count)
    gross = gross_deltas(inputs, arrays, book)
    for commodity in range(len(inputs.commodities)):
        months = holdings[commodity] = spreads.Months(inputs, book, commodity)
        spreads.calendar(inputs, book, commodity, months, formed)
        spreads.delivery(inputs, book, commodity, months, gross, charges)
    spreads.inter(inputs, book, holdings, formed)
    book.credit = half_away(book.credit * inputs.minor[book.commodity])
    book.applied = np.minimum(book.credit, half_away(np.where(book.is_gross, 0, book.price)))
    return formed, charges


def option_figures(inputs, arrays, book):
    """Short option minimum and net option value of every row."""
    series = inputs.series
    option, call = series.option[book.series] == 1, series.sign[book.series] == 1
    written = np.where(book.is_gross[book.row], book.short, np.maximum(-book.quantity, 0))
    calls, puts = scanning.summed(book, written, option & call), scanning.summed(book, written, option & ~call)
    gross = np.array([margin.short_option_minimum_method == "gross" for margin in inputs.margins])[book.commodity]
    rate = np.array([float(margin.short_option_minimum_rate) for margin in inputs.margins])[book.commodity]
    book.minimum = half_away(
        np.where(gross, calls + puts, np.maximum(calls, puts)) * rate * inputs.minor[book.commodity]
    )
    premium = series.premium[book.series] == 1
    worth = np.where(
        premium, series.price[book.series] * series.factor[book.series] * inputs.minor[book.commodity][book.row], 0
    )
    worst = np.maximum(arrays.values.max(axis=1), 0)[book.series] / inputs.units_of_array[book.commodity][book.row]
    apart = np.minimum(book.long * worth, np.where(premium, book.long * worst, 0)) - book.short * worth
    book.value = half_away(scanning.summed(book, np.where(book.is_gross[book.row], apart, book.quantity * worth)))
    bought = premium & (np.where(book.is_gross[book.row], book.short, np.maximum(-book.quantity, 0)) == 0)
    book.only_bought = scanning.summed(book, (~bought & (book.long + book.short > 0)).astype(float)) == 0


def rates(inputs):
    """Rate and haircut of each pair of currencies, from and to; a currency into itself 1 and 0."""
    numbers = {row.currency: n for n, row in enumerate(inputs.currencies)}
    rate, haircut = np.full((len(numbers),) * 2, np.nan), np.zeros((len(numbers),) * 2)
    for row in inputs.fx_rates:
        rate[numbers[row.from_currency], numbers[row.to_currency]] = float(row.rate)
    for row in inputs.fx_haircuts:
        haircut[numbers[row.from_currency], numbers[row.to_currency]] = float(row.haircut)
    np.fill_diagonal(rate, 1)
    return rate, haircut


def converted(inputs, amount, source, target, with_haircut=True):
    """Minor units of one currency in those of another, rounded."""
    factor = inputs.rate[source, target] * (1 + inputs.fx_haircut[source, target] * with_haircut)
    return half_away(amount / inputs.scale[source] * factor * inputs.scale[target])


def requirements(inputs, book):
    """Risk of each row, then the requirement of each owner and account by currency."""
    classes = {row.account_class: row for row in inputs.classes}
    account = inputs.portfolio_accounts[book.portfolio]

    def of_class(field):
        values = {name: field(row) for name, row in classes.items()}
        return np.array([values[name] for name in inputs.accounts.classed])

    ratio = of_class(lambda row: float(row.initial_ratio))[account]
    full = book.scan + book.intra + book.delivery
    book.risk = np.maximum(full - book.applied, book.minimum)
    book.initial = half_away(book.risk * ratio)
    book.alone = half_away(np.maximum(full, book.minimum) * ratio)
    currency = inputs.currency_of[book.commodity]
    key = book.portfolio.astype(np.int64) * len(inputs.currencies) + currency
    keys, of_key = np.unique(key, return_inverse=True)

    def total(values):
        return np.bincount(of_key, values, len(keys))

    owners = SimpleNamespace(
        portfolio=keys // len(inputs.currencies),
        currency=keys % len(inputs.currencies),
        initial=total(book.initial),
        value=total(book.value),
        made_up=total(inputs.is_synthetic[book.commodity]) > 0,
    )
    owners.account = inputs.portfolio_accounts[owners.portfolio]
    cap = of_class(lambda row: float(row.offset_cap) if row.offset_cap else np.nan)[owners.account]
    offset = np.maximum(total(book.alone) - owners.initial, 0)
    owners.add_back = half_away(np.where(np.isnan(cap), 0, (1 - np.nan_to_num(cap)) * offset))
    capped = (
        of_class(lambda row: row.net_option_value_is_capped == "t")[owners.account] | inputs.is_gross[owners.portfolio]
    )
    floored = total(np.maximum(book.initial - book.value, 0)) + owners.add_back
    owners.requirement = np.where(capped, floored, np.maximum(owners.initial + owners.add_back - owners.value, 0))
    owners.requirement[total(book.only_bought.astype(float)) == total(np.ones(book.count))] = 0
    keys, of_key = np.unique(owners.account * len(inputs.currencies) + owners.currency, return_inverse=True)
    by_account = SimpleNamespace(
        account=keys // len(inputs.currencies),
        currency=keys % len(inputs.currencies),
        owners=np.bincount(of_key),
        made_up=np.bincount(of_key, owners.made_up) > 0,
        **{
            name: np.bincount(of_key, getattr(owners, name)) for name in ("initial", "value", "add_back", "requirement")
        },
    )
    by_account.call_currency = inputs.call_currency[by_account.account]
    by_account.converted = converted(inputs, by_account.requirement, by_account.currency, by_account.call_currency)
    return owners, by_account
