"""Publishing: bring the public folder up to date; what has changed is rendered, checked and replaced.

output ─→ fingerprint: as last time? done
        └→ bytes ─→ checked ─→ atomically replaced
"""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from syndicator.errors import PublishError
from syndicator.model.settings import Channel, Config
from syndicator.model.source import Source
from syndicator.pipeline import archiving, fingerprints
from syndicator.pipeline.outputs import Output, channel_sources, outputs
from syndicator.pipeline.scene import scene_of
from syndicator.publish import files, tdmrep
from syndicator.store import Store
from syndicator.text.keys import digest


def publish(
    store: Store,
    config: Config,
    sources: Collection[Source],
    *,
    now: datetime,
    anew: bool = False,
    sparing: bool = False,
) -> list[str]:
    """Bring the public folder up to date; return the names of the files that changed.

    Args:
        store: The database, to read stories and to remember what was published.
        config: The configuration in force.
        sources: The sources that are polled now, those that lists name included.
        now: The time of publication; stories whose pages want them to be shown no longer by then are left out.
        anew: Whether to render all files, also those that have not changed since the last time, in case somebody else
            has changed them.
        sparing: Whether to leave files that are slow to make as they are, if they exist and nothing in them has to
            disappear, because they were made a moment ago.

    Raises:
        LockedError: Another writer publishes there.
        PublishError: A file could not be written, or was not well-formed; all other files are up to date.
    """
    files.make(config.paths.public)
    store.claim(config.paths.public)
    before = store.published()
    folder = _Folder(config.paths.public, before, now, anew=anew, sparing=sparing)
    if sparing:
        folder.prints |= _spared(config.channels, before, now)
    scene = scene_of(store, config, sources, now)
    for channel in config.channels:
        archiving.file_away(store, channel, channel_sources(channel, scene), now)
    for output in outputs(store, scene):
        folder.bring(output)
    if reserved := [name for name, known in folder.prints.items() if fingerprints.is_reserved(known)]:
        rules = tdmrep.render_tdmrep(config.site.base_url, reserved)
        folder.bring(Output(tdmrep.PATH, digest(rules), lambda: rules))
    gone = [name for name in before if name not in folder.prints and not folder.troubles]
    gone = [name for name in gone if folder.has_removed(name)]
    store.has_published({name: it for name, it in folder.prints.items() if before.get(name) != it}, gone)
    if folder.troubles:
        raise folder.troubles[0]
    return folder.changed


@dataclass(slots=True)
class _Folder:
    """The public folder, while it is brought up to date.

    Attributes:
        path: Where it is.
        before: The fingerprint of each file before this publication, by its name.
        now: The time of publication.
        anew: Whether to render all files (see `publish`).
        sparing: Whether to leave files that are slow to make as they are (see `publish`).
        prints: The fingerprint of each file as it is now, by its name.
        changed: Names of the files whose bytes have changed.
        troubles: Why files could not be brought up to date.
    """

    path: Path
    before: Mapping[str, bytes]
    now: datetime
    anew: bool = field(kw_only=True)
    sparing: bool = field(kw_only=True)
    prints: dict[str, bytes] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    troubles: list[PublishError] = field(default_factory=list)

    def bring(self, output: Output) -> None:
        """Bring a file up to date, unless it is so already."""
        path, known = self.path / output.name, self.before.get(output.name)
        made_from = known if known and self.sparing and output.is_dear else output.made_from
        if (
            not self.anew
            and known is not None
            and fingerprints.is_current(known, made_from, self.now)
            and _is_there(path)
        ):
            self.prints[output.name] = known
            return
        try:
            data = output.render()
            files.check(output.name, data)
            if files.replace(path, data):
                self.changed.append(output.name)
        except PublishError as trouble:
            self.troubles.append(trouble)
        else:
            document, made_from = output.document, output.made_from
            self.prints[output.name] = fingerprints.fingerprint(made_from, document()) if document else made_from

    def has_removed(self, name: str) -> bool:
        """Remove a file that is no longer published; return whether it is gone."""
        try:
            files.remove(self.path / name)
        except PublishError as trouble:
            self.troubles.append(trouble)
            return False
        return True


def _spared(channels: Collection[Channel], before: Mapping[str, bytes], now: datetime) -> dict[str, bytes]:
    """Return the published archive documents with their fingerprints, without those that are not current any more.

    They are kept in a sparing publication even if the archive has dropped them, because files that link to them may
    not be made anew now.
    """
    archives = {f"feeds/{it.id}" for it in channels if it.archive}
    return {
        name: known
        for name, known in before.items()
        if name.rpartition("/")[0] in archives and fingerprints.is_current(known, known, now)
    }


def is_overdue(store: Store, public: Path, now: datetime) -> bool:
    """Whether the public folder needs to be brought up to date, although nothing has changed that it is made from.

    This is so when something in it should have disappeared by now, or somebody has removed a file.
    """
    published = store.published()
    change = fingerprints.next_change(published.values())
    return (change is not None and change < now) or not all(_is_there(f"{public}/{name}") for name in published)


def _is_there(path: Path | str) -> bool:
    """Whether a file can be found; it cannot if its folder may not be entered, which `files.replace` then explains."""
    return os.path.exists(path)  # noqa: PTH110  # `Path.exists` raises in such a folder
