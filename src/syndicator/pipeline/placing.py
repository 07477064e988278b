"""Placing: find what is stored of each article, place it into a story, write it, and merge stories that are one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from syndicator.dedup import alike, is_another, moved, place, place_near, substance
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh, Shown
from syndicator.model.placement import Candidate, Joins, Known, Opens, Updates
from syndicator.model.source import Source
from syndicator.pipeline.announcing import claiming, pairs
from syndicator.pipeline.landed import Report
from syndicator.pipeline.learning import learn
from syndicator.pipeline.lessons import has_foreign_id
from syndicator.pipeline.settling import settle, settle_changed, settle_near
from syndicator.store import Recording


def place_articles(
    recording: Recording, source: Source, fresh: Fresh, report: Report, now: datetime
) -> list[datetime | None]:
    """Place and write a body's articles, and count them in the report; return the dates of those that were new."""
    recording.renamed(source.id, fresh.renamed)
    own = dict(fresh.doubtful)
    published = []
    for found in claiming(recording, source, fresh.info, learned(recording, source, fresh, now)):
        article = apart(recording, found, own)
        foreign = has_foreign_id(article, source, fresh.info.site_url) and recording.is_taken(article.guid, article)
        if place_article(recording, source, article, report, shown=fresh.shown):
            report.borrowed += foreign
            published.append(article.published)
    return published


def learned(recording: Recording, source: Source, fresh: Fresh, now: datetime) -> Sequence[Article]:
    """Learn from a body's articles what their source repeats; return them without what is known to be repeated."""
    names = [name for name in (source.title, fresh.info.title) if name]
    return learn(recording, source, fresh.articles, names, now)


def apart(recording: Recording, article: Article, own: Mapping[str, str]) -> Article:
    """Return an article, with a key of its own if the link by which it is known belongs to another stored article.

    It is compared with both the text and the summary of the stored article, because the text may come from the article
    page, and then only the summary has the feed's words.

    Args:
        recording: The open transaction.
        article: As it was read.
        own: The key that an entry gets if it is another than the known one, by the key that it came with.
    """
    known = recording.known(article.source_id, article.key) if article.key in own else None
    before = recording.article(known.article) if known is not None else None
    if known is None or before is None:
        return article
    if not all(is_another(article, known, before.title, it) for it in (before.text, before.summary)):
        return article
    return replace(article, key=own[article.key])


def recognized(recording: Recording, article: Article, shown: Shown | None) -> tuple[Known | None, Sequence[Candidate]]:
    """Return what is stored of an article, under its key or a former one; if nothing is, the candidates to compare."""
    known = recording.known(article.source_id, article.key)
    candidates = [] if known is not None else recording.candidates(article)
    own = [*candidates, *recording.namesakes(article)] if known is None and shown and shown.strange else candidates
    if own and shown is not None and (former := moved(article, own, shown)):
        recording.renamed(article.source_id, [(former.key, article.key)])
        known = recording.known(article.source_id, article.key)
    return known, candidates


def place_article(
    recording: Recording,
    source: Source,
    article: Article,
    report: Report,
    first_seen: datetime | None = None,
    shown: Shown | None = None,
) -> bool:
    """Place and write an article, and count it in the report; return whether it is new in its source.

    Args:
        recording: The open transaction.
        source: The article's source.
        article: As it was read.
        report: Where it is counted.
        first_seen: When its entry was first seen, if that was before now; None: now.
        shown: What its source shows now; None: not known, as for an article page.
    """
    known, candidates = recognized(recording, article, shown)
    rulings = recording.rulings(article, {it.story for it in candidates})
    posts = pairs(recording, article, candidates)
    placement = place(article, known, candidates, shown or Shown(), rulings, source.priority, posts)
    near = alike(article, recording.neighbours(article, candidates), rulings) if placement == Opens() else []
    if near:
        placement = place_near(article, near, source.priority)
    recording.write(article, placement, substance(article), first_seen=first_seen)
    report.merged += settle(recording, article, placement, candidates, shown or Shown(), posts)
    report.merged += settle_near(recording, article, placement, near)
    if known is not None and isinstance(placement, Updates):
        report.merged += settle_changed(recording, article, known)
    if posts and (placed := recording.stories.placed(article.identity)):
        recording.events.note_posts(placed[1])
    match placement:
        case Opens():
            report.new += 1
        case Joins():
            report.joined += 1
        case Updates(substantive=True):
            report.updated += 1
    if known is None:
        recording.habits.note(article)
    return known is None
