"""`syndicator plan`: show what a configuration would change if it took effect now."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import orjson

from syndicator.cli import setting
from syndicator.cli.look import open_store
from syndicator.cli.printing import Row, print_json, print_line
from syndicator.clock import SystemClock
from syndicator.config.amounts import written
from syndicator.daemon.telling import moves, renames
from syndicator.model.outlook import ChannelChange, Outlook, Setting, SourceChange
from syndicator.pipeline.foresight import foresee
from syndicator.pipeline.local_lists import local_lists
from syndicator.text.counting import counted

FOR_PEOPLE = 100
"""The most changes to sources that are shown to people."""
_FIRST = 3
"""The most titles that are shown of what a feed gains or loses."""
_LONGEST = 200
"""The most characters of a value that are shown."""
_PERIODS = frozenset(
    {"interval", "min_interval", "max_interval", "timeout", "connect_timeout", "host_spacing", "stories"}
)
"""Settings whose numbers are seconds, and are shown as configuration files have them."""
_STORY = ("story", "stories")
"""The singular and the plural for `counted`."""
_WORDS = {"add": "be added", "rest": "rest", "return": "come back", "change": "change", "end": "end"}
"""How the summary names each kind of change, after "would"."""
_UNSTORED = (
    "Not compared, because they are not stored: the selections of channels, and the settings in [site], [paths],"
    " [fetch], [schedule], [keep] and [serve]. To compare them with the files of the folder in force: --against DIR"
)
"""What is said where the configuration in force is not known."""


def plan(folder: Path, against: Path | None, *, json: bool) -> None:
    """Carry out `syndicator plan`.

    Args:
        folder: The folder of the configuration that would take effect.
        against: The folder of the configuration in force; None: `folder` is to take effect where it is.
        json: Whether to print JSON, for scripts.
    """
    draft = setting.load(folder, serves=True, home=against)
    before = setting.load(against, asks=False) if against else None
    if before is not None:
        draft = setting.load(folder, home=against)  # with `serve.operator` as written, as in `before`
    paths, store = (before or draft).paths, open_store(before or draft)
    now = SystemClock().now()
    home = Path(os.path.abspath(against)) if against else None  # noqa: PTH100  # keeps links, as the loader does
    local = dict(local_lists(draft, home, now))
    with store.snapshot() if store else nullcontext():  # a running service may record meanwhile
        outlook = foresee(store, draft, local, before, paths.public, now)
    if json:
        for row in _rows(outlook):
            print_json(row)
        return
    if store is None:
        copy = "" if against else " If this is a draft of another folder, name that folder: --against DIR"
        print_line(f"There is no database at {paths.store} yet, so everything is new.{copy}")
    _show(outlook, known=before is not None or store is None)
    for sentence in moves(before.paths, draft.paths) if before else ():
        print_line(sentence)


# -- for scripts


def _rows(outlook: Outlook) -> Iterator[Row]:
    yield from map(_source_row, outlook.sources)
    yield from map(_channel_row, outlook.channels)
    for it in outlook.settings:
        yield {"what": "setting", "change": "change"} | _row(it)


def _source_row(change: SourceChange) -> Row:
    source = change.source
    return {
        "what": "source",
        "change": change.change,
        "id": source.id,
        "title": source.title,
        "kind": source.kind,
        "url": None if source.private else source.url,
        "list": source.parent or None,
        "articles": change.articles,
        "was": change.was or None,
        "settings": [*map(_row, change.settings)],
    }


def _channel_row(change: ChannelChange) -> Row:
    modes = [{"before": old, "after": new, "stories": count} for (old, new), count in change.modes.items()]
    return {
        "what": "channel",
        "change": change.change,
        "id": change.id,
        "title": change.title,
        "stories": change.stories,
        "gains": None if change.unread else [{"id": it, "title": title} for it, title in change.gains],
        "loses": None if change.unread else [{"id": it, "title": title} for it, title in change.loses],
        "otherwise": None if change.unread else change.otherwise,
        "modes": modes,
        "files_added": change.appears,
        "files_removed": change.vanishes,
        "settings": [*map(_row, change.settings)],
    }


def _row(it: Setting) -> Row:
    return {"name": it.name, "before": it.before, "after": it.after, "shown": it.shown}


# -- for people


def _show(outlook: Outlook, *, known: bool) -> None:
    if not (outlook.sources or outlook.channels or outlook.settings):
        how = "the files in force" if known else "the published files"
        print_line(f"Nothing would change, compared with the database and {how}.")
        return
    folded = list(_folded(outlook.sources))
    for it, more in folded[:FOR_PEOPLE]:
        print_line(f"{it.change:8}source {it.source.id}{_of_source(it, more)}")
        for sentence in renames({it.source.id: it.was} if it.was else {}):
            print_line(f"        Note: {sentence}")
    if len(folded) > FOR_PEOPLE:
        print_line(f"… and {len(folded) - FOR_PEOPLE:,} more sources; --json shows all.")
    for channel in outlook.channels:
        print_line(f"{channel.change:8}channel {channel.id}: {'; '.join(_of_channel(channel))}")
        for mark, titles in (("+", channel.gains), ("-", channel.loses if channel.change == "change" else ())):
            for _, title in titles[:_FIRST]:
                print_line(f"          {mark} {title}")
            if len(titles) > _FIRST:
                print_line(f"          {mark} … and {len(titles) - _FIRST:,} more")
    for other in outlook.settings:
        table, _, name = other.name.partition(".")
        print_line(f"change  [{table}] {_said(other, name)}")
    _sum_up(outlook, known=known)


def _folded(changes: Sequence[SourceChange]) -> Iterator[tuple[SourceChange, int]]:
    """Return the changes to sources, without those that go with the same change of their list.

    A source goes with its list if it changes in the same way and its changed settings are all among the list's. Each
    change is returned with the number of sources that go with it.
    """
    lists = {it.source.id: it for it in changes if it.source.kind == "list"}

    def goes_with(it: SourceChange) -> bool:
        head = lists.get(it.source.parent)
        told = {each.name for each in head.settings} if head else set()
        return head is not None and head.change == it.change and told.issuperset(each.name for each in it.settings)

    shared = Counter(it.source.parent for it in changes if goes_with(it))
    return ((it, shared[it.source.id]) for it in changes if not goes_with(it))


def _of_source(change: SourceChange, more: int) -> str:
    source, articles = change.source, counted(change.articles, "article")
    also = f", and {counted(more, 'source')} that it names" if more else ""
    match change.change:
        case "add":
            address = "" if source.private else f": {source.url}"
            unread = source.kind == "list" and not source.url.startswith("file:")
            return f"{also}{address}{' (its sources follow once the list has been read)' if unread else ''}"
        case "rest":
            kept = f"; its {articles} stay until newer ones take their places" if change.articles else ""
            return f"{also}: no longer polled{kept}"
        case "return":
            said = "".join(f"; {_said(each, each.name)}" for each in change.settings)
            return f"{also}: polled again, with {articles} still stored{said}"
    return f"{also}: {'; '.join(_said(each, each.name) for each in change.settings)}"


def _of_channel(channel: ChannelChange) -> Iterator[str]:
    if channel.change == "add":
        yield counted(channel.stories, *_STORY)
    elif channel.change == "end":
        shown = "" if channel.unread else f"; it shows {counted(channel.stories, *_STORY)} now"
        yield f"its subscribers will find nothing there any more{shown}"
    elif channel.unread:
        yield "its files cannot be read, so what it gains and loses is unknown"
    if channel.change == "change":
        if channel.gains or channel.loses:
            yield f"gains {counted(len(channel.gains), *_STORY)}, loses {len(channel.loses):,}"
        if channel.otherwise:
            modes = (
                f"{count:,} as {new} instead of {old}" for (old, new), count in channel.modes.items() if old and new
            )
            how = ", ".join(modes)
            yield f"shows {counted(channel.otherwise, *_STORY)} differently{how and f' ({how})'}"
        yield from (_said(each, each.name) for each in channel.settings)
    for verb, names in (("new", channel.appears), ("removed", channel.vanishes)):
        if names and channel.change != "add":
            more = f" and {len(names) - _FIRST - 1:,} more" if len(names) > _FIRST + 1 else ""
            yield f"{verb}: {', '.join(names[: _FIRST + 1])}{more}"


def _said(changed: Setting, name: str) -> str:
    if not changed.shown:
        return f"{name} differs" if name else "differs"
    return f"{name} {_value(name, changed.before)} → {_value(name, changed.after)}"


def _value(name: str, value: object) -> str:
    if name in _PERIODS and isinstance(value, int | float):
        return f'"{written(value)}"'
    if name == "stories":
        return '"forever"'
    told = "none" if value is None else orjson.dumps(value).decode()
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"


def _sum_up(outlook: Outlook, *, known: bool) -> None:
    parts = [*_counts("source", outlook.sources), *_counts("channel", outlook.channels)]
    parts += [f"{counted(len(outlook.settings), 'setting')} would change"] if outlook.settings else []
    print_line("")
    print_line(f"{', '.join(parts)}. Nothing has been changed yet.")
    changes = {it.change for it in outlook.sources if not it.was}
    if {"add", "rest"} <= changes:
        print_line('If a new source is an old one at another address, give it the old id: id = "…".')
    if not known:
        print_line(_UNSTORED)


def _counts(noun: str, changes: Iterable[SourceChange | ChannelChange]) -> Iterator[str]:
    for change, count in Counter(it.change for it in changes).items():
        yield f"{counted(count, noun)} would {_WORDS[change]}"
