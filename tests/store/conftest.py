"""A store of one source, and a short way to write an article into it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from support.builders import MOMENT, make_source
from support.readymade import migrate
from syndicator.dedup import place, substance
from syndicator.model.article import Article
from syndicator.model.placement import Placement
from syndicator.store import Store, schema

Write = Callable[..., Placement]


@pytest.fixture
def made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new database is made by the migrations, as in the program, and is no copy."""
    monkeypatch.setattr(schema, "migrate", migrate)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.write(tmp_path / "syndicator.db")
    sources = [make_source(), make_source(id="other", url="https://other.example/rss")]
    opened.adopt(sources, {source.id: MOMENT for source in sources})
    yield opened
    opened.close()


@pytest.fixture
def write(store: Store) -> Write:
    def write_article(article: Article, now: datetime = MOMENT, first_seen: datetime | None = None) -> Placement:
        with store.recording(now) as recording:
            known = recording.known(article.source_id, article.key)
            placement = place(article, known, [] if known else recording.candidates(article))
            recording.write(article, placement, substance(article), first_seen=first_seen)
        return placement

    return write_article
