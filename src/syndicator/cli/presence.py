"""`syndicator social` without a decision: show the publishers' profiles, with the evidence and earlier decisions."""

from collections.abc import Iterator
from pathlib import Path

from syndicator.cli import setting
from syndicator.cli.look import open_store, sources_of
from syndicator.cli.printing import Row, iso, local, print_json, print_line
from syndicator.errors import UsageError
from syndicator.model.presence import Evidence, Presence, Profile
from syndicator.model.settings import Config
from syndicator.model.social import Word
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.pipeline.naming import no_source
from syndicator.publish.linking import publishable
from syndicator.publish.naming import title_of
from syndicator.social.platforms import key as link_key
from syndicator.social.presence import key_of, named, presence_of

_NEWEST = 500
"""The most newest stories of a source in which a link is looked for."""
_WORDS = {"allow": "the publisher's (your decision)", "deny": "not the publisher's (your decision)"}
"""What is said of a profile for each of the operator's decisions."""
_STATUS = {
    "active": "",
    "label_only": "only a name, no address",
    "changed": "has been renamed",
    "gone": "no longer shown",
    "rejected": "not the publisher's (your decision)",
}
"""What is said of a profile for each status."""


def show(folder: Path, source_id: str, *, json: bool) -> None:
    """Carry out `syndicator social [SOURCE]`: list profiles; `source_id` is empty for those of all sources."""
    config = setting.load(folder, asks=False)
    shown = False
    for source, info, presence in _presences(config, source_id):
        published = set(map(_identity, publishable(presence, source, config.site.social_confidence)))
        if json:
            for it in presence.profiles:
                print_json(_row(it, published=_identity(it) in published))
        elif presence.profiles:
            print_line(f"{source.id}  {title_of(source, info)}")
            for it in presence.profiles:
                _show(it, published=_identity(it) in published)
        shown = shown or bool(presence.profiles)
    if not shown and not json:
        print_line("No channels of publishers are known yet.")


def listed_key(config: Config, source_id: str, given: str, word: Word) -> tuple[str, str]:
    """Return the key of the link that the operator means, and the end of a sentence on what becomes of it.

    Args:
        config: The configuration in force.
        source_id: The source.
        given: What the operator wrote: a key or an address.
        word: The operator's decision on the link; empty: an earlier one is taken back.

    Raises:
        UsageError: The source has no such link, or the decision would change nothing.
    """
    ((source, _, presence),) = _presences(config, source_id)
    found = {it.key: it for it in named(presence, given)}
    key = next(iter(found)) if len(found) == 1 else key_of(given)
    if key in map(key_of, source.social_deny):
        raise UsageError(
            f"{key} is in social_deny of {source_id}, which takes precedence over this command.",
            "Change the setting in the configuration.",
        )
    if len(found) != 1 and not (word == "" and key in presence.denied | presence.allowed):
        raise _unlisted(config, source_id, given, key)
    if word == "allow" and not found[key].url:
        raise UsageError(
            f"{key} is only a name: no article gives its address, so there is nothing to publish.",
            f'Write the address into the configuration of {source_id}: social = ["https://…"].',
        )
    declared = {key_of(it) for it in source.social}
    return key, _DECLARED if word == "" and key in declared else _OUTCOMES[word]


_DECLARED = "is published as the publisher's: it is in the configuration (social)."
"""What is said of a link after its decision was taken back, if the configuration declares it."""
_OUTCOMES: dict[Word, str] = {
    "allow": "is published as the publisher's.",
    "deny": "is not published.",
    "": "is judged by its evidence.",
}
"""What is said of a link after each decision; empty: the decision was taken back."""


