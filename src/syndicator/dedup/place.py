"""Placing an article: purely, in layers, the surest first.

    same key in its source     →  Repeats | Updates     the key is its guid; `moved` finds it under another one
    the operator's word        →  Joins "join"          likewise never joins what it was split from
    same canonical address     →  Joins "url"
    a post that announces it   →  Joins "post"          of the same publisher, and with little to say of its own
    same text                  →  Joins "text"
    nearly the same text       →  Joins "near"          asked only when nothing else held
    nothing                    →  Opens

What must hold beside the likeness is written at each layer. Where they pull apart, two stories too many are better than
one too few: a wrong merge hides news, a missed one only repeats it.

What is like an article in a *sure* way makes the stories that it is in one (`merging`); the rest only lets it join.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from syndicator.dedup.compared import content
from syndicator.dedup.exact import (
    agree,
    same_address,
    same_date,
    same_substance,
    same_text,
    same_text_alone,
    same_title,
    same_words,
)
from syndicator.dedup.lead import takes_lead
from syndicator.dedup.near import Likeness, compare, differ_at_once
from syndicator.model.article import Article
from syndicator.model.decision import Bid, Rulings
from syndicator.model.noun import Noun
from syndicator.model.outcome import Shown
from syndicator.model.placement import Candidate, Joins, Known, Measured, Neighbour, Opens, Placement, Repeats, Updates
from syndicator.text import keys

_NOTHING = Shown()
_NO_RULINGS = Rulings()


class Match(Noun):
    """An article's likeness to a stored one.

    Attributes:
        candidate: That one.
        reason: The layer that tells it.
        sure: Whether it also makes stories one that were two.
    """

    candidate: Candidate
    reason: str
    sure: bool


class Alike(NamedTuple):
    """A stored article whose text is nearly an article's own, and who has its story."""

    candidate: Candidate
    sources: frozenset[str]
    likeness: Likeness

    @property
    def measured(self) -> Measured:
        """What was compared, and how much they have in common."""
        candidate = self.candidate
        return Measured(
            source_id=candidate.source_id, key=candidate.key, shorter=self.likeness.shorter, longer=self.likeness.longer
        )


def moved(article: Article, candidates: Sequence[Candidate], shown: Shown) -> Candidate | None:
    """The article itself, stored under a key that its source has given up; None: it is new there.

    Args:
        article: One whose key is not known.
        candidates: Stored articles that share its address or its text, oldest story first; where all that its source
            shows is strange, also those of its own that share its title and date.
        shown: What its source shows now.
    """
    own = [it for it in candidates if it.source_id == article.source_id]
    gone = [it for it in own if it.key not in shown.keys]
    here = [it for it in gone if same_address(article, it) and _same_entry(article, it, linked=shown.linked)]
    if any(it.key in shown.keys and same_address(article, it) for it in own):
        here = [it for it in here if _same_words(article, it)]  # the address is a page of several entries
    elsewhere = [it for it in gone if same_text(article, it) and _same_head(article, it)]
    if shown.strange and shown.linked and not elsewhere:  # the site has moved: what it shows of a text may be another
        elsewhere = [it for it in gone if same_title(article, it) and same_date(article, it)]
    if here:
        return here[0]
    return elsewhere[0] if len({it.story for it in elsewhere}) == 1 else None


def is_another(article: Article, known: Known, title: str, text: str) -> bool:
    """Whether an article without an id is another than the one that is stored under its link, not an edit of it.

    It is another if neither title nor text is the same; a missing one is never the same.

    Args:
        article: The newcomer, of a source whose links are not known to tell its entries apart.
        known: What is stored under its source and link …
        title: … with its title …
        text: … and text.
    """
    if keys.said(known.found_hash) == keys.said(article.found_hash):
        return False
    return not (same_words(article.title, title) or same_words(article.text, text))


