"""Read: turn a body into articles, in whichever process. It raises nothing but MemoryError, and knows no secret.

Reading → parse → Entry… → keyed → (known ones drop out, under whatever key) → normalize → Article… → Fresh
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from syndicator import parse
from syndicator.dedup import keys, linked, proven, returning
from syndicator.model.article import Article, Entry
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed, Fresh, Outcome, Parsed, Reading, Shown, Wish
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo, KeyedBy, SourceMemory
from syndicator.model.web import Validators
from syndicator.parse.digest import found_hash
from syndicator.parse.failures import Unreadable
from syndicator.parse.feeds.entries import apart, split_again
from syndicator.parse.feeds.seen import seen
from syndicator.parse.normalize import normalize
from syndicator.pipeline.reader import bug
from syndicator.pipeline.waits import doubts
from syndicator.social.repeats import with_lines
from syndicator.text.keys import NOWHERE, body_hash, is_shared, meant, said, where
from syndicator.text.urls import canonical

CUT = Failure(
    kind=FailureKind.TRUNCATED,
    message="The document ends too early; its complete entries were read.",
    remedy="It is tried again later; if this continues, report it to the publisher.",
)
"""The failure of a document that was cut off; it comes with the entries that were complete."""

UNREADABLE_DATES = 50
"""Number of unreadable dates in one document after which no further date is tried, as each costs some 10 ms."""

MOST_PAGES = 100
"""The most article pages that are requested for a feed's new entries.

A feed begins with what is new; further entries are an archive."""

PAGES_AGAIN = 5
"""The most article pages of known, changed entries that are requested for one document.

