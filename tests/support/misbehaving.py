"""What hosts do wrong, as a table: a script, the failure that it must come to, and when that must be told."""

import gzip
import itertools
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import brotli
import zstandard

from support.origin import HANG, RESET, Asked, Step, answer

MIB = 1024 * 1024
LIMITS = {"timeout": 2.0, "connect_timeout": 1.0, "max_body": MIB // 4, "concurrency": 50}
AT_ONCE = (0.0, 1.0)
"""Seconds between which it must have ended: half a second for a machine that is busy, and for what came before."""
CONNECT = (0.9, 1.5)
DEADLINE = (1.9, 2.5)

FEED = b"<rss version='2.0'><channel><title>t</title><item><guid>%b</guid><title>%b</title></item></channel></rss>"
GOOD = FEED % (b"bad", b"bad")
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
LENGTH = b"Content-Length: %d\r\n\r\n"
INTERIM = b"HTTP/1.1 103 Early Hints\r\n\r\n"
PAGE = b"<html><head><title>Sign in</title></head><body><form action='/login'><input name='user'></form></body></html>"
DRIP = 0.05

Script = Sequence[Step] | Callable[[Asked], Iterable[Step]]


@dataclass(frozen=True)
class Case:
    """One way of misbehaving.

    Attributes:
        kind: Of the failure, or two between which chance decides; empty: it does no harm.
        within: Seconds, from and until.
        script: Of the host, whatever is asked there.
        host: Who plays it: `plain`, a kind of TLS, or, when `url` says where to, nobody.
        url: With `{plain}` for a port that does not speak TLS, and `{closed}` for one where nobody listens.
        greeting: Played when somebody connects, before a request is read.
        wait: Seconds at least until it is asked again.
    """

    kind: str
    within: tuple[float, float]
    script: Script = ()
    host: str = "plain"
    url: str = ""
    greeting: Sequence[Step] = ()
    wait: float = 0.0

    @property
    def mends(self) -> bool:
        """Whether the same address can give a feed."""
        return self.host == "plain" and not self.greeting and not self.url


def forever(first: bytes, again: bytes, pause: float = 0.0) -> Callable[[Asked], Iterable[Step]]:
    pauses = (pause,) if pause else ()
    return lambda _: itertools.chain([first], itertools.chain.from_iterable(itertools.repeat((again, *pauses))))


def drops(first: bytes, data: bytes) -> Iterable[Step]:
    yield first
    for byte in data:
        yield bytes([byte])
        yield DRIP


def coded(coding: str, pack: Callable[[], bytes], status: str = "200 OK") -> Callable[[Asked], Iterable[Step]]:
    return lambda _: answer(pack(), f"Content-Encoding: {coding}", "Location: /good", status=status)


def cut(coding: str, pack: Callable[[bytes], bytes]) -> Callable[[Asked], Iterable[Step]]:
    """The framing is whole; what is in it is not."""
    return coded(coding, lambda: pack(GOOD)[:-3])


def said(status: str, *fields: str, body: bytes = b"") -> Sequence[Step]:
    return answer(body, *fields, status=status)


def to(location: str, status: str = "302 Found") -> Sequence[Step]:
    return said(status, f"Location: {location}")


@cache
def zeros(coding: str) -> bytes:
    """512 MiB, packed."""
    packer = {"gzip": lambda: zlib.compressobj(1, wbits=31), "deflate": lambda: zlib.compressobj(1)}[coding]()
    piece = bytes(8 * MIB)
    return b"".join(packer.compress(piece) for _ in range(64)) + packer.flush()


@cache
def brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=1)
    piece = bytes(8 * MIB)
    return b"".join(packer.process(piece) for _ in range(64)) + packer.finish()


def zstd_bomb() -> bytes:
    block = struct.pack("<I", 131072 << 3 | 1 << 1)[:3] + b"\0"  # RFC 8878, section 3.1.1: 128 KiB in four bytes
    return b"\x28\xb5\x2f\xfd\x00\x68" + block * 4096


def zstd_of_a_huge_window() -> bytes:
    return b"\x28\xb5\x2f\xfd\x00" + bytes([(30 - 10) << 3]) + b"\x01\x00\x00"  # 1 GiB


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


