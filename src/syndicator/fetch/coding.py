"""Content codings (RFC 9110, section 8.4.1), decoded while the body arrives and up to a limit.

libcurl takes a truncated gzip body for a complete one. So we decode ourselves, and require the end mark of the coding.
"""

import io
import zlib
from collections.abc import Iterator
from typing import Final, Protocol

import brotli
import zstandard

from syndicator.fetch.failures import WAIT, RefusedError, too_large
from syndicator.model.failure import FailureKind

ACCEPTED: Final = "gzip, deflate, br, zstd"
"""The codings that we can decode, as the value of `Accept-Encoding`."""

_MAX_CODINGS = 2
"""The most codings of one body; only an attacker needs more."""
_MAX_MEMBERS = 1000
"""The most members of a gzip body, or frames of a zstd body.

An empty one costs only 20 or 9 bytes to send, but a new decoder to read."""
_PIECE = 65536
"""The most bytes that a decoder returns at a time, except zstd's."""
_ZSTD_WINDOW = 8 * 1024 * 1024
"""The most bytes of a window that a zstd encoder may ask for (RFC 9659)."""
_ZSTD_FEED = 64
"""Bytes that the zstd decoder gets at a time, because it has no limit on its output.

Each 4 bytes may become a block of 128 KiB."""


class Decoder(Protocol):
    """Undoes one coding.

    Attributes:
        ended: Whether the end mark of the coding has come.
    """

    ended: bool

    def decode(self, data: bytes) -> Iterator[bytes]:
        """Iterate over the decoded content of `data`, in small pieces; raises one of `_BROKEN` if it is malformed."""


class Gzip:
    """The gzip coding (RFC 1952): members, one after another; anything else that follows them is padding."""

    def __init__(self) -> None:
        self.ended = False
        self._members = 1
        self._waiting = b""  # the first byte of a possible further member
        self._inflate = zlib.decompressobj(wbits=31)

    def decode(self, data: bytes) -> Iterator[bytes]:
        """See `Decoder`."""
        data, self._waiting = self._waiting + data, b""
        while data:
            if self.ended:
                if data == b"\x1f":
                    self._waiting = data
                    return
                if not data.startswith(b"\x1f\x8b"):
                    return
                self._open_member()
            yield self._inflate.decompress(data, _PIECE)
            self.ended = self._inflate.eof
            data = self._inflate.unused_data if self.ended else self._inflate.unconsumed_tail

    def _open_member(self) -> None:
        self._members = _one_more(self._members)
        self._inflate = zlib.decompressobj(wbits=31)


class Deflate:
    """The deflate coding (RFC 9110, section 8.4.1.2): the zlib format, or the bare stream, as some hosts send it."""

    def __init__(self) -> None:
        self.ended = False
        self._head = b""
        self._inflate: zlib._Decompress | None = None

    def decode(self, data: bytes) -> Iterator[bytes]:
        """See `Decoder`."""
        if self._inflate is None:
            data = self._head = self._head + data
            if len(data) < 2:
                return
            # RFC 1950, section 2.2: the method is 8, and the first two bytes are a multiple of 31.
            is_zlib = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._inflate = zlib.decompressobj(wbits=15 if is_zlib else -15)
        full = False
        while (data or full) and not self.ended:
            piece = self._inflate.decompress(data, _PIECE)
            yield piece
            self.ended = self._inflate.eof
            data = self._inflate.unconsumed_tail
            # A bare stream has no checksum at its end, so its end mark may have been read with the last full piece.
            full = len(piece) == _PIECE


class Brotli:
    """The br coding (RFC 7932): one stream, and nothing after it."""

    def __init__(self) -> None:
        self.ended = False
        self._stream = brotli.Decompressor()

    def decode(self, data: bytes) -> Iterator[bytes]:
        """See `Decoder`."""
        piece = self._stream.process(data, output_buffer_limit=_PIECE)
        while piece:
            yield piece
            piece = self._stream.process(b"", output_buffer_limit=_PIECE)
        self.ended = self._stream.is_finished()


