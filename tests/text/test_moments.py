"""Moments for machines, and times for people."""

import pytest

from support.builders import MOMENT
from syndicator.text.moments import rfc3339, span


def test_a_moment_is_written_in_utc_to_the_second() -> None:
    assert rfc3339(MOMENT.replace(microsecond=999_999)) == f"{MOMENT:%Y-%m-%dT%H:%M:%S}Z"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (59, "59 seconds"),
        (60, "1 minute"),
        (3600, "60 minutes"),
        (7200, "2 hours"),
        (90000, "25 hours"),
        (172800, "2 days"),
    ],
)
def test_a_span_of_time_is_told_to_people(seconds: float, text: str) -> None:
    assert span(seconds) == text
