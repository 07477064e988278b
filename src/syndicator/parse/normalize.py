"""Make an article of an entry as found: cleaned, with canonical addresses, dates in UTC, and likeness keys.

The lines that are not the story's, such as its footer and credits, are set apart.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from syndicator.model.article import Article, Enclosure, Entry, Person, Text
from syndicator.model.noun import replace
from syndicator.model.social import Credit, SocialLink
from syndicator.model.source import Source
from syndicator.model.state import NO_BOILERPLATE, Boilerplate, FeedInfo
from syndicator.parse.addresses import addresses, origin
from syndicator.parse.body import Body, Publisher, read_body, read_teaser
from syndicator.parse.digest import found_hash
from syndicator.social.credits import names_nobody
from syndicator.social.platforms import key
from syndicator.text import keys
from syndicator.text.characters import legal, one_line
from syndicator.text.dates import is_whole_day, parse_date
from syndicator.text.headlines import said_title, without_site
from syndicator.text.language import guess_language, normal_tag
from syndicator.text.likeness import sketch
from syndicator.text.urls import absolute, web

S = TypeVar("S")
T = TypeVar("T")

MAX_LINE = 1_000
"""The most characters of a title, a name, a category or another line."""
MAX_VALUES = 100
"""The most authors, and as many categories, images, enclosures, profiles and credits, of one article."""

_PRESENT = frozenset({"profile", "invite"})
"""Kinds of social links that are an account of their owner."""
_FROM_A_LINE = frozenset({"subscription line", "prose"})
"""Evidence of social links that were found in a line of text, which the body holds, too."""
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""The earliest date that is believed: about when the web began."""
_AHEAD = timedelta(days=366)
"""How far in the future a date may be to be believed."""
_LONGEST_FILE = 2**63 - 1
"""The greatest length of an enclosure in bytes that is kept: the greatest signed integer of 64 bits."""
_DIRECTIVE = re.compile(r"native-(?:yes|no|draft)|format-(?:article|post)|comment-(?:all|subscribers|none)")
"""Instructions to the platform Dzen that feeds made for it give as categories."""
_NO_CATEGORY = re.compile(
    rf"{_DIRECTIVE.pattern}|uncategori[sz]ed|без\s(?:рубрики|категории)|без\sкатегорії|sin\scategor[ií]a|sem\scategoria|"
    r"senza\scategoria|non\sclassé(?:\(e\))?|geen\scategorie|bez\skategorii|nezařazené|未分类|未分類|미분류"
)
"""Categories that say nothing: Dzen's instructions, and WordPress' category for entries without one, as translated."""


def normalize(
    entry: Entry,
    source: Source,
    info: FeedInfo,
    now: datetime,
    *,
    found: bytes = b"",
    boilerplate: Boilerplate = NO_BOILERPLATE,
) -> Article:
    """Normalize an entry.

    Args:
        entry: The entry as found.
        source: Its source, whose time zone and language fill in what the entry leaves open.
        info: What the source's feed or page says of itself.
        now: The time of this step, for dates that name no year, and for dates too far in the future.
        found: The entry's `found_hash`; empty: it is computed.
        boilerplate: The paragraphs that the source repeats.
    """
    address = addresses(entry, source)
    page_url = address.url if address.claimed else address.canonical_url
    site_url = web(info.site_url) or ("" if source.private else web(source.url))
    taken_from = origin(entry, source, info)
    names = tuple(filter(None, (source.title, info.title, taken_from.title if taken_from else "")))
    title, section = without_site(_title(entry.title), names), _line(entry.section)
    publisher = Publisher(site_url=site_url, names=names, known=_known(entry.social))
    told, said = Body(section=section), [it for it in (entry.content, entry.summary) if it and it.value.strip()]
    if said:
        told = read_body(
            said[0],
            base=_base(said[0].base, page_url or site_url, private=source.private),
            page_url=page_url,
            publisher=publisher,
            title=title,
            section=section,
            about=address.external_url,
            boilerplate=boilerplate,
        )
    words = keys.folded(told.said)
    published = _date(entry.published, source, now)
    return Article(
        source_id=source.id,
        key=legal(entry.key),
        guid=legal(entry.guid),
        url=address.url,
        canonical_url=address.canonical_url,
        claimed=address.claimed,
        external_url=address.external_url,
        title=title,
        html=told.html,
        text=told.text,
        own=told.own,
        summary=_teaser(said, told, publisher, boilerplate),
        published=published,
        updated=published if entry.updated == entry.published else _date(entry.updated, source, now),
        published_raw=_line(entry.published),
        whole_day=published is not None and _is_whole_day(published, entry.published, source, now),
        authors=_distinct(_person, entry.authors),
        categories=_categories((told.section, *entry.categories)),
        section=told.section,
        language=normal_tag(entry.language) or normal_tag(source.language) or guess_language(f"{title}\n{told.text}"),
        images=_distinct(web, entry.images) or told.images[:1],
        enclosures=_distinct(_enclosure, entry.enclosures),
        comments=web(entry.comments),
        rights=_line(entry.rights),
        origin=taken_from,
        social=_distinct(_profile, _social(entry.social, told.social)),
        credits=_credits((*entry.credits, *told.credits)),
        removed=told.removed,
        sponsored=told.sponsored,
        flagged=told.flagged,
        found_hash=found or found_hash(entry),
        url_key=keys.url_key(address.canonical_url),
        text_key=keys.text_key(words),
        title_key=keys.title_key(title),
        paragraphs=told.paragraphs,
        sketch=sketch(words),
        raw=b"" if "noarchive" in entry.terms.robots else entry.raw,
        terms=entry.terms,
    )


