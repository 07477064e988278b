"""Compressed bodies: whole or not at all, and never larger than the cap."""

import gzip
import random
import struct
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support.door import Door
from support.origin import Origin
from syndicator.fetch.coding import Body
from syndicator.fetch.failures import RefusedError

MIB = 1024 * 1024


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def zstd_unsized(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_content_size=False, write_checksum=True).compress(data)


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("X-GZIP", gzip.compress),
    "zlib": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "brotli": ("br", brotli.compress),
    "zstd": ("zstd", zstd),
    "zstd, size unsaid": ("zstd", zstd_unsized),
    "identity": ("identity", bytes),
    "two": ("deflate, gzip", lambda data: gzip.compress(zlib.compress(data))),
    "two, with identity": ("gzip, identity ,, zstd", lambda data: zstd(gzip.compress(data))),
    "brotli within": ("br, gzip", lambda data: gzip.compress(brotli.compress(data))),
    "twice the same": ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data))),
}
packers = pytest.mark.parametrize(("coding", "pack"), PACKERS.values(), ids=PACKERS)


def unpack(codings: list[str], data: bytes, *, limit: int = MIB, chunk: int = 16384) -> bytes:
    body = Body(codings, limit)
    for start in range(0, len(data), chunk):
        body.write(data[start : start + chunk])
    return body.finish()


def kind(codings: list[str], data: bytes, **options: int) -> str:
    with pytest.raises(RefusedError) as caught:
        unpack(codings, data, **options)
    return caught.value.kind


@packers
@given(data=st.binary(max_size=3000), chunk=st.integers(1, 50))
@example(data="Съешь ещё этих мягких французских булок. ".encode() * 2000, chunk=16384)
@example(data=b"", chunk=1)
@settings(max_examples=15)
def test_what_was_packed_comes_out(coding: str, pack: Callable[[bytes], bytes], data: bytes, chunk: int) -> None:
    assert unpack([coding], pack(data), chunk=chunk) == data


