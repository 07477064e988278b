"""What a status means, and how long an answer is fresh."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.fetch.caching import freshness, judge
from syndicator.model.failure import Failure
from syndicator.model.outcome import Failed
from syndicator.model.web import Response

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DAY = 86400.0


def response(status: int = 200, **fields: str) -> Response:
    headers = tuple((name.replace("_", "-"), value) for name, value in fields.items())
    return Response(url="http://a.example/", status=status, headers=headers)


def failure(status: int, **fields: str) -> Failure:
    found = judge(response(status, **fields), NOW)
    assert isinstance(found, Failed)
    return found.failure


@pytest.mark.parametrize("status", [200, 203, 218, 299, 304])
def test_a_usable_answer_passes(status: int) -> None:
    assert judge(response(status), NOW) == response(status)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(204, "empty"), (205, "empty"), (410, "gone"), (429, "busy"), (503, "busy")]
    + [(status, "status") for status in (201, 202, 206, 207, 208, 226, 300, 301, 305, 307, 399)]
    + [(status, "status") for status in (400, 401, 403, 404, 405, 407, 408, 418, 451, 499)]
    + [(status, "status") for status in (500, 502, 504, 520, 599, 600, 999)],
)
def test_any_other_is_a_failure_with_a_remedy(status: int, kind: str) -> None:
    found = failure(status)
    assert (found.kind, found.status, found.retry_after) == (kind, status, None)
    assert str(status) in found.message
    assert found.remedy


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (206, "sent no complete body"),
        (226, "sent no complete body"),
        (300, "redirects in a way"),
        (399, "redirects in a way"),
        (400, "refuses the request"),
        (401, "requires credentials"),
        (403, "refuses to serve us"),
        (404, "nothing at this address"),
        (407, "proxy"),
        (408, "stopped waiting"),
        (410, "withdrawn for good"),
        (429, "too many requests"),
        (451, "legal reasons"),
        (499, "refuses the request"),
        (500, "an internal error"),
        (503, "overloaded"),
        (999, "an internal error"),
    ],
)
def test_each_says_what_is_known_of_it(status: int, sentence: str) -> None:
    assert sentence in failure(status).message


def http(date: datetime) -> str:
    return format_datetime(date, usegmt=True)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("00120", 120.0),
        ("0" * 20 + "120", 120.0),
        ("315360000", 30 * DAY),
        ("9" * 5000, 30 * DAY),
        (http(NOW + timedelta(hours=2)), 7200.0),
        ((NOW + timedelta(hours=2)).strftime("%A, %d-%b-%y %H:%M:%S GMT"), 7200.0),
        ((NOW + timedelta(hours=2)).strftime("%a %b %e %H:%M:%S %Y"), 7200.0),
        ((NOW + timedelta(hours=2)).strftime("%a, %d %b %Y 15:00:00 +0100"), 7200.0),
        (http(NOW - timedelta(days=9)), 0.0),
        (http(NOW + timedelta(days=3650)), 30 * DAY),
        ("", None),
        ("-5", None),
        ("+5", None),
        ("1.5", None),
        ("5s", None),
        ("soon", None),
        ("٥", None),
        ("через час", None),
        ("Mon, 32 Jan 2026 00:00:00 GMT", None),
        ("1 1 1 1", None),
        ("1 Jan " + "9" * 30 + " 00:00:00 GMT", None),
    ],
)
def test_how_long_a_host_sends_us_away(value: str, seconds: float | None) -> None:
    assert failure(429, retry_after=value).retry_after == seconds
    assert failure(503, retry_after=value).retry_after == seconds


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, None),
        ({"cache_control": "max-age=600"}, 600.0),
        ({"cache_control": "public, Max-Age = 600 , s-maxage=9"}, 600.0),
        ({"cache_control": 'max-age="600"'}, 600.0),
        ({"cache_control": 'private="a, max-age=5", max-age=600'}, 600.0),
        ({"cache_control": "max-age=600, max-age=5"}, 600.0),
        ({"cache_control": "max-age=600", "age": "200"}, 400.0),
        ({"cache_control": "max-age=600", "age": "700"}, 0.0),
        ({"cache_control": "max-age=600", "age": "200, 100"}, 400.0),
        ({"cache_control": "max-age=600", "age": "-700"}, 600.0),
        ({"cache_control": "max-age=600", "age": "old"}, 600.0),
        ({"cache_control": "max-age=600", "expires": http(NOW + timedelta(days=1))}, 600.0),
        ({"cache_control": "public", "expires": http(NOW + timedelta(hours=1))}, 3600.0),
        ({"expires": http(NOW + timedelta(hours=1)), "date": http(NOW - timedelta(hours=1))}, 7200.0),
        ({"expires": http(NOW + timedelta(hours=1)), "date": "today", "age": "600"}, 3000.0),
        ({"expires": http(NOW - timedelta(hours=1))}, 0.0),
        ({"expires": "0"}, 0.0),
        ({"strict_transport_security": "max-age=31536000"}, None),
        ({"expires": "-1"}, 0.0),
        ({"cache_control": "max-age=9999999999999"}, 2.0**31),
        ({"cache_control": "max-age=" + "9" * 5000}, 2.0**31),
        ({"cache_control": "max-age=-1"}, None),
        ({"cache_control": "max-age=1.5"}, None),
        ({"cache_control": "max-age"}, None),
        ({"cache_control": "max-age=много"}, None),
        ({"cache_control": "max-age=0"}, 0.0),
        ({"cache_control": "no-cache, max-age=600"}, 0.0),
        ({"cache_control": "no-store"}, 0.0),
        ({"cache_control": "no-cache", "expires": http(NOW + timedelta(hours=1))}, 0.0),
        ({"cache_control": ',;"=,=, "'}, None),
    ],
)
def test_how_long_an_answer_is_fresh(fields: dict[str, str], seconds: float | None) -> None:
    assert freshness(response(**fields), NOW) == seconds


def test_repeated_fields_are_one_list() -> None:
    headers = (("cache-control", "public"), ("cache-control", "max-age=60"))
    assert freshness(Response(url="", status=200, headers=headers), NOW) == 60.0


@given(value=st.text(alphabet=st.characters(max_codepoint=255), max_size=60))
@settings(max_examples=200)
def test_no_field_can_break_it(value: str) -> None:
    seconds = failure(503, retry_after=value).retry_after
    assert seconds is None or 0 <= seconds <= 30 * DAY
    for fields in ({"cache_control": value}, {"expires": value, "date": value, "age": value}):
        fresh = freshness(response(**fields), NOW)
        assert fresh is None or fresh >= 0