def _teaser(said: Sequence[Text], told: Body, publisher: Publisher, boilerplate: Boilerplate) -> str:
    """Give the summary that stands beside the body, on one line; empty: there is none, or it repeats the body."""
    if len(said) < 2 or said[1].value == said[0].value:
        return ""
    teaser = read_teaser(said[1], site_url=publisher.site_url, names=publisher.names, boilerplate=boilerplate)
    is_near = len(teaser) <= len(told.text) <= 4 * len(teaser)  # as one line no text gets four times shorter
    return "" if is_near and teaser == one_line(told.text) else teaser


def _base(given: str, fallback: str, *, private: bool) -> str:
    """Give the base of a body's relative links; a private source's address is none, because the links would show it."""
    if private:
        return fallback or absolute("/", given)
    return web(given) or fallback


def _title(found: Text | None) -> str:
    if found is None:
        return ""
    value = found.value[: 10 * MAX_LINE]
    return _line(said_title(value) if found.html and ("<" in value or "&" in value) else value)


def _line(text: str) -> str:
    return one_line(text)[:MAX_LINE].rstrip() if text else ""


def _date(text: str, source: Source, now: datetime) -> datetime | None:
    """Read a date as a moment in UTC; None: it is no date, before 1990, or over a year in the future."""
    moment = parse_date(text, timezone=source.timezone, now=now) if text else None
    return moment if moment is not None and _EARLIEST <= moment <= now + _AHEAD else None


def _is_whole_day(moment: datetime, text: str, source: Source, now: datetime) -> bool:
    """Whether a date names only a day.

    In every time zone, midnight is on a quarter of an hour of UTC, so most other moments are told without a second
    parse.
    """
    return not moment.minute % 15 and not moment.second and is_whole_day(text, timezone=source.timezone, now=now)


@lru_cache(maxsize=256)
def _person(found: Person) -> Person | None:
    email = _line(found.email)
    name = _line(found.name) or email
    return Person(name=name, url=web(found.url), email=email) if name else None


def _enclosure(found: Enclosure) -> Enclosure | None:
    length = found.length if found.length is not None and 0 <= found.length <= _LONGEST_FILE else None
    url = web(found.url)
    return Enclosure(url=url, type=_line(found.type), length=length, title=_line(found.title)) if url else None


def _known(social: Iterable[SocialLink]) -> frozenset[str]:
    """Give the keys of the accounts that are known to be the publisher's."""
    return frozenset(key(it) for it in social if it.owner == "publisher" and it.kind in _PRESENT and it.url)


def _profile(found: SocialLink) -> SocialLink:
    label, handle, url = _line(found.label), _line(found.handle), web(found.url)
    if (label, handle, url) == (found.label, found.handle, found.url):
        return found
    return replace(found, label=label, handle=handle, url=url)


def _social(shown: Sequence[SocialLink], told: Sequence[SocialLink]) -> Sequence[SocialLink]:
    """Join the social links of the entry (`shown`) with those of the body's subscription lines (`told`).

    The page's reader may have found the same line of text. That is one piece of evidence, not two: the body's link is
    kept, with the place (`locator`) that the entry's has.
    """
    if not told:
        return shown
    lines = {it.url: it for it in told if it.url}
    places = {it.url: it.locator for it in shown if it.url in lines and it.evidence in _FROM_A_LINE}
    kept = [it for it in shown if not (it.url in lines and it.evidence in _FROM_A_LINE)]
    return [*kept, *(replace(it, locator=it.locator or places.get(it.url, "")) for it in told)]


def _credits(found: Sequence[Credit]) -> tuple[Credit, ...]:
    """Normalize credits, each person once in each role: with an agency, if one of the credits names it."""
    if not found:
        return ()
    credited = _distinct(_credit, found)
    full = {(it.role, it.name.casefold()) for it in credited if it.agency}
    return tuple(it for it in credited if it.agency or (it.role, it.name.casefold()) not in full)


def _credit(found: Credit) -> Credit | None:
    name = _line(found.name)
    if not name or names_nobody(name):
        return None  # «Фото: Telegram» says where it was found, not who took it
    agency = _line(found.agency)
    return replace(found, name=name, agency="" if names_nobody(agency) else agency)


def _categories(found: Iterable[str]) -> tuple[str, ...]:
    """Normalize categories, in order, without those that say nothing; of those that differ only in case, the first."""
    by_fold: dict[str, str] = {}
    for name in filter(None, map(_line, found)):
        by_fold.setdefault(name.casefold(), name)
    names = tuple(name for fold, name in by_fold.items() if not _NO_CATEGORY.fullmatch(fold))
    is_dzen = len(names) < len(by_fold) and any(map(_DIRECTIVE.fullmatch, by_fold))
    return tuple(it for it in names if not (is_dzen and it == "index"))[:MAX_VALUES]


def _distinct(normal: Callable[[S], T | None], found: Sequence[S]) -> tuple[T, ...]:
    """Normalize each value, and leave out repeats and values that become None or empty; the order stays."""
    return tuple(dict.fromkeys(filter(None, map(normal, found))))[:MAX_VALUES] if found else ()
