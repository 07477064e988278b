"""Decide an article's addresses: whether its canonical URL is its source's own, or another site's that it claims."""

from syndicator.model.article import Entry, Origin
from syndicator.model.noun import Noun
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.text.characters import one_line
from syndicator.text.urls import canonical, identity, registrable_domain, web


class Addresses(Noun):
    """An article's addresses; none of them is a `file:` address.

    Attributes:
        url: The permalink as the source gave it; empty: it gave none.
        canonical_url: The normalized address; empty: there is none.
        claimed: Whether `canonical_url` belongs to another site than the source's.
        external_url: The page that the article is about; empty: the article is about no other page.
    """

    url: str
    canonical_url: str
    claimed: bool
    external_url: str


def addresses(entry: Entry, source: Source) -> Addresses:
    """Tell an entry's own address from other addresses that it names.

    A source on the web owns the addresses of its registrable domain. A link to another domain is a claim, and so is a
    page's canonical address that leaves the domain of the page. A link blog's entry has a permalink of its own beside
    the link: it keeps the permalink, and the link is its `external_url`. The links of a file are the operator's own:
    they are no claims.
    """
    home = registrable_domain(source.url)
    url = web(entry.url)
    own, external, named = (canonical(it) if it else "" for it in (url, web(entry.external_url), web(entry.canonical)))
    domain = registrable_domain(own)
    if home and domain and domain != home:
        permalink = next((it for it in (canonical(entry.guid), external) if registrable_domain(it) == home), "")
        own, external, domain = (permalink, own, home) if permalink else (own, external, domain)
    if named and identity(own) and not identity(named):
        named = ""  # a template's mistake: every article would have the front page's address
    best = named or own
    best_domain = registrable_domain(named) if named else domain
    leaves = bool(named and own) and best_domain != domain
    return Addresses(
        url=url or web(entry.canonical),
        canonical_url=best,
        claimed=bool(best) and (leaves or bool(home and best_domain != home)),
        external_url=external if external != best else "",
    )


def origin(entry: Entry, source: Source, info: FeedInfo) -> Origin | None:
    """Give the feed that an entry was taken from, if its source names another one.

    An origin with the source's own domain or name is the source itself: many feeds name themselves in each item, and
    the operator's name for the source goes before that. If only a name is given, the domain is that of the entry's
    link. Of a private source's entry only the origin's name is given, because its address may be the source's own.

    Returns:
        The origin; None: the entry is the source's own, or nothing names its origin.
    """
    if not (found := entry.origin):
        return None
    title, feed_url, site_url, page = one_line(found.title), web(found.feed_url), web(found.site_url), web(entry.url)
    named = site_url or feed_url or web(found.id)
    domain = registrable_domain(named or page)
    is_own = domain in {"", registrable_domain(source.url), registrable_domain(web(info.site_url))}
    if is_own or title.casefold() in set(filter(None, (source.title.casefold(), info.title.casefold()))):
        return None
    if source.private:
        return Origin(id="", title=title) if title and "://" not in title else None
    title, feed_url = title or (domain if named else ""), feed_url if feed_url != page else ""
    if not title:
        return None
    return Origin(id=found.id, title=title, feed_url=feed_url, site_url=site_url)
