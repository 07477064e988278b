"""One file as it is served: every answer about it, made beforehand."""

import hashlib
import threading
import zlib

from syndicator.serve.answers import OPTIONS, PREFLIGHT, READABLE, Answer, Fields, guarded
from syndicator.serve.conditions import Coding, http_date
from syndicator.serve.media import Kind
from syndicator.serve.reservations import FIELD

_VERY_LARGE = 4 * 1024 * 1024
"""Bytes above which compressing quickly matters more than compressing well: 64 MiB must not hold up a shutdown."""


class Representation:
    """A file's bytes in both codings (RFC 9110, section 3.2).

    Each coding has its own strong entity tag, made of the plain bytes alone: so 304 needs no compressing, and the same
    bytes have the same tags after a restart. `Cache-Control: no-cache` lets everybody keep a copy, if they ask each
    time whether it still holds: news should be seen when they are there (and when a hub has told of them), and asking
    costs a 304 of a few hundred bytes.

    Args:
        body: The file's bytes.
        kind: What they are.
        modified: `Last-Modified`, in seconds since 1970.
        unmodified_since: The first second in which nothing but these bytes could be had here. It is later than
            `modified` when the file changed twice within a second (RFC 9110, section 8.8.2.2).
        reserved: Whether they hold words that are reserved from text and data mining.
    """

    def __init__(
        self, body: bytes, kind: Kind, *, modified: int, unmodified_since: int, reserved: bool = False
    ) -> None:
        self.body = body
        self.reserved = reserved
        self.modified = modified
        self.unmodified_since = unmodified_since
        self.options = PREFLIGHT if kind.shared else OPTIONS
        digest = hashlib.blake2b(body, digest_size=16).hexdigest().encode()
        self.etags = {Coding.IDENTITY: b'"%s"' % digest, Coding.GZIP: b'"%s-gz"' % digest}
        self._media_type = kind.media_type
        self._links = kind.links
        self._about: Fields = (
            (b"last-modified", http_date(modified)),
            (b"cache-control", b"no-cache"),
            (b"vary", b"Accept-Encoding"),
            *(READABLE if kind.shared else ()),
            *((FIELD,) if reserved else ()),
            *guarded(kind.policy),
        )
        self._unchanged = {coding: Answer(304, ((b"etag", tag), *self._about)) for coding, tag in self.etags.items()}
        self._whole = {Coding.IDENTITY: self._complete(Coding.IDENTITY, body)}
        self._compressing = threading.Lock()

    def unchanged(self, coding: Coding) -> Answer:
        """304, with the fields that RFC 9110, section 15.4.5, wants of it."""
        return self._unchanged[coding]

    def whole(self, coding: Coding) -> Answer | None:
        """200 with the body; None: it is not compressed yet, see `compressed`."""
        return self._whole.get(coding)

    def compressed(self) -> Answer:
        """200 with the gzip body, compressed at the first call: some 20 ms for each MiB, so call it in a thread."""
        with self._compressing:
            answer = self._whole.get(Coding.GZIP)
            if answer is None:
                level = 1 if len(self.body) > _VERY_LARGE else 6
                answer = self._complete(Coding.GZIP, zlib.compress(self.body, level, wbits=31))  # 31: gzip, mtime 0
                self._whole[Coding.GZIP] = answer
            return answer

    def _complete(self, coding: Coding, body: bytes) -> Answer:
        fields: Fields = (
            (b"content-type", self._media_type),
            (b"content-length", b"%d" % len(body)),
            *(((b"content-encoding", b"gzip"),) if coding is Coding.GZIP else ()),
            (b"accept-ranges", b"none"),
            (b"etag", self.etags[coding]),
            *self._links,
        )
        return Answer(200, (*fields, *self._about), body)
