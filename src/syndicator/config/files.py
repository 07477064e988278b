"""Find the files of a configuration, and read one of them as TOML."""

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from syndicator.config.lines import Lines
from syndicator.config.schema import ARRAYS, TABLES
from syndicator.errors import Problem
from syndicator.model.noun import Noun

MAIN = "syndicator.toml"
FOLDERS = ("sources", "channels")
_LIMIT = 1024 * 1024  # the most bytes of a file

_PARTS = 64  # the most parts of a dotted name: `tomllib` takes more than quadratic time for a.a.a.a…
_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_CHAIN = re.compile(rf"(?<![\w-])(?:{_PART}[ \t]*+\.[ \t]*+){{{_PARTS}}}")
_LONG_NUMBER = re.compile(r"[0-9][0-9_]{4000}")
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,40}")
_SINGLE = re.compile(rf"^[ \t]*+\[[ \t]*+({'|'.join(ARRAYS)})[ \t]*+\]", re.MULTILINE)
_DOUBLE = re.compile(rf"^[ \t]*+\[\[[ \t]*+({'|'.join(TABLES)})[ \t]*+\]\]", re.MULTILINE)
_FRESH = re.compile(r"""[ \t]*+(?:\[\[?[ \t]*+[\w.-]++[ \t]*+\]|[\w.-]++[ \t]*+=)""")  # a table's name, or a setting
_POSITION = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")

_TWICE = ("Cannot declare", "Cannot overwrite", "Cannot redefine", "Cannot mutate", "Duplicate inline")
_NO_COMMA = "Unclosed array"
_NO_NAME = "Invalid initial"
_IN_LIST = (_NO_COMMA, "Invalid value")
_SYNTAX = {
    **dict.fromkeys(_TWICE, "a name is given twice"),
    "Expected '='": 'expected "=" between a name and its value',
    "Expected newline": "expected the line to end here; one setting a line, and text stands between quotes",
    "Expected ']": 'a table\'s name is not closed: write "[name]" or "[[name]]"',
    _NO_COMMA: 'a list lacks a comma between two values, or its "]" at the end',
    "Unclosed inline": 'a table that begins here is not closed with "}" on its line, or misses a comma',
    "Unescaped": r"a backslash begins an escape in double quotes: write \\, or use 'single quotes'",
    "Invalid hex": r"an escape in double quotes is wrong: write a backslash as \\, or use 'single quotes'",
    "Escaped character": r"an escape in double quotes is wrong: write a backslash as \\, or use 'single quotes'",
    "Unterminated string": "a text that begins here is not closed with its quotes",
    "Expected \"'": "a text that begins here is not closed with its quotes",
    r"Illegal character '\n'": "a text is not closed with its quote before the line ends",
    r"Found invalid character '\n'": "a text is not closed with its quote before the line ends",
    "Illegal character": "holds a control character",
    "Found invalid": "holds a control character",
    "Invalid date": "this date does not exist",
    "Invalid value": 'expected a value: text in "straight quotes", a number, true, false, a list [ ] or a table { }',
    _NO_NAME: "expected a name",
    "Invalid statement": 'expected "name = value", "[table]" or "# comment"',
}


class File(Noun, kw_only=False):
    """A file that is well-formed TOML: its path, its text, and the values in it."""

    path: Path
    text: str
    tables: dict[str, Any]


def find(root: Path) -> tuple[Path, ...]:
    """The files of a configuration, in the order in which they are read, without hidden files and editors' backups.

    Raises:
        OSError: A folder cannot be listed.
    """
    main = root / MAIN
    found = [main] if os.path.lexists(main) else []
    for folder in FOLDERS:
        try:
            names = sorted(path.name for path in (root / folder).iterdir())
        except FileNotFoundError:
            continue
        found += [root / folder / name for name in names if name.endswith(".toml") and name[0] not in ".#"]
    return tuple(found)


