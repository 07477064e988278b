"""What a source repeats below and above its stories: learned by counting, and told from the stories themselves.

    counted ─► stories_of ─► judged        a paragraph in many stories of its source becomes ASIDE, later CUT
                                │
    dedup_text, cut ◄───────────┘          what stories are compared by, and what is published

A paragraph is known by a digest of its letters and digits, for a source's pages repeat their furniture letter by
letter. Digits count: «Курс доллара на 5 марта: 91,2» is a template, and its figures are what tells two items apart; a
paragraph that differs in a figure is never taken for the same. What is learned is only what stands at an end of the
body, so that nothing from the middle of a story is ever taken out.

Two rules need no learning, and change nothing of what is published: a closing paragraph that recalls another story of
the same outlet («Ранее НСН сообщала …»), and a legal notice below the text.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum
from hashlib import blake2b
from itertools import chain
from string import ascii_lowercase, ascii_uppercase, punctuation, whitespace
from typing import NamedTuple

from syndicator.model.article import Article
from syndicator.model.social import RemovedLine
from syndicator.model.source import NO_BOILERPLATE, Boilerplate
from syndicator.social.credits import read_credit
from syndicator.text.blocks import Block, join_text
from syndicator.text.urls import registrable_domain

WINDOW = 200
"""Stories of a source that are counted: the newest."""
LONGEST = 400
"""Characters of a paragraph that may be boilerplate."""

_HEAD, _TAIL = 3, 6  # blocks at the ends of a body
_MOST = 0.4  # of a body's characters; above it, nothing leaves the published text
_ASIDE, _ASIDE_SHARE = 3, 0.2
_CUT, _CUT_SHARE = 5, 0.5
_HOLDS = 0.5  # of these shares: a verdict that wavers would not be one
_MARK = 8  # bytes of a digest: enough for a source's few stories
_OFTEN = 5  # times between none and `WINDOW` stories that are counted once more

_SIGNS = (punctuation + whitespace).encode()
_LOWER = bytes.maketrans(ascii_uppercase.encode(), ascii_lowercase.encode())
_ADDRESS = re.compile(r"(https?://[^\s/]+)\S*")
_SPEECH = re.compile(r"[«»\"“”„‟'‘’‹›]|[-–—]\s")
_ATTRIBUTION = re.compile(
    r"(?:автор|текст|источник|по\s+материалам|по\s+информации|перевод|source|author|text|by|reporting|edited|written|"
    r"translat\w+|via)(?!\w)",
    re.IGNORECASE,
)
_RECALLS = re.compile(r"(?:ранее|до\s+этого|напомним|earlier|previously)(?!\w)", re.IGNORECASE)
_STATUS = (
    r"(?:иноагент|ин\.?\s?агент|иностранн\w+\s+агент|экстремист|террорист|запрещ[её]н|нежелательн|foreign\s+agent|"
    r"undesirable|banned)"
)
_LEGAL = re.compile(
    rf"(?:\*|\d\)|\(\*+\)).*{_STATUS}|(?:meta|facebook|instagram|компания|организаци[яи]|соцсет[ьи]|деятельность)(?!\w)"
    rf".*(?:признан|внес[её]н|запрещен).*{_STATUS}|"
    r"(?:©|\(c\)\s|copyright(?!\w)|все\s+права|all\s+rights\s+reserved)|"
    r"(?:при|любое|полное|частичное|использование|перепечатка|копирование|воспроизведение|reproduction|no\s+part)(?!\w)"
    r".*(?:материал|текст|цитирован|material|publication).*(?:разреш|допуск|запрещ|ссылк|согласи|permission|consent)|"
    r"(?:настоящ\w+|данн\w+)\s+(?:материал|сообщение|информаци).*(?:создан|произвед|распростран)|"
    rf"свидетельство\s+о\s+регистрации|сетевое\s+издание\s.*зарегистрирован",
    re.IGNORECASE | re.DOTALL,
)
_LEGAL_STARTS = frozenset(
    "met fac ins ком орг соц дея (c) cop все all при люб пол час исп пер коп вос rep no нас дан сви сет".split()
)
_ENOUGH = 700  # characters of a legal notice


class Verdict(IntEnum):
    """What a paragraph is taken for."""

    STORY = 0
    ASIDE = 1  # no part of the text by which stories are compared
    CUT = 2  # nor of the published text


class Counted(NamedTuple):
    """One entry, as its paragraphs are counted.

    Attributes:
        page: Digest of its address; empty: it has none of its own.
        title: Digest of its title; empty: it has none.
        paragraphs: What `counted` gave.
    """

    page: bytes
    title: bytes
    paragraphs: Sequence[int]


def digest(text: str) -> int:
    """64 bits, signed, that stand for a paragraph; of an address in it only the host counts; 0: it says nothing."""
    if "://" in text:
        text = _ADDRESS.sub(r"\1", text)
    words = text.encode("utf-8", "surrogatepass").translate(_LOWER, _SIGNS)
    return int.from_bytes(blake2b(words, digest_size=8).digest(), "little", signed=True) if words else 0


def counted(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Digests of the paragraphs that may be boilerplate; none where a body is one paragraph: that is the story."""
    filled = [block.text for block in blocks if block.text]
    if len(filled) < 2:
        return ()
    ends = filled if len(filled) <= _HEAD + _TAIL else [*filled[:_HEAD], *filled[-_TAIL:]]
    found = dict.fromkeys(digest(text) for text in ends if len(text) <= LONGEST)
    found.pop(0, None)
    return tuple(found)


