"""Turn the bytes that a client sends into requests, within limits, or into the reason to refuse; httptools parses."""

import re
from collections import deque
from collections.abc import Callable
from typing import NoReturn

import httptools

from syndicator.serve import answers
from syndicator.serve.addresses import parts_of
from syndicator.serve.answers import Answer
from syndicator.serve.app import READ, Request
from syndicator.serve.callbacks import News
from syndicator.serve.limits import Limits
from syndicator.serve.subscribing import Form

_HOST, _LENGTH, _CODED, _EXPECT = b"host", b"content-length", b"transfer-encoding", b"expect"
_KEPT = READ | {_HOST, _LENGTH, _CODED, _EXPECT}

_REQUEST_LINE = re.compile(
    rb"(?:\A|\r\n\r\n)(?!(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) )[!#$%&'*+.^_`|~0-9A-Za-z-]+"
    rb" \S+ HTTP/1\.[0-9]\r\n"
)
"""Finds a request line whose method the parser does not know, but may be valid (RFC 9110, section 9.1)."""
_ONE_HOST = re.compile(rb"(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?[ \t]*")
"""A valid value of `Host` (RFC 9110, section 7.2), with the space that the parser leaves behind it.

A comma, by which repeated fields are joined, is not allowed in it.
"""


class _Refused(Exception):  # noqa: N818 - not an error of ours: it makes the parser stop
    """Raised inside the parser's callbacks; `Incoming.refusal` says why."""


