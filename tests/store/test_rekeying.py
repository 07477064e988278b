"""Likeness by the rules of today, for what was stored by those of another day."""

from collections.abc import Callable

import pytest

from support.builders import MOMENT, make_article
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.store import Store
from syndicator.store.door import atomic
from syndicator.store.rekeying import Likeness, former, renew_addresses
from syndicator.text.keys import url_key

Write = Callable[..., object]
OLD = make_article(found_hash=b"as it was found", url_key=b"u", text_key=b"t", title_key=b"h")
ITS_OWN = former({it: getattr(OLD, it) for it in ("found_hash", "url_key", "text_key", "title_key", "sketch")})


@pytest.mark.parametrize(
    ("stored", "taken"),
    [(OLD, True), (replace(OLD, text_key=b"other"), False), (replace(OLD, found_hash=b"edited"), False)],
    ids=["as it was looked at", "compared by something else", "changed meanwhile"],
)
def test_an_article_gets_it_unless_it_is_another_by_now(
    store: Store, write: Write, stored: Article, taken: bool
) -> None:
    write(stored)
    made = Likeness(article=1, former=ITS_OWN, url_key=b"U", text_key=b"T", title_key=b"H", sketch=b"")
    gone = made._replace(article=99)
    with store.recording(MOMENT) as recording:
        recording.rekey([gone, made])
    ((_, found),) = store.held(1)
    keys = (found.url_key, found.text_key, found.title_key)
    assert keys == ((b"U", b"T", b"H") if taken else (stored.url_key, stored.text_key, stored.title_key))


@pytest.mark.parametrize(
    ("url", "formerly", "claimed"),
    [
        ("https://daily.example/2026/river/print/", b"another", False),
        ("https://www.google.com/url?q=https://daily.example/2026/river", b"another", True),
        ("https://daily.example/2026/river", url_key("https://daily.example/2026/river"), False),
    ],
)
def test_after_an_upgrade_a_copy_finds_what_was_stored_under_another_form_of_its_address(
    store: Store, write: Write, url: str, formerly: bytes, *, claimed: bool
) -> None:
    write(replace(OLD, canonical_url=url, url_key=formerly))
    write(make_article(key="2", canonical_url="", url_key=b"stays"))
    with atomic(store._db):
        renew_addresses(store._db)
    copy = make_article(source_id="c", key="c", url_key=url_key("http://www.daily.example/2026/river"))
    with store.recording(MOMENT) as recording:
        assert [(it.article, it.claimed) for it in recording.candidates(copy)] == [(1, claimed)]
    assert [article.url_key for _, article in store.held(2)] == [b"stays"]
