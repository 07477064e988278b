"""Boilerplate: paragraphs that a source repeats; they leave the text that is compared, or also the published text.

    counted ─► repeats.stories_of ─► repeats.judged        a paragraph in many stories of its source is set apart
                                            │
    own_text, cut ◄─────────────────────────┘

Only the beginning and the end of a body are looked at, so that nothing is ever taken out of the middle of a story,
except what the operator denies. Two rules need no learning, and change nothing in what is published: a closing
paragraph that recalls another story of the same outlet («Ранее НСН сообщала …»), and a legal notice below the text.
"""

import re
from collections.abc import Iterable, Sequence

from syndicator.model.social import RemovedLine
from syndicator.model.state import NO_BOILERPLATE, Boilerplate
from syndicator.social.credits import is_credit
from syndicator.social.openings import ends
from syndicator.social.repeats import LONGEST, digest, digests
from syndicator.social.wording import QUOTE
from syndicator.text.blocks import Block, join_text
from syndicator.text.urls import registrable_domain

_TAIL = 6  # how many paragraphs at the end of a body may recall another story or be a legal notice
_MOST = 0.4  # the largest share of a body's characters that may be cut; above it, nothing leaves the published text
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
_STARTS = frozenset({"No "}).union(
    case(it)
    for it in "met fac ins ком орг соц дея (c) cop все all при люб пол час исп пер коп вос rep нас дан сви сет".split()
    for case in (str.lower, str.capitalize, str.upper)
)
_SIGNS = frozenset("*©(0123456789")
"""The signs that a legal notice may begin with; nearly every line of a story begins with none of them."""
_ENOUGH = 700  # the most characters of a legal notice


def counted(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Digests of the paragraphs that may be boilerplate; none for a body of one paragraph, which is the story."""
    filled = [block.text for block in blocks if block.text]
    if len(filled) < 2:
        return ()
    return digests([text for text in ends(filled) if len(text) <= LONGEST])


def own_text(
    blocks: Sequence[Block], boilerplate: Boilerplate = NO_BOILERPLATE, *, url: str = "", names: Sequence[str] = ()
) -> str | None:
    """The text by which a story is compared with others: without boilerplate, legal notices and recalled stories.

    Args:
        blocks: The blocks of the published body.
        boilerplate: The boilerplate of its source.
        url: The article's address; a closing paragraph that links to the same site recalls another story of it.
        names: The names that the publisher calls itself.

    Returns:
        The text; None if it is the whole text of the body; empty if nothing in the body is the story's own.
    """
    apart = _apart(blocks, boilerplate, url, names)
    return join_text([block for position, block in enumerate(blocks) if position not in apart]) if apart else None


def cut(blocks: Sequence[Block], boilerplate: Boilerplate) -> list[int]:
    """The positions of the blocks that leave the published text; what the operator denies leaves it anywhere."""
    if not (boilerplate.cut or boilerplate.denied):
        return []
    denied = {it for it in _filled(blocks) if boilerplate.denied and digest(blocks[it].text) in boilerplate.denied}
    learned = _learned(blocks, boilerplate) - denied
    return sorted(denied if _is_too_much(blocks, learned) else denied | learned)


def spared(blocks: Sequence[Block], boilerplate: Boilerplate) -> bool:
    """Whether `cut` leaves a body as it is because its source repeats too much of it; a person should look at it."""
    return bool(boilerplate.cut) and _is_too_much(blocks, _learned(blocks, boilerplate))


def removed_lines(blocks: Sequence[Block], gone: Iterable[int], boilerplate: Boilerplate) -> list[RemovedLine]:
    """The blocks that `cut` takes out, in the form in which the article keeps them."""
    return [
        RemovedLine(
            position=position,
            line_class="boilerplate",
            text=blocks[position].text,
            rule="denied" if digest(blocks[position].text) in boilerplate.denied else "learned",
        )
        for position in gone
    ]


def _filled(blocks: Sequence[Block]) -> list[int]:
    """Positions of the blocks with text."""
    return [position for position, block in enumerate(blocks) if block.text]


def _apart(blocks: Sequence[Block], boilerplate: Boilerplate, url: str, names: Sequence[str]) -> set[int]:
    """Positions of the blocks that are not in `own_text`; usually none."""
    filled = _filled(blocks)
    apart = {
        position
        for position in filled[1:][-_TAIL:]
        if ((text := blocks[position].text)[:3] in _STARTS or text[:1] in _SIGNS)
        and _is_legal(text)
        and digest(text) not in boilerplate.allowed
    }
    if boilerplate.aside:
        apart |= {it for it in ends(filled) if _is_aside(blocks[it].text, boilerplate)}
    left = [position for position in filled[-_TAIL - 1 :] if position not in apart] if apart else filled
    last = blocks[left[-1]] if len(left) > 1 else None
    if last and _recalls(last, url, names) and digest(last.text) not in boilerplate.allowed:
        apart.add(left[-1])
    return apart


def _learned(blocks: Sequence[Block], boilerplate: Boilerplate) -> set[int]:
    """Positions of the blocks at the beginning and end of a body that its source repeats and that may be cut."""
    ended = ends(_filled(blocks))
    return {it for it in ended if digest(blocks[it].text) in boilerplate.cut and _may_go(blocks[it])}


def _is_too_much(blocks: Sequence[Block], learned: Iterable[int]) -> bool:
    return sum(len(blocks[it].text) for it in learned) > _MOST * sum(len(block.text) for block in blocks)


def _may_go(block: Block) -> bool:
    """Whether a repeated paragraph may leave the published text: it is no speech, picture, credit, name or notice.

    It must have no link, either: «Read the original» is the same in all posts of a link blog, but leads elsewhere in
    each.
    """
    text = block.text
    return not (
        QUOTE.match(text)
        or block.images
        or block.links
        or "<video" in block.html
        or "<audio" in block.html
        or _ATTRIBUTION.match(text)
        or _is_legal(text)
        or is_credit(text)
    )


def _is_aside(text: str, boilerplate: Boilerplate) -> bool:
    return len(text) <= LONGEST and not QUOTE.match(text) and digest(text) in boilerplate.aside


def _is_legal(text: str) -> bool:
    """Whether a text is a notice that a law or a lawyer demands, and not news about such a notice."""
    return len(text) <= _ENOUGH and _LEGAL.match(text) is not None


def _recalls(block: Block, url: str, names: Sequence[str]) -> bool:
    """Whether a closing paragraph speaks of another story of the same outlet."""
    if not _RECALLS.match(block.text):
        return False
    text = block.text.casefold()
    if any(len(name) > 2 and name.casefold() in text for name in names):
        return True
    site = registrable_domain(url)
    return bool(site) and any(registrable_domain(href) == site for _, href in block.links)
