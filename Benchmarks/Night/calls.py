"""Variation margin, collateral and margin calls (methodology §11). Amounts are whole minor units."""

from types import SimpleNamespace

import numpy as np

from arrays import half_away
from requirement import converted

KINDS = np.array([b"position", b"trade", b"expiry", b"premium", b"option_expiry"])
POSITION, TRADE, EXPIRY, PREMIUM, OPTION_EXPIRY = range(5)
# The amounts of a call, as tables and reports name them and as `calls` does.
AMOUNTS = (
    ("requirement", "requirement"),
    ("add_ons", "add_ons"),
    ("unpaid_variation_margin", "unpaid"),
    ("collateral_value", "collateral"),
    ("deficit", "deficit"),
    ("threshold", "threshold"),
    ("minimum_transfer_amount", "minimum_transfer_amount"),
    ("lot", "lot"),
    ("call_amount", "call"),
    ("return_amount", "back"),
)
EXCLUSIONS = np.array([b"", b"not_eligible", b"own_group", b"issuer_limit", b"class_limits"])
REASONS = np.array([b"deficit_above_threshold", b"deficit_within_threshold", b"covered", b"excess_returned"])


def variation_margin(inputs):
    """The lines, ordered by account; an account's carried-over positions by series and owner, then its trades."""
    series, positions, trades = inputs.series, inputs.carried, inputs.trades
    final = np.where(
        series.option == 1, np.where(np.isnan(series.final), series.underlying_final, series.final), series.final
    )
    settles, premium = ~np.isnan(final), series.premium == 1
    intrinsic = np.round(np.maximum(series.sign * (final - series.strike), 0), 9)
    closing = np.where(settles, np.where(series.option == 1, intrinsic, final), series.price)

    kept = np.flatnonzero(positions.long != positions.short)
    kept = kept[(~premium | settles)[positions.series[kept]]]
    held, portfolio = positions.series[kept], positions.portfolio[kept]
    account = inputs.portfolio_accounts[portfolio].astype(np.int64)
    order = np.lexsort((portfolio, held, account))
    held, portfolio, kept = held[order], portfolio[order], kept[order]
    kind = np.where(premium[held], OPTION_EXPIRY, np.where(settles[held], EXPIRY, POSITION))
    start = np.where(premium[held], 0, series.previous[held])

    traded = trades.series
    bought = premium[traded]
    # A trade in a premium-style option that settles finally has a second line, of its intrinsic value.
    twice = np.flatnonzero(bought & settles[traded])
    place = np.concatenate([np.full(len(held), -1), np.arange(len(traded)) * 2, twice * 2 + 1])
    lines = SimpleNamespace(
        portfolio=np.concatenate([portfolio, trades.portfolio, trades.portfolio[twice]]),
        series=np.concatenate([held, traded, traded[twice]]),
        quantity=np.concatenate([(positions.long - positions.short)[kept], trades.quantity, trades.quantity[twice]]),
        kind=np.concatenate([kind, np.where(bought, PREMIUM, TRADE), np.full(len(twice), OPTION_EXPIRY)]),
        start=np.concatenate([start, trades.price, np.zeros(len(twice))]),
        end=np.concatenate([closing[held], np.where(bought, 0, closing[traded]), closing[traded[twice]]]),
    )
    lines.account = inputs.portfolio_accounts[lines.portfolio]
    order = np.lexsort((np.arange(len(place)), place, lines.account))
    lines = SimpleNamespace(**{name: values[order] for name, values in vars(lines).items()})
    commodity = series.commodity[lines.series]
    lines.currency = inputs.currency_of[commodity]
    move = (lines.end - lines.start) * series.factor[lines.series] * inputs.minor[commodity]
    lines.amount = half_away(move * lines.quantity)
    first = np.searchsorted(lines.account, lines.account)
    lines.number = np.arange(len(first)) - first + 1
    return lines


