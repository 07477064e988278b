import tomllib
from pathlib import Path
from typing import Any

import pytest

from syndicator.model.article import Entry, Origin
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.parse.addresses import Addresses, addresses, origin

DATA = Path(__file__).with_name("data")
CASES = tomllib.loads(DATA.joinpath("addresses.toml").read_text("utf-8"))["case"]
ORIGINS = tomllib.loads(DATA.joinpath("origins.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_whose_address_it_is(case: dict[str, Any]) -> None:
    assert addresses(Entry(key="k", **case["entry"]), Source(id="x", url=case["source"])) == Addresses(
        url=case["url"],
        canonical_url=case["canonical_url"],
        claimed=case.get("claimed", False),
        external_url=case.get("external_url", ""),
    )


@pytest.mark.parametrize("case", ORIGINS, ids=[case["why"] for case in ORIGINS])
def test_who_published_it(case: dict[str, Any]) -> None:
    source = Source(id="x", **{"url": "https://planet.example/rss"} | case.get("source", {}))
    info = FeedInfo(**{"site_url": "https://planet.example/"} | case.get("info", {}))
    entry = Entry(key="k", url=case.get("entry", ""), origin=Origin(**{"id": "", "title": ""} | case["origin"]))
    expected = Origin(**{"id": "", "title": ""} | case["expect"]) if "expect" in case else None
    assert origin(entry, source, info) == expected
    assert origin(Entry(key="k", url=entry.url), source, info) is None
