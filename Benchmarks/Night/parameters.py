"""The report of parameters and reference data: every row as the server spells it in JSON."""

import numpy as np

from postgres import texts
from reports import Code, Column, Whole

TABLES = (
    "account_class",
    "call_rule",
    "collateral_haircut",
    "collateral_limit",
    "combined_commodity",
    "combined_commodity_margin",
    "concentration_tier",
    "contract",
    "currency",
    "data_gate",
    "delivery_charge",
    "fx_haircut",
    "fx_rate",
    "inter_spread",
    "inter_spread_leg",
    "intra_spread",
    "intra_spread_leg",
    "liquidity_group",
    "liquidity_group_member",
    "month_tier",
    "parameter_set",
    "price_scan_range_tier",
    "scenario",
    "series",
)
LEFT_OUT = (
    "array['load_id', 'revision', 'source_line', 'valid_from', 'expires_on', 'parent_revision', 'withdrawn', 'author', "
    "'approved_by']"
)


class Cells(Column):
    """An object, in CSV the text of it."""

    def csv_cells(self, part):
        return ['"' + text.replace('"', '""') + '"' for text in self.values[part]]


def parameters(inputs):
    cells, counts = [], []
    for table in TABLES:
        where = f"where business_date = '{inputs.date}'" if table == "fx_rate" else ""
        order = 'order by series collate "C"' if table == "series" else ""
        found = texts(f"select to_jsonb(t) - {LEFT_OUT} from margin.{table} as t {where} {order}")
        cells += found.astype("U").tolist()
        counts.append(len(found))
    column = Cells("cells", cells)
    column.quoted = False
    return [
        Code("table_name", TABLES, np.repeat(np.arange(len(TABLES)), counts)),
        Whole("row_number", np.concatenate([np.arange(count) + 1 for count in counts])),
        column,
    ]
