"""What the parameters and reference data come to by number: columns over currencies, combined commodities, accounts,
series."""

import numpy as np

from requirement import rates


def resolve(inputs):
    """Adds the columns to the inputs of a night."""
    commodities, series = inputs.commodities, inputs.series
    inputs.commodity_numbers = {row.combined_commodity: n for n, row in enumerate(commodities)}
    margins = {row.combined_commodity: row for row in inputs.margin}
    inputs.margins = [margins[row.combined_commodity] for row in commodities]
    currencies = {row.currency: n for n, row in enumerate(inputs.currencies)}
    inputs.scale = np.array([10.0 ** int(row.minor_unit_decimals) for row in inputs.currencies])
    inputs.currency_codes = np.array([row.currency.encode() for row in inputs.currencies])
    inputs.currency_of = np.array([currencies[row.currency] for row in commodities])
    inputs.minor = inputs.scale[inputs.currency_of]
    money = np.log10(inputs.minor).round().astype(int)
    inputs.array_decimals = np.array([int(row.array_decimals or own) for row, own in zip(inputs.margins, money)])
    inputs.units_of_array = 10.0**inputs.array_decimals / inputs.minor
    names = sorted({row.scenario_set for row in inputs.margins})
    inputs.set_of_commodity = [names.index(row.scenario_set) for row in inputs.margins]
    inputs.is_synthetic = np.array([row.is_synthetic == "t" for row in commodities])
    inputs.commodity_codes = np.array([row.combined_commodity.encode() for row in commodities])
    inputs.is_gross = (inputs.accounts.type == "gross_omnibus")[inputs.portfolio_accounts]
    inputs.call_currency = np.array([currencies[code] for code in inputs.accounts.currency])
    inputs.account_codes = inputs.accounts.code.astype("S")
    inputs.member_codes = inputs.accounts.member.astype("S")
    inputs.rate, inputs.fx_haircut = rates(inputs)

    # Scan tiers by number, 0 where the whole combined commodity is scanned as one.
    inputs.is_scanned_apart = np.zeros(len(commodities), bool)
    inputs.tier_of_series = np.zeros(len(series.days), np.int64)
    tiers = {}
    for row in inputs.tiers:
        if row.is_scanned_apart != "t":
            continue
        commodity = inputs.commodity_numbers[row.combined_commodity]
        inputs.is_scanned_apart[commodity] = True
        number = tiers.setdefault((commodity, row.tier), len(tiers) + 1)
        month = int(row.contract_month.replace("-", ""))
        inputs.tier_of_series[(series.commodity == commodity) & (series.month == month)] = number
    inputs.tier_count = len(tiers) + 1
    return inputs
