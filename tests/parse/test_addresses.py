import tomllib
from pathlib import Path
from typing import Any

import pytest

from syndicator.model.article import Entry
from syndicator.model.source import Source
from syndicator.parse.addresses import Addresses, addresses

CASES = tomllib.loads(Path(__file__).with_name("data").joinpath("addresses.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_whose_address_it_is(case: dict[str, Any]) -> None:
    assert addresses(Entry(key="k", **case["entry"]), Source(id="x", url=case["source"])) == Addresses(
        url=case["url"],
        canonical_url=case["canonical_url"],
        claimed=case.get("claimed", False),
        external_url=case.get("external_url", ""),
    )
