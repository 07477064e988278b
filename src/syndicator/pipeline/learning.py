"""Learning: find out which paragraphs a source repeats (its boilerplate), and leave them out of comparisons.

A poll's articles are counted before they are placed. So the first document of a source already shows what all its
stories end with, and each article is compared only by what it says itself. When the verdict on a paragraph changes, the
likeness keys of stored articles are computed anew, a few in each step. Their published text stays, and no id changes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from syndicator.dedup import substance
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.social import Repeated
from syndicator.model.source import Source
from syndicator.model.state import Boilerplate
from syndicator.social import repeats
from syndicator.social.repeats import Counted, Verdict, with_lines
from syndicator.store import Recording, Store
from syndicator.text.keys import folded, text_key
from syndicator.text.likeness import sketch

FORGOTTEN = timedelta(days=90)
"""Time without a story that has it after which a paragraph no longer counts as boilerplate."""


def learn(
    recording: Recording, source: Source, articles: Sequence[Article], names: Sequence[str], now: datetime
) -> Sequence[Article]:
    """Count the paragraphs of a poll's articles, if it is time; return the articles without what is boilerplate now.

    Args:
        recording: An open transaction, in which the articles are not written yet.
        source: The articles' source.
        articles: Its new and changed articles.
        names: The names that the publisher calls itself.
        now: The step's time.
    """
    source_id = source.id
    known = [recording.known(source_id, article.key) for article in articles]
    new = known.count(None)
    if not new:
        return articles
    before = recording.paragraphs.heard(source_id, new)
    if not repeats.is_time(before, before + new):
        return articles
    stored = recording.paragraphs.counted(source_id)
    behind = max(stored, default=0) + 1
    come = {
        it.article if it else behind + place: repeats.marked(article)
        for place, (article, it) in enumerate(zip(articles, known, strict=True))
    }
    entries = repeats.merged(stored, come)
    verdicts, turned = _verdicts(recording.paragraphs.repeated(source_id), entries, articles, now)
    verdicts = _with_texts(recording, verdicts, articles, stored)
    recording.paragraphs.judge(source_id, verdicts, turned)
    if not turned:
        return articles
    learned = with_lines(recording.paragraphs.boilerplate(source_id), source)
    return [_less(it, learned, names) if turned.intersection(it.paragraphs) else it for it in articles]


def _with_texts(
    recording: Recording, verdicts: Sequence[Repeated], articles: Sequence[Article], stored: dict[int, Counted]
) -> list[Repeated]:
    """Return the verdicts, with the text of each paragraph that is boilerplate or has the operator's decision."""
    # By paragraph, the newest article that has it: of older ones, the text may be forgotten.
    lying = {digest: number for number, entry in reversed(stored.items()) for digest in entry.paragraphs}
    told = []
    for it in verdicts:
        if (it.verdict or it.word) and not it.text:
            come = next((article for article in articles if it.digest in article.paragraphs), None)
            told.append(replace(it, text=_text(it.digest, come or recording.article(lying[it.digest]))))
        else:
            told.append(it)
    return told


def renew(store: Store, limit: int, now: datetime) -> int:
    """Compute the likeness keys of stored articles anew after the verdict on one of their paragraphs has changed.

    Args:
        store: The database, opened for writing.
        limit: The most articles to do now.
        now: The step's time.

    Returns:
        How many articles were done.

    Raises:
        StoreError: None was done; the same call may be tried again.
    """
    found = store.stale(limit)
    if not found:
        return 0
    with store.recording(now) as recording:
        for number, article in found:
            source, names = recording.described(article.source_id)
            read = _less(article, with_lines(recording.paragraphs.boilerplate(source.id), source), names)
            own = None if read.said == article.text else read.said  # its published text stays, whatever is cut now
            renewed = replace(article, own=own, text_key=read.text_key, sketch=read.sketch)
            recording.renew(number, renewed, substance(read))
    return len(found)


def _verdicts(
    before: Sequence[Repeated], entries: Sequence[Counted], articles: Sequence[Article], now: datetime
) -> tuple[list[Repeated], set[int]]:
    """Return the verdicts on a source's paragraphs, and the digests of the paragraphs whose verdict has changed."""
    found = repeats.stories_of(entries)
    was = {it.digest: it for it in before}
    for digest in found.keys() - was.keys():
        was[digest] = Repeated(
            digest=digest, text="", stories=0, among=0, verdict=Verdict.STORY, word="", last_seen=now
        )
    here = {digest for article in articles for digest in article.paragraphs}
    verdicts, turned = list[Repeated](), set[int]()
    for digest, it in was.items():
        seen = now if digest in here else it.last_seen
        stories = found.get(digest, 0) if now - seen < FORGOTTEN else 0
        verdict = repeats.judged(stories, len(entries), Verdict(it.verdict))
        verdicts.append(replace(it, stories=stories, among=len(entries), verdict=verdict, last_seen=seen))
        if verdict != it.verdict and not it.word:
            turned.add(digest)
    return verdicts, turned


def _text(digest: int, article: Article | None) -> str:
    """Return the text of a paragraph in an article; empty if the article is gone or no longer has it."""
    from syndicator.text.blocks import split_blocks  # noqa: PLC0415  # it loads lxml, which most polls do not need

    texts = (block.text for block in split_blocks(article.html)) if article else ()
    return next((text[: repeats.LONGEST] for text in texts if repeats.digest(text) == digest), "")


def _less(article: Article, learned: Boilerplate, names: Sequence[str]) -> Article:
    """Return an article without its boilerplate, and with likeness keys of what it says itself."""
    from syndicator.social.boilerplate import cut, own_text, removed_lines  # noqa: PLC0415  # it loads lxml, too
    from syndicator.text.blocks import Block, join_blocks, join_text, split_blocks  # noqa: PLC0415

    blocks: Sequence[Block] = split_blocks(article.html)
    if gone := cut(blocks, learned):
        removed = (*article.removed, *removed_lines(blocks, gone, learned))
        blocks = [block for position, block in enumerate(blocks) if position not in gone]
        article = replace(article, html=join_blocks(blocks), text=join_text(blocks), removed=removed)
    url = article.url if article.claimed else article.canonical_url
    article = replace(article, own=own_text(blocks, learned, url=url, names=names))
    words = folded(article.said)
    return replace(article, text_key=text_key(words), sketch=sketch(words))