def place(
    article: Article,
    known: Known | None,
    candidates: Sequence[Candidate],
    shown: Shown = _NOTHING,
    rulings: Rulings = _NO_RULINGS,
    priority: int = 0,
    posts: Collection[int] = (),
) -> Placement:
    """Decide what becomes of an article.

    Args:
        article: The newcomer.
        known: What is stored under its own source and key, or None.
        candidates: Stored articles that share its address or its text, other than `known`, oldest story first.
        shown: What its source shows now, as far as that is known.
        rulings: The operator's decisions about it.
        priority: Its source's.
        posts: Numbers of the candidates that it announces, or is announced by.
    """
    if known is not None:
        same_words = keys.said(known.found_hash) == keys.said(article.found_hash)
        substantive = not (same_substance(article, known.substance) or (shown.relinked and same_words))
        if not substantive and keys.meant(known.found_hash) == keys.meant(article.found_hash):
            return Repeats(article=known.article)
        return Updates(article=known.article, substantive=substantive)
    found = matches(article, candidates, shown, rulings, posts)
    if not found:
        return Opens()
    surest = next((it for it in found if it.sure), found[0]).candidate.story
    best = next(it for it in found if it.candidate.story == surest)
    leads = takes_lead(_bid(article, priority), _leading(best.candidate))
    return Joins(story=best.candidate.story, reason=best.reason, leads=leads)


def matches(
    article: Article,
    candidates: Sequence[Candidate],
    shown: Shown = _NOTHING,
    rulings: Rulings = _NO_RULINGS,
    posts: Collection[int] = (),
) -> list[Match]:
    """What an article is like, the surest layer first; the arguments are those of `place`.

    A claimed address is evidence only if something else agrees, and never sure: anybody can name anybody's address, and
    strangers would become one story.
    """
    allowed = [it for it in candidates if it.story not in rulings.barred]
    found = [Match(candidate=it, reason="join", sure=True) for it in allowed if (it.source_id, it.key) in rulings.bound]
    by_address = [it for it in candidates if it.article not in posts and same_address(article, it)]
    shared = _is_shared(article, by_address, shown, rulings)
    found += [
        Match(candidate=it, reason="url", sure=not (article.claimed or it.claimed or shared))
        for it in by_address
        if it.story not in rulings.barred and _address_holds(article, it, shown, shared=shared)
    ]
    found += [Match(candidate=it, reason="post", sure=True) for it in allowed if it.article in posts]
    by_text = [it for it in candidates if same_text(article, it)]
    if _text_holds(article, by_text, rulings):
        found += [Match(candidate=it, reason="text", sure=True) for it in by_text if it.story not in rulings.barred]
    return found


def alike(article: Article, neighbours: Sequence[Neighbour], rulings: Rulings = _NO_RULINGS) -> list[Alike]:
    """Whose text is nearly the same, the likest first.

    Two of one source never are: it knows what it publishes twice, and what it fills the same form with.

    Args:
        article: The newcomer.
        neighbours: Stored articles whose texts share words with its own.
        rulings: The operator's decisions about it.
    """
    if not neighbours:  # as for most
        return []
    ours = content(article)
    found = []
    for neighbour in neighbours:
        judged = same_text_alone(article, neighbour.candidate)  # by `_text_holds`
        if (
            article.source_id not in neighbour.sources
            and neighbour.candidate.story not in rulings.barred
            and not judged
        ):
            theirs = content(neighbour.article)
            if differ_at_once(ours, theirs):
                continue
            likeness = compare(ours, theirs, same_address=same_address(article, neighbour.candidate))
            if likeness.holds:
                found.append(Alike(neighbour.candidate, neighbour.sources, likeness))
    return sorted(found, key=lambda it: (-it.likeness.shorter - it.likeness.longer, it.candidate.story))