Some sources change their entries at every poll."""

LISTED = 2
"""The least number of known entries that shows that a page was a list; a page that is an article has one."""

_FLAGGED = "Entries from which nothing was removed, because most of their lines look like closing lines: {}."
"""A warning, with the number of these entries."""


class _News(NamedTuple):
    """An entry that is new or has changed.

    Attributes:
        entry: The entry, with the key that suits its source (`KeyedBy`).
        found: Its `found_hash`.
        wish: The wish for its article page; None: that is not requested.
    """

    entry: Entry
    found: bytes
    wish: Wish | None


def read(reading: Reading) -> Outcome:
    """Turn a body into articles; failures are returned, and an unforeseen exception becomes one of kind `bug`."""
    try:
        return _read(reading) if reading.wish is None else _read_page(reading, reading.wish)
    except Unreadable as error:
        return Failed(failure=Failure(kind=error.kind, message=error.message, remedy=error.remedy))
    except MemoryError:
        raise  # the reader's memory limit, which `pipeline.reader` reports
    except Exception as error:  # noqa: BLE001  # here errors become data: one source never ends a run
        return Failed(failure=bug(error))


def _read(reading: Reading) -> Fresh:
    memory = reading.memory
    parsed = parse.parse(reading.response, reading.source, seen(memory))
    warnings = [*parsed.warnings, *doubts(parsed.info.hints)]
    entries = _keyed(parsed.entries, memory)
    if _is_notice(parsed, entries, reading):
        raise Unreadable(
            FailureKind.NO_FEED,
            "The page used to list articles, but is now an article itself, probably a notice.",
            "It is tried again later; to read the page as an article from now on, give the source another id.",
        )
    # An entry that is not in a document that was cut off must not count as gone.
    shown = {} if parsed.truncated else {entry.key: found for entry, found in entries.values()}
    returned = returning(shown, memory.entries, memory.keyed_by)
    keyed_by, churn = proven(memory.keyed_by, memory.churn, returned.keyed_by, len(shown))
    has_gap = _has_gap(shown, returned.renamed, reading)
    whole = Shown(keys=frozenset(shown), linked=linked(shown.values()), relinked=returned.relinked, strange=has_gap)
    news, pages_left = _news(entries, parsed.wishes, {new: old for old, new in returned.renamed}, reading)
    read_anew = list(_articles(news, reading, parsed.info, warnings))
    articles = tuple(article for it, article in read_anew if it.wish is None)
    if flagged := sum(it.flagged for it in articles):
        warnings.append(_FLAGGED.format(flagged))
    return Fresh(
        articles=articles,
        wishes=tuple(replace(it.wish, entry=it.entry, fallback=article) for it, article in read_anew if it.wish),
        sources=parsed.sources,
        deleted=tuple(it for it in parsed.deleted if it not in entries),  # an entry that is still shown is not deleted
        info=parsed.info,
        validators=Validators() if pages_left else reading.response.validators,
        body_hash=b"" if pages_left else body_hash(reading.response.body),
        warnings=tuple(warnings),
        shown=None if parsed.truncated else whole,
        renamed=returned.renamed,
        doubtful=_doubtful(entries, memory),
        keyed_by=keyed_by,
        churn=churn,
        failure=CUT if parsed.truncated else None,
        is_page=parsed.is_page,
        has_gap=has_gap,
        older=parsed.older if has_gap else "",
    )


def _is_notice(parsed: Parsed, entries: Mapping[str, tuple[Entry, bytes]], reading: Reading) -> bool:
    """Whether a page that used to list articles is now an unknown article itself, such as a notice of maintenance."""
    if not (parsed.is_page and reading.answered) or len(entries) != 1 or len(reading.memory.entries) < LISTED:
        return False
    ((entry, found),) = entries.values()
    own, known = (reading.response.url, reading.source.url), reading.memory.entries.values()
    is_itself = canonical(entry.canonical or entry.url) in map(canonical, own)
    return is_itself and where(found) not in map(where, known)


def _has_gap(shown: Mapping[str, bytes], renamed: Collection[object], reading: Reading) -> bool:
    """Whether a known source's document shows new entries only, so that older pages may hold further new ones.

    An entry with a known address counts as known, whatever its id is now and however its words have changed. So a
    source that gives new ids at each poll is not asked for ten older pages each time. It is never so for a private
    source, because the address of its older page may be a secret, which readers do not know.

    While entries are still missing since an earlier gap, the entries that came after that gap (`memory.newer`) do not
    count as known: the missing ones are older than those, and may have moved on to another page since.
    """
    known, newer = reading.memory.entries, reading.memory.newer
    known = {key: found for key, found in known.items() if key not in newer} if newer else known
    if not (known and shown) or renamed or reading.source.private or not known.keys().isdisjoint(shown):
        return False
    return {where(it) for it in known.values()}.isdisjoint({where(it) for it in shown.values()} - {NOWHERE})


def _news(
    entries: Mapping[str, tuple[Entry, bytes]], wishes: Sequence[Wish], former: Mapping[str, str], reading: Reading
) -> tuple[list[_News], bool]:
    """Return the new and changed entries, and whether article pages are left for which the body must be read again.

    Args:
        entries: Each entry with its `found_hash`, by the key that it came with.
        wishes: The wishes for their article pages.
        former: The keys under which entries were known, by the keys that they have now.
        reading: What is being read.
    """
    memory, wanted = reading.memory, {wish.entry.key: wish for wish in wishes}
    news, again, pages = list[_News](), 0, 0
    for key, (entry, found) in entries.items():
        wish, before = wanted.get(key), memory.entries.get(former.get(entry.key, entry.key), b"")
        if _is_known(found, before, memory.keyed_by, wish) or not _may_ask(wish, reading.source):
            continue
        if wish is not None and before:
            again += 1
            if again > PAGES_AGAIN:
                continue
        elif wish is not None and wish.of_feed:
            pages += 1
            wish = wish if pages <= MOST_PAGES else None
        news.append(_News(entry, found, wish))
    return news, again > PAGES_AGAIN


def _articles(
    news: Sequence[_News], reading: Reading, info: FeedInfo, warnings: list[str]
) -> Iterator[tuple[_News, Article]]:
    """Iterate over the entries with their articles; add a warning about each entry and date that was left out.

    After `UNREADABLE_DATES` unreadable dates no further date is tried.
    """
    unreadable = 0
    for it in news:
        entry = replace(it.entry, published="", updated="") if unreadable >= UNREADABLE_DATES else it.entry
        article = _normalized(entry, reading, info, it.found, warnings)
        if article is not None:
            unreadable += bool(article.published_raw) and article.published is None
            yield it, article
    if unreadable >= UNREADABLE_DATES:
        warnings.append(f"After {UNREADABLE_DATES} dates that cannot be read, no further one was tried.")


def _keyed(entries: Sequence[Entry], memory: SourceMemory) -> dict[str, tuple[Entry, bytes]]:
    """Return each entry, with the key that suits its source, and its `found_hash`, by the key that it came with."""
    if memory.keyed_by is KeyedBy.GUID:
        again = split_again(entries, memory.entries)
        return {came.key: (entry, found_hash(entry)) for came, entry in zip(entries, again, strict=True)}
    found = {entry.key: found_hash(entry) for entry in entries}
    own = keys(found, memory.keyed_by)
    return {
        entry.key: (replace(entry, key=own[entry.key], guid=""), found[entry.key])
        for entry in entries
        if entry.key in own
    }


def _doubtful(entries: Mapping[str, tuple[Entry, bytes]], memory: SourceMemory) -> tuple[tuple[str, str], ...]:
    """Return changed entries without an id whose link is known, where links are not known to tell entries apart.

    Whether such an entry is the known one, edited, is decided by the writer (`pipeline.record`), which has the texts.

    Returns:
        Pairs of the entry's key and of the key that it gets if it is another entry.
    """
    if memory.keyed_by is not KeyedBy.GUID or linked([found for _, found in entries.values()]):
        return ()
    return tuple(
        (entry.key, apart(entry))
        for entry, found in entries.values()
        if entry.url
        and not entry.guid
        and not is_shared(entry.key)
        and meant(memory.entries.get(entry.key, found)) != meant(found)
    )


def _is_known(found: bytes, before: bytes, keyed_by: KeyedBy, wish: Wish | None) -> bool:
    """Whether an entry says what it said before.

    Args:
        found: Its `found_hash`.
        before: The `found_hash` that was stored for it; empty: it is new.
        keyed_by: How its source's entries are known; of entries that are known by their content, only the words count.
        wish: The wish for its article page, if any; of a feed's entry with one, only the words and the address count.
    """
    if keyed_by is KeyedBy.CONTENT or (wish is not None and wish.of_feed and where(before) == where(found)):
        return said(before) == said(found)
    return meant(before) == meant(found)


def _may_ask(wish: Wish | None, source: Source) -> bool:
    """Whether a wish may be followed: a source from the network must not name our files, nor a file the network."""
    return wish is None or wish.url.startswith("file:") == source.url.startswith("file:")


def _read_page(reading: Reading, wish: Wish) -> Fresh:
    """Read an article page; its article keeps the listing's `found_hash`, so the listing does not wish it again."""
    from syndicator.parse.page import parse_article  # noqa: PLC0415  # most bodies are feeds

    parsed = parse_article(reading.response, reading.source, wish.entry, of_feed=wish.of_feed)
    (entry,) = parsed.entries
    found = found_hash(wish.entry) if wish.fallback is None else wish.fallback.found_hash
    repeats = with_lines(reading.memory.boilerplate, reading.source)
    article = normalize(entry, reading.source, FeedInfo(), reading.now, found=found, boilerplate=repeats)
    if wish.elsewhere:
        told = wish.fallback.social if wish.fallback else ()
        article = replace(article, social=tuple(it for it in article.social if it.owner != "publisher" or it in told))
    return Fresh(articles=(article,), warnings=(*parsed.warnings, *([_FLAGGED.format(1)] if article.flagged else [])))


def _normalized(entry: Entry, reading: Reading, info: FeedInfo, found: bytes, warnings: list[str]) -> Article | None:
    """Return an entry's article; None, and a warning, if an exception is raised, so that only this entry is lost."""
    try:
        repeats = with_lines(reading.memory.boilerplate, reading.source)
        return normalize(entry, reading.source, info, reading.now, found=found, boilerplate=repeats)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # the other entries of the document must not be lost
        warnings.append(f"An entry was left out, because of a bug in syndicator ({type(error).__name__}).")
        return None
