#!/usr/bin/env bash
# DuckDB 2.0.1 guesses the quote of a CSV from its first 20,480 lines: if none of them has one, the quotes of later cells stay
# in the text, though every column is asked for as text.
#
# Seen on 2026-12-01 with duckdb 2.0.1 from PyPI and Python 3.11. The file is RFC 4180: 25,000 lines without a quote, then
# the cell "say ""hi""", which is the text say "hi". With all_varchar alone DuckDB gives back "say ""hi""" as it
# stands in the file, without a word; with quotechar and escapechar named it gives the text. A file of 20,000 lines
# before that cell is read rightly.
# For us: a report quotes only the cells that need it, so a long one may quote late; the recipe of docs/reports.md names
# the quotes. The script takes seconds, needs a package index, and fails if the package behaves otherwise. Not part of the
# tests.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 || exit 69
"$work/venv/bin/python" - "$work" <<'PYTHON'
import sys

import duckdb

print(f"duckdb {duckdb.__version__}")


def last(lines, **named):
    path = f"{sys.argv[1]}/{lines}.csv"
    with open(path, "w", newline="") as file:
        file.write("account,amount,note\r\n")
        file.writelines("ALPHA,1.10,plain\r\n" for _ in range(lines))
        file.write('ALPHA,1.10,"say ""hi"""\r\n')
    rows = duckdb.read_csv(path, header=True, all_varchar=True, **named)
    return rows.filter("note <> 'plain'").fetchall()[0][2]


short, long = last(20_000), last(25_000)
named = last(25_000, delimiter=",", quotechar='"', escapechar='"')
print(f"after 20,000 lines: {short}\nafter 25,000 lines: {long}\nthe same, quotes named: {named}")
sys.exit((short, long, named) != ('say "hi"', '"say ""hi"""', 'say "hi"'))
PYTHON
