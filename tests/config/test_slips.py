import zoneinfo
from typing import get_args

import pytest

from syndicator.config import slips
from syndicator.model.source import KINDS, Republish


def test_only_what_is_known_is_hinted_at() -> None:
    assert set(slips.KINDS.values()) <= set(KINDS)
    assert set(slips.REPUBLISH.values()) <= set(get_args(Republish))
    assert set(slips.ZONES.values()) <= zoneinfo.available_timezones()
    assert not {*slips.KINDS} & {*KINDS}
    assert not {*slips.REPUBLISH} & {*get_args(Republish)}
    assert not {it.upper() for it in slips.ZONES} & zoneinfo.available_timezones()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("30min", "30m"),
        ("30 min", "30m"),
        ("1 Hour, 30 minutes", "1h30m"),
        ("500 msec", "500ms"),
        ("2days", "2d"),
        ("2 months", ""),
        ("soon", ""),
        ("30", ""),
        ("", ""),
        (30, ""),
    ],
)
def test_durations(written: object, meant: str) -> None:
    assert slips.duration(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("16M", "16MiB"), ("16m", "16MiB"), ("16 Mb", "16MB"), ("512kib", "512KiB"), ("1T", ""), ("16", ""), (16, "")],
)
def test_sizes(written: object, meant: str) -> None:
    assert slips.size(written) == meant
