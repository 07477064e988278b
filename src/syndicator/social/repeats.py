"""Count how often a source repeats a paragraph, and judge from that whether it is boilerplate.

A paragraph is identified by a digest of its letters and digits, because a source's pages repeat their boilerplate
letter by letter. Digits count: «Курс доллара на 5 марта: 91,2» is a template, and its figures distinguish two items;
paragraphs that differ in a figure are never taken for the same.
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
"""The number of a source's newest stories whose paragraphs are counted."""
LONGEST = 300
"""The most characters of a paragraph that may be boilerplate."""

_ASIDE, _ASIDE_SHARE = 3, 0.2
"""The fewest stories, and their smallest share of all that are counted, that make a paragraph `Verdict.ASIDE`."""
_CUT, _CUT_SHARE = 5, 0.5
"""The fewest stories, and their smallest share of all that are counted, that make a paragraph `Verdict.CUT`."""
_HOLDS = 0.5  # the part of these shares that is enough to keep a verdict, so that it does not waver
_MARK = 8  # bytes of the digests of address and title that are kept: enough for a source's few stories
_OFTEN = 6  # how many counts are made while the number of stories grows by a factor of e (2.7), up to `WINDOW`
_STEP = 40  # a further count is made for each so many stories, however many there are

_SIGNS = (punctuation + whitespace).encode()
_LOWER = bytes.maketrans(ascii_uppercase.encode(), ascii_lowercase.encode())
_ADDRESS = re.compile(r"(https?://[^\s/]+)\S*")
_SPEAKS = re.compile(r"[^\W_]")


class Verdict(IntEnum):
    """The judgement on a paragraph."""

    STORY = 0  # it belongs to the story
    ASIDE = 1  # it is no part of the text by which stories are compared
    CUT = 2  # it is no part of the published text, either


class Counted(NamedTuple):
    """One entry with what is needed to count its paragraphs.

    Attributes:
        page: The digest of its address; empty if it has no address of its own.
        title: The digest of its title; empty if it has none.
        paragraphs: The digests of its paragraphs, as `boilerplate.counted` gave them.
    """

    page: bytes
    title: bytes
    paragraphs: Sequence[int]


def digest(text: str) -> int:
    """The digest of a paragraph, a signed number of 64 bits; 0 if it has neither letter nor digit.

    Of an address in it, only the host counts.
    """
    (found,) = unpack("<q", _hashed(text))
    return 0 if found == _NOTHING else int(found)


def digests(texts: Iterable[str]) -> tuple[int, ...]:
    """The digests of several paragraphs, each once, without those that have neither letter nor digit."""
    hashed = [_hashed(text) for text in texts]
    found = dict.fromkeys(unpack(f"<{len(hashed)}q", b"".join(hashed)))
    found.pop(_NOTHING, None)
    return tuple(found)


def _hashed(text: str) -> bytes:
    if "://" in text:
        text = _ADDRESS.sub(r"\1", text)
    if not _SPEAKS.search(text):
        text = ""  # a text of signs alone, such as «— * —» between the parts of a story
    return blake2b(text.encode("utf-8", "replace").translate(_LOWER, _SIGNS), digest_size=8).digest()


_NOTHING = int.from_bytes(_hashed(""), "little", signed=True)


def with_lines(learned: Boilerplate, source: Source) -> Boilerplate:
    """A source's boilerplate as it is applied: what was learned and set by command, overridden by its configuration."""
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
    """An article, reduced to what is needed to count its paragraphs."""
    return Counted(article.url_key[:_MARK], article.title_key[:_MARK], article.paragraphs)


def is_time(before: int, after: int) -> bool:
    """Whether a source's paragraphs are to be counted again, now that the number of its stories has grown.

    This is so at each of the first stories, and then less and less often, because each count costs more the more
    stories there are.

    Args:
        before: The number of its stories until now.
        after: The number of its stories now.
    """
    return _rounds(before) < _rounds(after)


def _rounds(stories: int) -> int:
    return int(_OFTEN * log1p(min(stories, WINDOW))) + stories // _STEP


def merged(stored: Mapping[int, Counted], come: Mapping[int, Counted]) -> list[Counted]:
    """The newest `WINDOW` entries: those stored, and those that have come, which replace or follow them, by number."""
    found = dict(stored) | dict(come)
    return [found[number] for number in sorted(found)[-WINDOW:]]


def stories_of(entries: Collection[Counted]) -> dict[int, int]:
    """In how many stories each paragraph stands; without paragraphs in too few entries to matter.

    Entries that share their address or their title count as one story: an entry that comes back under another id still
    has one of them, and the parts of a live report have both.
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
    """Judge a paragraph by how often it is repeated.

    Args:
        stories: The number of its source's stories that have it.
        among: The number of its source's stories that were counted.
        before: The verdict until now; keeping a verdict takes half the share that reaching it takes.
    """
    for verdict, least, share in ((Verdict.CUT, _CUT, _CUT_SHARE), (Verdict.ASIDE, _ASIDE, _ASIDE_SHARE)):
        if stories >= (max(least, share * among) if before < verdict else share * among * _HOLDS):
            return verdict
    return Verdict.STORY
