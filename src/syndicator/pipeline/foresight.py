"""Foresight: find what another configuration would change in sources, feeds and settings; nothing is changed.

the database ───────┐
the published files ┼─► what subscribers and sources would see of it ─► Outlook
the draft ──────────┘

The sources in force are known because they are stored as they were adopted, and the feeds because they are in the
public folder. No other setting in force is stored, so the others can be compared only with a second folder of
configuration files.
"""

import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path, PurePosixPath

from syndicator.model.noun import replace
from syndicator.model.outlook import ChannelChange, Outlook, PublishedFeed, PublishedItem, Setting
from syndicator.model.settings import Channel, Config
from syndicator.model.source import Source
from syndicator.pipeline import comparing, fingerprints
from syndicator.pipeline.outputs import Output, feed
from syndicator.pipeline.roster import all_sources, same_ids
from syndicator.pipeline.scene import Scene, scene_of
from syndicator.publish import FORMATS, readback
from syndicator.store import Store

_FEED = re.compile(r"feeds/([a-z0-9_-]+)(\.[a-z]+)")
"""The name of a channel's feed or landing page, with the channel's id and the suffix."""
_PART = re.compile(r"feeds/([a-z0-9_-]+)[./].*")
"""The name of any file of a channel, its archive included, with the channel's id."""
_SUFFIXES = (".json", *(it.suffix for it in FORMATS.values() if it.suffix != ".json"))
"""The suffixes of feeds, that of the format with the most information first."""
_LARGEST = 64 * 1024 * 1024
"""The most bytes of a published file that is read."""


def foresee(
    store: Store | None,
    draft: Config,
    local: Mapping[str, Sequence[Source]],
    before: Config | None,
    public: Path,
    now: datetime,
) -> Outlook:
    """Return what another configuration would change.

    Args:
        store: The database in force, for reading; None: there is none yet.
        draft: The configuration that may be put in force.
        local: What its lists name, by their ids, for those that could be read; of other lists, what they named when
            they were last read counts.
        before: The configuration in force, read from its folder; None: that is not known.
        public: The folder of published files in force.
        now: The time; stories whose pages want them to be shown no longer by then are left out.
    """
    settings = tuple(comparing.settings(before, draft)) if before else ()
    if store is None:
        return Outlook(
            sources=tuple(comparing.sources({}, (), _polled(draft, local, ()), {}, ())),
            channels=tuple(ChannelChange(change="add", id=it.id, title=it.title, stories=0) for it in draft.channels),
            settings=settings,
        )
    known, states = store.sources(), store.states()
    polled = _polled(draft, local, comparing.inherited(store.listed(), known, draft.sources))
    renamed, otherwise = store.foreseen(polled)
    found = comparing.sources(known, store.active(), polled, renamed, otherwise)
    if before is None:
        settings = tuple(_traces(store, draft, public))
    return Outlook(
        sources=tuple(
            replace(it, articles=states[it.source.id].articles) if it.source.id in states else it for it in found
        ),
        channels=tuple(_channels(store, scene_of(store, draft, polled, now), before, public)),
        settings=settings,
    )


def _traces(store: Store, draft: Config, public: Path) -> Iterator[Setting]:
    """Iterate over settings that must differ, as the database shows, although it does not show what they were."""
    published = store.published()
    if published and not any(os.path.exists(public / it) for it in published):  # noqa: PTH110  # as `publishing` looks
        yield Setting(name="paths.public", shown=False)
    if store.asks_so(draft.fetch) is False:
        yield Setting(name="fetch", shown=False)


def _polled(draft: Config, local: Mapping[str, Sequence[Source]], listed: Iterable[Source]) -> list[Source]:
    """Return all sources that would be polled; those that lists name in the order in which the store has them."""
    listed = list(listed)
    named = [*(it for it in listed if it.parent not in local), *same_ids(chain.from_iterable(local.values()), listed)]
    return all_sources(draft.sources, sorted(named, key=lambda it: it.parent))


def _channels(store: Store, scene: Scene, before: Config | None, public: Path) -> Iterator[ChannelChange]:
    published = store.published()
    former = {it.id: it for it in before.channels} if before else {}
    for channel in scene.config.channels:
        made = feed(store, scene, channel)
        there = {name: published[name] for name in published if (of := _FEED.fullmatch(name)) and of[1] == channel.id}
        settings = tuple(comparing.choosing(former.get(channel.id), channel))
        change = _changed(channel, made, there, settings, public, scene.now) if there else _added(channel, made)
        if change is not None:
            yield change
    staying = {it.id for it in scene.config.channels}
    parts = [(of[1], name) for name in sorted(published) if (of := _PART.fullmatch(name)) and of[1] not in staying]
    for ending in dict.fromkeys(channel for channel, _ in parts):
        names = tuple(name for channel, name in parts if channel == ending)
        yield _ended(ending, names, public)


