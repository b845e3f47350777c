"""Add-ons: liquidity, concentration and credit lines (methodology §9)."""

from types import SimpleNamespace

import numpy as np

from arrays import half_away
from requirement import converted


def add_ons(inputs, book, by_account):
    """Liquidity, concentration and credit lines, those above zero."""
    lines = []
    account = inputs.portfolio_accounts[book.portfolio]
    classed = inputs.accounts.classed[account]
    base, size = np.maximum(book.risk - book.value, 0), np.abs(book.net_delta) / 10_000
    liquidity = {row.combined_commodity: row for row in inputs.liquidity}
    volume = np.array([float(liquidity[row.combined_commodity].average_daily_volume) for row in inputs.commodities])
    interest = np.array([float(liquidity[row.combined_commodity].open_interest) for row in inputs.commodities])

    def line(kind, item, rows, source, base, amount, **more):
        some = np.flatnonzero(amount > 0)
        for row, currency, b, a, *rest in zip(
            rows[some], source[some], base[some], amount[some], *(values[some] for values in more.values())
        ):
            portfolio = row if kind != "credit" else -1
            owner = int(inputs.portfolio_accounts[portfolio]) if kind != "credit" else int(row)
            lines.append(
                SimpleNamespace(
                    kind=kind,
                    item=item,
                    account=owner,
                    portfolio=int(portfolio),
                    currency=int(currency),
                    base=b,
                    amount=a,
                    **dict(zip(more, rest)),
                )
            )

    for tier in sorted({(row.account_class, row.combined_commodity) for row in inputs.concentration}):
        steps = sorted(
            (row for row in inputs.concentration if (row.account_class, row.combined_commodity) == tier),
            key=lambda row: float(row.above),
        )
        commodity = inputs.commodity_numbers[tier[1]]
        measure = volume[commodity] if steps[0].tiers_of == "adv" else interest[commodity]
        rows = np.flatnonzero(
            (book.commodity == commodity) & (size > float(steps[0].above) * measure) & (classed == tier[0])
        )
        limits = np.array([float(row.above) * measure for row in steps] + [np.inf])
        inside = np.clip(size[rows][:, None], limits[:-1], limits[1:]) - limits[:-1]
        charged = inside @ np.array([float(row.rate) for row in steps])
        amount = half_away(base[rows] * charged / size[rows])
        line(
            "concentration",
            tier[1],
            book.portfolio[rows],
            inputs.currency_of[book.commodity[rows]],
            base[rows],
            amount,
            size=size[rows],
            measure=np.full(len(rows), measure),
        )
    for group in inputs.groups:
        members = [
            row
            for row in inputs.group_members
            if (row.account_class, row.liquidity_group) == (group.account_class, group.liquidity_group)
        ]
        numbers = [inputs.commodity_numbers[row.combined_commodity] for row in members]
        share, extra = np.full(len(volume), np.nan), np.zeros(len(volume))
        share[numbers] = [float(row.participation) for row in members]
        extra[numbers] = [float(row.extra_days) for row in members]
        rows = np.flatnonzero((classed == group.account_class) & ~np.isnan(share[book.commodity]))
        if not len(rows):
            continue
        held = book.commodity[rows]
        days = size[rows] / (share[held] * volume[held]) + extra[held] * (size[rows] > 0)
        portfolios, of_portfolio = np.unique(book.portfolio[rows], return_inverse=True)
        weight = np.bincount(of_portfolio, size[rows])
        with np.errstate(invalid="ignore"):
            period = np.nan_to_num(np.bincount(of_portfolio, size[rows] * days) / weight)
        source = inputs.currency_of[held]
        least, most = np.full(len(portfolios), 99), np.full(len(portfolios), -1)
        np.minimum.at(least, of_portfolio, source)
        np.maximum.at(most, of_portfolio, source)
        target = np.where(least == most, least, inputs.call_currency[inputs.portfolio_accounts[portfolios]])
        own = np.bincount(of_portfolio, converted(inputs, base[rows], source, target[of_portfolio]))
        multiplier = np.maximum(0, np.sqrt(period / float(group.horizon_days)) - 1)
        line(
            "liquidity",
            group.liquidity_group,
            portfolios,
            target,
            own,
            half_away(own * multiplier),
            days=period,
            multiplier=np.ones(len(period)),
            horizon=np.full(len(period), float(group.horizon_days)),
        )
    multipliers = {row.member: float(row.credit_multiplier) for row in inputs.members}
    total = np.bincount(by_account.account, by_account.converted, len(inputs.accounts.code))
    factor = np.array([multipliers[member] for member in inputs.accounts.member])
    every = np.arange(len(total))
    line(
        "credit",
        "requirement",
        every,
        inputs.call_currency,
        total,
        half_away(np.maximum(0, factor - 1) * total),
        multiplier=factor,
    )
    for row in lines:
        row.call_currency = int(inputs.call_currency[row.account])
        row.converted = float(converted(inputs, row.amount, row.currency, row.call_currency))
    return sorted(lines, key=lambda row: (row.account, row.portfolio, row.kind, row.item))
