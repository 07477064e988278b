"""The presence of a source's publisher: its profiles with their evidence, corrected by the operator's decisions.

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
    """Put together all that is known of where a source's publisher is present.

    Args:
        source: The source; its settings say what the operator declares and denies.
        found: The profiles that its articles show, as the store has them.
        words: The operator's decisions by command, by key.
        info: What the source's feed says about itself; None if that is not known.
    """
    return heeded(
        joined(found),
        list(declared(source.id, source.social, info.site_url if info else "")),
        words,
        denied=(*source.social_deny, *map(key_of, source.social_deny)),
        owned=source.owned,
    )


def key_of(word: str) -> str:
    """The key that is meant by what a person wrote: a key or an address."""
    link = match(word) if "://" in word else None
    return key(link) if link else word


def joined(profiles: Sequence[Profile]) -> tuple[Profile, ...]:
    """Join bare labels of one source with the profiles that they mean, and mark conflicting profiles.

    A bare label is evidence for the only profile of its platform, or the only one with this label, in the same source.
    It stays alone where there is none, or more than one. Accounts of authors without a name may belong to several
    authors, and do not conflict.
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
    """The profiles that the operator's configuration declares for a source.

    Args:
        source_id: The source's id.
        addresses: The absolute addresses of the profiles.
        site_url: The address of the publisher's own site; may be empty.
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
    """A source's profiles, corrected by the operator's decisions.

    Args:
        profiles: The profiles that its articles show.
        said: The profiles that the configuration declares.
        words: The operator's decisions by command, by key.
        denied: Keys and addresses that the configuration denies.
        owned: Whether the publisher's profiles are the operator's own.
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
    """The profiles that are meant by what a person wrote: a key or an address."""
    wanted = {word, key_of(word)}
    return [it for it in presence.profiles if it.key in wanted or (it.url and it.url == word)]


def _affirmed(profile: Profile, *, is_declared: bool) -> Profile:
    """A profile that the operator confirms, by command or (`is_declared`) in the configuration."""
    evidence = tuple(piece for piece in profile.evidence if piece.place != CONFIGURATION)
    if not is_declared:
        return replace(profile, confidence=1.0, evidence=evidence, conflict=False)
    evidence = (_DECLARED, *evidence)
    return replace(profile, confidence=1.0, evidence=evidence, conflict=False, status="active", successor="")


def _may_be_one_of_several(profile: Profile) -> bool:
    """Whether a second profile like it would be a conflict: it is an account of the publisher or of a named author."""
    has_owner = profile.owner != "author" or profile.author != ""
    return profile.kind == "profile" and profile.platform != "site" and has_owner


def _is_called(label: Profile, other: Profile) -> bool:
    if (label.owner, label.author) != (other.owner, other.author) or other.kind != "profile":
        return False
    return label.platform == other.platform or label.label.casefold() == other.label.casefold() != ""


def _ordered(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence of several joined profiles, the strongest first, each kind of place once."""
    best: dict[str, Evidence] = {}
    for piece in sorted(evidence, key=lambda it: (-it.confidence, it.place)):
        surer = best.get(piece.place)
        best[piece.place] = piece if surer is None else _both(surer, piece)
    return tuple(best.values())


def _both(one: Evidence, other: Evidence) -> Evidence:
    """Two pieces of evidence of one kind of place, combined into one."""
    firsts = [it for it in (one.first_seen, other.first_seen) if it]
    lasts = [it for it in (one.last_seen, other.last_seen) if it]
    return replace(
        one,
        first_seen=min(firsts, default=None),
        last_seen=max(lasts, default=None),
        count=one.count + other.count,
    )


def _fediverse(url: str) -> str:
    """The account that an address of the fediverse names ("news@social.example"); empty if it has another form."""
    parts = urlsplit(url)
    name = parts.path.strip("/").removeprefix("@")
    return f"{name}@{parts.netloc}".lower() if parts.path.startswith("/@") and name and "/" not in name else ""


def _unlisted(url: str, site_url: str) -> str:
    """The platform of an address that no platform of the table has: `fediverse`, `site` or `unknown`."""
    if _fediverse(url):
        return "fediverse"
    return "site" if site_url and urlsplit(url).netloc == urlsplit(site_url).netloc else "unknown"
