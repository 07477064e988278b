"""How often a source repeats a paragraph, and what that makes of it: counting, and verdicts on what was counted.

A paragraph is known by a digest of its letters and digits, for a source's pages repeat their furniture letter by
letter. Digits count: «Курс доллара на 5 марта: 91,2» is a template, and its figures are what tells two items apart; a
paragraph that differs in a figure is never taken for the same.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum
from hashlib import blake2b
from itertools import chain
from math import log1p
from string import ascii_lowercase, ascii_uppercase, punctuation, whitespace
from struct import unpack
from typing import NamedTuple

from syndicator.model.article import Article
from syndicator.model.source import Source
from syndicator.model.state import Boilerplate

WINDOW = 200
"""Stories of a source that are counted: the newest."""
LONGEST = 300
"""Characters of a paragraph that may be boilerplate."""

_ASIDE, _ASIDE_SHARE = 3, 0.2
_CUT, _CUT_SHARE = 5, 0.5
_HOLDS = 0.5  # of these shares: a verdict that wavers would not be one
_MARK = 8  # bytes of a digest: enough for a source's few stories
_OFTEN = 6  # times that all is counted while stories become three times as many …
_STEP = 40  # … and once for so many, when there are as many as are counted

_SIGNS = (punctuation + whitespace).encode()
_LOWER = bytes.maketrans(ascii_uppercase.encode(), ascii_lowercase.encode())
_ADDRESS = re.compile(r"(https?://[^\s/]+)\S*")
_SPEAKS = re.compile(r"[^\W_]")


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
    (found,) = unpack("<q", _hashed(text))
    return 0 if found == _NOTHING else int(found)


def digests(texts: Iterable[str]) -> tuple[int, ...]:
    """The same of several, each once, without those that say nothing."""
    hashed = [_hashed(text) for text in texts]
    found = dict.fromkeys(unpack(f"<{len(hashed)}q", b"".join(hashed)))
    found.pop(_NOTHING, None)
    return tuple(found)


def _hashed(text: str) -> bytes:
    if "://" in text:
        text = _ADDRESS.sub(r"\1", text)
    if not _SPEAKS.search(text):
        text = ""  # «— * —» stands between the parts of a story
    return blake2b(text.encode("utf-8", "replace").translate(_LOWER, _SIGNS), digest_size=8).digest()


_NOTHING = int.from_bytes(_hashed(""), "little", signed=True)


def with_lines(learned: Boilerplate, source: Source) -> Boilerplate:
    """What a source's articles are read with: as learned and said by command, but first as its configuration says."""
    if not (source.keep_lines or source.drop_lines):
        return learned
    keep, drop = frozenset(digests(source.keep_lines)), frozenset(digests(source.drop_lines))
    return Boilerplate(
        aside=learned.aside - keep,
        cut=learned.cut - keep,
        allowed=(learned.allowed | keep) - drop,
        denied=(learned.denied - keep) | drop,
    )


def marked(article: Article) -> Counted:
    """An article as its paragraphs are counted."""
    return Counted(article.url_key[:_MARK], article.title_key[:_MARK], article.paragraphs)


def is_time(before: int, after: int) -> bool:
    """Whether a source's paragraphs are to be counted once more, now that it has had so many stories.

    At each of the first stories, and then ever less often, for to count all costs more the more there are.
    """
    return _rounds(before) < _rounds(after)


def _rounds(stories: int) -> int:
    return int(_OFTEN * log1p(min(stories, WINDOW))) + stories // _STEP


def merged(stored: Mapping[int, Counted], come: Mapping[int, Counted]) -> list[Counted]:
    """The newest `WINDOW` entries: those that are stored, with what has come in their place or behind them."""
    found = dict(stored) | dict(come)
    return [found[number] for number in sorted(found)[-WINDOW:]]


def stories_of(entries: Collection[Counted]) -> dict[int, int]:
    """How many stories have each paragraph; only of paragraphs in enough of them to matter.

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