class Zstd:
    """The zstd coding (RFC 8878): frames, one after another."""

    def __init__(self) -> None:
        self.ended = False
        self._frames = 0
        self._open_frame()

    def decode(self, data: bytes) -> Iterator[bytes]:
        """See `Decoder`."""
        for start in range(0, len(data), _ZSTD_FEED):
            rest = data[start : start + _ZSTD_FEED]
            while rest:
                if self.ended:
                    self._open_frame()
                yield self._frame.decompress(rest)
                self.ended = self._frame.eof
                rest = self._frame.unused_data if self.ended else b""

    def _open_frame(self) -> None:
        self._frames = _one_more(self._frames)
        self._frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()


def _one_more(members: int) -> int:
    if members >= _MAX_MEMBERS:
        raise RefusedError(FailureKind.MALFORMED, "The body is a chain of far too many compressed parts.", WAIT)
    return members + 1


_BROKEN = (zlib.error, brotli.error, zstandard.ZstdError)
"""What decoders raise for malformed data."""

_DECODERS: dict[str, type[Gzip] | type[Deflate] | type[Brotli] | type[Zstd]] = {
    "gzip": Gzip,
    "x-gzip": Gzip,  # RFC 9110, section 8.4.1.3
    "deflate": Deflate,
    "br": Brotli,
    "zstd": Zstd,
}
"""The decoders by the names of their codings."""

# The other codings in IANA's registry, which we cannot decode. A name in neither, such as a charset, is not a coding
# and is ignored, as browsers do.
_FOREIGN = frozenset({"aes128gcm", "compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip"})


class Body:
    """A body that is decoded while it arrives, up to a limit.

    Args:
        codings: The values of its `Content-Encoding` fields.
        limit: The most bytes, as sent, as decoded, and between two codings, because all of these cost work.

    Raises:
        RefusedError: There are too many codings, or one that we cannot decode.
    """

    def __init__(self, codings: list[str], limit: int) -> None:
        names = [name for value in codings for part in value.split(",") if (name := part.strip().lower())]
        decoders = [_DECODERS[name] for name in names if name in _DECODERS]
        if len(decoders) > _MAX_CODINGS or not _FOREIGN.isdisjoint(names):
            raise RefusedError(
                FailureKind.MALFORMED, "The body has a content coding that the request does not accept.", WAIT
            )
        # The coding that was applied last is undone first.
        self._decoders: list[Decoder] = [decoder() for decoder in reversed(decoders)]
        self._limit = limit
        self._sizes = [0] * (len(decoders) + 1)  # number of bytes as sent, and after each decoder
        self._decoded = io.BytesIO()

    def expect(self, length: str) -> None:
        """Check a `Content-Length`.

        Raises:
            RefusedError: It is more than the limit, so that the body need not be read.
        """
        digits = length.lstrip("0")
        if digits.isdecimal() and (len(digits) > 18 or int(digits) > self._limit):
            raise _too_large(self._limit)

    def write(self, data: bytes) -> None:
        """Decode the next bytes, as they were sent.

        Raises:
            RefusedError: There are more bytes than the limit, or they are not in the coding that the header names.
        """
        try:
            self._decode(data, 0)
        except _BROKEN:
            raise RefusedError(
                FailureKind.MALFORMED, "The body is not in the content coding that its header names.", WAIT
            ) from None

    def finish(self) -> bytes:
        """Return the whole decoded body.

        Raises:
            RefusedError: The end mark of a coding has not come.
        """
        if self._sizes[0] and not all(decoder.ended for decoder in self._decoders):
            raise RefusedError(FailureKind.TRUNCATED, "The compressed body broke off before its end.", WAIT)
        return self._decoded.getvalue()

    def _decode(self, data: bytes, undone: int) -> None:
        """Decode bytes further, of which this number of codings is undone already."""
        self._sizes[undone] += len(data)
        if self._sizes[undone] > self._limit:
            raise _too_large(self._limit)
        if undone == len(self._decoders):
            self._decoded.write(data)
            return
        for piece in self._decoders[undone].decode(data):
            self._decode(piece, undone + 1)


def _too_large(limit: int) -> RefusedError:
    return too_large("The body", limit, "Look for a smaller feed of the site, or raise `max_body` under [fetch].")
