"""The commands that only look: nothing here takes the lock."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from syndicator.cli import setting
from syndicator.cli.printing import local, print_json, print_line
from syndicator.errors import ConfigError, UsageError
from syndicator.model.article import Article, Story
from syndicator.model.manners import Debt
from syndicator.model.settings import Config
from syndicator.model.source import Failure, FailureKind, FeedInfo, KeyedBy, Source, SourceState
from syndicator.pipeline.health import BORROWED, BORROWS, DISTRUST, REWRITES, REWRITTEN, Health, health
from syndicator.pipeline.plan import host_of, subscriptions
from syndicator.publish.naming import headline, permalink, publisher
from syndicator.social.profiles import combined
from syndicator.store import Store, complaint, from_words
from syndicator.text.counting import counted

FOR_PEOPLE = 50
_PAGE = 500
_NAMED = 5
_OPERATORS = ('"', "*", "(", ":", "^", " AND ", " OR ", " NOT ", "NEAR")


def check(folder: Path) -> None:
    """`syndicator check`."""
    config = setting.load(folder)
    sources, channels = counted(len(config.sources), "source"), counted(len(config.channels), "channel")
    for warning in config.warnings:
        print_line(warning)
    found = f"no mistake found, {counted(len(config.warnings), 'warning')}" if config.warnings else "no mistake found"
    print_line(f"{folder}: {sources}, {channels}, {found}.")
    if not config.sources:
        print_line(f"Nothing is read: no [[source]] stands in {folder}/syndicator.toml or {folder}/sources/*.toml.")


def init(folder: Path) -> None:
    """`syndicator init`."""
    from syndicator.config import write_starter

    for path in write_starter(folder):
        print_line(str(path))
    print_line(f"Now edit {folder}/sources/, then: syndicator check --config {folder}")


def sources(folder: Path, *, json: bool) -> None:
    """`syndicator sources`."""
    current, store = _subscriptions(folder)
    states = store.states() if store else {}
    debts = store.debts() if store else {}
    listed = store.listed() if store else []
    past = {} if store is None else {it: source for it, source in store.sources().items() if it not in current}
    for source in [*current.values(), *past.values()]:
        state = states.get(source.id)
        debt = debts.get(host_of(state.pace.address or source.url)) if state else None
        row = _source_row(source, state, debt, configured=source.id in current)
        if source.kind == "list":
            mine = [it.id for it in current.values() if it.parent == source.id]
            row["listed"] = len(mine)
            row["elsewhere"] = _elsewhere(source.id, listed, current)
            row["articles"] += sum(states[it].articles for it in mine if it in states)
        if json:
            print_json(row)
        else:
            _show_source(row)


def _elsewhere(list_id: str, listed: Iterable[Source], current: Mapping[str, Source]) -> list[str]:
    """Ids of sources that a list names, but that are polled because something else names them, too."""
    by_url = {source.url: source.id for source in current.values()}
    meant = (by_url.get(it.url, it.id) for it in listed if it.parent == list_id)
    return sorted({it for it in meant if it in current and current[it].parent != list_id})


def _subscriptions(folder: Path) -> tuple[dict[str, Source], Store | None]:
    """What is polled, by id, and the database, if there is one.

    While the configuration has mistakes the daemon goes on with what it was before: so that is what is looked at.

    Raises:
        ConfigError: There is nothing stored to look at, or it cannot be made out where.
    """
    try:
        config = setting.load(folder)
    except ConfigError as error:
        path = setting.database(folder)
        if path is None or not path.exists():
            raise
        sys.stderr.write(f"{error}\nThis is how it was before these mistakes:\n")
        store = Store.read(path)
        active = store.active()
        return {it: source for it, source in store.sources().items() if it in active}, store
    opened = open_store(config)
    return subscribed(config, opened), opened


def subscribed(config: Config, store: Store | None) -> dict[str, Source]:
    """The sources that are polled, by id: configured ones, and those that lists name."""
    return {it.id: it for it in subscriptions(config.sources, store.listed() if store else [])}


def _source_row(source: Source, state: SourceState | None, debt: Debt | None, *, configured: bool) -> dict[str, Any]:
    found = health(source if configured else None, state, debt)
    failure = state.failure if state and configured else None
    return {
        "id": source.id,
        "title": source.title or (state.info.title if state else ""),
        "kind": source.kind,
        "url": None if source.private else source.url,
        "private": source.private,
        "tags": source.tags,
        "republish": source.republish,
        "list": source.parent or None,
        "listed": None,
        "elsewhere": None,
        "status": found.verdict,
        "articles": state.articles if state else 0,
        "polled": iso(state.polled_at if state else None),
        "succeeded": iso(state.succeeded_at if state else None),
        "next_try": iso(found.next_try),
        "why": (state.pace.why if state and configured else "") or None,
        "moved_to": (state.pace.address if state else "") or None,
        "failures": state.failures if state and configured else 0,
        "failure": _kind(found, failure),
        "message": found.sentence or None,
        "remedy": found.remedy or None,
        "keyed_by": state.keyed_by if state else KeyedBy.GUID,
        "boilerplate": state.boilerplate if state else 0,
        "rewrites": state.pace.rewrites if state else 0,
        "borrowed": state.pace.borrowed if state else 0,
        "warnings": (failure.warnings if failure else ()) or (state.warnings if state else ()),
        "details": failure.detail if failure and failure.detail else None,
    }


def _kind(found: Health, failure: Failure | None) -> str | None:
    """The class of trouble that `message` speaks of."""
    if found.verdict == "waiting":
        return FailureKind.BUSY
    return failure.kind if failure else None


def _show_source(row: dict[str, Any]) -> None:
    title = f"  {row['title']}" if row["title"] else ""
    listed = "" if row["listed"] is None else f"{counted(row['listed'], 'source')}, "
    print_line(f"{row['status']:8}{row['id']}{title}  ({listed}{counted(row['articles'], 'article')})")
    if elsewhere := row["elsewhere"]:
        more = f" and {len(elsewhere) - _NAMED} more" if len(elsewhere) > _NAMED else ""
        print_line(f"        It also names what is configured elsewhere: {', '.join(elsewhere[:_NAMED])}{more}.")
    if row["message"] and row["status"] != "new":
        kind = f"{row['failure']}: " if row["failure"] else ""
        print_line(f"        {kind}{row['message']}")
    if row["remedy"]:
        print_line(f"        {row['remedy']}")
    if count := row["boilerplate"]:
        what = "a paragraph" if count == 1 else f"{count} paragraphs"
        print_line(f"        It repeats {what} in its stories: syndicator boilerplate {row['id']}")
    if row["rewrites"] >= REWRITES:
        print_line(f"        {REWRITTEN}")
    if row["borrowed"] >= BORROWS:
        print_line(f"        {BORROWED}")
    if why := DISTRUST.get(row["keyed_by"]):
        print_line(f"        Note: {why}")
    for warning in row["warnings"]:
        print_line(f"        Note: {warning}")
    if row["status"] in {"failing", "waiting"} and row["next_try"]:
        print_line(f"        Next try {local(datetime.fromisoformat(row['next_try']))}.")


def stories(folder: Path, query: str, *, limit: int | None, json: bool) -> None:
    """`syndicator stories`."""
    current, store = _subscriptions(folder)
    if store is None:
        if not json:
            print_line("No stories yet: run `syndicator once` or `syndicator run` first.")
        return
    wanted = limit or (sys.maxsize if json else FOR_PEOPLE)
    numbers = [number for number, _ in store.select(match=_match(query), limit=wanted)]
    sources, infos = store.sources() | current, store.infos()
    titles = {it.id: publisher(it, infos.get(it.id, FeedInfo())).title for it in sources.values()}
    for story in _pages(store, numbers):
        if json:
            print_json(_story_row(story, {copy.number: article for copy, article in store.held(story.id)}))
        else:
            names = dict.fromkeys(titles.get(copy.source_id, copy.source_id) for copy in story.copies)
            title = headline(story.lead) or "(no title)"
            print_line(f"{local(story.sort_at)}  {title}  [{', '.join(names)}]  #{story.id}")
    if not numbers and not json:
        print_line("No story fits." if query else "No stories yet.")


def _match(query: str) -> str:
    """A full-text query as it stands, if it is one; else one for its words."""
    if not query.strip():
        return ""
    if any(operator in query for operator in _OPERATORS):
        if trouble := complaint(query):
            raise UsageError(f"“{query}” is no full-text query ({trouble}).", "Give plain words, or mend the query.")
        return query
    if not (words := from_words(query)):
        raise UsageError(f"“{query}” holds no word to look for.", "Give a word or more.")
    return words


def _pages(store: Store, numbers: list[int]) -> Iterator[Story]:
    for start in range(0, len(numbers), _PAGE):
        yield from store.stories(numbers[start : start + _PAGE])


def _story_row(story: Story, articles: Mapping[int, Article]) -> dict[str, Any]:
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
                **(_said(articles[copy.number]) if copy.number in articles else {}),
            }
            for copy in story.copies
        ],
    }


def _said(article: Article) -> dict[str, Any]:
    """What a copy says, and of whom: each link once, whatever shows it."""
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


def open_store(config: Config) -> Store | None:
    """The database, to look at; None: there is none yet."""
    return Store.read(config.paths.store) if config.paths.store.exists() else None


def iso(moment: datetime | None) -> str | None:
    """RFC 3339, in UTC, to the second."""
    return None if moment is None else moment.isoformat(timespec="seconds").replace("+00:00", "Z")