def _unlisted(config: Config, source_id: str, given: str, key: str) -> UsageError:
    """Return the error that says why a link is not among the publisher's profiles."""
    store = open_store(config)
    numbers = store.select(sources=[source_id], limit=_NEWEST) if store else []
    held = (it for number, _ in numbers for it in store.held(number)) if store else iter(())
    links = (it for copy, article in held if copy.source_id == source_id for it in article.social if it.url)
    link = next((it for it in links if link_key(it) == key), None)
    if link is None:
        return UsageError(
            f"{source_id} has no link “{given}”.",
            f"`syndicator social {source_id}` lists its links, each with its key. A link that its articles do not show"
            ' can be added in its configuration: social = ["https://…"].',
        )
    if link.owner == "third_party":
        return UsageError(
            f"The articles of {source_id} show {key} as somebody else's: it is not published.",
            f"If it is the publisher's, write it into the configuration of {source_id}: social = ['{link.url}'].",
        )
    return UsageError(
        f"{key} is not a channel of the publisher: an article of {source_id} shows it as a {link.kind}.",
        f'If it is never to be published, write that into the configuration of {source_id}: social_deny = ["{key}"].',
    )


def _presences(config: Config, source_id: str) -> Iterator[tuple[Source, FeedInfo, Presence]]:
    """Iterate over the sources, each with all that is known of its publisher's profiles.

    Args:
        config: The configuration in force.
        source_id: The only source that is wanted; empty: all are.

    Raises:
        UsageError: There is no source with this id.
    """
    store = open_store(config)
    sources = sources_of(config, store)
    if source_id and source_id not in sources:
        raise no_source(source_id, sources)
    infos = store.infos() if store else {}
    profiles = store.profiles([source_id] if source_id else None) if store else {}
    words = store.social_words() if store else {}
    for source in [sources[source_id]] if source_id else sources.values():
        info = infos.get(source.id, FeedInfo())
        yield source, info, presence_of(source, profiles.get(source.id, ()), words.get(source.id, {}), info)


def _show(profile: Profile, *, published: bool) -> None:
    said = _WORDS.get(profile.word) or _STATUS[profile.status]
    notes = [
        said,
        f"followed by {profile.successor}" if profile.successor else "",
        "one of several there" if profile.conflict else "",
        "" if published or said else "not published",
    ]
    whose = "" if profile.owner == "publisher" else f", {profile.owner}{' ' + profile.author if profile.author else ''}"
    print_line(f"  {profile.key}  {profile.url or profile.label}")
    told_ = "; ".join(filter(None, [f"{profile.kind}{whose}", f"{profile.confidence:.0%} sure", *notes]))
    print_line(f"      {told_}")
    for piece in profile.evidence:
        print_line(f"      - {_told(piece)}")


def _identity(profile: Profile) -> tuple[str, ...]:
    """What distinguishes a profile from the others of its source."""
    return profile.owner, profile.author, profile.kind, profile.key


def _told(piece: Evidence) -> str:
    if piece.first_seen is None or piece.last_seen is None:
        return f"{piece.place}: you declare it"
    locator = f" ({piece.locator})" if piece.locator else ""
    count = "the feed itself" if not piece.count else f"articles: {piece.count}"
    first, last = map(local, (piece.first_seen, piece.last_seen))
    article = f", last in {piece.url}" if piece.url else ""
    return f"{piece.place or 'unknown place'}{locator}: {piece.confidence:.0%}, {first} to {last}, {count}{article}"


def _row(profile: Profile, *, published: bool) -> Row:
    return {
        "source": profile.source_id,
        "key": profile.key,
        "platform": profile.platform,
        "kind": profile.kind,
        "owner": profile.owner,
        "author": profile.author or None,
        "handle": profile.handle or None,
        "url": profile.url or None,
        "label": profile.label or None,
        "seen_urls": profile.seen_urls,
        "confidence": round(profile.confidence, 2),
        "status": profile.status,
        "successor": profile.successor or None,
        "conflict": profile.conflict,
        "owned": profile.owned,
        "published": published,
        "word": profile.word or None,
        "first_seen": iso(profile.first_seen),
        "last_seen": iso(profile.last_seen),
        "articles": profile.articles,
        "evidence": [
            {
                "place": piece.place,
                "locator": piece.locator or None,
                "confidence": round(piece.confidence, 2),
                "article": piece.url or None,
                "first_seen": iso(piece.first_seen),
                "last_seen": iso(piece.last_seen),
                "count": piece.count,
            }
            for piece in profile.evidence
        ],
    }
