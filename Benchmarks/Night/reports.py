"""Reports as CSV and JSON, members side by side in one process a core.

A report is a list of columns over all of its rows, which stand in the order of members; a member's file is a slice of
them. A column gives the cells of a slice as texts. A row of cells is filled into one template a format.
"""

import json
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from types import SimpleNamespace

import numpy as np


class Column:
    """Texts, which JSON quotes, of any values that `cells` makes them from; None is null."""

    quoted, nullable = True, False

    def __init__(self, name, values):
        self.name, self.values = name, values

    def cells(self, part):
        return self.values[part]

    def csv_cells(self, part):
        """The same texts in CSV, where it has others; else None."""
        return None


class Code(Column):
    """One of a few texts by number."""

    def __init__(self, name, texts, values):
        super().__init__(name, values)
        self.texts = [text.decode() if isinstance(text, bytes) else text for text in texts]

    def cells(self, part):
        return list(map(self.texts.__getitem__, self.values[part].tolist()))


class OptionalCode(Code):
    """The same; the number −1 is null."""

    nullable = True

    def cells(self, part):
        return [self.texts[value] if value >= 0 else None for value in self.values[part].tolist()]


class Whole(Column):
    """An integer; NaN is null."""

    quoted = False

    def __init__(self, name, values):
        super().__init__(name, values)
        self.nullable = values.dtype.kind == "f"

    def cells(self, part):
        return ["%d" % value if value == value else None for value in self.values[part].tolist()]


class Quantity(Whole):
    """An integer that JSON has as a decimal."""

    quoted = True


class Flag(Code):
    quoted = False

    def __init__(self, name, values):
        super().__init__(name, ["false", "true"], values.astype(int))


class Decimal(Column):
    """A number of so many decimals, or with `decimals` None as many as it needs; NaN is null."""

    def __init__(self, name, values, decimals=None):
        super().__init__(name, values)
        self.decimals = decimals
        self.pattern = "%.15g" if decimals is None else f"%.{decimals}f"
        self.nullable = bool(np.isnan(values).any())

    def cells(self, part):
        values = self.values[part] if self.decimals is None else np.round(self.values[part], self.decimals)
        values = (values + 0.0).tolist()
        if self.nullable:
            return [self.pattern % value if value == value else None for value in values]
        return list(map(self.pattern.__mod__, values))


class Money(Column):
    """Minor units with the decimals of the row's currency."""

    def __init__(self, name, values, scale):
        super().__init__(name, values)
        self.scale = scale

    def cells(self, part):
        scale = self.scale[part]
        values = (self.values[part] / scale + 0.0).tolist()
        if np.all(scale == 100):
            return list(map("%.2f".__mod__, values))
        return [("%.2f" if unit == 100 else "%.0f") % value for unit, value in zip(scale.tolist(), values)]


class Array(Column):
    """A list of decimals, in CSV a column each."""

    def __init__(self, name, values, scale):
        super().__init__(name, values)
        self.scale = scale

    def cells(self, part):
        found = []
        for scale, row in zip(
            self.scale[part].tolist(), (self.values[part] / self.scale[part][:, None] + 0.0).tolist()
        ):
            found.append(["%.2f" % value for value in row] if scale == 100 else ["%.0f" % value for value in row])
        return found


def write(folder, name, header, columns, part):
    """Writes one slice of a report in both formats; returns the bytes."""
    names, cells, documents, csv, document = [], [], [], [], []
    for column in columns:
        texts = column.cells(part)
        if isinstance(column, Array):
            names += [f"{column.name}_{number}" for number in range(1, column.values.shape[1] + 1)]
            csv.append("%s")
            cells.append([",".join(row) for row in texts])
            document.append('["%s"]')
            documents.append(['","'.join(row) for row in texts])
            continue
        names.append(column.name)
        csv.append("%s")
        if column.nullable:
            cells.append(["" if text is None else text for text in texts])
            document.append("%s")
            documents.append(["null" if text is None else f'"{text}"' if column.quoted else text for text in texts])
        else:
            cells.append(column.csv_cells(part) or texts)
            documents.append(texts)
            document.append('"%s"' if column.quoted else "%s")
    lines = "\r\n".join(map(",".join(csv).__mod__, zip(*cells)))
    rows = ",\n".join(map(("[" + ",".join(document) + "]").__mod__, zip(*documents)))
    said = json.dumps(header, separators=(",", ":"), sort_keys=True)
    listed = json.dumps([column.name for column in columns], separators=(",", ":"))
    files = (
        (".csv", ",".join(names) + "\r\n" + lines + "\r\n"),
        (".json", f'{{"header":{said},"columns":{listed},"rows":[\n{rows}\n]}}\n'),
    )
    for suffix, text in files:
        with open(f"{folder}/{name}{suffix}", "w", encoding="ascii", newline="") as file:
            file.write(text)
    return sum(len(text) for _, text in files)


def issue(folder, date, members, reports, of_run):
    """Writes `reports`, (name, member of each row, columns), for each member, and `of_run`, (name, function that gives
    columns), once. Each process takes the next file, the longest, which are the run's, first."""
    jobs = [("", name, columns, slice(None)) for name, columns in of_run]
    for number, member in enumerate(members):
        for name, owner, columns in reports:
            part = slice(*np.searchsorted(owner, (number, number + 1)).tolist())
            if part.stop > part.start:
                jobs.append((member, name, columns, part))
    issue.jobs, issue.folder, issue.date = jobs, folder, date
    # Not multiprocessing's Pool, which ends its processes by a signal: whoever starts this one may have it blocked.
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("fork")) as pool:
        size = sum(pool.map(_write_job, range(len(jobs))))
    return SimpleNamespace(files=2 * len(jobs), bytes=size)


def _write_job(number):
    member, name, columns, part = issue.jobs[number]
    header = {
        "report": name,
        "business_date": issue.date,
        "cycle": "EOD",
        "member": member or None,
        "parameter_set": "2018-12",
    }
    between = f".{member}" if member else ""
    columns = columns() if callable(columns) else columns
    return write(issue.folder, f"{name}.{issue.date}{between}.EOD", header, columns, part)
