"""What a member gets line by line: variation margin and collateral (docs/reports.md)."""

import numpy as np

import calls
from legs import codes
from reports import Code, Decimal, Flag, Money, Quantity, Whole


def variation_margin(names, scale, lines, part):
    """The lines, then what is still owed from days before."""
    inputs = names.inputs
    due = np.flatnonzero(part.owed > 0)
    account = np.append(lines.account, part.account[due])
    order = np.argsort(account, kind="stable")
    none = np.full(len(due), np.nan)

    def both(values, owed):
        return np.append(values, owed)[order]

    currency = both(lines.currency, part.currency[due])
    owners, codes_of = np.append(inputs.owners, b""), np.append(inputs.commodity_codes, b"")
    last = len(inputs.commodities)
    commodity = both(inputs.series.commodity[lines.series], np.full(len(due), last))
    return (
        "variation-margin",
        account[order],
        [
            *names.account(account[order]),
            Whole(
                "line",
                both(lines.number, np.array([(lines.account == owner).sum() + 1 for owner in part.account[due]], int)),
            ),
            Code("owner", owners, both(lines.portfolio, np.full(len(due), len(inputs.owners)))),
            Code("kind", np.append(calls.KINDS, b"owed"), both(lines.kind, np.full(len(due), len(calls.KINDS)))),
            Code(
                "series",
                np.append(inputs.series_codes, b""),
                both(lines.series, np.full(len(due), len(inputs.series_codes))),
            ),
            Code("combined_commodity", codes_of, commodity),
            Flag("is_synthetic", np.append(inputs.is_synthetic, False)[commodity]),
            Quantity("quantity", both(lines.quantity.astype(float), none)),
            Decimal("from_price", both(lines.start, none)),
            Decimal("to_price", both(lines.end, none)),
            names.currency(currency),
            Money("amount", both(lines.amount, -part.owed[due]), scale[currency]),
        ],
    )


def collateral(names, items):
    inputs, at = names.inputs, items.account
    own, asset = inputs.scale[inputs.call_currency[at]], items.asset
    text = {
        name: codes([getattr(row, name) for row in inputs.assets])
        for name in ("asset", "issuer", "asset_class", "currency")
    }
    return (
        "collateral",
        at,
        [
            *names.account(at),
            Code("item", *np.unique(inputs.items, return_inverse=True)),
            *(Code(name, text[name], asset) for name in ("asset", "issuer", "asset_class", "currency")),
            Decimal("quantity", items.quantity),
            Decimal("price", items.price),
            Decimal("haircut", items.haircut),
            Decimal("fx_rate", items.rate),
            Decimal("fx_haircut", items.fx_haircut),
            names.currency(inputs.call_currency[at], "call_currency"),
            Money("value_before_limits", items.value, own),
            Money("accepted_value", items.accepted, own),
            Code("excluded", calls.EXCLUSIONS, items.excluded),
        ],
    )
