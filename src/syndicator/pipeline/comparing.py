"""What is other in one configuration than in another: pure, and without a value that nobody may see."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from syndicator.model.noun import Noun, asdict, names, replace
from syndicator.model.outlook import Setting, SourceChange
from syndicator.model.settings import Channel, Config
from syndicator.model.source import Source
from syndicator.text.hosts import with_port
from syndicator.text.secrets import looks_private

_SECRET = frozenset({"fetch.proxy", "serve.operator"})
_TABLES = ("site", "paths", "fetch", "schedule", "keep", "serve")
_ASKING = ("url", "kind", "select")
"""Of what decides how a source is asked, what may be seen; and where it is private, not even the first."""
_APART = frozenset({"id", "url", "auth", "headers", "parent", "select", "paths"})
_COMPARED = tuple(it for it in names(Source) if it not in _APART)
_CHOOSING = tuple(it for it in names(Channel) if it not in {"id", "title", "description", "formats"})
"""Settings of a channel that its files do not show."""


def sources(
    before: Mapping[str, Source],
    active: Collection[str],
    after: Iterable[Source],
    renamed: Mapping[str, str],
    otherwise: Collection[str],
) -> Iterator[SourceChange]:
    """What becomes of each source, but for those that stay as they are: in the order of the configuration, then of ids.

    Args:
        before: Every source that was ever polled, by id; a private one without its address.
        active: Ids of those that are polled now.
        after: Those that would be polled.
        renamed: New ones, each with the id of one that would rest and is asked in the very same way.
        otherwise: Ids of those that would be asked in another way.
    """
    staying = set[str]()
    for source in after:
        staying.add(source.id)
        known = before.get(source.id)
        if known is None:
            yield SourceChange(change="add", source=source, was=renamed.get(source.id, ""))
            continue
        settings = tuple(_of_source(known, source, asked_otherwise=source.id in otherwise))
        if source.id not in active:
            yield SourceChange(change="return", source=source, settings=settings)
        elif settings:
            yield SourceChange(change="change", source=source, settings=settings)
    for it in sorted(set(active) - staying):
        yield SourceChange(change="rest", source=before[it])


def _of_source(before: Source, after: Source, *, asked_otherwise: bool) -> Iterator[Setting]:
    found = list(_differing(before, after, _COMPARED))
    old, new = before.select or before.paths, after.select or after.paths  # both are written so
    if old != new:
        found.append(Setting(name="select", before=plain(old), after=plain(new)))
    if before.parent != after.parent:
        found.append(Setting(name="list", before=before.parent or None, after=after.parent or None))
    public = not before.private and not after.private
    if public and before.url != after.url:
        yield Setting(name="url", before=before.url, after=after.url)
    elif asked_otherwise and not public:
        yield Setting(name="url or auth or headers", shown=False)
    elif asked_otherwise and not any(it.name in _ASKING for it in found):
        yield Setting(name="auth or headers", shown=False)
    yield from found


def inherited(listed: Iterable[Source], before: Mapping[str, Source], after: Iterable[Source]) -> Iterator[Source]:
    """What lists name, as it will be when they have been read by their new settings.

    Args:
        listed: As lists were read last.
        before: Sources as they were then, by id; lists among them.
        after: The configuration's sources.
    """
    parents = {it.id: it for it in after}
    for source in listed:
        old, new = before.get(source.parent), parents.get(source.parent)
        if old is None or new is None:
            yield source
            continue
        own = {"id": source.id, "url": source.url, "kind": source.kind, "title": source.title, "parent": source.parent}
        tags = tuple(dict.fromkeys((*new.tags, *(tag for tag in source.tags if tag not in old.tags))))
        private = new.private or looks_private(source.url)
        yield replace(new, **own, tags=tags, private=private, auth=None, select=None)


def settings(before: Config, after: Config) -> Iterator[Setting]:
    """What is other in the tables that there are once."""
    old, new = _tables(before), _tables(after)
    for name, value in new.items():
        if old[name] != value and name in _SECRET:
            yield Setting(name=name, shown=False)
        elif old[name] != value:
            yield Setting(name=name, before=plain(old[name]), after=plain(value))


def _tables(config: Config) -> dict[str, object]:
    """Each setting by its name, as files have it."""
    found = {
        f"{table}.{it}": getattr(noun, it)
        for table in _TABLES
        for noun in [getattr(config, table)]
        for it in names(noun)
    }
    host, port = found.pop("serve.host"), found.pop("serve.port")
    return found | {"serve.listen": with_port(host, port)}


def choosing(before: Channel | None, after: Channel) -> Iterator[Setting]:
    """What is other in a channel, but for what its files show; `before` is None where that is not known."""
    return _differing(before or after, after, _CHOOSING)


def _differing(before: Noun, after: Noun, fields: Iterable[str]) -> Iterator[Setting]:
    for name in fields:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Setting(name=name, before=plain(old), after=plain(new))


def plain(value: object) -> object:
    """A value as JSON can hold it."""
    if isinstance(value, Noun):
        return {name: plain(it) for name, it in asdict(value).items()}
    if isinstance(value, tuple):
        return [plain(it) for it in value]
    return str(value) if isinstance(value, Path | IPv4Network | IPv6Network) else value
