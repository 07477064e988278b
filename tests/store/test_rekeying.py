"""Likeness by the rules of today, for what was stored by those of another day."""

from collections.abc import Callable

import pytest

from support.builders import MOMENT, make_article
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.store import Store
from syndicator.store.rekeying import Likeness, former

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
