"""All reports of a night, as columns."""

from functools import partial

from account_reports import add_ons, by_owner, margin_call, requirement, terms
from ledger_reports import collateral, variation_margin
from names import Names
from parameters import parameters
from position_reports import components, position_greeks, spreads
from run_reports import house_summary, risk_arrays


def of_members(inputs, arrays, book, owners, by_account, extra, lines, part, items, called, spread_legs):
    """The reports of members: name, the member of each row, columns."""
    names, scale = Names(inputs), inputs.scale
    return [
        (name, names.member_of[account], columns)
        for name, account, columns in (
            margin_call(names, called),
            requirement(names, scale, by_account),
            by_owner(names, scale, owners),
            components(names, book),
            spreads(names, book, spread_legs),
            variation_margin(names, scale, lines, part),
            collateral(names, items),
            terms(names),
            add_ons(names, scale, by_account, extra),
            position_greeks(names, arrays, book),
        )
    ]


def of_run(inputs, arrays, called):
    """The reports of the run: name, and what makes their columns."""
    names = Names(inputs)
    return [
        ("parameters", partial(parameters, inputs)),
        ("risk-arrays", partial(risk_arrays, names, arrays)),
        ("house-summary", partial(house_summary, names, called)),
    ]