def marked(article: Article) -> Counted:
    """An article as its paragraphs are counted."""
    return Counted(article.url_key[:_MARK], article.title_key[:_MARK], article.paragraphs)


def is_time(before: int, after: int) -> bool:
    """Whether a source's paragraphs are to be counted once more, now that it has had so many stories.

    At each of the first stories, and then ever less often, for to count all costs more the more there are.
    """
    step = max(min(before, WINDOW) // _OFTEN, 1)
    return before // step != after // step


def stories_of(entries: Collection[Counted]) -> dict[int, int]:
    """In how many stories each paragraph is found, of those in enough to matter.

    An entry that comes back under another id has its address or its title still, and a live report's parts have both:
    entries that share one of them count as one story.
    """
    hits = Counter(chain.from_iterable(entry.paragraphs for entry in entries))
    often = {paragraph for paragraph, count in hits.items() if count >= _ASIDE}
    if not often:
        return {}
    pages: dict[int, set[object]] = {paragraph: set() for paragraph in often}
    titles: dict[int, set[object]] = {paragraph: set() for paragraph in often}
    for number, entry in enumerate(entries):
        for paragraph in often.intersection(entry.paragraphs):
            pages[paragraph].add(entry.page or number)
            titles[paragraph].add(entry.title or number)
    return {paragraph: min(len(pages[paragraph]), len(titles[paragraph])) for paragraph in often}


def judged(stories: int, among: int, before: Verdict = Verdict.STORY) -> Verdict:
    """What a paragraph is taken for.

    Args:
        stories: How many of its source's stories have it …
        among: … of how many that were counted.
        before: What it was taken for until now: to keep a verdict takes half the share.
    """
    for verdict, least, share in ((Verdict.CUT, _CUT, _CUT_SHARE), (Verdict.ASIDE, _ASIDE, _ASIDE_SHARE)):
        if stories >= (max(least, share * among) if before < verdict else share * among * _HOLDS):
            return verdict
    return Verdict.STORY


def dedup_text(
    blocks: Iterable[Block], boilerplate: Boilerplate = NO_BOILERPLATE, *, url: str = "", names: Sequence[str] = ()
) -> str:
    """The text by which a story is compared with others: less boilerplate, legal notices, and what recalls another.

    It may be empty: a story of which nothing is left has nothing that is its own.

    Args:
        blocks: Of the published body.
        boilerplate: Of its source.
        url: The article's address: what links to the same site recalls another story of it.
        names: What the publisher calls itself.
    """
    filled = [block for block in blocks if block.text]
    left, tail = [], len(filled) - _TAIL
    for position, block in enumerate(filled):
        at_end = position >= tail or position < _HEAD
        if not (at_end and _is_aside(block.text, boilerplate, below=position > 0 and position >= tail)):
            left.append(block)
    if len(left) > 1 and _recalls(left[-1], url, names) and digest(left[-1].text) not in boilerplate.allowed:
        left.pop()
    return join_text(left)


def cut(blocks: Sequence[Block], boilerplate: Boilerplate) -> list[int]:
    """Which blocks leave the published text; what the operator denies does, wherever it stands."""
    if not (boilerplate.cut or boilerplate.denied):
        return []
    filled = [position for position, block in enumerate(blocks) if block.text]
    ends = {*filled[:_HEAD], *filled[-_TAIL:]}
    digests = {position: digest(blocks[position].text) for position in filled if boilerplate.denied or position in ends}
    denied = {position for position, it in digests.items() if it in boilerplate.denied}
    learned = {
        position
        for position, it in digests.items()
        if position in ends and position not in denied and it in boilerplate.cut and _may_go(blocks[position])
    }
    length = sum(len(blocks[position].text) for position in filled)
    if sum(len(blocks[position].text) for position in learned) > _MOST * length:
        learned = set()
    return sorted(denied | learned)


def removed_lines(blocks: Sequence[Block], gone: Iterable[int], boilerplate: Boilerplate) -> list[RemovedLine]:
    """What `cut` takes out, as it is kept."""
    return [
        RemovedLine(
            position=position,
            line_class="boilerplate",
            text=blocks[position].text,
            rule="denied" if digest(blocks[position].text) in boilerplate.denied else "learned",
        )
        for position in gone
    ]


def _may_go(block: Block) -> bool:
    """Whether a paragraph that is repeated may leave the published text: no speech, picture, credit, name or notice."""
    text = block.text
    return not (
        _SPEECH.match(text)
        or block.images
        or "<video" in block.html
        or "<audio" in block.html
        or _ATTRIBUTION.match(text)
        or _is_legal(text)
        or read_credit(text)
    )


def _is_aside(text: str, boilerplate: Boilerplate, *, below: bool) -> bool:
    legal = below and _is_legal(text)
    if not legal and not (boilerplate.aside and len(text) <= LONGEST):
        return False
    found = digest(text)
    return found not in boilerplate.allowed and (legal or (found in boilerplate.aside and not _SPEECH.match(text)))


def _is_legal(text: str) -> bool:
    """Whether it is a notice that a law or a lawyer wants, and not news of one."""
    first = text[:1]
    if not first.isalpha():
        return first in "*©(0123456789" and len(text) <= _ENOUGH and _LEGAL.match(text) is not None
    start = text[:3].lower().rstrip()
    return start in _LEGAL_STARTS and len(text) <= _ENOUGH and _LEGAL.match(text) is not None


def _recalls(block: Block, url: str, names: Sequence[str]) -> bool:
    """Whether a closing paragraph speaks of another story of the same outlet."""
    if not _RECALLS.match(block.text):
        return False
    text = block.text.casefold()
    if any(len(name) > 2 and name.casefold() in text for name in names):
        return True
    site = registrable_domain(url) if url else ""
    return bool(site) and any(registrable_domain(href) == site for _, href in block.links)


def merged(stored: Mapping[int, Counted], come: Mapping[int, Counted]) -> list[Counted]:
    """The newest `WINDOW` entries: those that are stored, with what has come in their place or behind them."""
    found = dict(stored) | dict(come)
    return [found[number] for number in sorted(found)[-WINDOW:]]
