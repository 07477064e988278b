import contextlib
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.config import amounts
from syndicator.config.misfit import MisfitError


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("500ms", 0.5),
        ("1s", 1),
        ("30m", 1800),
        ("2h", 7200),
        ("1d", 86400),
        ("1h30m", 5400),
        ("1.5h", 5400),
        ("0s", 0),
        (90, 90),
        (0.25, 0.25),
        ("366d", 366 * 86400),
    ],
)
def test_durations_read_as_people_write_them(written: object, seconds: float) -> None:
    assert amounts.duration(written) == seconds


@pytest.mark.parametrize(
    "written",
    [
        "",
        "30",
        "m",
        "1 h",
        "-1s",
        "1w",
        "1H",
        "٣s",
        "1h30",
        "367d",
        "9" * 500 + "d",
        -1,
        float("nan"),
        float("inf"),
        10**400,
        True,
        None,
        [],
        {},
        "1s" * 1000,
    ],
)
def test_a_duration_that_is_none_is_refused(written: object) -> None:
    with pytest.raises(MisfitError, match='"30m"'):
        amounts.duration(written)


def test_an_interval_of_nothing_would_poll_without_end() -> None:
    with pytest.raises(MisfitError, match="longer than nothing"):
        amounts.period("0s")


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("16MiB", 16 * 1024**2),
        ("10MB", 10**7),
        ("512KiB", 524288),
        ("2 KB", 2000),
        ("1GiB", 1024**3),
        ("9B", 9),
        (1, 1),
    ],
)
def test_sizes_know_binary_and_decimal_units(written: object, size: int) -> None:
    assert amounts.size(written) == size


@pytest.mark.parametrize("written", ["", "0B", "16", "16mib", "2GiB", "1.5MB", 0, -1, True, 1.5, 10**400, None])
def test_a_size_that_is_none_is_refused(written: object) -> None:
    with pytest.raises(MisfitError, match="16MiB"):
        amounts.size(written)


@pytest.mark.parametrize(
    ("read", "written", "hint"),
    [
        (amounts.duration, "30 min", '; did you mean "30m"?'),
        (amounts.duration, "367d", ""),
        (amounts.duration, "400 days", ""),
        (amounts.duration, " " * 1_000_000, ""),
        (amounts.size, "16 mib", '; did you mean "16MiB"?'),
        (amounts.size, "2GiB", ""),
        (amounts.size, "2 gib", ""),
        (amounts.size, " " * 1_000_000, ""),
    ],
)
def test_only_what_would_be_taken_is_hinted_at_and_soon(
    read: Callable[[object], object], written: str, hint: str
) -> None:
    start = time.process_time()
    with pytest.raises(MisfitError) as refused:
        read(written)
    assert refused.value.message.endswith(f" at most{hint}")
    assert time.process_time() - start < 1


@given(text=st.text(max_size=60), read=st.sampled_from((amounts.duration, amounts.size)))
def test_any_text_is_taken_or_refused(text: str, read: Callable[[str], object]) -> None:
    with contextlib.suppress(MisfitError):
        read(text)


@pytest.mark.parametrize(
    ("written", "seconds"), [("forever", None), ("30d", 30 * 86400.0), ("99999d", 99999 * 86400.0)]
)
def test_a_lifetime_is_in_days_or_has_no_end(written: str, seconds: float | None) -> None:
    assert amounts.lifetime(written) == seconds


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("29d", "30 days or more"),
        ("0d", "30 days or more"),
        ("100000d", '"forever", or days'),
        ("1y", '"forever", or days'),
        ("8760h", 'or days such as "365d"; did you mean "365d"\\?'),
        ("90 days", 'did you mean "90d"'),
        ("720 hours 24h", 'did you mean "31d"'),
        ("5s", 'or days such as "365d"$'),
        ("", '"forever", or days'),
        ("\u0663\u0660d", '"forever", or days'),
        (365, '"forever", or days'),
        (None, '"forever", or days'),
    ],
)
def test_a_lifetime_that_is_too_short_or_none_is_refused(written: object, message: str) -> None:
    with pytest.raises(MisfitError, match=message):
        amounts.lifetime(written)
