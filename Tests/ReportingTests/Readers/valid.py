"""Reads reports by their table schemas with frictionless, and prints what is wrong, one line a fault.

Usage: valid.py FOLDER SCHEMAS: each FOLDER/<report>.csv by SCHEMAS/<report>.json. The last line is how many were read, and
how many cells of a column of numbers came back as decimals.
"""

import decimal
import json
import pathlib
import sys

import frictionless


def main():
    folder, schemas = map(pathlib.Path, sys.argv[1:])
    files = decimals = 0
    for file in sorted(folder.glob("*.csv")):
        schema = frictionless.Schema.from_descriptor(json.loads((schemas / f"{file.stem}.json").read_text()))
        resource = frictionless.Resource(path=file.name, basepath=str(folder), schema=schema)
        for kind, place, message in resource.validate().flatten(["type", "fieldName", "message"]):
            print(f"{file.stem}: {kind}: {place}: {message}")
        numbers = [field.name for field in schema.fields if field.type == "number"]
        cells = [row[name] for row in resource.read_rows() for name in numbers]
        decimals += sum(isinstance(cell, decimal.Decimal) for cell in cells)
        files += 1
    print(f"{files} {decimals}")


main()
