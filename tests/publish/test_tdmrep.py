"""The list of files that are reserved from mining."""

import orjson

from syndicator.publish.tdmrep import render_tdmrep


def test_reserved_files_are_listed_by_the_addresses_they_are_served_at() -> None:
    names = ("feeds/all.rss", "feeds/all.html", "index.html")
    rules = orjson.loads(render_tdmrep("https://news.example/sub/", names))
    assert {it["tdm-reservation"] for it in rules} == {1}
    assert [it["location"] for it in rules] == ["/sub/feeds/all$", "/sub/feeds/all.rss", "/sub/$"]
