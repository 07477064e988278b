"""One file in memory, with every answer about it made in advance."""

import hashlib
import threading
import zlib

from syndicator.serve.answers import OPTIONS, PREFLIGHT, READABLE, Answer, Fields, guarded
from syndicator.serve.conditions import Coding, http_date
from syndicator.serve.media import Kind
from syndicator.serve.reservations import FIELD

_VERY_LARGE = 4 * 1024 * 1024
"""The bytes of a file above which it is compressed fast, not well: compressing 64 MiB must not delay a shutdown."""


class Representation:
    """A file's bytes in both codings (RFC 9110, section 3.2).

    Each coding has its own strong entity tag, made from the uncompressed bytes alone: so a 304 needs no compression,
    and the same bytes have the same tags after a restart. `Cache-Control: no-cache` lets caches keep a copy if they ask
    each time whether it is still valid: news should be seen as soon as it is there (and a hub has told of it), and
    asking costs only a 304 of a few hundred bytes.

    Args:
        body: The file's bytes.
        kind: The kind of the file.
        modified: The value of `Last-Modified`, in seconds since 1970.
        unmodified_since: The first second from which on only these bytes were served. It is later than `modified` if
            the file changed twice within a second (RFC 9110, section 8.8.2.2).
        reserved: Whether the file contains text that is reserved from text and data mining.
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
        """The answer 304, with the fields that RFC 9110, section 15.4.5, requires."""
        return self._unchanged[coding]

    def whole(self, coding: Coding) -> Answer | None:
        """The answer 200 with the body; None if the body is not compressed yet (see `compressed`)."""
        return self._whole.get(coding)

    def compressed(self) -> Answer:
        """The answer 200 with the gzip body; the first call compresses it, 20 ms or so per MiB: call it in a thread."""
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
