"""Propose selectors for the list of articles on a page, by the page's shape, for an operator to look at.

Nothing is polled by a guess. A proposal is shown only if its selectors, applied as an operator's are
(`listing.by_selectors`), give exactly the articles that were seen.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from lxml.html import HtmlElement

from syndicator.model.noun import Noun, replace
from syndicator.model.outcome import Proposal
from syndicator.model.source import Select, Selector, Source
from syndicator.model.web import Response
from syndicator.parse.decoding.sniff import Shape, sniff
from syndicator.parse.decoding.tree import MAX_ITEMS, Page, class_names, open_page, words
from syndicator.parse.discover import offered
from syndicator.parse.failures import Unreadable
from syndicator.parse.listing import by_selectors, collapsed
from syndicator.parse.metadata.structured import describe
from syndicator.parse.proposing.blocks import FEWEST, Group, groups_of
from syndicator.parse.proposing.fields import Fields, fields_of
from syndicator.parse.proposing.places import Link, links_of
from syndicator.text.characters import letters
from syndicator.text.urls import registrable_domain

_MOST = 2
"""The most proposals for one page."""
_SURE = 4.0
"""The lowest score of a group of blocks that is taken for a list of articles."""
_NEARLY = 0.75
"""The lowest score of a second proposal, as a share of the best one's."""
_SAMPLE = 20
"""The most blocks of a group that are looked at to judge it."""
_MOST_TRIED = 12
"""The most selectors that are tried on one page: each costs as much as a poll."""
_PROSE = 80
"""The fewest letters of a paragraph that counts as prose."""
_MOST_PROSE = 1_500
"""The most letters of prose outside of a group's blocks: with more, the page is an article."""
_MUCH_PROSE = 500
"""The most letters of prose outside of the blocks if that is more than half of the blocks' own letters."""
_OUTSIZED = 6
"""The longest block may have so many times the letters of the median one: with more, it is the page's article."""
_FEWEST_UNDATED = 5
"""The fewest articles of a list without dates."""
_DATED, _SLUGGED, _UNDATED = 12, 20, 30
"""The least median length of headlines in letters: beside dates; else where addresses are slugs; else."""
_TEASER = 40
"""The fewest letters beside a headline that count as a teaser."""
_NEAR = 4
"""How many ancestors of a block are looked at to find the outermost one that holds no other block."""
_PRICE = re.compile(r"[€$£₽¥]\s?\d|\d\s?(?:[€$£₽¥]|руб|EUR\b|USD\b|zł)")
"""A price, as goods have."""
_SLUG = re.compile(r"\d{2}|[^/]+-[^/]+-|[^/]{12}")
"""A part of a path that articles' addresses have: a number, several words, or a long one."""


class _Judged(Noun, kw_only=False):
    """A group of blocks with its fields' selectors, and a score: the higher, the likelier it is the page's list."""

    score: float
    group: Group
    fields: Fields


def is_wanted(response: Response, source: Source) -> bool:
    """Whether selectors are of use: the source's kind is `page`, or the body is a page that offers no feed."""
    return source.kind == "page" or (sniff(response.body).shape is Shape.HTML and not offered(response))


def proposals(response: Response, source: Source) -> tuple[Proposal, ...]:
    """Propose selectors for a page's list, the likeliest first: at most `_MOST`; none if no list is likely."""
    if not is_wanted(response, source):
        return ()
    try:
        return proposed(open_page(response))
    except Unreadable:
        return ()


def proposed(page: Page) -> tuple[Proposal, ...]:
    """Propose selectors for the list of an opened page, even if it offers a feed; none if it is an article."""
    described = describe(page)
    if described.is_article or described.said.head.is_article:
        return ()
    found = links_of(page)
    links = {it.element: it for it in found}
    judged = [it for group in groups_of(found) if (it := _judge(page, group, links)) and it.score >= _SURE]
    judged.sort(key=lambda it: -it.score)
    proposals: list[Proposal] = []
    shown: set[str] = set()
    tries = iter(range(_MOST_TRIED))
    for it in judged:
        if it.score < _NEARLY * judged[0].score or len(proposals) == _MOST:
            break
        addresses = {link.address for link, _ in it.fields.articles}
        if 4 * len(addresses & shown) > len(addresses):
            continue
        if (proposal := _proven(page, it.group, links, tries)) is not None:
            proposals.append(proposal)
            shown |= addresses
    return tuple(proposals)


def _judge(page: Page, group: Group, links: dict[HtmlElement, Link]) -> _Judged | None:
    """Score a group by a sample of its blocks; None: it is no list of articles."""
    sample = group.blocks[:_SAMPLE]
    fields = fields_of(sample, links)
    if fields is None or not _has_headlines(fields):
        return None
    texts = [words(it) for it in _holders(sample)]
    if _is_article(page, group.blocks, sum(map(letters, texts))):
        return None
    score = _score(page, group, fields) - 2 * (sum(bool(_PRICE.search(it)) for it in texts) > len(texts) / 2)
    return _Judged(score, group, fields)


