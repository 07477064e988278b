"""Place an article into a story, by pure functions, in layers, the surest layer first.

    same key in its source     →  Repeats | Updates     `moved` finds an article whose source gave it another key
    the operator's decision    →  Joins "join"          nor does an article ever join what it was split from
    same canonical address     →  Joins "url"
    a post that announces it   →  Joins "post"          the same publisher's post, which says little of its own
    same text                  →  Joins "text"
    nearly the same text       →  Joins "near"          compared only if no other layer holds
    none of these              →  Opens

The function of each layer says what must hold beside the likeness. When the evidence is contradictory, two stories too
many are better than one too few: a wrong merge hides news, a missed one only repeats it.

If an article has a *sure* match in several stories, they become one story (`merging`). Any other match only lets the
article join a story.
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
    """A match between an article and a stored one.

    Attributes:
        candidate: The stored article.
        reason: The layer that found the match, as in `Joins.reason`.
        sure: Whether the match also merges stories.
    """

    candidate: Candidate
    reason: str
    sure: bool


class Alike(NamedTuple):
    """A stored article with nearly the same text as an article, its story's sources, and how alike the texts are."""

    candidate: Candidate
    sources: frozenset[str]
    likeness: Likeness

    @property
    def measured(self) -> Measured:
        """The stored article, and how alike the two texts are."""
        candidate = self.candidate
        return Measured(
            source_id=candidate.source_id, key=candidate.key, shorter=self.likeness.shorter, longer=self.likeness.longer
        )


def moved(article: Article, candidates: Sequence[Candidate], shown: Shown) -> Candidate | None:
    """Find the article itself among those stored under keys that its source no longer shows.

    Args:
        article: An article whose key is not stored.
        candidates: Stored articles that share its address or its text, oldest story first; if `shown.strange`, also
            those of its own source that share its title and date.
        shown: What its source shows now.

    Returns:
        The stored article; None if the source never showed this article before.
    """
    own = [it for it in candidates if it.source_id == article.source_id]
    gone = [it for it in own if it.key not in shown.keys]
    here = [it for it in gone if same_address(article, it) and _same_entry(article, it, linked=shown.linked)]
    if any(it.key in shown.keys and same_address(article, it) for it in own):
        here = [it for it in here if _same_words(article, it)]  # several entries share this address
    elsewhere = [it for it in gone if same_text(article, it) and _same_head(article, it)]
    if shown.strange and shown.linked and not elsewhere:  # the site has moved, and may show another part of each text
        elsewhere = [it for it in gone if same_title(article, it) and same_date(article, it)]
    if here:
        return here[0]
    return elsewhere[0] if len({it.story for it in elsewhere}) == 1 else None


def is_another(article: Article, known: Known, title: str, text: str) -> bool:
    """Whether an article without an id is a different article from the one stored under its link, not an edit of it.

    It is a different one if neither title nor text is the same; a missing title or text never counts as the same.

    Args:
        article: The new article, of a source whose links are not known to tell its entries apart.
        known: What is stored under its source and link.
        title: The title of the stored article.
        text: The text of the stored article.
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
    """Decide how an article is placed.

    Args:
        article: The new article.
        known: What is stored under its own source and key, or None.
        candidates: Stored articles that share its address or its text, other than `known`, oldest story first.
        shown: What its source shows now, as far as that is known.
        rulings: The operator's decisions about it.
        priority: Its source's priority.
        posts: Numbers of the candidates that it announces, or that announce it.
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
    """Find what an article matches, the surest layer first; the arguments are those of `place`.

    A claimed address is evidence only if something else agrees, and such a match is never sure: anybody can name
    anybody's address, and unrelated stories would be merged.
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
    """Find the stored articles with nearly the same text, the most alike first.

    Two articles of one source never count: the source knows what it publishes twice, and which texts come from one
    template.

    Args:
        article: The new article.
        neighbours: Stored articles whose texts share words with its own.
        rulings: The operator's decisions about it.
    """
    if not neighbours:  # as for most articles
        return []
    ours = content(article)
    found = []
    for neighbour in neighbours:
        judged = same_text_alone(article, neighbour.candidate)  # `_text_holds` has decided on it
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
    """Decide how an article is placed that no other layer has placed: nearly equal texts are one story.

    Args:
        article: The new article.
        found: The stored articles with nearly the same text, the most alike first (`alike`).
        priority: Its source's priority.
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
    """Whether several entries share an address: a source that owns it has two stories, or shows two entries, under it.

    An entry that its source no longer shows does not count: it may be this one, edited and with another id.

    Args:
        article: The new article.
        candidates: Stored articles with its address; those that only claim it are no evidence.
        shown: What its source shows now, as far as that is known.
        rulings: The operator's decisions; stories that he split do not count as two.
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
    """Whether the same address means the same story here.

    Between two sources it does if each owns the address. If one only claims it, title or text must agree as well
    (`agree`), because anybody can name anybody's address. The same holds for a page that several entries share, as the
    parts of a live report do, because the address does not tell which entry is meant. For two entries of one source
    more must agree, since some sources link every entry to one page; and most if the source shows both at once, under
    ids of their own.
    """
    if candidate.source_id != article.source_id:
        return not (article.claimed or candidate.claimed or shared) or agree(article, candidate)
    if shown.keys:  # `moved` has decided on entries that are no longer shown
        return candidate.key in shown.keys and _same_words(article, candidate)
    return _same_entry(article, candidate, linked=False)


def _same_entry(article: Article, candidate: Candidate, *, linked: bool) -> bool:
    """Whether two entries of one source under the same address are one entry.

    They are if two of title, text and date are the same; or if title or text is the same, the dates do not differ, and
    the source's links are known to tell its entries apart.
    """
    alike = sum(same(article, candidate) for same in (same_title, same_text))
    return alike + same_date(article, candidate) >= 2 or (
        bool(alike) and linked and article.published == candidate.published
    )


def _same_words(article: Article, candidate: Candidate) -> bool:
    """Whether both title and text are the same."""
    return same_title(article, candidate) and same_text(article, candidate)


def _same_head(article: Article, candidate: Candidate) -> bool:
    """Whether both title and date are the same; two missing dates count as the same."""
    return same_title(article, candidate) and article.published == candidate.published


def _text_holds(article: Article, candidates: Sequence[Candidate], rulings: Rulings) -> bool:
    """Whether the same text means the same story here.

    It does not if one source has the text in two stories, unless the operator split them: the text is a notice or a
    template. Nor does it if the article's own source has published the text before, unless title and date show that it
    is the same entry under a new guid.
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
    """Return the numbers of two stories in the order in which `Rulings.apart` has them."""
    return (min(one, other), max(one, other))


def _bid(article: Article, priority: int) -> Bid:
    return Bid(article=0, claimed=article.claimed, priority=priority, length=len(article.text))


def _leading(candidate: Candidate) -> Bid:
    """The bid of the copy that leads a candidate's story."""
    return Bid(
        article=0, claimed=candidate.lead_claimed, priority=candidate.lead_priority, length=candidate.lead_length
    )