def passed_over(root: Path) -> list[Problem]:
    """A problem for each file that `find` leaves out although it looks like a part of the configuration.

    Files in hidden folders do not: a Kubernetes ConfigMap keeps the targets of its links in one.
    """
    places = [root, *(path for folder in FOLDERS for path in (root / folder).glob("[!.]*/"))]
    found = {path for place in places for path in place.glob("*.toml") if path.name[0] not in ".#"} - {root / MAIN}
    where = ", ".join((MAIN, *(f"{folder}/*.toml" for folder in FOLDERS)))
    return [Problem(file=path, message=f"is not read; only {where} are") for path in sorted(found)]


def read(path: Path) -> File | Problem:
    """Read a file, or say why that is impossible; the reason quotes nothing of the file, which may contain secrets."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Problem(file=path, message="is a folder or device; expected a file")
        with path.open("rb") as stream:
            data = stream.read(_LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not possible"
        return Problem(file=path, message=f"cannot be read: {reason}")
    if len(data) > _LIMIT:
        return Problem(file=path, message="is larger than 1 MiB; spread its tables over several files")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(file=path, line=line, message="is not UTF-8; save the file in that encoding")
    return _parse(path, text)


def _parse(path: Path, text: str) -> File | Problem:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") >= _PARTS and _CHAIN.search(line):
            return Problem(file=path, line=number, message=f"a name has more than {_PARTS} parts")
    try:
        return File(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        return _syntax(path, text, str(error))
    except RecursionError:
        return Problem(file=path, message="nests lists or tables too deeply")
    except ValueError:  # Python refuses numbers of more than 4,300 digits
        found = _LONG_NUMBER.search(text)
        return Problem(file=path, line=_line(found) if found else 0, message="a number is too long")


def _syntax(path: Path, text: str, error: str) -> Problem:
    """The syntax error that `tomllib` found, in words for the operator, and without any text of the file."""
    position = _POSITION.search(error)
    for brackets, expected in ((_SINGLE, of_several), (_DOUBLE, of_one)) if error.startswith(_TWICE) else ():
        if found := brackets.search(text):
            return Problem(file=path, line=_line(found), where=found[1], message=expected(found[1]))
    if error.startswith(_TWICE) and (repeats := (lines := Lines(text)).repeats):
        key, line = repeats[0]
        message = f"is given twice; first on line {lines.of(key)}"
        return Problem(file=path, line=line, where=name(key), message=message)
    line = int(position[1]) if position and position[1] else 0
    lines = Lines(text)
    message = next((said for start, said in _SYNTAX.items() if error.startswith(start)), "this is not TOML")
    if error.startswith(_IN_LIST) and lines.open and _goes_on(text, lines.open[-1], line):
        line, message = lines.open[-1], 'a list that begins here is not closed with "]"'
    elif error.startswith(_NO_COMMA) and lines.open:
        line, message = lines.last, "a comma is missing here: one stands between two values of a list"
    elif error.startswith(_NO_NAME) and "{" in text.split("\n")[line - 1]:
        message = "a table in { } must be on one line, without a comma at its end"
    return Problem(file=path, line=line or lines.last, message=message)


def _goes_on(text: str, begin: int, stop: int) -> bool:
    """Whether another table or setting follows where a list should be closed.

    Args:
        text: The text of the file.
        begin: The line on which the list begins.
        stop: The line on which the syntax error is; 0 for the end of the file.
    """
    return not stop or (begin < stop and bool(_FRESH.match(text.split("\n")[stop - 1])))


def of_one(table: str) -> str:
    """The message for a table in double brackets, or for a second table, where only one is allowed."""
    return f"expected [{table}], with one bracket, and only once: put its settings together"


def of_several(table: str) -> str:
    """The message for a table in single brackets, or for a value, where a list of tables belongs."""
    return f"expected [[{table}]], with two brackets: there can be several"


def name(path: tuple[str | int, ...]) -> str:
    """The name of a setting for the operator: `source.interval`; a part that could be an address is not shown."""
    return ".".join(part if _PLAIN.fullmatch(part) else "…" for part in path if isinstance(part, str))


def _line(match: re.Match[str]) -> int:
    """The line on which a match begins."""
    return match.string.count("\n", 0, match.start()) + 1