@packers
@pytest.mark.parametrize("size", [65535, 65536, 65537, 131072])
def test_an_end_that_falls_together_with_a_full_buffer_is_seen(
    coding: str, pack: Callable[[bytes], bytes], size: int
) -> None:
    for period in range(1, 20):
        data = (bytes(range(period)) * (size // period + 1))[:size]
        assert unpack([coding], pack(data)) == data


def test_a_bare_stream_that_begins_as_a_multiple_of_31_is_not_taken_for_zlib() -> None:
    found = [it for number in range(999) if int.from_bytes(raw_deflate(it := b"%d" % number)[:2], "big") % 31 == 0]
    assert found
    assert [unpack(["deflate"], raw_deflate(it)) for it in found] == found


@pytest.mark.parametrize(("head", "length"), [(b"\x08", 4), (b"\x09", 21)], ids=["method", "multiple of 31"])
def test_a_bare_stream_that_begins_half_like_zlib_is_not_taken_for_it(head: bytes, length: int) -> None:
    # A stored block; the bits that fill up its first byte do not count (RFC 1951, section 3.2.4).
    stored = head + struct.pack("<HH", length, 0xFFFF - length) + b"x" * length
    assert unpack(["deflate"], stored + raw_deflate(b"") * (head == b"\x08")) == b"x" * length


@packers
def test_what_was_packed_may_look_back_far(coding: str, pack: Callable[[bytes], bytes]) -> None:
    far = random.Random(1).randbytes(32_000) * 2
    assert unpack([coding], pack(far)) == far


@packers
def test_a_body_cut_anywhere_is_never_taken_for_whole(coding: str, pack: Callable[[bytes], bytes]) -> None:
    if coding == "identity":
        return  # its end is known to HTTP alone
    packed = pack("Всё, что было сказано. ".encode() * 20)
    for end in range(1, len(packed)):
        assert kind([coding], packed[:end]) == "truncated", end


@packers
def test_a_host_that_sends_nothing_has_sent_an_empty_body(coding: str, pack: Callable[[bytes], bytes]) -> None:
    assert pack(b"x")
    assert unpack([coding], b"") == b""


@pytest.mark.parametrize("chunk", [1, 7, 16384])
def test_gzip_members_and_zstd_frames_are_joined(chunk: int) -> None:
    assert (
        unpack(["gzip"], gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two"), chunk=chunk) == b"one two"
    )
    assert unpack(["zstd"], zstd(b"one ") + zstd(b"") + zstd_unsized(b"two"), chunk=chunk) == b"one two"
    assert kind(["gzip"], gzip.compress(b"one") + gzip.compress(b"two")[:-1], chunk=chunk) == "truncated"


def test_a_further_member_may_look_back_as_far_as_the_first() -> None:
    far = random.Random(1).randbytes(32_000) * 2
    assert unpack(["gzip"], gzip.compress(far) + gzip.compress(far)) == far * 2


@pytest.mark.parametrize("padding", [b"\0" * 600, b"\x1f", b"\x1fgarbage", b"garbage"])
@pytest.mark.parametrize("chunk", [1, 16384])
def test_padding_after_the_end_is_left_out(padding: bytes, chunk: int) -> None:
    assert unpack(["gzip"], gzip.compress(b"text") + padding, chunk=chunk) == b"text"
    assert unpack(["deflate"], zlib.compress(b"text") + padding, chunk=chunk) == b"text"


@pytest.mark.parametrize("chunk", [1, 16384])
def test_nothing_may_follow_a_brotli_stream(chunk: int) -> None:
    assert kind(["br"], brotli.compress(b"text") + b"more", chunk=chunk) == "malformed"


@pytest.mark.parametrize(
    "coding", ["compress", "X-Compress", "aes128gcm", "gzip, dcb", "gzip, br, gzip", "gzip, gzip, gzip"]
)
def test_a_coding_that_was_not_offered_is_refused(coding: str) -> None:
    assert kind([coding], b"x") == "malformed"


@pytest.mark.parametrize(("window", "expected"), [(0x68, "too-large"), (0x69, "malformed")], ids=["8 MiB", "9 MiB"])
def test_a_zstd_frame_may_want_a_window_of_eight_mebibytes_and_no_more(window: int, expected: str) -> None:
    assert kind(["zstd"], zstd_bomb(16 * MIB, window)) == expected


@pytest.mark.parametrize("coding", ["utf-8", "none", "8bit", "", ","])
def test_what_is_no_coding_at_all_is_passed_over(coding: str) -> None:
    assert unpack([coding], b"<rss/>") == b"<rss/>"
    assert unpack([coding, "gzip"], gzip.compress(b"<rss/>")) == b"<rss/>"


def test_repeated_fields_are_one_list() -> None:
    packed = gzip.compress(zlib.compress(b"text"))
    assert unpack(["deflate", "gzip"], packed) == b"text"
    assert kind(["gzip"] * 3, packed) == "malformed"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("data", [b"<rss/>" * 10, b"\x1f\x8b\x08\x00garbage!" * 9, b"\x28\xb5\x2f\xfd\xff" * 9])
def test_a_body_that_is_not_what_its_head_says_is_refused(coding: str, data: bytes) -> None:
    assert kind([coding], data) in {"malformed", "truncated"}


def test_a_damaged_checksum_is_noticed() -> None:
    packed = bytearray(gzip.compress(b"text" * 100))
    packed[-6] ^= 1
    assert kind(["gzip"], bytes(packed)) == "malformed"


def zeros(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(MIB)) for _ in range(size // MIB)) + packer.flush()


def brotli_bomb(size: int) -> bytes:
    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(bytes(MIB)) for _ in range(size // MIB)) + packer.finish()


def zstd_bomb(size: int, window: int = 0x68) -> bytes:
    """RLE blocks of 128 KiB, four bytes each, behind a window, by default of 8 MiB (RFC 8878, section 3.1.1)."""
    block = struct.pack("<I", 131072 << 3 | 1 << 1)[:3] + b"\0"
    return b"\x28\xb5\x2f\xfd\x00" + bytes([window]) + block * (size // 131072)


@pytest.mark.parametrize(
    ("codings", "make"),  # each is made by the process that tries it, not by all
    [
        (["gzip"], lambda: zeros(64 * MIB)),
        (["gzip, gzip"], lambda: gzip.compress(zeros(64 * MIB))),
        (["deflate, gzip"], lambda: gzip.compress(zlib.compress(bytes(64 * MIB)))),
        (["gzip, gzip"], lambda: gzip.compress(gzip.compress(b"text") + bytes(64 * MIB))),
        (["br"], lambda: brotli_bomb(512 * MIB)),
        (["br, br"], lambda: brotli.compress(brotli_bomb(64 * MIB))),
        (["zstd"], lambda: zstd_bomb(512 * MIB)),
        (["zstd, zstd"], lambda: zstd(zstd_bomb(512 * MIB))),
    ],
    ids=["gzip", "twice", "mixed", "padding between", "brotli", "brotli twice", "zstd", "zstd twice"],
)
def test_a_bomb_is_stopped_at_the_cap(codings: list[str], make: Callable[[], bytes]) -> None:
    bomb = make()
    tracemalloc.start()
    try:
        assert kind(codings, bomb) == "too-large"
        assert tracemalloc.get_traced_memory()[1] < 8 * MIB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("coding", "member"), [("gzip", gzip.compress(b"")), ("zstd", zstd(b""))], ids=["gzip", "zstd"]
)
def test_a_chain_of_empty_members_ends(coding: str, member: bytes) -> None:
    assert unpack([coding], member * 1000) == b""
    assert kind([coding], member * 1001) == "malformed"


def test_bytes_as_sent_have_the_same_cap() -> None:
    assert unpack([], b"x" * 1000, limit=1000) == b"x" * 1000
    assert kind([], b"x" * 1001, limit=1000) == "too-large"
    assert kind(["gzip"], gzip.compress(b"x") + bytes(2000), limit=1000) == "too-large"
    assert unpack(["gzip"], gzip.compress(b"x" * 1000), limit=1000) == b"x" * 1000
    assert kind(["gzip"], gzip.compress(b"x" * 1001), limit=1000) == "too-large"


@pytest.mark.parametrize("length", ["1000", "0" * 20 + "1000", "", "abc", "-1", "1000, 1000", "²"])
def test_a_length_within_the_cap_is_no_matter(length: str) -> None:
    Body([], 1000).expect(length)


@pytest.mark.parametrize("length", ["1572865", "9" * 5000])
def test_a_length_beyond_the_cap_ends_it_at_once(length: str) -> None:
    with pytest.raises(RefusedError, match=r"the limit of 1\.5 MiB"):
        Body([], 1_572_864).expect(length)


@packers
def test_over_the_wire(door: Door, origin: Origin, coding: str, pack: Callable[[bytes], bytes]) -> None:
    text = "Новости часа. ".encode() * 5000
    packed = pack(text)
    field = f"Content-Encoding: {coding}"
    assert door.body(origin.serve("/whole", packed, field)) == text
    if coding != "identity":
        assert door.failure(origin.serve("/cut", packed[:-1], field)) == "truncated"
        assert door.failure(origin.serve("/bomb", pack(bytes(2 * MIB)), field)) == "too-large"
