"""Rows out of and into PostgreSQL as whole columns, through psql's binary COPY.

Records of fixed length are read as one structured array. Written records may hold texts of any length and nulls: they
are laid out at their greatest length, and what is padding is then masked away, all rows at once.
"""

import csv
import io
import shutil
import subprocess
from glob import glob

import numpy as np

SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)


def _psql():
    installed = sorted(glob("/usr/lib/postgresql/*/bin/psql"), key=lambda path: int(path.split("/")[4].split(".")[0]))
    return installed[-1] if installed else shutil.which("psql")


PSQL = [_psql(), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-A", "-t"]


def execute(*statements):
    arguments = [part for statement in statements for part in ("-c", statement)]
    return subprocess.run([*PSQL, *arguments], check=True, stdout=subprocess.PIPE).stdout.decode()


def rows(query, header=False):
    """A short table as lists of texts, with the names of its columns first if asked; null is the empty text."""
    command = f"copy ({query}) to stdout (format csv, header {header})"
    said = subprocess.run([*PSQL, "-c", command], check=True, stdout=subprocess.PIPE)
    return list(csv.reader(io.StringIO(said.stdout.decode())))


def texts(query):
    """One column of codes that are never null, as an array of bytes."""
    said = subprocess.run([*PSQL, "-c", f"copy ({query}) to stdout"], check=True, stdout=subprocess.PIPE).stdout
    return np.array(said.split(b"\n")[:-1])


def numbers(query, **kinds):
    """A long table as one array a column; `kinds` gives each one's type as i4, i8 or f8. No column may hold a null."""
    layout = [("fields", ">i2")]
    for name, kind in kinds.items():
        layout += [(f"length of {name}", ">i4"), (name, ">" + kind)]
    said = subprocess.run(
        [*PSQL, "-c", f"copy ({query}) to stdout (format binary)"], check=True, stdout=subprocess.PIPE
    )
    record = np.dtype(layout)
    count, rest = divmod(len(said.stdout) - len(SIGNATURE) - 2, record.itemsize)
    if rest:
        raise ValueError(f"records of another length: {query}")
    table = np.frombuffer(said.stdout, record, count, len(SIGNATURE))
    return {name: table[name].astype(kind) for name, kind in kinds.items()}


def write(table, columns):
    """Makes a plain table, without a key, and fills it. A column is a vector of integers, doubles (NaN is null) or
    bytes, or a matrix of integers, which becomes an array."""
    kinds = {"i": "bigint", "f": "double precision", "S": "text"}
    definition = ", ".join(
        f"{name} {kinds[values.dtype.kind]}{'[]' if values.ndim == 2 else ''}" for name, values in columns.items()
    )
    execute(f"create table {table} ({definition})")
    copy = subprocess.Popen([*PSQL, "-c", f"copy {table} from stdin (format binary)"], stdin=subprocess.PIPE)
    copy.stdin.write(SIGNATURE)
    count = len(next(iter(columns.values())))
    for first in range(0, count, 65536):
        copy.stdin.write(_records({name: values[first : first + 65536] for name, values in columns.items()}))
    copy.stdin.write(b"\xff\xff")
    copy.stdin.close()
    if copy.wait():
        raise OSError(f"{table} could not be written")
    return count


def _records(columns):
    layout = [("fields", ">i2")]
    for name, values in columns.items():
        layout.append((f"length of {name}", ">i4"))
        if values.ndim == 2:
            element = np.dtype([("length", ">i4"), ("value", ">i8")])
            layout.append((name, np.dtype([("head", ">i4", 5), ("elements", element, values.shape[1])])))
        else:
            layout.append((name, values.dtype if values.dtype.kind == "S" else ">" + values.dtype.kind + "8"))
    count = len(next(iter(columns.values())))
    records = np.zeros(count, np.dtype(layout))
    records["fields"] = len(columns)
    kept = np.ones((count, records.itemsize), bool)
    for name, values in columns.items():
        place, size = records.dtype.fields[name][1], records.dtype[name].itemsize
        lengths = size
        if values.ndim == 2:
            records[name]["head"] = (1, 0, 20, values.shape[1], 1)
            records[name]["elements"]["length"] = 8
            records[name]["elements"]["value"] = values
        else:
            records[name] = values
        if values.dtype.kind == "S":
            lengths = np.char.str_len(values)
            kept[:, place : place + size] = np.arange(size) < lengths[:, None]
        elif values.dtype.kind == "f":
            isnull = np.isnan(values)
            lengths = np.where(isnull, -1, size)
            kept[:, place : place + size] = ~isnull[:, None]
        records[f"length of {name}"] = lengths
    return records.view(np.uint8).reshape(count, -1)[kept].tobytes()
