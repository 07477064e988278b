"""A channel's documents: its feed, and behind it an archive (RFC 5005, section 4), so that nobody misses a story.

stories that fit: the newest are in the feed, so many more the archive keeps within reach
one of these is in none of its documents yet ─→ it goes into a new one, with what came since, and stays there
                                             └→ the feed shows it until there are enough for one
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from syndicator.model.noun import Noun, replace
from syndicator.model.settings import Channel
from syndicator.store import Store

Stories = list[tuple[int, int]]
"""Number and revision of each, the newest first."""


class Page(Noun):
    """A document of a channel.

    Attributes:
        stem: Its path below the public folder, without a format's suffix.
        stories: What is in it.
        older: The stem of the archive document with what came before; empty: none.
        newer: Of an archive document, the stem of the one that was made next; empty: none.
        is_feed: Whether it is what one subscribes to, and no archive document.
    """

    stem: str
    stories: Stories
    older: str = ""
    newer: str = ""
    is_feed: bool = False


def pages(store: Store, channel: Channel, sources: Collection[str] | None) -> list[Page]:
    """The documents of a channel, the oldest first, the feed last.

    An archive document is there while one of its stories is new enough, and then with all of them: what it holds does
    not change. The feed also shows what came late, with an older date than all in it, as long as no document has it: it
    holds what was added last (RFC 5005, section 4).

    Args:
        store: With the stories.
        channel: Whose.
        sources: Ids of those whose stories it takes; None: of any.
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
    """The feed of a channel, as it will be once what has left it is filed away; arguments as for `pages`."""
    page = pages(store, channel, sources)[-1]
    filed = {number for document in _unfiled(store, channel, sources) for number in document}
    newest, late = page.stories[: channel.limit], page.stories[channel.limit :]
    return replace(page, stories=newest + [it for it in late if it[0] not in filed])


def file_away(store: Store, channel: Channel, sources: Collection[str] | None, now: datetime) -> None:
    """Put what has left a channel's feed, and is in no archive document, into new ones; arguments as for `pages`.

    A document cannot grow later. So each takes as many as the feed shows, also of what still is among the newest; and
    while there are fewer, what came late is shown by the feed.
    """
    if found := _unfiled(store, channel, sources):
        store.archive(channel.id, found, now)


def _unfiled(store: Store, channel: Channel, sources: Collection[str] | None) -> list[list[int]]:
    """The stories of each document that is to be made, the oldest first."""
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
    """The stories within reach."""
    return _select(store, channel, sources, limit=channel.limit + channel.archive)


def _select(
    store: Store,
    channel: Channel,
    sources: Collection[str] | None,
    *,
    limit: int,
    among: Collection[int] | None = None,
) -> Stories:
    """The newest stories that belong into a channel."""
    words = {"match": channel.match, "exclude": channel.exclude}
    return store.select(sources=sources, languages=channel.languages, **words, among=among, limit=limit)


def _archived(store: Store, channel: Channel, sources: Collection[str] | None, fitting: Stories) -> dict[int, Stories]:
    """The archive documents that hold one of the stories within reach, by number, each with all its stories."""
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
