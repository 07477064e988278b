"""Comparing: find what differs between two configurations. Pure; the result never holds a secret value."""

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
"""Settings whose values are not shown."""
_TABLES = ("site", "paths", "fetch", "schedule", "keep", "serve")
"""Tables of the configuration that exist once."""
_ASKING = ("url", "kind", "select")
"""Settings of a source that decide how it is requested and may be shown; the url only if the source is not private."""
_APART = frozenset({"id", "url", "auth", "headers", "parent", "select", "paths"})
"""Fields of a source that are not compared one by one."""
_COMPARED = tuple(it for it in names(Source) if it not in _APART)
"""Fields of a source that are compared one by one."""
_CHOOSING = tuple(it for it in names(Channel) if it not in {"id", "title", "description", "formats"})
"""Settings of a channel that decide which stories it has and how; its files do not show them."""


def sources(
    before: Mapping[str, Source],
    active: Collection[str],
    after: Iterable[Source],
    renamed: Mapping[str, str],
    otherwise: Collection[str],
) -> Iterator[SourceChange]:
    """Iterate over the changes to sources; a source that stays as it is has none.

    First come the sources that would be polled, in the order of the configuration, then those that would no longer be,
    in the order of their ids.

    Args:
        before: Every source that was ever polled, by id; a private source without its address.
        active: Ids of the sources that are polled now.
        after: The sources that would be polled.
        renamed: By the id of a new source, the id of one that would no longer be polled and has the very same request.
        otherwise: Ids of the sources that would be requested in another way.
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
    old, new = before.select or before.paths, after.select or after.paths  # both are written as `select`
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
    """Iterate over the sources that lists name, as they will be after the lists are read with their new settings.

    Args:
        listed: The sources as they were when the lists were last read.
        before: All sources as they were then, by id, the lists included.
        after: The sources of the new configuration.
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
    """Iterate over the settings that differ in the tables that exist once."""
    old, new = _tables(before), _tables(after)
    for name, value in new.items():
        if old[name] != value and name in _SECRET:
            yield Setting(name=name, shown=False)
        elif old[name] != value:
            yield Setting(name=name, before=plain(old[name]), after=plain(value))


def _tables(config: Config) -> dict[str, object]:
    """Return each setting of these tables, by its name as in a configuration file."""
    found = {
        f"{table}.{it}": getattr(noun, it)
        for table in _TABLES
        for noun in [getattr(config, table)]
        for it in names(noun)
    }
    host, port = found.pop("serve.host"), found.pop("serve.port")
    return found | {"serve.listen": with_port(host, port)}


def choosing(before: Channel | None, after: Channel) -> Iterator[Setting]:
    """Iterate over the settings of a channel that differ and that its files do not show.

    Args:
        before: The channel as it was; None: not known, so that nothing differs.
        after: The channel as it would be.
    """
    return _differing(before or after, after, _CHOOSING)


def _differing(before: Noun, after: Noun, fields: Iterable[str]) -> Iterator[Setting]:
    for name in fields:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Setting(name=name, before=plain(old), after=plain(new))


def plain(value: object) -> object:
    """Return a value as JSON can represent it."""
    if isinstance(value, Noun):
        return {name: plain(it) for name, it in asdict(value).items()}
    if isinstance(value, tuple):
        return [plain(it) for it in value]
    return str(value) if isinstance(value, Path | IPv4Network | IPv6Network) else value
