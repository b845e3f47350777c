"""Holds an ISO 20022 message to the classes of python-iso20022, and prints its values, a path and a value a line.

There is no schema file behind it: order, cardinality, choices, codes, patterns, lengths and digits are those of the
package's metadata. The package itself reads the message too, with nothing unknown let through. What is wrong is
printed with its path, and the exit code is 1.
"""

import dataclasses
import enum
import importlib
import re
import sys
import typing
from decimal import Decimal
from xml.etree import ElementTree

from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata.models.datatype import XmlDate, XmlDateTime

PREFIX = "urn:iso:std:iso:20022:tech:xsd:"
faults = []
values = []


def fields(model):
    """A class's fields: the name in XML, whether it is a list, the type, the metadata."""
    hints = typing.get_type_hints(model)
    for field in dataclasses.fields(model):
        kind = hints[field.name]
        is_list = typing.get_origin(kind) is list
        kind = typing.get_args(kind)[0]
        yield field.metadata.get("name"), is_list, kind, field.metadata


def check_value(path, text, kind, rules):
    values.append((path, text))
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        faults.append(f"{path}: {text} has not the pattern {rules['pattern']}")
    if "max_length" in rules and not rules.get("min_length", 0) <= len(text) <= rules["max_length"]:
        faults.append(f"{path}: {text} has not {rules.get('min_length', 0)} to {rules['max_length']} signs")
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        if text not in [code.value for code in kind]:
            faults.append(f"{path}: {text} is no code of {kind.__name__}")
    elif kind is bool:
        if text not in ("true", "false"):
            faults.append(f"{path}: {text} is no flag")
    elif kind in (XmlDate, XmlDateTime):
        try:
            kind.from_string(text)
        except ValueError:
            faults.append(f"{path}: {text} is no {kind.__name__}")
    elif kind is Decimal:
        check_decimal(path, text, rules)


def check_decimal(path, text, rules):
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        faults.append(f"{path}: {text} is no decimal")
        return
    whole, _, decimals = text.lstrip("-").partition(".")
    if len(whole.lstrip("0")) + len(decimals) > rules["total_digits"]:
        faults.append(f"{path}: {text} has more than {rules['total_digits']} digits")
    if len(decimals) > rules["fraction_digits"]:
        faults.append(f"{path}: {text} has more than {rules['fraction_digits']} decimals")
    if "min_inclusive" in rules and Decimal(text) < rules["min_inclusive"]:
        faults.append(f"{path}: {text} is below {rules['min_inclusive']}")


def check(element, model, path, namespace):
    attributes = dict(element.attrib)
    children = list(element)
    place = 0
    for name, is_list, kind, rules in fields(model):
        if rules.get("type") == "Attribute":
            if name in attributes:
                check_value(f"{path}@{name}", attributes.pop(name), kind, rules)
            elif rules.get("required"):
                faults.append(f"{path}: no attribute {name}")
            continue
        if rules.get("type") != "Element":
            check_value(path, element.text or "", kind, rules)
            continue
        found = 0
        while place < len(children) and children[place].tag == f"{{{namespace}}}{name}":
            found += 1
            below = f"{path}/{name}[{found}]" if is_list else f"{path}/{name}"
            if dataclasses.is_dataclass(kind):
                check(children[place], kind, below, namespace)
            elif len(children[place]) or children[place].attrib:
                faults.append(f"{below}: more than a text")
            else:
                check_value(below, children[place].text or "", kind, rules)
            place += 1
        least = rules.get("min_occurs", 1 if rules.get("required") else 0)
        if found < least or (found > 1 and not is_list):
            faults.append(f"{path}/{name}: {found} of it")
    for child in children[place:]:
        faults.append(f"{path}: {child.tag.rpartition('}')[2]} is out of its place, or unknown")
    for name in attributes:
        faults.append(f"{path}: an unknown attribute {name}")
    if "Choice" in model.__name__ and len(children) != 1:
        faults.append(f"{path}: {len(children)} of a choice of one")


def main(file):
    document = open(file, "rb").read()
    root = ElementTree.fromstring(document)
    namespace = root.tag[1:].partition("}")[0]
    version = namespace.removeprefix(PREFIX)
    area = version.partition(".")[0]
    words = version.replace(".", "_")
    module = importlib.import_module(f"python_iso20022.{area}.{words}.models")
    model = next(getattr(module, name) for name in dir(module) if name.lower() == version.replace(".", ""))
    if root.tag != f"{{{PREFIX}{version}}}Document" or model.Meta.namespace != namespace:
        faults.append(f"{root.tag} is no Document of {version}")
    check(root, model, version, namespace)
    if not faults:
        config = ParserConfig(fail_on_unknown_properties=True, fail_on_converter_warnings=True)
        XmlParser(config=config).from_bytes(document, model)
    for path, value in values:
        print(f"{path}\t{value}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main(sys.argv[1]))
