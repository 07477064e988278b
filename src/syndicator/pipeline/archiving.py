"""Archiving: a channel's documents, that is its feed and the archive behind it (RFC 5005, section 4).

The archive lets a subscriber who was away for a while find all stories.

stories that fit the channel: the feed has the newest (`limit`), the archive keeps a number of further ones (`archive`)
a story that has left the feed ─→ goes into a new archive document, with what came since, and stays there
                               └→ is still shown by the feed until there are enough stories for a document
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from syndicator.model.noun import Noun, replace
from syndicator.model.settings import Channel
from syndicator.store import Store

Stories = list[tuple[int, int]]
"""The number and the revision of each story, the newest story first."""


class Page(Noun):
    """A document of a channel.

    Attributes:
        stem: Its path below the public folder, without a format's suffix.
        stories: The stories in it.
        older: The stem of the archive document with what came before; empty: there is none.
        newer: For an archive document, the stem of the one that was made next; empty: there is none.
        is_feed: Whether it is the feed, to which people subscribe; if not, it is an archive document.
    """

    stem: str
    stories: Stories
    older: str = ""
    newer: str = ""
    is_feed: bool = False


def pages(store: Store, channel: Channel, sources: Collection[str] | None) -> list[Page]:
    """Return the documents of a channel, the oldest first, the feed last.

    An archive document exists while one of its stories is new enough, and then it has all its stories, because what it
    holds must not change. The feed also shows stories that came late, with an older date than all its others, as long
    as no archive document has them, because a feed has what was added last (RFC 5005, section 4).

    Args:
        store: The database.
        channel: The channel.
        sources: Ids of the sources whose stories it takes; None: those of all sources.
    """
    fitting = _fitting(store, channel, sources)
    stem = f"feeds/{channel.id}"
    archived = sorted(_archived(store, channel, sources, fitting).items())
    stems = ["", *(f"{stem}/{number}" for number, _ in archived), ""]
    found = [
        Page(stem=at, stories=stories, older=older, newer=newer)
        for (_, stories), older, at, newer in zip(archived, stems, stems[1:], stems[2:], strict=False)
    ]
    kept = {story for page in found for story in page.stories}
    shown = fitting[: channel.limit] + [it for it in fitting[channel.limit :] if it not in kept]
    return [*found, Page(stem=stem, stories=shown, older=stems[-2], is_feed=True)]


def feed(store: Store, channel: Channel, sources: Collection[str] | None) -> Page:
    """Return the feed of a channel, as it will be after `file_away`; for the arguments see `pages`."""
    page = pages(store, channel, sources)[-1]
    filed = {number for document in _unfiled(store, channel, sources) for number in document}
    newest, late = page.stories[: channel.limit], page.stories[channel.limit :]
    return replace(page, stories=newest + [it for it in late if it[0] not in filed])


def file_away(store: Store, channel: Channel, sources: Collection[str] | None, now: datetime) -> None:
    """Put stories that have left a channel's feed, and are in no archive document, into new documents.

    A document cannot grow later. So each takes as many stories as the feed shows, even if some of them are still in the
    feed. While there are fewer, the feed shows those that came late. For the arguments see `pages`.
    """
    if found := _unfiled(store, channel, sources):
        store.archive(channel.id, found, now)


def _unfiled(store: Store, channel: Channel, sources: Collection[str] | None) -> list[list[int]]:
    """Return the stories of each archive document that is to be made now, the oldest first."""
    if not channel.archive:
        return []
    fitting = [number for number, _ in _fitting(store, channel, sources)]
    known, shown = store.archived(channel.id, fitting), set(fitting[: channel.limit])
    new = [number for number in reversed(fitting) if number not in known]
    found = [new[at : at + channel.limit] for at in range(0, len(new) - channel.limit + 1, channel.limit)]
    while found and shown.issuperset(found[-1]):
        found.pop()
    return found


def _fitting(store: Store, channel: Channel, sources: Collection[str] | None) -> Stories:
    """Return the stories of a channel that its feed shows or its archive still has to keep."""
    return _select(store, channel, sources, limit=channel.limit + channel.archive)


def _select(
    store: Store,
    channel: Channel,
    sources: Collection[str] | None,
    *,
    limit: int,
    among: Collection[int] | None = None,
) -> Stories:
    """Return the newest stories that fit a channel; only those `among` these numbers, unless that is None."""
    words = {"match": channel.match, "exclude": channel.exclude}
    return store.select(sources=sources, languages=channel.languages, **words, among=among, limit=limit)


def _archived(store: Store, channel: Channel, sources: Collection[str] | None, fitting: Stories) -> dict[int, Stories]:
    """Return the archive documents that have at least one fitting story, by number, each with all its stories."""
    if not channel.archive:
        return {}
    known = store.archived(channel.id, [number for number, _ in fitting])
    beyond = known.keys() - {number for number, _ in fitting}
    older = _select(store, channel, sources, limit=len(beyond), among=beyond)
    found = defaultdict[int, Stories](list)
    for number, revision in (*fitting, *older):
        if number in known:
            found[known[number]].append((number, revision))
    return found