def place_near(article: Article, found: Sequence[Alike], priority: int = 0) -> Joins | Opens:
    """Decide what becomes of an article that nothing else has placed: nearly equal texts are one story.

    Args:
        article: The newcomer.
        found: Whose text is nearly the same, the likest first.
        priority: Its source's.
    """
    if not found:
        return Opens()
    candidate = found[0].candidate
    return Joins(
        story=candidate.story,
        reason="near",
        leads=takes_lead(_bid(article, priority), _leading(candidate)),
        measured=found[0].measured,
    )


def _is_shared(article: Article, candidates: Sequence[Candidate], shown: Shown, rulings: Rulings) -> bool:
    """Whether several entries share an address: a source that owns it has two stories there, or shows two entries now.

    An entry that its source does not show any more may be this very one, edited and given another id.

    Args:
        article: The newcomer.
        candidates: Stored articles with its address; those that only claim it say nothing of the page.
        shown: What its source shows now, as far as that is known.
        rulings: The operator's decisions: stories that he parted do not count as two.
    """
    stories: dict[str, int] = {}
    for candidate in candidates:
        if candidate.claimed:
            continue
        other = stories.setdefault(candidate.source_id, candidate.story)
        if other != candidate.story and pair(other, candidate.story) not in rulings.apart:
            return True
        if (
            candidate.source_id == article.source_id
            and candidate.key in shown.keys
            and not _same_words(article, candidate)
        ):
            return True
    return False


def _address_holds(article: Article, candidate: Candidate, shown: Shown, *, shared: bool = False) -> bool:
    """Whether one address means one story here.

    Between two sources it does, when the address is each one's own. A claim, to an address of another domain, needs
    agreement: anybody can name anybody's address. So does a page that several entries share, as the parts of a live
    report do: the address does not tell which. One source's second entry needs more, since some sources link every
    entry to one page; most of all when it shows both, under ids of their own.
    """
    if candidate.source_id != article.source_id:
        return not (article.claimed or candidate.claimed or shared) or agree(article, candidate)
    if shown.keys:  # `moved` has judged what is gone
        return candidate.key in shown.keys and _same_words(article, candidate)
    return _same_entry(article, candidate, linked=False)


def _same_entry(article: Article, candidate: Candidate, *, linked: bool) -> bool:
    """Whether two entries of one source, under one address, are one.

    They are when two of title, text and date are the same; or one of the first two where no date speaks against it and
    the source's links are known to tell its entries apart.
    """
    alike = sum(same(article, candidate) for same in (same_title, same_text))
    return alike + same_date(article, candidate) >= 2 or (
        bool(alike) and linked and article.published == candidate.published
    )


def _same_words(article: Article, candidate: Candidate) -> bool:
    """Whether title and text are the same."""
    return same_title(article, candidate) and same_text(article, candidate)


def _same_head(article: Article, candidate: Candidate) -> bool:
    """Whether title and date are the same, or the same is missing."""
    return same_title(article, candidate) and article.published == candidate.published


def _text_holds(article: Article, candidates: Sequence[Candidate], rulings: Rulings) -> bool:
    """Whether one text means one story here.

    A text that one source has under two stories identifies neither: it is a notice or a template, unless it was the
    operator who made them two. Neither does a text that the article's own source has published before, unless title
    and date say that it is that very entry under a new guid.
    """
    stories: dict[str, int] = {}
    for candidate in candidates:
        other = stories.setdefault(candidate.source_id, candidate.story)
        if other != candidate.story and pair(other, candidate.story) not in rulings.apart:
            return False
        if candidate.source_id == article.source_id and not _same_head(article, candidate):
            return False
    return True


def pair(one: int, other: int) -> tuple[int, int]:
    """Two stories, in the order of `Rulings.apart`."""
    return (min(one, other), max(one, other))


def _bid(article: Article, priority: int) -> Bid:
    return Bid(article=0, claimed=article.claimed, priority=priority, length=len(article.text))


def _leading(candidate: Candidate) -> Bid:
    """The copy that leads a candidate's story."""
    return Bid(
        article=0, claimed=candidate.lead_claimed, priority=candidate.lead_priority, length=candidate.lead_length
    )
