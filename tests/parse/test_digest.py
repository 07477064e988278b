"""What makes an entry another one, and what does not."""

import os
import subprocess
import sys
from typing import Any

import pytest

from syndicator.model.article import Enclosure, Entry, Person, Text
from syndicator.model.noun import replace
from syndicator.parse import digest as module
from syndicator.parse.digest import found_hash
from syndicator.text.keys import said, where

ENTRY = Entry(
    key="k", guid="g", url="https://nsn.fm/a", title=Text(value="Заголовок \ud800"), published="25 апреля",
    authors=(Person(name="Ann"),), categories=("a", "b"), enclosures=(Enclosure(url="https://nsn.fm/e", length=3),),
)  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"title": Text(value="Other")},
        {"title": Text(value="Заголовок \ud800", html=False)},
        {"summary": Text(value="")},
        {"content": Text(value="x")},
        {"url": "https://nsn.fm/b"},
        {"canonical": "https://nsn.fm/b"},
        {"published": "26 апреля"},
        {"updated": "26 апреля"},
        {"authors": (Person(name="Bob"),)},
        {"enclosures": ()},
        {"categories": ("ab",)},
        {"section": "s"},
    ],
)
def test_whatever_a_source_changes_is_seen(changes: dict[str, Any]) -> None:
    assert found_hash(replace(ENTRY, **changes)) != found_hash(ENTRY)


def test_an_entrys_other_bytes_are_no_change() -> None:
    assert found_hash(replace(ENTRY, raw=b"<item>")) == found_hash(ENTRY)


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "other", "guid": "other"},
        {"url": "http://nsn.fm/a"},
        {"url": "https://nsn.fm/a?utm_source=x"},
        {"url": "https://nsn.fm/a;jsessionid=1?fbclid=y"},
    ],
)
def test_neither_is_another_id_nor_what_tracks_in_a_link(changes: dict[str, str]) -> None:
    entry = replace(ENTRY, url="https://nsn.fm/a")
    assert found_hash(replace(entry, **changes)) == found_hash(entry)


@pytest.mark.parametrize(
    ("changes", "same_words", "same_place"),
    [
        ({"published": "1 May"}, True, True),
        ({"url": "https://nsn.fm/a#part"}, True, True),
        ({"url": "https://nsn.fm/b"}, True, False),
        ({"url": "https://nsn.fm/a?page=2"}, True, False),
        ({"title": Text(value="Other")}, False, True),
        ({"summary": Text(value="Other")}, False, True),
        ({"images": ("https://nsn.fm/i.png",)}, False, True),
    ],
)
def test_a_hash_tells_what_has_changed(changes: dict[str, Any], same_words: bool, same_place: bool) -> None:
    entry = replace(ENTRY, url="https://nsn.fm/a")
    one, other = found_hash(entry), found_hash(replace(entry, **changes))
    assert one != other
    assert (said(one) == said(other), where(one) == where(other)) == (same_words, same_place)


def test_better_rules_take_a_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    before = found_hash(ENTRY)
    monkeypatch.setattr(module, "NORMALIZER_VERSION", module.NORMALIZER_VERSION + 1)
    assert found_hash(ENTRY) != before


def test_another_process_finds_the_same_hash() -> None:
    imports = "from syndicator.model.article import *; from syndicator.parse.digest import found_hash"
    program = f"{imports}; print(found_hash({ENTRY!r}).hex())"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert other.stdout.strip() == found_hash(ENTRY).hex()
