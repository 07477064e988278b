"""`syndicator stories`: list the newest stories, each with all sources that have it."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from syndicator.cli.look import sources_and_store
from syndicator.cli.printing import Row, iso, local, print_json, print_line
from syndicator.errors import UsageError
from syndicator.model.article import Article, Story
from syndicator.model.state import FeedInfo
from syndicator.publish.naming import headline, permalink, title_of
from syndicator.social.profiles import combined
from syndicator.store import Store, complaint, from_words

FOR_PEOPLE = 50
"""The most stories that are shown to people, unless they give a limit."""
_PAGE = 500
"""The most stories that are read from the database at a time."""
_OPERATORS = ('"', "*", "(", ":", "^", " AND ", " OR ", " NOT ", "NEAR")
"""Texts that show that a query is one in SQLite's full-text syntax, and not plain words."""


def show(folder: Path, query: str, *, limit: int | None, json: bool) -> None:
    """Carry out `syndicator stories`.

    Args:
        folder: The folder of the configuration.
        query: Words or a full-text query; empty: all stories.
        limit: The most stories; None: `FOR_PEOPLE`, or all for scripts.
        json: Whether to print JSON, for scripts.
    """
    current, store = sources_and_store(folder)
    if store is None:
        if not json:
            print_line("No stories yet: run `syndicator once` or `syndicator run` first.")
        return
    wanted = limit or (sys.maxsize if json else FOR_PEOPLE)
    numbers = [number for number, _ in store.select(match=_match(query), limit=wanted)]
    sources, infos = store.sources() | current, store.infos()
    titles = {it.id: title_of(it, infos.get(it.id, FeedInfo())) for it in sources.values()}
    for story in _pages(store, numbers):
        if json:
            print_json(_row(story, {copy.number: article for copy, article in store.held(story.id)}))
        else:
            names = dict.fromkeys(titles.get(copy.source_id, copy.source_id) for copy in story.copies)
            title = headline(story.lead) or "(no title)"
            print_line(f"{local(story.sort_at)}  {title}  [{', '.join(names)}]  #{story.id}")
    if not numbers and not json:
        print_line("No story matches." if query else "No stories yet.")


def _match(query: str) -> str:
    """Return a full-text query unchanged, and plain words as a full-text query for them; empty: everything matches.

    Raises:
        UsageError: The full-text query is malformed, or there is no word to search for.
    """
    if not query.strip():
        return ""
    if any(operator in query for operator in _OPERATORS):
        if trouble := complaint(query):
            raise UsageError(
                f"“{query}” is not a full-text query ({trouble}).", "Give plain words, or correct the query."
            )
        return query
    if not (words := from_words(query)):
        raise UsageError(f"“{query}” contains no word to search for.", "Give one word or more.")
    return words


def _pages(store: Store, numbers: list[int]) -> Iterator[Story]:
    for start in range(0, len(numbers), _PAGE):
        yield from store.stories(numbers[start : start + _PAGE])


def _row(story: Story, articles: Mapping[int, Article]) -> Row:
    return {
        "id": story.guid,
        "number": story.id,
        "title": story.lead.title,
        "url": permalink(story.lead) or None,
        "published": iso(story.sort_at),
        "updated": iso(story.updated),
        "first_seen": iso(story.first_seen),
        "language": story.lead.language or None,
        "source": story.lead.source_id,
        "copies": [
            {
                "source": copy.source_id,
                "url": copy.url or None,
                "canonical_url": copy.canonical_url or None,
                "guid": copy.guid or None,
                "first_seen": iso(copy.first_seen),
                "reason": copy.reason,
                **(said_of(articles[copy.number]) if copy.number in articles else {}),
            }
            for copy in story.copies
        ],
    }


def said_of(article: Article) -> Row:
    """Return the text, links and credits of a copy, for scripts; each link once, even if it has several proofs."""
    return {
        "section": article.section or None,
        "text": article.text,
        "links": [
            {
                "platform": link.platform,
                "kind": link.kind,
                "owner": link.owner,
                "handle": link.handle or None,
                "url": link.url or None,
                "label": link.label or None,
                "confidence": round(link.confidence, 2),
                "status": link.status,
            }
            for link in combined(article.social)
        ],
        "credits": [
            {"role": credit.role, "name": credit.name or None, "agency": credit.agency or None}
            for credit in article.credits
        ],
    }
