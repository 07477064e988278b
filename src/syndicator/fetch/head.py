"""Head: parse the head of an answer (RFC 9112, sections 4 and 5) from the lines that libcurl passes on.

libcurl has already refused a NUL, a bare CR and a line without a colon, and has unfolded folded lines. For HTTP/2 it
passes on lines of the same form.
"""

import re
from typing import Final

from syndicator.fetch.failures import WAIT, RefusedError
from syndicator.model.failure import FailureKind

MAX_SIZE: Final = 65536
"""The most bytes of all heads of one exchange, interim answers and trailers included."""
MAX_FIELDS: Final = 200
"""The most fields of a head."""

_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+([1-9]\d\d)(?!\d)")
"""A status line, with the status code."""
_ENDS = frozenset({b"\r\n", b"\n"})
"""The empty line at the end of a head."""


class Head:
    """A head that is parsed while it arrives.

    Attributes:
        status: The status code; 0 while a status line is expected.
        fields: The fields: names in lower case, with their values; trailers are left out.
        complete: Whether the head of the final answer has ended.
    """

    __slots__ = ("_size", "complete", "fields", "status")

    def __init__(self) -> None:
        self.status = 0
        self.fields: list[tuple[str, str]] = []
        self.complete = False
        self._size = 0

    @property
    def begun(self) -> bool:
        """Whether any line has come."""
        return self._size > 0

    def take(self, line: bytes) -> bool:
        """Parse the next line, its line end included; return whether the head is complete with it.

        Raises:
            RefusedError: The line is not part of a well-formed head, or the head is too large.
        """
        self._size += len(line)
        if self._size > MAX_SIZE:
            raise _too_large("The header of the answer is far too large.")
        if self.complete:
            return False  # a trailer
        if not self.status:
            self.status = _status(line)
        elif line in _ENDS:
            return self._end()
        else:
            name, colon, value = line.decode("latin-1").partition(":")
            if not colon or "\r" in value[:-2] or "\0" in value:
                raise _not_http()
            if len(self.fields) == MAX_FIELDS:
                raise _too_large("The answer has far too many header fields.")
            self.fields.append((name.strip().lower(), value.strip(" \t\r\n")))
        return False

    def values(self, name: str) -> list[str]:
        """Return the values of all fields with a name, which is given in lower case."""
        return [value for key, value in self.fields if key == name]

    def _end(self) -> bool:
        if self.status < 200:  # an interim answer; the next head follows
            self.status = 0
            self.fields.clear()
            return False
        self.complete = True
        return True


def _status(line: bytes) -> int:
    if not (match := _STATUS_LINE.match(line)):
        raise _not_http()
    return int(match[1])


def _not_http() -> RefusedError:
    return RefusedError(
        FailureKind.MALFORMED, "The header of the answer is not well-formed HTTP.", "Check the port and scheme."
    )


def _too_large(message: str) -> RefusedError:
    return RefusedError(FailureKind.TOO_LARGE, message, WAIT)
