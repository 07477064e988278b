"""Where a source's publisher is, all told: what its articles show, what is configured, and what was said by command."""

from collections.abc import Mapping, Sequence

from syndicator.model.presence import Presence, Profile
from syndicator.model.social import Word
from syndicator.model.source import FeedInfo, Source
from syndicator.social.platforms import key, match
from syndicator.social.presence import declared, heeded, joined


def presence_of(
    source: Source, found: Sequence[Profile], words: Mapping[str, Word], info: FeedInfo | None = None
) -> Presence:
    """Put together what is known.

    Args:
        source: Whose; its settings say what the operator declares and denies.
        found: As the store has it.
        words: What was said by command, by key.
        info: What the source says of itself.
    """
    site = info.site_url if info else ""
    return heeded(
        joined(found),
        list(declared(source.id, source.social, site)),
        words,
        denied=(*source.social_deny, *map(key_of, source.social_deny)),
        owned=source.owned,
    )


def key_of(word: str) -> str:
    """The key that is meant by a key or an address."""
    link = match(word) if "://" in word else None
    return key(link) if link else word