class Incoming:
    """The requests that arrive on one connection.

    Args:
        limits: The limits of a connection.
        receive: Gives the object that takes a request's body; None if the body is of no use.

    Attributes:
        asked: Complete requests that are not answered yet.
        unparsed: The number of bytes since the last complete head; if there are any, a head is arriving.
        heard: Whether a complete request ever came.
        last: Whether no further request is read.
        refusal: The answer to send after those to `asked`, which ends the connection; None if there is none.
        peer: The address of the connection's other end; empty if unknown.
        invites: Whether the client waits for `100 Continue` before it sends a body that is of use.
        unread: Whether the client may still be sending something that is not read.
    """

    def __init__(self, limits: Limits, receive: Callable[[Request], News | Form | None]) -> None:
        self.asked: deque[Request] = deque()
        self.unparsed = 0
        self.heard = False
        self.last = False
        self.refusal: Answer | None = None
        self.peer = ""
        self.invites = False
        self.unread = False
        self._limits = limits
        self._receive = receive
        self._parser = httptools.HttpRequestParser(self)
        self._parser.set_dangerous_leniencies(lenient_version=True)  # `on_headers_complete` says which are spoken
        # the request whose head is now arriving
        self._target = b""
        self._fields: dict[bytes, bytes] = {}
        self._size = 0  # bytes of the head that are parsed so far
        self._begun = False
        # the request whose body is now arriving
        self._awaited: Request | None = None
        self._taken = 0  # bytes of the body that have arrived

    @property
    def receives(self) -> bool:
        """Whether a body that is of use is arriving."""
        return self._awaited is not None

    def take(self, data: bytes) -> None:
        """Parse what arrived."""
        self.unparsed += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # the request is answered as if no upgrade had been asked for (RFC 9110, section 7.8)
        except httptools.HttpParserInvalidMethodError:
            self._refuse(answers.NOT_KNOWN if _REQUEST_LINE.search(data) else answers.BAD_REQUEST)
        except httptools.HttpParserError:
            self._refuse(answers.BAD_REQUEST)
        if self._begun:  # a further head, in what came with a whole one
            self.unparsed = max(self.unparsed, len(self._target) + self._size, 1)
        if self.unparsed > self._limits.head:
            self._refuse(self._too_large())

    def forget(self) -> None:
        """Take no more bytes, and free the parser."""
        del self._parser  # it refers back to this object

    def _refuse(self, answer: Answer) -> None:
        """Send this answer after those to the requests before it, and read no more."""
        if not self.last:
            self.last = self.unread = True
            self.refusal = answer

    def _stop(self, answer: Answer) -> NoReturn:
        """Refuse the request from inside a callback of the parser, which stops there.

        Raises:
            _Refused: Always.
        """
        self._refuse(answer)
        raise _Refused

    def _too_large(self) -> Answer:
        """Return the refusal of a head that is too large: 414 if its target is most of it (RFC 9112, 3), else 431."""
        return answers.TOO_LONG if len(self._target) * 2 > self._limits.head else answers.HEAD_TOO_LARGE

    def _fault(self, host: bytes | None, coded: bytes | None) -> Answer | None:
        """Return why the request is refused for its size, its version or its fields; None: it is not.

        Args:
            host: The value of `Host`; None: the field is missing.
            coded: The value of `Transfer-Encoding`; None: the field is missing.
        """
        if len(self._target) + self._size > self._limits.head:
            return self._too_large()
        if len(self.asked) >= self._limits.pipelined:
            return answers.TOO_MANY
        if not self._parser.get_http_version().startswith("1."):
            return answers.OTHER_VERSION
        is_missing = host is None and self._is_modern()
        if is_missing or (host is not None and _ONE_HOST.fullmatch(host) is None):
            return answers.BAD_REQUEST  # RFC 9112, section 3.2: exactly one, or none in HTTP/1.0
        return None if coded is None else _unreadable(coded)

    def _is_modern(self) -> bool:
        """Whether the client speaks HTTP/1.1; a later minor version is taken for it (RFC 9110, section 2.5)."""
        return self._parser.get_http_version() != "1.0"

    # callbacks of the parser

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._begun = True
        self._target = b""
        self._fields = {}
        self._size = 0

    def on_url(self, url: bytes) -> None:
        """Take a part of the request's target."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take one of the request's header fields."""
        self._size += len(name) + len(value) + 4
        if len(self._target) + self._size > self._limits.head:
            self._stop(self._too_large())
        name = name.lower()
        if name in _KEPT:
            fields = self._fields
            fields[name] = fields[name] + b", " + value if name in fields else value

    def on_headers_complete(self) -> None:
        """Take a request whose head is complete."""
        self._begun = False
        self.unparsed = 0
        if self.last:
            raise _Refused  # nothing is read behind the last request
        fields, parser = self._fields, self._parser
        host, length, coded = fields.pop(_HOST, None), fields.pop(_LENGTH, None), fields.pop(_CODED, None)
        if (fault := self._fault(host, coded)) is not None:
            self._stop(fault)
        parts = parts_of(self._target)
        if parts is None or (self._target == b"*" and parser.get_method() != b"OPTIONS"):
            self._stop(answers.BAD_REQUEST)  # RFC 9112, sections 3 and 3.2.4
        path, query = parts
        request = Request(parser.get_method(), path, fields, query, peer=self.peer)
        self._fields = {}  # trailer fields do not concern the request (RFC 9110, section 6.5.1)
        if (sent := self._receive(request)) is not None:
            if int(length or 0) > self._limits.body:
                self._stop(answers.TOO_LARGE)
            self.invites = fields.pop(_EXPECT, b"").lower() == b"100-continue" and self._is_modern()
            self._awaited = request._replace(sent=sent)
            return
        self.heard = True
        self.unread = length is not None or coded is not None
        # no other request takes a body, and nothing here speaks another protocol
        self.last = self.unread or not self._is_modern() or not parser.should_keep_alive() or parser.should_upgrade()
        self.asked.append(request)

    def on_body(self, data: bytes) -> None:
        """Take a piece of a body."""
        if self._awaited is None or self._awaited.sent is None:
            return
        self.unparsed = 0
        self._taken += len(data)
        if self._taken > self._limits.body:
            self._stop(answers.TOO_LARGE)
        self._awaited.sent.update(data)

    def on_message_complete(self) -> None:
        """Take a request whose body has arrived."""
        if self._awaited is not None:
            self.heard = self.last = True
            self.asked.append(self._awaited)
            self._awaited = None


def _unreadable(codings: bytes) -> Answer | None:
    """The refusal of a body whose transfer codings cannot be read (RFC 9112, sections 6.1, 6.3); None if they can."""
    *others, last = (it.strip() for it in codings.lower().split(b","))
    if last != b"chunked":
        return answers.BAD_REQUEST  # the end of the body is unknown
    return answers.NOT_UNPACKED if any(others) else None