def unpaid(inputs, lines):
    """What each account and currency adds to the unpaid variation margin."""
    width = len(inputs.currencies)
    accounts = {code: n for n, code in enumerate(inputs.accounts.code)}
    codes = [row.currency for row in inputs.currencies]
    owed_key = np.array([accounts[row.account] * width + codes.index(row.currency) for row in inputs.owed], np.int64)
    owed = np.array([float(row.amount) for row in inputs.owed])
    keys, of_key = np.unique(np.append(lines.account * np.int64(width) + lines.currency, owed_key), return_inverse=True)
    part = SimpleNamespace(account=keys // width, currency=keys % width)
    part.call_currency = inputs.call_currency[part.account]
    part.sum = np.bincount(of_key[: len(lines.amount)], lines.amount, len(keys))
    part.owed = np.bincount(
        of_key[len(lines.amount) :], owed * inputs.scale[keys[of_key[len(lines.amount) :]] % width], len(keys)
    )
    part.unpaid = np.maximum(-part.sum, 0) + part.owed
    part.rate = np.where(part.unpaid > 0, inputs.rate[part.currency, part.call_currency], np.nan)
    part.converted = converted(inputs, part.unpaid, part.currency, part.call_currency, with_haircut=False)
    return part


def collateral(inputs):
    """The value of each item, after haircuts, eligibility and limits; items by account and code."""
    held, assets = inputs.collateral, inputs.assets
    prices = {row.asset: float(row.price) for row in inputs.collateral_prices}
    haircuts = {row.asset: row for row in inputs.haircuts}
    codes = [row.currency for row in inputs.currencies]
    groups = {row.member: row.member_group for row in inputs.members}
    lines = SimpleNamespace(account=held.account, asset=held.asset, quantity=held.quantity)
    lines.price = np.array([prices[row.asset] for row in assets])[held.asset]
    lines.haircut = np.array([float(haircuts[row.asset].haircut) for row in assets])[held.asset]
    source = np.array([codes.index(row.currency) for row in assets])[held.asset]
    target = inputs.call_currency[held.account]
    lines.rate, lines.fx_haircut = inputs.rate[source, target], inputs.fx_haircut[source, target]
    worth = lines.quantity * lines.price * (1 - lines.haircut) * lines.rate * (1 - lines.fx_haircut)
    lines.value = half_away(worth * inputs.scale[target])
    eligible = np.array([haircuts[row.asset].is_eligible == "t" for row in assets])[held.asset]
    issuer_group = np.array([row.issuer_group for row in assets])[held.asset]
    own = (issuer_group != "") & (issuer_group == np.array([groups[m] for m in inputs.accounts.member])[held.account])
    lines.excluded = np.where(~eligible, 1, np.where(own, 2, 0))
    lines.accepted = np.where(lines.excluded > 0, 0, lines.value)
    total = np.bincount(lines.account, lines.accepted, len(inputs.accounts.code))
    classes = np.array([row.asset_class for row in assets])
    issuers = np.unique([row.issuer for row in assets], return_inverse=True)[1]

    def limit(kind, asset_class):
        shares = {
            row.account_class: float(row.share)
            for row in inputs.limits
            if row.limit_kind == kind and row.asset_class == asset_class
        }
        return np.array([shares.get(name, np.inf) for name in inputs.accounts.classed])

    def apply(places, pool, share, reason):
        """What the items before it leave of the limit is what an item of a pool counts."""
        key = lines.account[places].astype(np.int64) * 1000 + pool
        order = np.argsort(key, kind="stable")
        places, key = places[order], key[order]
        worth = lines.accepted[places]
        before = np.cumsum(worth) - worth
        before -= before[np.searchsorted(key, key)]
        share = share[lines.account[places]]
        most = np.where(
            np.isinf(share), np.inf, half_away(np.where(np.isinf(share), 0, share) * total[lines.account[places]])
        )
        counts = np.clip(most - before, 0, worth)
        lines.excluded[places[counts < worth]] = reason
        lines.accepted[places] = counts

    paper = np.flatnonzero(classes[held.asset] != "cash")
    apply(paper, issuers[held.asset[paper]], limit("issuer", ""), 3)
    for name in sorted({row.asset_class for row in inputs.limits if row.limit_kind == "class"}):
        apply(np.flatnonzero(classes[held.asset] == name), 0, limit("class", name), 4)
    return lines


def calls(inputs, by_account, extra, part, items):
    """The call or return of every account that has anything."""
    count = len(inputs.accounts.code)

    def total(account, amount):
        return np.bincount(np.asarray(account, np.int64), amount, count)

    found = SimpleNamespace(
        requirement=total(by_account.account, by_account.converted),
        add_ons=total([row.account for row in extra], [row.converted for row in extra]),
        unpaid=total(part.account, part.converted),
        collateral=total(items.account, items.accepted),
    )
    found.deficit = found.requirement + found.add_ons + found.unpaid - found.collateral
    scale = inputs.scale[inputs.call_currency]
    rules = {row.account_class: row for row in inputs.call_rules}
    for name in ("threshold", "minimum_transfer_amount", "lot"):
        value = np.array([float(getattr(rules[classed], name)) for classed in inputs.accounts.classed])
        setattr(found, name, value * scale)
    is_called = found.deficit > found.threshold + found.minimum_transfer_amount
    excess = np.minimum(-found.deficit, found.collateral)
    is_returned = (excess > found.minimum_transfer_amount) & (excess >= found.lot)
    found.call = np.where(is_called, np.ceil(found.deficit / found.lot) * found.lot, 0)
    found.back = np.where(is_returned, np.floor(excess / found.lot) * found.lot, 0)
    found.reason = np.where(is_called, 0, np.where(found.deficit > 0, 1, np.where(is_returned, 3, 2)))
    found.made_up = total(by_account.account, by_account.made_up) > 0
    some = np.zeros(count, bool)
    for accounts in (by_account.account, part.account, items.account):
        some[accounts] = True
    for portfolios in (inputs.trades.portfolio, inputs.carried.portfolio):
        some[inputs.portfolio_accounts[portfolios]] = True
    found.account = np.flatnonzero(some)
    return found
