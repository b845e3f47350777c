"""Man pages in mdoc from what a program says of itself: PROGRAM --experimental-dump-help | manual.py FOLDER.

One page for the program and one for each subcommand that has options of its own.
"""

import json
import pathlib
import sys


def text(words):
    """A text as mdoc takes it: no backslash and no line that begins with a dot or a quote is a macro."""
    lines = []
    for line in (words or "").replace("\\", "\\e").splitlines():
        line = line.strip()
        if line:
            lines.append("\\&" + line if line[0] in ".'" else line)
    return plain("\n".join(lines))


def plain(words):
    """Letters that not every reader of man pages takes as they are, by their code points."""
    return "".join(letter if ord(letter) < 128 else f"\\[u{ord(letter):04X}]" for letter in words)


def quoted(word):
    """One argument of a macro."""
    return plain('"' + word.replace("\\", "\\e").replace('"', "\\(dq") + '"')


def spelled(argument):
    """How an argument is written on the command line."""
    name = argument.get("preferredName")
    value = argument.get("valueName", "value")
    if argument["kind"] == "positional":
        return f".Ar {quoted(value)}"
    dashes = "-" if name["kind"] == "short" else "--"
    flag = ".Fl " + quoted(dashes[1:] + name["name"])
    return flag if argument["kind"] == "flag" else f"{flag} Ar {quoted(value)}"


def is_shown(argument):
    return argument.get("shouldDisplay", True)


def page(command, path):
    """The page of one command: `path` is what is typed to reach it."""
    name = "-".join(path)
    out = [
        ".Dd November 21, 2026",
        f".Dt {name.upper()} 1",
        ".Os",
        ".Sh NAME",
        f".Nm {quoted(' '.join(path))}",
        f".Nd {text(command.get('abstract')) or name}",
        ".Sh SYNOPSIS",
        f".Nm {quoted(' '.join(path))}",
    ]
    arguments = [argument for argument in command.get("arguments", []) if is_shown(argument)]
    subcommands = [sub for sub in command.get("subcommands", []) if sub["commandName"] != "help"]
    for argument in arguments:
        macro = spelled(argument)[1:]
        out.append(f".Op {macro}" if argument.get("isOptional") else f".{macro}")
    if subcommands:
        out.append(".Ar subcommand")
    if command.get("discussion"):
        out += [".Sh DESCRIPTION", text(command["discussion"])]
    if arguments:
        out += [".Sh OPTIONS", ".Bl -tag -width Ds"]
        for argument in arguments:
            out.append(".It " + spelled(argument)[1:])
            out.append(text(argument.get("abstract")) or "No description.")
            if argument.get("defaultValue") and argument["kind"] != "flag":
                out.append(f"The default is {text(argument['defaultValue'])}.")
        out.append(".El")
    if subcommands:
        out += [".Sh SUBCOMMANDS", ".Bl -tag -width Ds"]
        for sub in subcommands:
            out += [f".It Xr {name}-{sub['commandName']} 1", text(sub.get("abstract")) or sub["commandName"]]
        out.append(".El")
    out += [
        ".Sh EXIT STATUS",
        "0 when it is done, else one of the codes in docs/operations.md; 69 and 75 may be tried again.",
    ]
    return "\n".join(out) + "\n"


def write(command, path, folder):
    (folder / ("-".join(path) + ".1")).write_text(page(command, path), encoding="utf-8")
    for sub in command.get("subcommands", []):
        if sub["commandName"] != "help":
            write(sub, path + [sub["commandName"]], folder)


command = json.load(sys.stdin)["command"]
write(command, [command["commandName"]], pathlib.Path(sys.argv[1]))
