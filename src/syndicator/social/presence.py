"""A source's places, all told: its profiles with their evidence, corrected by the operator's words.

rows of the store ─ joined ─► Profile ─ heeded, with the configuration and words said by command ─► Presence
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from syndicator.model.noun import replace
from syndicator.model.presence import CONFIGURATION, Evidence, Presence, Profile
from syndicator.model.social import SocialLink, Word
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.social.platforms import key, match
from syndicator.social.profiles import confidence

_DECLARED = Evidence(place=CONFIGURATION, confidence=1.0)


def presence_of(source: Source, found: Sequence[Profile], words: Mapping[str, Word], info: FeedInfo | None) -> Presence:
    """Put together all that is known of where a source's publisher is.

    Args:
        source: Whose; its settings say what the operator declares and denies.
        found: What its articles show, as the store has it.
        words: What was said by command, by key.
        info: What the source says of itself.
    """
    return heeded(
        joined(found),
        list(declared(source.id, source.social, info.site_url if info else "")),
        words,
        denied=(*source.social_deny, *map(key_of, source.social_deny)),
        owned=source.owned,
    )


def key_of(word: str) -> str:
    """The key that a person means by a key or an address."""
    link = match(word) if "://" in word else None
    return key(link) if link else word


def joined(profiles: Sequence[Profile]) -> tuple[Profile, ...]:
    """One source's profiles, as its rows have them, put in order: labels with their profiles, conflicts flagged.

    A bare label is evidence of the one profile of its platform, or of the one that bears it, in the same source. It
    stays alone where there is none, or more than one. Accounts of authors without a name are those of several authors.
    """
    addressed = [it for it in profiles if it.url]
    of_labels: dict[int, list[Evidence]] = defaultdict(list)
    alone: list[Profile] = []
    for label in (it for it in profiles if not it.url):
        fits = [place for place, other in enumerate(addressed) if _is_called(label, other)]
        current = [place for place in fits if addressed[place].status == "active"] or fits
        if len(current) == 1:
            of_labels[current[0]] += label.evidence
        else:
            alone.append(label)
    rivals = defaultdict[tuple[str, str, str], set[str]](set)
    for it in addressed:
        if it.status == "active" and _may_be_one_of_several(it):
            rivals[it.owner, it.author, it.platform].add(it.key)
    whole = [
        replace(
            it,
            evidence=(evidence := _ordered([*it.evidence, *of_labels[place]])),
            confidence=confidence((piece.confidence for piece in evidence), it.articles),
            conflict=_may_be_one_of_several(it) and len(rivals[it.owner, it.author, it.platform]) > 1,
        )
        for place, it in enumerate(addressed)
    ]
    bare = [replace(it, confidence=confidence(piece.confidence for piece in it.evidence)) for it in alone]
    return (*whole, *bare)


def declared(source_id: str, addresses: Sequence[str], site_url: str = "") -> Iterator[Profile]:
    """What the operator's configuration says of a source's places.

    Args:
        source_id: Whose.
        addresses: Absolute ones.
        site_url: The publisher's own site.
    """
    done = set[str]()
    for url in addresses:
        link = match(url) or SocialLink(platform=_unlisted(url, site_url), url=url, handle=_fediverse(url))
        if key(link) in done:
            continue  # the same place, written in another way
        done.add(key(link))
        yield Profile(
            source_id=source_id,
            key=key(link),
            platform=link.platform,
            kind=link.kind,
            handle=link.handle,
            url=link.url or url,
            label=link.label,
            evidence=(_DECLARED,),
            confidence=1.0,
        )


def heeded(
    profiles: Sequence[Profile],
    said: Sequence[Profile],
    words: Mapping[str, Word],
    *,
    denied: Iterable[str] = (),
    owned: bool = False,
) -> Presence:
    """A source's profiles, corrected by what the operator says of them.

    Args:
        profiles: What its articles come to.
        said: What the configuration declares.
        words: What was said by command, by key.
        denied: Keys and addresses that the configuration denies.
        owned: Whether they are the operator's own.
    """
    refused = frozenset(denied)
    no = refused | {it.key for it in (*profiles, *said) if it.url in refused}
    no |= {name for name, word in words.items() if word == "deny"}
    declared_keys = {it.key for it in said}
    yes = ({name for name, word in words.items() if word == "allow"} | declared_keys) - no
    found = {(it.owner, it.kind, it.key) for it in profiles}
    heard = []
    for it in (*profiles, *(it for it in said if (it.owner, it.kind, it.key) not in found)):
        profile: Profile = replace(it, word=words.get(it.key, ""), owned=owned and it.owner == "publisher")
        if it.key in no:
            profile = replace(profile, status="rejected")
        elif it.key in yes and it.url:
            profile = _affirmed(profile, is_declared=it.key in declared_keys)
        heard.append(profile)
    return Presence(profiles=tuple(heard), denied=no, allowed=frozenset(yes))


def named(presence: Presence, word: str) -> list[Profile]:
    """The profiles that a person means by a key or an address."""
    wanted = {word, key_of(word)}
    return [it for it in presence.profiles if it.key in wanted or (it.url and it.url == word)]


def _affirmed(profile: Profile, *, is_declared: bool) -> Profile:
    """A profile that the operator calls the publisher's, by command or, `is_declared`, in the configuration."""
    evidence = tuple(piece for piece in profile.evidence if piece.place != CONFIGURATION)
    if not is_declared:
        return replace(profile, confidence=1.0, evidence=evidence, conflict=False)
    evidence = (_DECLARED, *evidence)
    return replace(profile, confidence=1.0, evidence=evidence, conflict=False, status="active", successor="")


def _may_be_one_of_several(profile: Profile) -> bool:
    """Whether a second one like it would be a conflict: an account of the publisher's, or of an author with a name."""
    has_owner = profile.owner != "author" or profile.author != ""
    return profile.kind == "profile" and profile.platform != "site" and has_owner


def _is_called(label: Profile, other: Profile) -> bool:
    if (label.owner, label.author) != (other.owner, other.author) or other.kind != "profile":
        return False
    return label.platform == other.platform or label.label.casefold() == other.label.casefold() != ""


def _ordered(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The surest first, each kind of place once, where several labels have joined one profile."""
    best: dict[str, Evidence] = {}
    for piece in sorted(evidence, key=lambda it: (-it.confidence, it.place)):
        surer = best.get(piece.place)
        best[piece.place] = piece if surer is None else _both(surer, piece)
    return tuple(best.values())


def _both(one: Evidence, other: Evidence) -> Evidence:
    """Two of one kind of place, told as one."""
    firsts = [it for it in (one.first_seen, other.first_seen) if it]
    lasts = [it for it in (one.last_seen, other.last_seen) if it]
    return replace(
        one,
        first_seen=min(firsts, default=None),
        last_seen=max(lasts, default=None),
        count=one.count + other.count,
    )


def _fediverse(url: str) -> str:
    """The account that an address of the fediverse names ("news@social.example"); empty: it has another form."""
    parts = urlsplit(url)
    name = parts.path.strip("/").removeprefix("@")
    return f"{name}@{parts.netloc}".lower() if parts.path.startswith("/@") and name and "/" not in name else ""


def _unlisted(url: str, site_url: str) -> str:
    """The platform of an address that the table does not have."""
    if _fediverse(url):
        return "fediverse"
    return "site" if site_url and urlsplit(url).netloc == urlsplit(site_url).netloc else "unknown"
