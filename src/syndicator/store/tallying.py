"""What articles show of publishers and authors, put together: each profile once, however many of them show it. Pure.

What is seen of them goes over the articles of one source in one transaction.
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
    """A profile as a transaction's articles show it.

    Attributes:
        sight: The surest.
        articles: How many show it that did not before.
        urls: Under which addresses, in order.
        places: Each kind of place with its locator there, its worth, the number of an article that may be named (0:
            none), and how many have it that did not before.
    """

    sight: Sight
    articles: int = 0
    urls: dict[str, None] = field(default_factory=dict)
    places: dict[str, tuple[str, float, int, int]] = field(default_factory=dict)

    def whole(self) -> Sight:
        """All of it as one sight."""
        places: Mapping[str, tuple[str, float]] = {place: piece[:2] for place, piece in self.places.items()}
        return replace(self.sight, places=places, urls=tuple(self.urls), articles=self.articles)


def tally_article(
    tallies: dict[Identity, SeenProfile],
    article: Article,
    number: int,
    links: Sequence[SocialLink],
    before: Sequence[SocialLink],
) -> None:
    """Count what an article shows.

    Args:
        tallies: Of its source; added to.
        article: As it is now.
        number: Its number; 0: it must not be named.
        links: Those of it that count (`counting`).
        before: What counted of it until now.
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
    """Count what a source's feed or page says of its publisher by itself, in no article."""
    for identity, sight in profiles.sightings(links).items():
        tally = tallies.setdefault(identity, SeenProfile(sight))
        tally.urls |= dict.fromkeys(sight.urls)
        for place, (locator, worth) in sight.places.items():
            tally.places.setdefault(place, (locator, worth, 0, 0))


def counting(links: Sequence[SocialLink], *, hidden: bool) -> list[SocialLink]:
    """The links of an article that count: one that must not be named tells nothing of itself and its authors."""
    return [it for it in links if not hidden or (it.owner == "publisher" and it.kind != "post")]


def shown_before(body: bytes) -> list[SocialLink]:
    """The links of a stored article that counted, from its packed body."""
    links = [SocialLink(**it) for it in bodies.fields(body).get("social", ())]
    return counting(links, hidden=bodies.terms(body).hides)
