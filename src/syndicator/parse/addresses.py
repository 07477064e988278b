"""Whose address an article has: its own, or one that it only claims."""

from dataclasses import dataclass

from syndicator.model.article import Entry
from syndicator.model.source import Source
from syndicator.text.urls import absolute, canonical, identity, registrable_domain


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
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
    home = _domain(source.url)
    url, external, named = _web(entry.url), _web(entry.external_url), _web(entry.canonical)
    own = url
    if home and url and _domain(url) != home:
        permalink = next((it for it in (entry.guid.strip(), external) if _domain(it) == home), "")
        own, external = (permalink, url) if permalink else (own, external)
    if identity(own) and not identity(named):
        named = ""  # a template's mistake: every article would be the front page
    best = canonical(named or own)
    leaves = bool(named and own) and _domain(named) != _domain(own)
    about = canonical(external) if external else ""
    return Addresses(
        url=url or named,
        canonical_url=best,
        claimed=bool(best) and (leaves or bool(home and _domain(best) != home)),
        external_url=about if about != best else "",
    )


def _web(url: str) -> str:
    return url if (url := absolute(url)).startswith("http") else ""


def _domain(url: str) -> str:
    return registrable_domain(url) if url else ""
