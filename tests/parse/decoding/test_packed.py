"""Bodies that are packed, where no field of their answer says so."""

import gzip
import zlib

import pytest

from support.feeds import response, source
from syndicator.model.article import Entry, Text
from syndicator.model.failure import FailureKind
from syndicator.parse import parse
from syndicator.parse.decoding.packed import MAX_BYTES, unpacked
from syndicator.parse.failures import Unreadable
from syndicator.parse.page import parse_article

RSS = b"<rss version='2.0'><channel><title>t</title><item><guid>1</guid><title>One</title></item></channel></rss>"
JSON = b'{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{"id": "1", "content_text": "One"}]}'
WORDS = "The harbour was closed on Monday after a storm, and no ship came in or went out for two days. " * 5
PAGE = f"<html><title>One</title><body><article><h1>One</h1><p>{WORDS}</p></article></body></html>".encode()


@pytest.mark.parametrize("body", [RSS, JSON], ids=["rss", "json"])
def test_a_feed_that_is_packed_is_read(body: bytes) -> None:
    assert len(parse(response(gzip.compress(body)), source()).entries) == 1


def test_a_page_that_is_packed_is_read() -> None:
    wished = Entry(key="1", title=Text(value="One"))
    (entry,) = parse_article(response(gzip.compress(PAGE)), source(), wished).entries
    assert entry.content is not None
    assert "harbour" in entry.content.value


@pytest.mark.parametrize("body", [RSS, b"", b"\x1f", b"\x1f\x8b", b"\x1f\x8b\x09 no method", zlib.compress(RSS)])
def test_what_is_not_packed_stays_as_it_is(body: bytes) -> None:
    assert unpacked(response(body)).body == body


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (gzip.compress(b" " * (MAX_BYTES + 1), 1), FailureKind.TOO_LARGE),
        (b"\x1f\x8b\x08\x00oops", FailureKind.MALFORMED),
        (b"\x1f\x8b\x08", FailureKind.MALFORMED),
    ],
)
def test_what_cannot_be_unpacked_or_is_far_too_much_is_a_failure(body: bytes, kind: FailureKind) -> None:
    with pytest.raises(Unreadable) as refusal:
        unpacked(response(body))
    assert refusal.value.kind is kind


def test_what_is_packed_and_breaks_off_is_read_as_far_as_it_goes() -> None:
    cut = unpacked(response(gzip.compress(RSS * 50)[:-8])).body
    assert cut.startswith(RSS)