def _added(channel: Channel, made: Sequence[Output]) -> ChannelChange:
    document = made[0].document
    items = document().items if document else ()
    return ChannelChange(
        change="add",
        id=channel.id,
        title=channel.title,
        stories=len(items),
        gains=tuple((it.id, it.title) for it in items),
        appears=tuple(it.name for it in made),
    )


def _ended(channel: str, there: tuple[str, ...], public: Path) -> ChannelChange:
    """Return what ends with a channel, given by its id: `there` are the names of its files in the folder `public`."""
    shown = next((_shown(public, it) for it in _feeds(there)), None)
    return ChannelChange(
        change="end",
        id=channel,
        title=str(shown.head["title"]) if shown else "",
        stories=len(shown.items) if shown else 0,
        loses=_titled(shown.items, {}) if shown else (),
        vanishes=there,
        unread=shown is None,
    )


def _changed(
    channel: Channel,
    made: Sequence[Output],
    there: Mapping[str, bytes],
    settings: tuple[Setting, ...],
    public: Path,
    now: datetime,
) -> ChannelChange | None:
    """Return what changes in a channel that is published already; None: nothing.

    Args:
        channel: The channel as it would be.
        made: Its files as they would be.
        there: The fingerprint of each of its published files, by name.
        settings: The channel's settings that differ.
        public: The folder of its published files.
        now: The time, as for `foresee`.
    """
    if all(fingerprints.is_current(there.get(it.name), it.made_from, now) for it in made):
        return None
    names = [it.name for it in made]
    appears, vanishes = (tuple(it for it in one if it not in other) for one, other in ((names, there), (there, names)))
    change = ChannelChange(
        change="change",
        id=channel.id,
        title=channel.title,
        stories=0,
        appears=appears,
        vanishes=vanishes,
        settings=settings,
    )
    rendered = {it.name: it for it in made}
    old, new = next(
        ((it, it) for it in _feeds(there) if it in rendered),  # in the same format; else only ids can be compared
        (next(iter(_feeds(there)), ""), _feeds(rendered)[0]),
    )
    before, after = _shown(public, old), readback.shown(_suffix(new), rendered[new].render())
    if before is None or after is None:
        return replace(change, unread=True)
    change = _compared(change, before, after, same_format=old == new)
    return (
        change if change.gains or change.loses or change.otherwise or change.settings or appears or vanishes else None
    )


def _compared(
    change: ChannelChange, before: PublishedFeed, after: PublishedFeed, *, same_format: bool
) -> ChannelChange:
    """Return a channel's change, completed with what differs between its feed before and after it."""
    kept = [(before.items[it], after.items[it]) for it in after.items if it in before.items] if same_format else []
    others = [(was, will) for was, will in kept if was.digest != will.digest]
    return replace(
        change,
        stories=len(after.items),
        gains=_titled(after.items, before.items),
        loses=_titled(before.items, after.items),
        otherwise=len(others),
        modes=dict(Counter((was.mode, will.mode) for was, will in others if was.mode != will.mode)),
        settings=(*(_of_head(before, after) if same_format else ()), *change.settings),
    )


def _of_head(before: PublishedFeed, after: PublishedFeed) -> Iterator[Setting]:
    for name, value in after.head.items():
        if before.head[name] != value:
            yield Setting(name=name, before=before.head[name], after=value)


def _titled(items: Mapping[str, PublishedItem], but: Mapping[str, PublishedItem]) -> tuple[tuple[str, str], ...]:
    """Return the id and title of each item that is not in the other feed (`but`)."""
    return tuple((it, item.title) for it, item in items.items() if it not in but)


def _feeds(names: Iterable[str]) -> list[str]:
    """Return the names of the files that are feeds, the format with the most information first."""
    found = [it for it in names if _FEED.fullmatch(it) and _suffix(it) in _SUFFIXES]
    return sorted(found, key=lambda it: _SUFFIXES.index(_suffix(it)))


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix


def _shown(public: Path, name: str) -> PublishedFeed | None:
    """Return what a published file shows; None: it cannot be read, or is not in the form in which we write it."""
    path = public / name
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            return None
        return readback.shown(_suffix(name), path.read_bytes())
    except OSError:
        return None
