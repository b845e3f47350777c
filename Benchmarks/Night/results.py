"""The results as tables of base types without keys, in the schema peer: the columns of the margin schema's result
tables that the peer computes, amounts as doubles."""

import numpy as np

import calls
import volatility
from legs import codes


def tables(inputs, arrays, book, charges, owners, by_account, extra, lines, part, items, called, spread_legs):
    """Each table's columns by name, the longest table first."""
    account, currency = inputs.account_codes, inputs.currency_codes
    minor, own = inputs.minor[book.commodity], {
        "account": account[inputs.portfolio_accounts[book.portfolio]],
        "owner": inputs.owners[book.portfolio],
        "combined_commodity": inputs.commodity_codes[book.commodity],
    }
    scale, call_scale = inputs.scale, inputs.scale[inputs.call_currency]
    priced = np.flatnonzero(inputs.priced)
    sets = codes([margin.scenario_set for margin in inputs.margins])
    place = inputs.series.commodity[priced]
    leg_row = spread_legs["row"]
    text = {
        name: values
        for name, values in spread_legs.items()
        if name not in ("row", "portfolio", "of_leg", "commodity", "priority")
    }
    text["consumed_by_month"] = text["consumed_by_month"].astype("S")
    delivered = {
        name: np.concatenate([getattr(row, name) for row in charges] or [np.zeros(0)])
        for name in ("row", "remaining", "consumed", "charge")
    }
    delivered["month"] = codes(np.repeat([row.month for row in charges], [len(row.row) for row in charges]))
    at = delivered["row"].astype(int)
    lined = {name: np.array([getattr(row, name) for row in extra]) for name in ("account", "currency", "call_currency")}
    lined = {name: values.astype(int) for name, values in lined.items()}
    called_at = called.account
    return {
        "spread_leg_formed": {
            "account": own["account"][leg_row],
            "owner": own["owner"][leg_row],
            "combined_commodity": own["combined_commodity"][leg_row],
            "currency": currency[inputs.currency_of[book.commodity[leg_row]]],
            **text,
        },
        "risk_array": {
            "series": inputs.series_codes[priced],
            "combined_commodity": inputs.commodity_codes[place],
            "scenario_set": sets[place],
            "array_decimals": inputs.array_decimals[place],
            "risk_array": arrays.values[priced].astype(np.int64),
            "composite_delta": arrays.delta[priced] / 10_000,
            "price_scan_range": arrays.reach[priced],
            "volatility": arrays.sigma[priced],
            "volatility_rule": volatility.RULES[arrays.rule[priced]],
        },
        "combined_commodity_risk": {
            **own,
            "currency": currency[inputs.currency_of[book.commodity]],
            "scan": book.scan / minor,
            "active_scenario": book.active,
            "time_risk": book.time / minor,
            "volatility_risk": book.volatility / minor,
            "price_risk": book.price / minor,
            "net_delta": book.net_delta / 10_000,
            "weighted_price_risk": book.weighted,
            "intra_charge": book.intra / minor,
            "delivery_charge": book.delivery / minor,
            "inter_credit": book.credit / minor,
            "applied_credit": book.applied / minor,
            "short_option_minimum": book.minimum / minor,
            "risk": book.risk / minor,
            "initial_risk": book.initial / minor,
            "standalone_initial_risk": book.alone / minor,
            "net_option_value": book.value / minor,
        },
        "variation_margin": {
            "account": account[lines.account],
            "line": lines.number,
            "owner": inputs.owners[lines.portfolio],
            "kind": calls.KINDS[lines.kind],
            "series": inputs.series_codes[lines.series],
            "quantity": lines.quantity,
            "from_price": lines.start,
            "to_price": lines.end,
            "currency": currency[lines.currency],
            "amount": lines.amount / scale[lines.currency],
        },
        "collateral_value": {
            "account": account[items.account],
            "item": inputs.items,
            "asset": codes([row.asset for row in inputs.assets])[items.asset],
            "quantity": items.quantity,
            "price": items.price,
            "haircut": items.haircut,
            "fx_rate": items.rate,
            "fx_haircut": items.fx_haircut,
            "value_before_limits": items.value / call_scale[items.account],
            "accepted_value": items.accepted / call_scale[items.account],
            "excluded": calls.EXCLUSIONS[items.excluded],
        },
        "margin_call": {
            "account": account[called_at],
            "member": inputs.member_codes[called_at],
            "call_currency": currency[inputs.call_currency[called_at]],
            **{
                name: getattr(called, field)[called_at] / call_scale[called_at]
                for name, field in calls.AMOUNTS
            },
            "reason_code": calls.REASONS[called.reason[called_at]],
            "due_date": codes([inputs.due] * len(called_at)),
        },
        "currency_requirement": {
            "account": account[owners.account],
            "owner": inputs.owners[owners.portfolio],
            "currency": currency[owners.currency],
            "initial_risk": owners.initial / scale[owners.currency],
            "net_option_value": owners.value / scale[owners.currency],
            "offset_add_back": owners.add_back / scale[owners.currency],
            "requirement": owners.requirement / scale[owners.currency],
        },
        "requirement": {
            "account": account[by_account.account],
            "currency": currency[by_account.currency],
            "amount": by_account.requirement / scale[by_account.currency],
            "fx_rate": inputs.rate[by_account.currency, by_account.call_currency],
            "fx_haircut": inputs.fx_haircut[by_account.currency, by_account.call_currency],
            "call_currency": currency[by_account.call_currency],
            "converted_amount": by_account.converted / scale[by_account.call_currency],
        },
        "unpaid_variation_margin": {
            "account": account[part.account],
            "currency": currency[part.currency],
            "variation_margin": part.sum / scale[part.currency],
            "still_owed": part.owed / scale[part.currency],
            "unpaid": part.unpaid / scale[part.currency],
            "call_currency": currency[part.call_currency],
            "fx_rate": part.rate,
            "converted_amount": part.converted / scale[part.call_currency],
        },
        "delivery_month_charge": {
            "account": own["account"][at],
            "owner": own["owner"][at],
            "combined_commodity": own["combined_commodity"][at],
            "contract_month": delivered["month"],
            "remaining": delivered["remaining"] / 10_000,
            "consumed": delivered["consumed"] / 10_000,
            "charge": delivered["charge"],
        },
        "add_on": {
            "account": account[lined["account"]],
            "owner": inputs.owners[[max(row.portfolio, 0) for row in extra]],
            "add_on": codes([row.kind for row in extra]),
            "item": codes([row.item for row in extra]),
            "currency": currency[lined["currency"]],
            "call_currency": currency[lined["call_currency"]],
            **{
                name: np.array([getattr(row, field) for row in extra]) / scale[lined[unit]]
                for name, field, unit in (
                    ("base", "base", "currency"),
                    ("amount", "amount", "currency"),
                    ("converted_amount", "converted", "call_currency"),
                )
            },
        },
    }
