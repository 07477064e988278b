"""Articles that arrive, one after the other, at a real store: placed, written and settled as a poll does it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from support.builders import MOMENT, make_article, make_source
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.source import Source
from syndicator.pipeline.landed import Report
from syndicator.pipeline.placing import place_article
from syndicator.store import Store
from syndicator.text.keys import found, text_key, title_key, url_key
from syndicator.text.likeness import sketch

PROSE = "Совет директоров решил сохранить ключевую ставку на прежнем уровне до конца года, и об этом говорят. " * 3

FULL = (
    "A fire broke out in the old grain store by the harbour shortly after midnight, the fire service said. Forty people"
    " who live in the streets nearby were taken to a school for the night. Nobody was hurt. The roof has fallen in, and"
    " two lorries that stood in the yard burned out completely. The owner, a trading company from the next town, says"
    " that the building had stood empty since the spring and was to be sold. What set it alight is not known; the"
    " police look for a white van that a neighbour saw leave. The harbour road stays closed until noon."
)
"""A text as an agency writes it, and as others print it."""


def told(name: str) -> str:
    """A text that hardly shares a word with any of another name, and is long enough to identify an article."""
    return " ".join([name, *(f"{name}{word}" for word in PROSE.split())])


def article(source_id: str, url: str = "", text: str = "", title: str = "A title", **changes: object) -> Article:
    """An article of a source; a text of its own, unless one is given, and long enough to identify it."""
    address = f"https://news.example/{url}" if url else f"https://{source_id}.example/own"
    made = make_article(
        source_id=source_id,
        key=f"{source_id}-{url}-{text}",
        guid="",
        url=address,
        canonical_url=address,
        title=title,
        text=told(text or source_id + url),
        published=None,
    )
    return keyed(replace(made, **changes))


def keyed(made: Article) -> Article:
    """The article with the digests that a reader would give it."""
    return replace(
        made,
        found_hash=found(made.title + made.text, made.canonical_url, ""),
        url_key=url_key(made.canonical_url),
        text_key=text_key(made.text),
        title_key=title_key(made.title),
        sketch=sketch(made.said),
    )


def arrive(store: Store, *articles: Article, now: datetime = MOMENT, priorities: dict[str, int] | None = None) -> None:
    """Let them come, a minute after each other."""
    for number, it in enumerate(articles):
        source = make_source(id=it.source_id, priority=(priorities or {}).get(it.source_id, 0))
        with store.recording(now + timedelta(minutes=number)) as recording:
            place_article(recording, source, it, Report(source_id=it.source_id))


@contextmanager
def opened(path: Path, *sources: str | Source) -> Iterator[Store]:
    """A new store with these sources."""
    store = Store.write(path)
    made = [it if isinstance(it, Source) else make_source(id=it, url=f"https://{it}.example/rss") for it in sources]
    store.adopt(made, {it.id: MOMENT for it in made})
    try:
        yield store
    finally:
        store.close()


def partition(store: Store) -> set[frozenset[str]]:
    """Which articles are one story, by their keys."""
    return {frozenset(copy.key for copy, _ in store.held(number)) for number, _ in store.select(limit=1000)}


def stories_of(store: Store) -> list[tuple[str, list[str]]]:
    """Each story's public id, and the sources of its copies, its lead's first; the oldest story first."""
    found = sorted(store.stories([number for number, _ in store.select(limit=1000)]), key=lambda it: it.id)
    return [
        (it.guid, [it.lead.source_id, *(copy.source_id for copy in it.copies if copy.key != it.lead.key)])
        for it in found
    ]


def numbers(store: Store) -> list[int]:
    """Of all stories."""
    return sorted(number for number, _ in store.select(limit=1000))


def key(it: Iterable[Article]) -> frozenset[str]:
    """Their keys."""
    return frozenset(one.key for one in it)
