"""`syndicator replay`: show what today's rules would change in what is stored, and, on request, change it."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from syndicator.cli import setting
from syndicator.cli.look import open_stories
from syndicator.cli.printing import Row, print_json, print_line
from syndicator.cli.work import change_stories
from syndicator.daemon import acts
from syndicator.model.article import Copy
from syndicator.pipeline.decisions import named
from syndicator.pipeline.replay import Progress, led_anew, replayed
from syndicator.store import Change, Store
from syndicator.store.replaying import NEW
from syndicator.text.counting import counted

FOR_PEOPLE = 100
"""The most changes that are shown to people."""
_STORY = ("story", "stories")
"""The singular and the plural for `counted`."""


def replay(folder: Path, *, apply: bool, json: bool) -> None:
    """Carry out `syndicator replay`.

    Args:
        folder: The folder of the configuration.
        apply: Whether to make the changes; if not, they are only shown.
        json: Whether to print JSON, for scripts.
    """
    config = setting.load(folder, asks=apply)  # showing changes needs no secrets
    store = open_stories(config)
    priorities = {it.id: it.priority for it in [*store.sources().values(), *config.sources]}
    with _counting(quiet=json) as progress, replayed(store, progress) as paper, store.snapshot():
        total = paper.total()
        changes = ((_told(store, it), _row(store, it)) for it in paper.changes() if _is_there(store, it))
        count = _tell(changes, json=json, most=FOR_PEOPLE)
        leads = ((_lead_told(store, *it), _lead_row(store, *it)) for it in led_anew(store, priorities))
        outranked = _tell(leads, json=json, most=FOR_PEOPLE - count)
    store.close()
    if not json:
        _sum_up(total, count, outranked, apply=apply)
    if not apply:
        return
    answer = change_stories(config, {"do": "replay"}, lambda store, clock: acts.replay(store, store, clock))
    if json:
        print_json({"done": answer["done"]})
    else:
        print_line(_outcome(answer["done"]))


@contextmanager
def _counting(*, quiet: bool) -> Iterator[Progress]:
    """Show on a terminal how many articles have been placed; yields the function that is told of it."""
    if quiet or not sys.stderr.isatty():
        yield lambda count, total: None  # noqa: ARG005  # nothing is shown
        return
    from rich.console import Console

    with Console(stderr=True).status("Placing…") as status:
        yield lambda count, total: status.update(f"Placing… {count:,} of {total:,} articles")


def _tell(found: Iterable[tuple[str, Row]], *, json: bool, most: int) -> int:
    """Print changes, and return how many there were.

    Args:
        found: Each change as a line for people, and as a row for scripts.
        json: Whether to print all rows; if not, the first lines are printed.
        most: The most lines to print for people.
    """
    count = 0
    for line, row in found:
        count += 1
        if json:
            print_json(row)
        elif count <= most:
            print_line(line)
    return count


def _is_there(store: Store, change: Change) -> bool:
    """Whether a change's stories still exist, because a daemon may have merged them meanwhile."""
    numbers = [change.story] if change.into >= NEW else [change.story, change.into]
    return len(store.stories(numbers)) == len(numbers)


def _told(store: Store, change: Change) -> str:
    old = named(store, change.story)
    copies = counted(len(change.articles), "copy", "copies")
    head = f"“{old.title or 'no title'}” (story {old.number}, {old.guid})"
    if change.into >= NEW:
        verb = "leave" if len(change.articles) > 1 else "leaves"
        return f"split  {copies} {verb} {head} for a story of their own: {_articles(store, change)}"
    into = named(store, change.into)
    target = f"“{into.title or 'no title'}” (story {into.number}, {into.guid})"
    return f"merge  {head} becomes part of {target}" if change.whole else f"move   {copies} of {head} to {target}"


def _articles(store: Store, change: Change) -> str:
    titles = {copy.number: f"{copy.source_id}, {article.title}" for copy, article in store.held(change.story)}
    return "; ".join(titles[it] for it in change.articles if it in titles)


def _row(store: Store, change: Change) -> Row:
    old = named(store, change.story)
    into = None if change.into >= NEW else named(store, change.into)
    return {
        "change": "split" if into is None else "merge" if change.whole else "move",
        "story": old.number,
        "id": old.guid,
        "title": old.title,
        "articles": list(change.articles),
        "into": into and {"story": into.number, "id": into.guid, "title": into.title},
    }


def _lead_told(store: Store, story: int, copy: Copy) -> str:
    led = named(store, story)
    return f"lead   “{led.title or 'no title'}” (story {story}, {led.guid}) is led by {copy.source_id}'s copy"


def _lead_row(store: Store, story: int, copy: Copy) -> Row:
    led = named(store, story)
    return {
        "change": "lead",
        "story": story,
        "id": led.guid,
        "title": led.title,
        "articles": [copy.number],
        "into": None,
    }


def _sum_up(total: int, count: int, outranked: int, *, apply: bool) -> None:
    if count + outranked > FOR_PEOPLE:
        print_line(f"… and {count + outranked - FOR_PEOPLE:,} more; --json shows all.")
    leads = (
        f", and {counted(outranked, *_STORY)} would get another lead, because of its source's priority"
        if outranked
        else ""
    )
    print_line(f"{counted(total, 'article')} placed by today's rules: {counted(count, 'change')}{leads}.")
    if (count or outranked) and not apply:
        print_line("Nothing has been changed yet. To make the changes: syndicator replay --apply")


def _outcome(done: dict[str, int]) -> str:
    left = (
        f" {counted(done['left'], 'article')} had moved in the meantime: run the command again." if done["left"] else ""
    )
    return (
        f"Done: {counted(done['merged'], *_STORY)} merged, {done['opened']} opened, {done['led']} with another lead;"
        f" {counted(done['moved'], 'article')} moved.{left}"
    )
