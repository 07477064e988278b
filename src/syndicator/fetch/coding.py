"""Content codings (RFC 9110, section 8.4.1), decoded while the body arrives and within a cap.

libcurl takes a truncated gzip body for a whole one, so we decode ourselves and want to see the decoder's end mark.
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
"""What we can decode: the value of `Accept-Encoding`."""

_MAX_CODINGS = 2  # a longer chain serves nobody but an attacker
_MAX_MEMBERS = 1000  # of a gzip or zstd body: an empty one costs 20 or 9 bytes to send, and a decoder to read
_PIECE = 65536  # bytes that a decoder gives at a time
_ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659: an encoder may not want more
_ZSTD_FEED = 64  # bytes; each 4 may become a block of 128 KiB, and this decoder has no limit on what it gives


class Decoder(Protocol):
    """Undoes one coding."""

    ended: bool

    def decode(self, data: bytes) -> Iterator[bytes]:
        """Give what `data` holds, in small pieces; raises one of `_BROKEN`."""


class Gzip:
    """RFC 1952: members, one after another; what follows them without being one is padding."""

    def __init__(self) -> None:
        self.ended = False
        self._members = 1
        self._waiting = b""  # the first byte of what may be a further member
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
    """RFC 9110, section 8.4.1.2: the zlib format; or, as some hosts have it, the bare stream inside."""

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
            # A bare stream has no checksum behind it: its end mark may have been taken in with the last full piece.
            full = len(piece) == _PIECE


class Brotli:
    """RFC 7932: one stream, and nothing after it."""

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
    """RFC 8878: frames, one after another."""

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

_DECODERS: dict[str, type[Gzip] | type[Deflate] | type[Brotli] | type[Zstd]] = {
    "gzip": Gzip,
    "x-gzip": Gzip,  # RFC 9110, section 8.4.1.3
    "deflate": Deflate,
    "br": Brotli,
    "zstd": Zstd,
}

# The rest of IANA's registry of content codings. What is in neither, such as a charset, is no coding: browsers, too,
# pass over it.
_FOREIGN = frozenset({"aes128gcm", "compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip"})


class Body:
    """A body that grows, decoded, up to a limit.

    Args:
        codings: The values of its `Content-Encoding` fields.
        limit: Bytes, as sent, as decoded, and between two codings: what the second leaves out is work all the same.

    Raises:
        RefusedError: The codings are too many, or not ours.
    """

    def __init__(self, codings: list[str], limit: int) -> None:
        names = [name for value in codings for part in value.split(",") if (name := part.strip().lower())]
        decoders = [_DECODERS[name] for name in names if name in _DECODERS]
        if len(decoders) > _MAX_CODINGS or not _FOREIGN.isdisjoint(names):
            raise RefusedError(
                FailureKind.MALFORMED, "The body has a content coding that the request does not accept.", WAIT
            )
        self._decoders: list[Decoder] = [decoder() for decoder in reversed(decoders)]  # the last was applied last
        self._limit = limit
        self._sizes = [0] * (len(decoders) + 1)  # bytes as sent, and behind each decoder
        self._decoded = io.BytesIO()

    def expect(self, length: str) -> None:
        """Take note of a `Content-Length`.

        Raises:
            RefusedError: It is past the limit: the rest need not be waited for.
        """
        digits = length.lstrip("0")
        if digits.isdecimal() and (len(digits) > 18 or int(digits) > self._limit):
            raise _too_large(self._limit)

    def write(self, data: bytes) -> None:
        """Take the next bytes, as sent.

        Raises:
            RefusedError: The limit is passed, or this is not the coding it says it is.
        """
        try:
            self._decode(data, 0)
        except _BROKEN:
            raise RefusedError(
                FailureKind.MALFORMED, "The body is not in the content coding that its header names.", WAIT
            ) from None

    def finish(self) -> bytes:
        """The whole body.

        Raises:
            RefusedError: A decoder has not met its end mark.
        """
        if self._sizes[0] and not all(decoder.ended for decoder in self._decoders):
            raise RefusedError(FailureKind.TRUNCATED, "The compressed body broke off before its end.", WAIT)
        return self._decoded.getvalue()

    def _decode(self, data: bytes, undone: int) -> None:
        """Take bytes of which so many codings are undone."""
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
