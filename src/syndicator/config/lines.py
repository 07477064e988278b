"""Find the line of a TOML file on which a setting stands: `tomllib` reads the values, but keeps no lines.

The scanner follows TOML 1.0 as far as needed to know where names and values begin. It runs only if there is a problem
to report. In a file that is not TOML, it stops at the first place that it cannot read, and keeps what it found so far.
"""

import contextlib
import re
import tomllib
from collections import Counter

KeyPath = tuple[str | int, ...]
"""The path of a setting: names, and positions in arrays, counted from 0: `("source", 1, "interval")`."""

_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_SPACE = re.compile(r"[ \t]*+")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]++")
_SCALAR = re.compile(r"[^,\]}\n#]++")


class _LostError(Exception):
    """The text is not TOML from here on."""


class Lines:
    """The lines of one file.

    Args:
        text: The text of the file.

    Attributes:
        repeats: Settings that were given twice, with the line of the second one.
        last: The line on which the last name or value began.
        open: The lines on which lists began that were not closed where the text stops being TOML, the outermost first.
    """

    def __init__(self, text: str) -> None:
        self.repeats: list[tuple[KeyPath, int]] = []
        self.last = 1
        self.open: list[int] = []
        self._text = text
        self._position = 0
        self._counted = 0  # the position up to which line breaks are counted in `last`
        self._lines: dict[KeyPath, int] = {}
        self._implied: set[KeyPath] = set()
        self._sizes: Counter[KeyPath] = Counter()  # the number of tables in each array of tables so far
        with contextlib.suppress(_LostError, RecursionError):
            self._document()

    def of(self, path: KeyPath) -> int:
        """The line of a setting, or of the innermost table or array around it that is in the file."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _document(self) -> None:
        table: KeyPath = ()
        self._skip(_BLANK)
        while self._position < len(self._text):
            if self._ahead("["):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _header(self) -> KeyPath:
        """Read `[a.b]` or `[[a.b]]`; a name on the way that is an array of tables means its last table."""
        brackets = 2 if self._ahead("[[") else 1
        self._position += brackets
        self._mark()
        *parents, name = self._names()
        self._expect("]" * brackets)
        path: KeyPath = ()
        for parent in parents:
            path = (*path, parent)
            self._imply(path)
            if path in self._sizes:
                path = (*path, self._sizes[path] - 1)
        path = (*path, name)
        if brackets == 2:
            self._imply(path)
            self._sizes[path] += 1
            path = (*path, self._sizes[path] - 1)
        self._note(path)
        return path

    def _pair(self, table: KeyPath) -> None:
        self._mark()
        *parents, name = self._names()
        path = table
        for parent in parents:
            path = (*path, parent)
            self._imply(path)
        path = (*path, name)
        self._note(path)
        self._expect("=")
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._skip(_SPACE)
        if self._ahead("["):
            self._array(path)
        elif self._ahead("{"):
            self._inline_table(path)
        elif self._ahead('"') or self._ahead("'"):
            self._take(_STRING)
        else:
            self._take(_SCALAR)

    def _array(self, path: KeyPath) -> None:
        self._expect("[")
        self.open.append(self.last)
        index = 0
        self._skip(_BLANK)
        while not self._ahead("]"):
            self._mark()
            self._note((*path, index))
            self._value((*path, index))
            self._skip(_BLANK)
            if not self._ahead("]"):
                self._expect(",")
                self._skip(_BLANK)
            index += 1
        self._expect("]")
        self.open.pop()

    def _inline_table(self, path: KeyPath) -> None:
        self._expect("{")
        self._skip(_SPACE)
        while not self._ahead("}"):
            self._pair(path)
            self._skip(_SPACE)
            if not self._ahead("}"):
                self._expect(",")
                self._skip(_SPACE)
        self._expect("}")

    def _names(self) -> list[str]:
        """Read a key, dotted or not, as its names."""
        names = []
        while True:
            self._skip(_SPACE)
            if self._ahead('"'):
                names.append(_unescape(self._take(_STRING)))
            elif self._ahead("'"):
                names.append(self._take(_STRING)[1:-1])
            else:
                names.append(self._take(_BARE))
            self._skip(_SPACE)
            if not self._ahead("."):
                return names
            self._expect(".")

    def _note(self, path: KeyPath) -> None:
        if path in self._lines and path not in self._implied:
            self.repeats.append((path, self.last))
        else:
            self._lines[path] = self.last
            self._implied.discard(path)

    def _imply(self, path: KeyPath) -> None:
        """Note a table that a longer name implies; it may still be written explicitly later."""
        if path not in self._lines:
            self._lines[path] = self.last
            self._implied.add(path)

    def _mark(self) -> None:
        self.last += self._text.count("\n", self._counted, self._position)
        self._counted = self._position

    def _ahead(self, token: str) -> bool:
        return self._text.startswith(token, self._position)

    def _expect(self, token: str) -> None:
        self._skip(_SPACE)
        if not self._ahead(token):
            raise _LostError
        self._position += len(token)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        if match := pattern.match(self._text, self._position):
            self._position = match.end()

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._position)
        if not match:
            raise _LostError
        self._position = match.end()
        return match[0]


def _unescape(quoted: str) -> str:
    try:
        return str(tomllib.loads(f"name = {quoted}")["name"])
    except tomllib.TOMLDecodeError as error:
        raise _LostError from error
