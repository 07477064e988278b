"""Combine what a transaction's articles show of profiles: each profile once, however many articles show it. Pure.

A tally covers the articles of one source in one transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.social import SocialLink
from syndicator.social import profiles
from syndicator.social.profiles import Identity, Sight
from syndicator.store import bodies


@dataclass(slots=True)
class SeenProfile:
    """A profile as the articles of one transaction show it.

    Attributes:
        sight: The surest sighting.
        articles: How many articles show it that did not show it before.
        urls: The addresses by which they show it, in order.
        places: For each kind of place: the locator there, its confidence, the number of an article that may be named (0
            if none), and how many articles show it there that did not before.
    """

    sight: Sight
    articles: int = 0
    urls: dict[str, None] = field(default_factory=dict)
    places: dict[str, tuple[str, float, int, int]] = field(default_factory=dict)

    def whole(self) -> Sight:
        """Combine all of it into one sighting."""
        places: Mapping[str, tuple[str, float]] = {place: piece[:2] for place, piece in self.places.items()}
        return replace(self.sight, places=places, urls=tuple(self.urls), articles=self.articles)


def tally_article(
    tallies: dict[Identity, SeenProfile],
    article: Article,
    number: int,
    links: Sequence[SocialLink],
    before: Sequence[SocialLink],
) -> None:
    """Add what an article shows to the tallies.

    Args:
        tallies: The tallies of its source, which are changed.
        article: The article as it is now.
        number: The article's number; 0 if it must not be named.
        links: Its links that count (`counting`).
        before: Its links that counted until now.
    """
    names = [author.name for author in article.authors]
    old = profiles.sightings(before, names)
    for identity, sight in profiles.sightings(links, names).items():
        tally = tallies.setdefault(identity, SeenProfile(sight))
        told = old.get(identity)
        tally.articles += told is None
        tally.urls |= dict.fromkeys(sight.urls)
        if sight.link.confidence >= tally.sight.link.confidence:
            tally.sight = sight
        for place, (locator, worth) in sight.places.items():
            is_new = told is None or place not in told.places
            count = tally.places[place][3] if place in tally.places else 0
            tally.places[place] = (locator, worth, number, count + is_new)


def tally_feed(tallies: dict[Identity, SeenProfile], links: Sequence[SocialLink]) -> None:
    """Add what a source's feed or page shows of its publisher outside of articles to the tallies."""
    for identity, sight in profiles.sightings(links).items():
        tally = tallies.setdefault(identity, SeenProfile(sight))
        tally.urls |= dict.fromkeys(sight.urls)
        for place, (locator, worth) in sight.places.items():
            tally.places.setdefault(place, (locator, worth, 0, 0))


def counting(links: Sequence[SocialLink], *, hidden: bool) -> list[SocialLink]:
    """Return the links of an article that count: of a hidden article, only its publisher's, and no posts."""
    return [it for it in links if not hidden or (it.owner == "publisher" and it.kind != "post")]


def shown_before(body: bytes) -> list[SocialLink]:
    """Return the links of a stored article that counted, from its packed body."""
    links = [SocialLink(**it) for it in bodies.fields(body).get("social", ())]
    return counting(links, hidden=bodies.terms(body).hides)
