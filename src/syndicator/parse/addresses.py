"""Whose address an article has: its own, or one that it only claims."""

from syndicator.model.article import Entry, Origin
from syndicator.model.noun import Noun
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.text.characters import one_line
from syndicator.text.urls import canonical, identity, registrable_domain, web


class Addresses(Noun):
    """An article's addresses; none is a file's.

    Attributes:
        url: The permalink as the source gave it; empty: none.
        canonical_url: Normalized; empty: none.
        claimed: Whether `canonical_url` belongs to somebody else.
        external_url: The page that the article is about; empty: itself.
    """

    url: str
    canonical_url: str
    claimed: bool
    external_url: str


def addresses(entry: Entry, source: Source) -> Addresses:
    """Tell an entry's own address from those it only names.

    A source on the web owns the addresses of its registrable domain. A link to another domain is a claim, and so is a
    page's canonical address that leaves the domain of the page. A link blog's entry, which has a permalink of its own
    beside the link, keeps that and is about the other. A file's links are the operator's own, and are believed.
    """
    home = registrable_domain(source.url)
    url = web(entry.url)
    own, external, named = (canonical(it) if it else "" for it in (url, web(entry.external_url), web(entry.canonical)))
    domain = registrable_domain(own)
    if home and domain and domain != home:
        permalink = next((it for it in (canonical(entry.guid), external) if registrable_domain(it) == home), "")
        own, external, domain = (permalink, own, home) if permalink else (own, external, domain)
    if named and identity(own) and not identity(named):
        named = ""  # a template's mistake: every article would be the front page
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
    """Who published an entry, where its source says that it took it from somebody else.

    What is of the source's own domain, or has its name, is the source itself: many feeds name themselves in each item,
    and what the operator calls a source stands above that. Where there is only a name, the entry's own link tells.
    Of a private source nothing but the name is told, since its own address may be meant.
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