def _has_headlines(fields: Fields) -> bool:
    """Whether a group has enough articles, with headlines that are too long to be names or topics."""
    dated, articles = fields.shares["date"] >= 0.5, fields.articles
    shortest = _DATED if dated else _UNDATED if _slugged(fields) < 0.5 else _SLUGGED
    if len({link.address for link, _ in articles}) < (FEWEST if dated else _FEWEST_UNDATED) or fields.length < shortest:
        return False
    return sum(letters(title) > len(title) or " " in title for _, title in articles) >= 0.7 * len(articles)


def _slugged(fields: Fields) -> float:
    """Give the share of articles whose address has a slug (`_SLUG`)."""
    paths = [link.url.partition("//")[2].partition("/")[2] for link, _ in fields.articles]
    return sum(bool(_SLUG.search(it)) for it in paths) / len(paths)


def _score(page: Page, group: Group, fields: Fields) -> float:
    """Score how likely a group is the page's list of articles, before prices are looked at."""
    sample = group.blocks[:_SAMPLE]
    addresses = {link.address for link, _ in fields.articles}
    size = len(addresses) * len(group.blocks) / len(sample)
    score = 2 * min(fields.length, 50) / 50 + 0.3 * int(min(size, 32)).bit_length()
    score += fields.headed + 1.5 * fields.shares["date"] + _told(fields) + 0.5 * fields.shares["image"]
    score += 0.8 * _is_semantic(sample[0]) + 0.6 * group.is_telling
    score += 0.4 * any(it.tag == "main" for it in sample[0].iterancestors())
    score += 0.7 * _slugged(fields)
    home = registrable_domain(page.url)
    away = sum(registrable_domain(link.url) != home for link, _ in fields.articles) / len(fields.articles)
    return score - 3 * (away > 0.5)


def _is_article(page: Page, blocks: Sequence[HtmlElement], told: int) -> bool:
    """Whether the page is an article: one block is far longer than the others, or much prose stands outside of them.

    Args:
        page: The page.
        blocks: The blocks of the group.
        told: Letters in a sample of the blocks.
    """
    sizes = sorted(letters(words(it)) for it in blocks[:_SAMPLE])
    if sizes[-1] > max(_MOST_PROSE, _OUTSIZED * sizes[len(sizes) // 2]):
        return True  # the other blocks are teasers below the article, marked up as it is
    prose = _prose_beside(page, blocks)
    return prose > _MOST_PROSE or prose > max(_MUCH_PROSE, told / 2)


def _told(fields: Fields) -> float:
    return max(0.7 * fields.shares["summary"], 0.5 * (fields.beside >= _TEASER))


def _holders(blocks: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Give for each block the outermost element that holds it and no other block, `_NEAR` ancestors up at most."""
    held = Counter(outer for it in blocks for outer in islice(it.iterancestors(), _NEAR))
    return [[it, *takewhile(lambda outer: held[outer] == 1, islice(it.iterancestors(), _NEAR))][-1] for it in blocks]


def _is_semantic(block: HtmlElement) -> bool:
    return block.tag == "article" or not {"h-entry", "hentry"}.isdisjoint(class_names(block))


def _prose_beside(page: Page, blocks: Sequence[HtmlElement]) -> int:
    """Count the letters of prose in paragraphs outside of the blocks: an article has many."""
    inside = set(blocks)
    prose = 0
    for paragraph in islice(page.root.iter("p"), 2_000):
        text = words(paragraph)
        if letters(text) >= _PROSE and inside.isdisjoint(paragraph.iterancestors()) and paragraph not in inside:
            prose += letters(text)
    return prose


def _proven(page: Page, group: Group, links: dict[HtmlElement, Link], tries: Iterator[int]) -> Proposal | None:
    """Find the first of a group's selectors that give the articles that were seen in its blocks.

    Args:
        page: The page.
        group: The group.
        links: The page's links, by element.
        tries: As many values as there are tries left for the page; each try takes one.

    Returns:
        The proposal; None: no selectors do, or no tries are left.
    """
    fields = fields_of(group.blocks[:MAX_ITEMS], links)
    if fields is None:
        return None
    seen: dict[str, str] = {}
    for link, title in fields.articles:
        seen.setdefault(link.url, title)
    for item, _ in zip(group.selectors, tries, strict=False):
        date = item if fields.is_line else fields.date
        select = Select(
            item=Selector(item),
            link=Selector(fields.link),
            title=Selector(fields.title),
            date=Selector(date),
            summary=Selector(fields.summary),
            image=Selector(fields.image),
        )
        try:
            entries = collapsed(page, by_selectors(page, select)[0])
        except Unreadable:
            continue
        if [(it.url, it.title.value if it.title else "") for it in entries] == list(seen.items()):
            return Proposal(select=select, entries=tuple(replace(it, raw=b"") for it in entries))
    return None
