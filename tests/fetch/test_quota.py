"""When a host that counts requests answers the next one."""

import time
from datetime import UTC, datetime

import pytest

from syndicator.fetch.caching import judge
from syndicator.fetch.quota import LONGEST, exhausted
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Failed
from syndicator.model.web import Response

NOW = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
EPOCH = int(NOW.timestamp())


def answer(status: int = 200, **fields: str) -> Response:
    headers = tuple((name.replace("_", "-"), value) for name, value in fields.items())
    return Response(url="https://a.example/", status=status, headers=headers)


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"x_ratelimit_remaining": "0.0", "x_ratelimit_reset": "43", "x_ratelimit_used": "100"}, 43.0),  # Reddit
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": str(EPOCH + 900)}, 900.0),  # GitHub
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": f"{EPOCH + 900}000"}, 900.0),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "2026-03-05T14:05:00.250Z"}, 300.25),  # Mastodon
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "2026-03-05T14:05:00"}, 300.0),
        ({"x_rate_limit_remaining": "0", "x_rate_limit_reset": str(EPOCH + 60)}, 60.0),
        ({"ratelimit_remaining": "0", "ratelimit_reset": "30"}, 30.0),
        ({"ratelimit": '"default";r=0;t=30'}, 30.0),
        ({"ratelimit": '"burst";r=0;t=5, "daily";r=0;t=3600, "other";r=7;t=9000'}, 3600.0),
        ({"ratelimit": "limit=100, remaining=0, reset=50"}, 50.0),
        ({"x_ratelimit_remaining": "0.5", "x_ratelimit_reset": "43"}, 43.0),  # less than one request
        ({"x_ratelimit_remaining": "1", "x_ratelimit_reset": "43"}, None),
        ({"ratelimit": '"default";r=1;t=30'}, None),
        ({"x_ratelimit_remaining": "0"}, None),
        ({"x_ratelimit_reset": "43"}, None),
        ({"ratelimit": '"default";t=30'}, None),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "soon"}, None),
        ({"x_ratelimit_remaining": "-1", "x_ratelimit_reset": "43"}, None),
        ({"x_ratelimit_remaining": "none", "x_ratelimit_reset": "43"}, None),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": str(EPOCH - 5)}, 0.0),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "9" * 15}, LONGEST),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "9" * 16}, None),
        ({"ratelimit": '"default";r=0;t=999999999999999999999999'}, LONGEST),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "9999-12-31T23:59:59Z"}, LONGEST),
        ({}, None),
    ],
)
def test_it_is_read_in_whichever_way_it_is_told(fields: dict[str, str], seconds: float | None) -> None:
    assert exhausted(answer(**fields), NOW) == seconds


@pytest.mark.parametrize("value", ["r=0;" * 50_000, '"' * 200_000, "a" * 200_000, "=" * 200_000, "t=1;r=0," * 50_000])
def test_a_field_without_end_takes_no_time(value: str) -> None:
    began = time.process_time()
    exhausted(answer(ratelimit=value, x_ratelimit_remaining=value, x_ratelimit_reset=value), NOW)
    assert time.process_time() - began < 1.0


def test_the_later_of_two_moments_counts() -> None:
    for status in (429, 503):
        for retry_after, seconds in (("10", 43.0), ("90", 90.0)):
            found = judge(
                answer(status, retry_after=retry_after, x_ratelimit_remaining="0", x_ratelimit_reset="43"), NOW
            )
            assert isinstance(found, Failed)
            assert found.failure.retry_after == seconds


def test_a_refusal_for_want_of_quota_is_no_fault_of_the_source() -> None:
    spent = judge(answer(403, x_ratelimit_remaining="0", x_ratelimit_reset=str(EPOCH + 60)), NOW)
    plain = judge(answer(403, x_ratelimit_remaining="5", x_ratelimit_reset=str(EPOCH + 60)), NOW)
    assert isinstance(spent, Failed)
    assert isinstance(plain, Failed)
    assert (spent.failure.kind, spent.failure.retry_after) == (FailureKind.BUSY, 60.0)
    assert "waits until the host allows it" in spent.failure.remedy
    assert (plain.failure.kind, plain.failure.retry_after) == (FailureKind.STATUS, None)
