"""Prints what a recipe of docs/reports.md makes of a report: a line a row, its cells as KIND:TEXT with tabs between.

Usage: cells.py RECIPE REPORT.csv SCHEMA.json COLUMN…. RECIPE is the recipe's code as it stands in the document. Kinds are
text, number (a decimal with all its digits, or a spreadsheet's number), integer, date, flag and empty. The last line has
the sums of the columns of numbers, as the program adds them up.
"""

import datetime
import decimal
import importlib.util
import os
import sys
import xml.etree.ElementTree as ElementTree


def spelled(value):
    """A cell as its kind and text; numbers without zeros that say nothing."""
    if value is None or str(value) in ("NaT", "<NA>") or value != value:
        return "empty:"
    if isinstance(value, str):
        return f"text:{value}"
    if isinstance(value, decimal.Decimal):
        text = format(value, "f")
        return "number:" + (text.rstrip("0").rstrip(".") if "." in text else text)
    if isinstance(value, datetime.datetime):
        assert value.time() == datetime.time(), value
        value = value.date()
    if isinstance(value, datetime.date):
        return f"date:{value.isoformat()}"
    if type(value).__name__ in ("bool", "bool_"):
        return "flag:true" if value else "flag:false"
    return f"{'float' if 'float' in type(value).__name__ else 'integer'}:{value}"


def of_frame(rows, columns):
    """The columns of a frame of pandas or polars, or of a relation of DuckDB, and their sums."""
    if hasattr(rows, "fetchall"):
        cells = [[row[0] for row in rows.project(f'"{name}"').fetchall()] for name in columns]
        return cells, lambda name: rows.aggregate(f'sum("{name}")').fetchall()[0][0]
    return [list(rows[name]) for name in columns], lambda name: rows[name].sum()


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def of_sheet(path):
    """The lines of a flat OpenDocument sheet: a decimal, a date, a text or None a cell."""
    lines = []
    for row in ElementTree.parse(path).iter(TABLE + "table-row"):
        line = []
        for cell in row.iter(TABLE + "table-cell"):
            kind = cell.get(OFFICE + "value-type")
            value = None
            if kind == "float":
                value = decimal.Decimal(cell.get(OFFICE + "value"))
            elif kind == "date":
                value = datetime.date.fromisoformat(cell.get(OFFICE + "date-value"))
            elif kind is not None:
                assert kind == "string", kind
                value = "".join(cell.itertext()).strip()
            line += [value] * int(cell.get(TABLE + "number-columns-repeated", "1"))
        lines.append(line)
    return lines


def main():
    recipe, report, schema, *columns = sys.argv[1:]
    spec = importlib.util.spec_from_file_location("recipe", recipe)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if hasattr(module, "read_report"):
        cells, total = of_frame(module.read_report(report, schema), columns)
    else:
        stdout, sink = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        module.make_workbook(report, schema, os.path.dirname(report), "fods")
        os.dup2(stdout, 1)
        header, *lines = of_sheet(report.removesuffix(".csv") + ".fods")
        places = [header.index(name) for name in columns]
        cells = [[line[place] if place < len(line) else None for line in lines] for place in places]

        def total(name):
            return sum(value for value in cells[columns.index(name)] if value is not None)

    for row in zip(*cells, strict=True):
        print("\t".join(spelled(value) for value in row))
    numbers = [any(isinstance(value, decimal.Decimal) for value in column) for column in cells]
    print("\t".join(spelled(total(name)) if is_number else "" for name, is_number in zip(columns, numbers)))


main()
