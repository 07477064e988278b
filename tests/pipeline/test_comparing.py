"""What is other in one configuration than in another, and never a value that nobody may see."""

from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from support.builders import make_source
from support.simulation import make_config
from syndicator.model.noun import names, replace
from syndicator.model.outlook import Setting, SourceChange
from syndicator.model.settings import Channel, FetchSettings, Keep, ServeSettings
from syndicator.model.source import Auth, JsonPaths, Select, Source
from syndicator.pipeline.comparing import choosing, inherited, settings, sources

DAILY = make_source()
LIST = make_source(id="list", url="https://l.example/opml", kind="list", title="", tags=("a", "b"))


def one(before: Source, after: Source, *, otherwise: bool = False) -> tuple[Setting, ...]:
    """What is other in a source."""
    found = [*sources({before.id: before}, {before.id}, [after], {}, {after.id} if otherwise else ())]
    return found[0].settings if found else ()


def told(change: SourceChange) -> tuple[str, str, str]:
    return change.change, change.source.id, change.was


def test_each_source_has_one_lot_and_what_stays_as_it_is_has_none() -> None:
    before = {it: make_source(id=it) for it in ("stays", "changes", "rests", "returns", "rested", "old")}
    after = [
        make_source(id="new"),
        before["returns"],
        before["stays"],
        replace(before["changes"], priority=1),
        make_source(id="anew"),
    ]
    active = {"stays", "changes", "rests", "old"}
    assert [*map(told, sources(before, active, after, {"anew": "old"}, ()))] == [
        ("add", "new", ""),
        ("return", "returns", ""),
        ("change", "changes", ""),
        ("add", "anew", "old"),
        ("rest", "old", ""),
        ("rest", "rests", ""),
    ]


CHANGED: dict[str, Any] = {
    "kind": "page",
    "title": "Другой",
    "tags": ("a",),
    "language": "ru",
    "timezone": "Europe/Moscow",
    "republish": "full",
    "interval": 60.0,
    "priority": 3,
    "keep_lines": ("x",),
    "drop_lines": ("y",),
    "private": True,
    "select": Select(item="li"),
    "follow": True,
    "social": ("https://t.me/a",),
    "social_deny": ("telegram:b",),
    "owned": True,
}


def test_every_setting_of_a_source_is_compared() -> None:
    assert CHANGED.keys() == {*names(Source)} - {"id", "url", "auth", "headers", "parent", "paths"}
    for name, value in CHANGED.items():
        assert [it.name for it in one(DAILY, replace(DAILY, **{name: value}))] == [name]
    (tags,) = one(DAILY, replace(DAILY, tags=()))
    assert (tags.before, tags.after) == (["news", "en"], [])
    (select,) = one(DAILY, replace(DAILY, select=Select(item="li")))
    assert select.after == {
        "item": "li",
        "link": "",
        "title": "",
        "date": "",
        "summary": "",
        "image": "",
        "follow": False,
    }
    page, json = replace(DAILY, select=Select(item="li")), replace(DAILY, paths=JsonPaths(item="posts"))
    (select,) = one(page, json)
    assert (select.name, select.before["item"], select.after["item"]) == ("select", "li", "posts")  # type: ignore[index]
    assert one(replace(DAILY, parent="list"), DAILY) == (Setting(name="list", before="list", after=None),)


@pytest.mark.parametrize("was", [True, False])
@pytest.mark.parametrize("will", [True, False])
def test_an_address_is_told_only_where_it_was_and_will_be_public(was: bool, will: bool) -> None:
    before = replace(DAILY, private=was, url="" if was else "https://old.example/SECRET")
    after = replace(DAILY, private=will, url="https://new.example/SECRET")
    found = one(before, after, otherwise=True)
    assert ("SECRET" in str([it.before for it in found] + [it.after for it in found])) == (not was and not will)
    hidden = Setting(name="url or auth or headers", shown=False)
    if was or will:
        assert hidden in found
    else:
        assert found == (Setting(name="url", before=before.url, after=after.url),)
    assert hidden not in one(before, after), "it is asked as it was"


def test_credentials_are_told_to_differ_where_nothing_else_explains_it() -> None:
    after = replace(DAILY, auth=Auth(bearer="SECRET"), headers=(("Cookie", "SECRET"),))
    assert one(DAILY, after, otherwise=True) == (Setting(name="auth or headers", shown=False),)
    assert [it.name for it in one(DAILY, replace(after, kind="feed"), otherwise=True)] == ["kind"]


def test_what_a_list_names_is_compared_as_it_will_be_when_the_list_is_read_again() -> None:
    named = replace(
        LIST, id="x", url="https://x.example/", kind="telegram", title="X", tags=("a", "b", "own"), parent="list"
    )
    token = replace(named, id="y", url="https://y.example/?token=4fd0ac9be1f37a9c", tags=(), private=True)
    other = replace(named, id="z", parent="other")
    new = replace(LIST, tags=("own", "c"), republish="headline", interval=60.0)
    x, y, z = inherited([named, token, other], {"list": LIST}, [new])
    assert x == replace(named, tags=("own", "c"), republish="headline", interval=60.0)
    assert (y.private, z) == (True, other)
    assert next(inherited([named], {"list": LIST}, [replace(LIST, private=True)])).private
    assert [*inherited([named, token], {"list": LIST}, [LIST])] == [named, replace(token, tags=LIST.tags)]
    assert [*inherited([named], {"list": LIST}, [])] == [named], "`subscriptions` leaves it out"


def test_settings_are_told_by_their_table_and_those_that_hold_secrets_without_a_value() -> None:
    before = make_config(Path("/x"))
    after = replace(
        before,
        site=replace(before.site, title="Other", hubs=("https://hub.example/",)),
        paths=replace(before.paths, public=Path("/y")),
        fetch=FetchSettings(proxy="http://u:SECRET@p.example:1", allow_networks=(ip_network("10.0.0.0/8"),)),
        keep=Keep(stories=86400.0),
        serve=ServeSettings(host="::1", port=80, operator=Auth(username="me", password="SECRET")),
    )
    found = {it.name: (it.before, it.after) for it in settings(before, after)}
    assert found == {
        "site.title": ("Syndicator", "Other"),
        "site.hubs": ([], ["https://hub.example/"]),
        "paths.public": ("/x/public", "/y"),
        "fetch.allow_networks": ([], ["10.0.0.0/8"]),
        "fetch.proxy": (None, None),
        "keep.stories": (None, 86400.0),
        "serve.listen": ("127.0.0.1:8008", "[::1]:80"),
        "serve.operator": (None, None),
    }
    assert [*settings(before, before)] == []


def test_of_a_channel_that_is_compared_which_its_files_do_not_show() -> None:
    before = Channel(id="a")
    after = Channel(id="a", title="T", description="D", formats=("rss",), tags=("x",), match="y", limit=1, archive=2)
    assert [it.name for it in choosing(before, after)] == ["tags", "match", "limit", "archive"]
    assert [*choosing(None, after)] == [], "nobody knows what it was"
