"""RFC 9110, sections 5.6.7, 8.8, 12.5.3 and 13."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.serve.conditions import Coding, http_date, parse_http_date, preferred_coding, status_for

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
EXAMPLE = 784111777  # Sun, 06 Nov 1994 08:49:37 GMT, the RFC's own
ETAG = b'"abc"'
BEFORE, AT, AFTER = (http_date(EXAMPLE + offset) for offset in (-1, 0, 1))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 200),
        # 13.1.2: If-None-Match compares weakly
        ({b"if-none-match": b'"abc"'}, 304),
        ({b"if-none-match": b'W/"abc"'}, 304),
        ({b"if-none-match": b'"x", "abc"'}, 304),
        ({b"if-none-match": b'"x",W/"abc"  ,"y"'}, 304),
        ({b"if-none-match": b'"a,b", "abc"'}, 304),
        ({b"if-none-match": b"*"}, 304),
        ({b"if-none-match": b" * "}, 304),
        ({b"if-none-match": b'"ab"'}, 200),
        ({b"if-none-match": b'"ABC"'}, 200),
        ({b"if-none-match": b"abc"}, 200),
        ({b"if-none-match": b""}, 200),
        ({b"if-none-match": b'"*"'}, 200),
        ({b"if-none-match": b'"abc'}, 200),
        ({b"if-none-match": b'"abc-gz"'}, 200),
        # 13.1.3: If-Modified-Since, ignored beside If-None-Match or when it is no date
        ({b"if-modified-since": BEFORE}, 200),
        ({b"if-modified-since": AT}, 304),
        ({b"if-modified-since": AFTER}, 304),
        ({b"if-modified-since": b"Sunday, 06-Nov-94 08:49:37 GMT"}, 304),
        ({b"if-modified-since": b"Sun Nov  6 08:49:37 1994"}, 304),
        ({b"if-modified-since": http_date(int(NOW.timestamp()))}, 304),
        ({b"if-modified-since": http_date(int(NOW.timestamp()) + 1)}, 200),
        ({b"if-modified-since": b"yesterday"}, 200),
        ({b"if-modified-since": b""}, 200),
        ({b"if-modified-since": AT + b", " + AT}, 200),
        ({b"if-modified-since": AFTER, b"if-none-match": b'"x"'}, 200),
        ({b"if-modified-since": BEFORE, b"if-none-match": ETAG}, 304),
        # 13.1.1: If-Match compares strongly; 13.1.4: If-Unmodified-Since, ignored beside it
        ({b"if-match": ETAG}, 200),
        ({b"if-match": b"*"}, 200),
        ({b"if-match": b'"x", "abc"'}, 200),
        ({b"if-match": b'W/"abc"'}, 412),
        ({b"if-match": b'"x"'}, 412),
        ({b"if-match": b'"x"', b"if-none-match": ETAG}, 412),
        ({b"if-match": ETAG, b"if-none-match": ETAG}, 304),
        ({b"if-unmodified-since": BEFORE}, 412),
        ({b"if-unmodified-since": AT}, 200),
        ({b"if-unmodified-since": b"never"}, 200),
        ({b"if-unmodified-since": BEFORE, b"if-match": ETAG}, 200),
        ({b"if-unmodified-since": AT, b"if-modified-since": AT}, 304),
    ],
)
def test_preconditions(fields: dict[bytes, bytes], status: int) -> None:
    assert status_for(fields, etag=ETAG, modified=EXAMPLE, unmodified_since=EXAMPLE, now=NOW) == status


def test_a_date_does_not_hide_a_second_change_within_the_same_second() -> None:
    fields = {b"if-modified-since": AT}
    assert status_for(fields, etag=ETAG, modified=EXAMPLE, unmodified_since=EXAMPLE + 1, now=NOW) == 200


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"Sun, 06 Nov 1994 08:49:37 GMT", EXAMPLE),
        (b"Sunday, 06-Nov-94 08:49:37 GMT", EXAMPLE),
        (b"Sun Nov  6 08:49:37 1994", EXAMPLE),
        (b"Wed, 16 Nov 1994 08:49:37 GMT", EXAMPLE + 10 * 86400),
        (b"Wed Nov 16 08:49:37 1994", EXAMPLE + 10 * 86400),
        (b"Friday, 31-Dec-76 00:00:00 GMT", 3376598400),  # 2076: exactly 50 years ahead
        (b"Friday, 31-Dec-77 00:00:00 GMT", 252374400),  # 1977: the century before
        (b"Sat, 31 Dec 2016 23:59:60 GMT", 1483228800),  # a leap second
    ],
)
def test_all_three_forms_of_a_date_are_read(value: bytes, seconds: int) -> None:
    assert parse_http_date(value, NOW) == seconds


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"Sun, 06 Nov 1994 08:49:37",
        b"Sun, 06 Nov 1994 08:49:37 UTC",
        b"Sun, 06 Nov 1994 08:49:37 +0000",
        b"Sun, 6 Nov 1994 08:49:37 GMT",
        b"Sun, 06 nov 1994 08:49:37 GMT",
        b"Sun, 30 Feb 1994 08:49:37 GMT",
        b"Sun, 06 Nov 1994 24:49:37 GMT",
        b"Sun, 06 Nov 1994 08:49:61 GMT",
        b"Sun, 06 Nov 0000 08:49:37 GMT",
        b"Sun, 06-Nov-94 08:49:37 GMT",
        b"1994-11-06T08:49:37Z",
        "Вс, 06 Ноя 1994 08:49:37 GMT".encode(),
        "Sun, ٠٦ Nov 1994 08:49:37 GMT".encode(),
        b"Sun, 06 Nov 1994 08:49:37 GMT\n",
    ],
)
def test_what_is_no_http_date_is_none(value: bytes) -> None:
    assert parse_http_date(value, NOW) is None


@given(st.integers(min_value=0, max_value=253402300799))
def test_our_own_dates_are_read_back(seconds: int) -> None:
    assert parse_http_date(http_date(seconds), NOW) == seconds


@pytest.mark.parametrize("month", range(1, 13))
def test_our_dates_have_the_names_that_others_write(month: int) -> None:
    for day in range(1, 8):
        at = datetime(2026, month, day, 13, 5, 9, tzinfo=UTC)
        assert http_date(int(at.timestamp())).decode() == format_datetime(at, usegmt=True)


IDENTITY, GZIP = Coding.IDENTITY, Coding.GZIP


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        (None, IDENTITY),
        (b"", IDENTITY),
        (b"gzip", GZIP),
        (b"GZIP", GZIP),
        (b"x-gzip", GZIP),
        (b"gzip, deflate, br, zstd", GZIP),
        (b"deflate,gzip;q=1.0,*;q=0.5", GZIP),
        (b"br", IDENTITY),
        (b"*", GZIP),
        (b"identity", IDENTITY),
        (b"gzip;q=0", IDENTITY),
        (b"gzip;q=0.000", IDENTITY),
        (b"gzip;q=0, *", IDENTITY),
        (b"gzip;q=0.1", GZIP),
        (b"gzip ; q=0.001", GZIP),
        (b"gzip;Q=0.5, identity;q=0.5", GZIP),
        (b"gzip;q=0.5, identity", IDENTITY),
        (b"gzip;q=1, identity", GZIP),
        (b"gzip, identity;q=1", GZIP),
        (b"gzip, identity;q=0", GZIP),
        (b"gzip, *;q=0", GZIP),
        (b"identity, *;q=0", IDENTITY),
        (b"*;q=0", None),
        (b"identity;q=0", None),
        (b"br, identity;q=0", None),
        (b"gzip;q=0, identity;q=0", None),
        (b"gzip;q=0, *;q=0", None),
        (b"*;q=0.5, gzip;q=0", IDENTITY),
        (b"gzip;q=2", IDENTITY),
        (b"gzip;q=nonsense", IDENTITY),
        (b"gzip;level=9", IDENTITY),
        (b"gzip;q=1;level=9", IDENTITY),
        (b"gzip;", IDENTITY),
        (b",,gzip,;q=1,", GZIP),
        (b"gzipped", IDENTITY),
    ],
)
def test_the_coding_is_the_one_the_client_likes_best(accept: bytes | None, coding: Coding | None) -> None:
    assert preferred_coding(accept) is coding


@given(st.dictionaries(st.sampled_from([b"if-match", b"if-none-match", b"if-modified-since"]), st.binary(max_size=40)))
def test_no_field_is_too_crooked_to_be_judged(fields: dict[bytes, bytes]) -> None:
    assert status_for(fields, etag=ETAG, modified=EXAMPLE, unmodified_since=EXAMPLE, now=NOW) in {200, 304, 412}
    for value in fields.values():
        assert preferred_coding(value) in {IDENTITY, GZIP, None}
