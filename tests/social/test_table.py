"""The data file is sound: a slip in it would break an address, or every address, at run time."""

import re
import string
import tomllib
from pathlib import Path
from urllib.parse import quote

import pytest

from syndicator.social import table as module
from syndicator.social.platforms import match
from syndicator.social.table import Platform, compiled, table

PLATFORMS = {
    id(platform): platform
    for rows in (*table().hosts.values(), *table().parents.values())
    for pair in rows
    for platform in pair
    if isinstance(platform, Platform)
}.values()
RULES = [(platform.id, rule) for platform in PLATFORMS for rule in platform.rules]
ROWS = tomllib.loads(Path(module.__file__).with_name("platforms.toml").read_text("utf-8"))["platform"]
NAMES = (
    "nsnfm", "12345678", "@nsnfm", "Ab1_cdEfGhI", "news-0123456789ab", "nsn.example", "about", "new", "feed.rss",
    "media", "tagged", "tracks",
)  # fmt: skip
"""Handles, numbers, codes and whatever else stands in an address: the first that fits is taken."""


def test_every_platform_has_an_address_and_a_name():
    names = {platform.id: platform.name for platform in PLATFORMS}

    assert len(names) >= 50
    assert all(names.values())
    assert set(table().labels.values()) <= {*names, "unknown"}


@pytest.mark.parametrize(("platform", "rule"), RULES, ids=lambda it: it if isinstance(it, str) else it.path)
def test_a_canonical_address_is_made_of_what_the_rule_captures(platform, rule):
    captured = {*compiled(rule.path).groupindex, "host"}
    captured |= {name for _, pattern in rule.query if pattern for name in compiled(pattern).groupindex}

    assert {name for _, name, _, _ in string.Formatter().parse(rule.canonical) if name} <= captured, platform
    assert rule.kind != "profile" or "h" in captured, platform


@pytest.mark.parametrize("row", ROWS, ids=lambda it: it["id"])
def test_each_rule_finds_what_it_is_for(row):
    """Also those below others, which those might keep from ever being tried."""
    for kind, rule in ((it, rule) for it in module._KINDS for rule in row.get(it, ())):
        links = [match(url) for url in addresses(row, rule)]
        for link in filter(None, links):
            again = match(link.url)
            if link.kind not in {"share", "other"}:
                assert again is not None, rule
                assert (again.kind, again.url) == (link.kind, link.url), f"{rule}: the canonical address is one"
                assert again.handle in {link.handle, ""}, rule
        assert (row["id"], kind) in {(it.platform, it.kind) for it in links if it}, (rule, links)


def addresses(row, rule):
    """Addresses that a rule is for, one with each host."""
    fields = {**module._PATTERNS, "h": row.get("handle", module._HANDLE), **row.get("patterns", {})}

    def filled(text):
        return module._PLACE.sub(
            lambda it: "x" if it[2] else next(name for name in NAMES if re.fullmatch(fields[it[1]], name)), text
        )

    path, _, query = rule.partition(" -> ")[0].partition("?")
    pairs = [filled(it).partition("=") for it in query.split("&") if it and not it.startswith("!")]
    asked = "&".join(f"{name}={quote(value or 'x')}" for name, _, value in pairs if name != "#")
    fragment = next((value for name, _, value in pairs if name == "#"), "")
    for address in row["hosts"]:
        scheme, _, rest = address.rpartition("://")
        host = rest.partition("/")[0]
        shown = path.removeprefix("/{h}") if host.startswith("{h}.") else path
        host = host.replace("{h}", "nsnfm").replace("{l}", "ru")
        yield f"{scheme or 'https'}://{host}{filled(shown)}?{asked}#{fragment}".rstrip("#?")


@pytest.mark.parametrize("label", ["дзен", "дзене", "телеграму", "ютуба", "vk", "новости"])
def test_russian_names_are_declined(label):
    assert label in table().labels


def test_latin_and_short_names_are_not():
    assert not {"vkе", "telegramе", "вке", "одноклассникие"} & table().labels.keys()
