"""The head of an answer (RFC 9112, sections 4 and 5), from the lines that libcurl gives.

libcurl has refused a NUL, a bare CR and a line without a colon, and has unfolded what was folded; of HTTP/2 it gives
the same lines.
"""

import re
from typing import Final

from syndicator.fetch.failures import WAIT, RefusedError
from syndicator.model.failure import FailureKind

MAX_SIZE: Final = 65536
"""Bytes of all heads of one exchange, interim ones and trailers included."""
MAX_FIELDS: Final = 200

_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+([1-9]\d\d)(?!\d)")
_ENDS = frozenset({b"\r\n", b"\n"})


class Head:
    """A head that grows.

    Attributes:
        status: The status code; 0 while a status line is expected.
        fields: Names in lower case, with their values; trailers are left out.
        complete: Whether the final answer's head has ended.
    """

    __slots__ = ("_size", "complete", "fields", "status")

    def __init__(self) -> None:
        self.status = 0
        self.fields: list[tuple[str, str]] = []
        self.complete = False
        self._size = 0

    @property
    def begun(self) -> bool:
        """Whether anything has come."""
        return self._size > 0

    def take(self, line: bytes) -> bool:
        """Take the next line, its end included; returns whether the head is complete with it.

        Raises:
            RefusedError: It is no head, or larger than any honest one.
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
        """The values of all fields of that lower-case name."""
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
