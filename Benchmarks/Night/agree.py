"""Compares the tables of schema peer with the published results of a date, row by row and column by column: agree.py
DATE.

Prints a line a table and exits with 1 where, in any table, more than one row in ten thousand is missing, is additional
or differs in any figure by more than a millionth, or where any account's call is not the same to the minor unit.
"""

import sys

from postgres import execute, rows

KEYS = {
    "risk_array": ["series"],
    "combined_commodity_risk": ["account", "owner", "combined_commodity"],
    "spread_leg_formed": ["account", "owner", "step", "sequence", "leg"],
    "delivery_month_charge": ["account", "owner", "combined_commodity", "contract_month"],
    "currency_requirement": ["account", "owner", "currency"],
    "requirement": ["account", "currency"],
    "add_on": ["account", "owner", "add_on", "item"],
    "variation_margin": ["account", "line"],
    "unpaid_variation_margin": ["account", "currency"],
    "collateral_value": ["account", "item"],
    "margin_call": ["account"],
}
ALLOWED = 1e-4

run = execute(
    f"select run_id from margin.run where status = 'published' and cycle = 'EOD' and business_date = '{sys.argv[1]}'"
)
is_far = False
print(f"{'table':<26} {'ours':>9} {'peer':>9} {'equal':>9}      share")
for table, keys in KEYS.items():
    execute(f"analyze peer.{table}")
    columns = rows(f"""select p.column_name, p.data_type from information_schema.columns as p
        join information_schema.columns as o on o.table_schema = 'margin' and o.table_name = p.table_name
            and o.column_name = p.column_name
        where p.table_schema = 'peer' and p.table_name = '{table}' and p.column_name <> 'consumed_by_month'""")
    same = [
        (
            f"(o.{name} is null and p.{name} is null or abs(o.{name}::float8 - p.{name}) <= 1e-6)"
            if kind == "double precision"
            else f"coalesce(o.{name}::text, '') = coalesce(p.{name}::text, '')"
        )
        for name, kind in columns
    ]
    said = rows(f"""select count(o.run_id), count(p.{keys[0]}), count(*) filter (where {' and '.join(same)}), count(*)
        from (select * from margin.{table} where run_id = {run.strip()}) as o
        full join peer.{table} as p using ({', '.join(keys)})""")
    ours, peer, equal, both = map(int, said[0])
    share = equal / both if both else 1
    print(f"{table:<26} {ours:>9} {peer:>9} {equal:>9} {100 * share:>9.4f} %")
    is_far = is_far or share < (1 if table == "margin_call" else 1 - ALLOWED)
if is_far:
    print("error: the results differ")
    sys.exit(1)
print("the results agree")