SLOW = {
    "silence": [HANG],
    "status-line-drips": forever(b"HTTP/1.1 ", b" ", DRIP),
    "field-drips": forever(OK + b"X: ", b"a", DRIP),
    "fields-drip": forever(OK, b"X: a\r\n", DRIP),
    "interim-answers-drip": forever(b"", INTERIM, 0.02),
    "stall-in-the-head": [OK + b"X: a\r\n", HANG],
    "stall-after-an-interim-answer": [INTERIM, HANG],
    "body-drips": forever(OK + b"\r\n", b"a", DRIP),
    "body-of-known-length-drips": forever(OK + LENGTH % 9999, b"a", DRIP),
    "chunks-drip": forever(CHUNKED, b"1\r\na\r\n", DRIP),
    "chunk-extension-drips": forever(CHUNKED + b"5;", b"x", DRIP),
    "trailers-drip": forever(CHUNKED + b"0\r\n", b"X: a\r\n", DRIP),
    "gzip-drips": lambda _: drops(OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(GOOD)),
    "brotli-drips": forever(OK + b"Content-Encoding: br\r\n\r\n" + brotli.compress(GOOD)[:9], b"\0", 3.0),
    "stall-in-the-body": [OK + LENGTH % len(GOOD) + GOOD[:-9], HANG],
    "stall-in-a-chunk": [CHUNKED + b"ff\r\nabc", HANG],
    "stall-before-the-last-chunk": [CHUNKED + b"3\r\nabc\r\n", HANG],
    "stall-after-the-end-of-gzip": [
        OK + b"Content-Encoding: gzip\r\n" + LENGTH % 9999 + gzip.compress(GOOD), HANG
    ],
    "switching-protocols": [b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", HANG],
    "slow-redirects": lambda asked: [0.45, *to(f"{asked.path}x")],
    "body-of-a-redirect-drips": forever(b"HTTP/1.1 302 Found\r\nLocation: /good\r\n" + LENGTH % 999, b"a", DRIP),
}  # fmt: skip

QUICK: dict[str, tuple[str, Script]] = {
    # broken off
    "close-before-the-answer": ("connect", []),
    "reset-before-the-answer": ("connect", [RESET]),
    "close-in-the-head": ("connect", [OK + b"X: 1\r\n"]),
    "reset-in-the-head": ("connect", [OK + b"X: 1\r\n", DRIP, RESET]),
    "close-after-an-interim-answer": ("connect", [INTERIM]),
    "short-body": ("truncated", [OK + LENGTH % 999 + GOOD]),
    "reset-in-the-body": ("truncated", [OK + LENGTH % 999 + GOOD, DRIP, RESET]),
    "no-last-chunk": ("truncated", [CHUNKED + b"3\r\nabc\r\n"]),
    "cut-in-a-chunk": ("truncated", [CHUNKED + b"ff\r\nabc"]),
    "truncated-gzip": ("truncated", cut("gzip", gzip.compress)),
    "truncated-deflate": ("truncated", cut("deflate", zlib.compress)),
    "truncated-bare-deflate": ("truncated", cut("deflate", bare_deflate)),
    "truncated-brotli": ("truncated", cut("br", brotli.compress)),
    "truncated-zstd": ("truncated", cut("zstd", zstandard.compress)),
    "truncated-gzip-until-close": (
        "truncated", [OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(GOOD)[:-9]]
    ),
    # lies about length
    "conflicting-lengths": ("malformed", [OK + b"Content-Length: 999\r\n" + LENGTH % len(GOOD) + GOOD]),
    "list-of-lengths": ("malformed", [OK + b"Content-Length: 999, 5\r\n\r\n" + GOOD]),
    "negative-length": ("malformed", [OK + LENGTH % -5 + GOOD]),
    "length-in-hex": ("malformed", [OK + b"Content-Length: 0x5\r\n\r\n" + GOOD]),
    "overflowing-length": ("too-large", [OK + LENGTH % 2**65 + GOOD, HANG]),
    "length-of-a-film": ("too-large", [OK + LENGTH % 10**8 + GOOD, HANG]),
    "more-than-was-said": ("", [OK + LENGTH % len(GOOD) + GOOD + GOOD]),
    "length-and-chunks": ("", [OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                               + b"%x\r\n%b\r\n0\r\n\r\n" % (len(GOOD), GOOD)]),
    "garbage-for-a-chunk": ("truncated", [CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n"]),
    "negative-chunk": ("truncated", [CHUNKED + b"-3\r\nabc\r\n0\r\n\r\n"]),
    "overflowing-chunk": ("truncated", [CHUNKED + b"fffffffffffffffff\r\nabc", HANG]),
    "endless-chunk": ("too-large", forever(CHUNKED + b"7fffffffffffffff\r\n", b"x" * 65536)),
    "chunk-longer-than-said": ("truncated", [CHUNKED + b"2\r\nabcdef\r\n0\r\n\r\n"]),
    "chunks-that-are-none": ("truncated", [CHUNKED + GOOD]),
    "odd-transfer-coding": ("malformed", [OK + b"Transfer-Encoding: squeezed\r\n\r\n" + GOOD]),
    "unwanted-transfer-coding": ("malformed", [OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"]),
    # codings
    "gzip-bomb": ("too-large", coded("gzip", lambda: zeros("gzip"))),
    "gzip-bomb-in-gzip": ("too-large", coded("gzip, gzip", lambda: gzip.compress(zeros("gzip")))),
    "deflate-bomb": ("too-large", coded("deflate", lambda: zeros("deflate"))),
    "brotli-bomb": ("too-large", coded("br", brotli_bomb)),
    "zstd-bomb": ("too-large", coded("zstd", zstd_bomb)),
    "zstd-of-a-huge-window": ("malformed", coded("zstd", zstd_of_a_huge_window)),
    "chain-of-codings": ("malformed", coded("gzip, gzip, gzip", lambda: GOOD)),
    "chain-of-sixty-codings": ("malformed", coded(", ".join(["gzip"] * 60), lambda: GOOD)),
    "chain-of-members": ("malformed", coded("gzip", lambda: gzip.compress(b"") * 2000)),
    "coding-not-offered": ("malformed", coded("compress", lambda: GOOD)),
    "not-gzip": ("malformed", coded("gzip", lambda: GOOD)),
    "not-brotli": ("malformed", coded("br", lambda: GOOD)),
    "not-zstd": ("malformed", coded("zstd", lambda: GOOD)),
    "wrong-checksum": ("malformed", coded("gzip", lambda: gzip.compress(GOOD)[:-8] + bytes(8))),
    # what does not end
    "endless-body": ("too-large", forever(OK + b"\r\n", b"x" * 65536)),
    "endless-chunks": ("too-large", forever(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n")),
    "endless-body-of-a-redirect": ("", forever(b"HTTP/1.1 302 Found\r\nLocation: /good\r\n\r\n", b"x" * 65536)),
    "bomb-in-a-redirect": ("", coded("gzip", lambda: zeros("gzip"), "301 Moved")),
    "endless-body-of-an-error": ("status", forever(b"HTTP/1.1 404 Not Found\r\n\r\n", b"x" * 65536)),
    "endless-interim-answers": ("too-large", forever(b"", INTERIM)),
    "endless-fields": ("too-large", forever(OK, b"X: 1\r\n")),
    "endless-long-fields": ("too-large", forever(OK, b"X: " + b"1" * 30000 + b"\r\n")),
    "endless-field": ("too-large", forever(OK + b"X: ", b"1" * 30000)),
    "endless-status-line": ("too-large", forever(b"HTTP/1.1 200 ", b"O" * 30000)),
    "endless-trailers": ("too-large", forever(CHUNKED + b"0\r\n", b"X: " + b"1" * 3000 + b"\r\n")),
    "endless-reserved-fields": ("too-large", forever(OK, b"Set-Cookie: a=b\r\n")),
    # heads that are none
    "no-head": ("malformed", [GOOD]),
    "empty-lines": ("malformed", forever(b"", b"\r\n" * 999)),
    "odd-version": ("malformed", [b"HTTP/9.9 200 OK\r\n" + LENGTH % len(GOOD) + GOOD]),
    "another-protocol": ("malformed", [b"ICY 200 OK\r\n" + LENGTH % len(GOOD) + GOOD]),
    "status-of-four-digits": ("malformed", [b"HTTP/1.1 2000 OK\r\n" + LENGTH % len(GOOD) + GOOD]),
    "status-below-100": ("malformed", [b"HTTP/1.1 099 OK\r\n" + LENGTH % len(GOOD) + GOOD]),
    "no-colon": ("malformed", [OK + b"no colon\r\n" + LENGTH % len(GOOD) + GOOD]),
    "nul-in-the-head": ("malformed", [OK + b"X: a\0b\r\n" + LENGTH % len(GOOD) + GOOD]),
    "bare-cr-in-the-head": ("malformed", [OK + b"X: a\rb\r\n" + LENGTH % len(GOOD) + GOOD]),
    "bare-lf-in-the-head": ("", [OK.replace(b"\r", b"") + (LENGTH % len(GOOD)).replace(b"\r", b"") + GOOD]),
    # redirects
    "redirect-to-itself": ("redirect", lambda asked: to(asked.path)),
    "redirects-without-end": ("redirect", lambda asked: to(f"{asked.path}x")),
    "redirect-to-nowhere": ("redirect", said("301 Moved")),
    "redirect-to-a-file": ("redirect", to("file:///etc/passwd")),
    "redirect-to-ftp": ("redirect", to("ftp://plain.test/feed")),
    "redirect-to-gopher": ("redirect", to("gopher://127.0.0.1:6379/_x")),
    "redirect-to-a-script": ("redirect", to("javascript:alert(1)")),
    "redirect-to-data": ("redirect", to("data:text/xml,<rss/>")),
    "redirect-to-garbage": ("redirect", to("http://[::1")),
    "redirect-to-a-novel": ("redirect", to("/feed?" + "x" * 60000)),
    "redirect-inward": ("forbidden", to("http://10.0.0.1/feed")),
    "redirect-to-metadata": ("forbidden", to("http://[::ffff:169.254.169.254]/latest/")),
    "redirect-to-an-unknown-name": ("dns", to("http://unknown.test/feed", "301 Moved")),
    "redirect-to-a-dead-host": ("connect", to("http://dead.test:1/feed", "301 Moved")),
    "redirect-to-a-login": ("no-feed", lambda asked: answer(PAGE) if asked.path == "/login" else to("/login")),
    # statuses
    "nothing": ("empty", said("204 No Content")),
    "nothing-with-a-body": ("empty", [b"HTTP/1.1 204 No Content\r\n" + LENGTH % len(GOOD) + GOOD]),
    "part-unasked": ("status", said("206 Partial Content", "Content-Range: bytes 0-9/99", body=GOOD[:10])),
    "unauthorized": ("status", said("401 Unauthorized", 'WWW-Authenticate: Basic realm="x"')),
    "proxy-wanted": ("status", said("407 Proxy Authentication Required")),
    "gone": ("gone", said("410 Gone")),
    "nonsense-status": ("status", said("999 No")),
    "error-with-a-feed": ("status", said("500 Oops", body=GOOD)),
    "html-for-a-feed": ("no-feed", answer(PAGE)),
    "garbage-for-a-feed": ("no-feed", answer(bytes(range(256)) * 9)),
    "empty-body": ("empty", answer(b"")),
}  # fmt: skip
HOUR, MONTH = 3600.0, 30 * 86400.0
CASES: dict[str, Case] = {
    **{name: Case("timeout", DEADLINE, script) for name, script in SLOW.items()},
    **{name: Case(kind, AT_ONCE, script) for name, (kind, script) in QUICK.items()},
    "unasked-304": Case("status", AT_ONCE, said("304 Not Modified"), host="fresh"),
    # A debt of the host is no failure of the source.
    "wait-ten-years": Case("", AT_ONCE, said("429 Slow down", "Retry-After: 315360000"), wait=MONTH),
    "wait-for-2100": Case("", AT_ONCE, said("503 Busy", "Retry-After: Fri, 01 Jan 2100 00:00:00 GMT"), wait=MONTH),
    "wait-two-hours": Case("", AT_ONCE, said("503 Busy", "Retry-After: 7200"), wait=2 * HOUR),
    "wait-overflow": Case("", AT_ONCE, said("503 Busy", f"Retry-After: {'9' * 99}"), wait=MONTH),
    "wait-negative": Case("", AT_ONCE, said("503 Busy", "Retry-After: -5"), wait=HOUR / 4),
    "wait-until-yesterday": Case(
        "", AT_ONCE, said("503 Busy", "Retry-After: Fri, 01 Jan 1999 00:00:00 GMT"), wait=HOUR / 4
    ),
    "wait-for-nonsense": Case("", AT_ONCE, said("503 Busy", "Retry-After: soon"), wait=HOUR / 4),
    "close-on-connect": Case("connect", AT_ONCE, greeting=[b""]),
    "reset-on-connect": Case("connect", AT_ONCE, greeting=[RESET]),
    "ssh-speaks-first": Case("malformed", AT_ONCE, greeting=[b"SSH-2.0-OpenSSH_9.2\r\n", HANG]),
    "unknown-name": Case("dns", AT_ONCE, url="http://unknown-name.test/"),
    "silent-name": Case("dns", CONNECT, url="http://silent-name.test/"),
    "closed-port": Case("connect", AT_ONCE, url="http://closed-port.test:1/"),
    "private-address": Case("forbidden", AT_ONCE, url="http://192.168.0.1/"),
    "handshake-stalls": Case("tls", CONNECT, host="plain-as-tls"),
    "plain-for-tls": Case("tls", AT_ONCE, host="plain-as-tls", greeting=[b"HTTP/1.1 400 Bad Request\r\n\r\n", HANG]),
    "handshake-is-garbage": Case("tls", AT_ONCE, host="plain-as-tls", greeting=[b"\x16\x03\x03\xff\xff" * 99, HANG]),
    "handshake-is-reset": Case("connect|tls", AT_ONCE, host="plain-as-tls", greeting=[RESET]),
    "expired-certificate": Case("tls", AT_ONCE, host="expired"),
    "certificate-of-nobody": Case("tls", AT_ONCE, host="untrusted"),
    "certificate-for-another": Case("tls", AT_ONCE, host="another"),
    "tls-body-drips": Case("timeout", DEADLINE, forever(OK + b"\r\n", b"a", DRIP), host="tls"),
    "tls-body-is-cut": Case("truncated", AT_ONCE, [OK + LENGTH % 999 + GOOD, DRIP, RESET], host="tls"),
    "tls-redirect-to-http": Case("redirect", AT_ONCE, to("http://plain.test/feed"), host="tls"),
}
