"""Reading: a body to articles, wherever it runs. It raises nothing but MemoryError, and knows no secret.

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

UNREADABLE_DATES = 50
"""So many dates of one document that nobody can read, each some 10 ms of work, and its others are left unread."""

MOST_PAGES = 100
"""So many pages of a feed's new entries are asked for: it begins with what is new, and ends in an archive."""

PAGES_AGAIN = 5
"""So many pages of known entries are asked for again because of one document: some change at every poll."""

LISTED = 2
"""A page that is an article has one entry, whatever becomes of it; so many are those of a list."""

_FLAGGED = "Entries from which nothing was removed, because most of their lines look like closing lines: {}."


class _News(NamedTuple):
    """An entry that is new, or not what it was.

    Attributes:
        entry: With the key that its source deserves.
        found: Its `found_hash`.
        wish: For its page, if that is to be asked for.
    """

    entry: Entry
    found: bytes
    wish: Wish | None


def read(reading: Reading) -> Outcome:
    """Turn a body into articles. Failures are values; an exception of ours becomes a failure of kind `bug`."""
    try:
        return _read(reading) if reading.wish is None else _read_page(reading, reading.wish)
    except Unreadable as error:
        return Failed(failure=Failure(kind=error.kind, message=error.message, remedy=error.remedy))
    except MemoryError:
        raise  # the reader's limit: whoever set it says so
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
    # What was cut off must not count as gone.
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
        deleted=tuple(it for it in parsed.deleted if it not in entries),  # one that is shown all the same is not
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
    """Whether a page that listed articles is one itself, at its own address and unknown: its site is being rebuilt."""
    if not (parsed.is_page and reading.answered) or len(entries) != 1 or len(reading.memory.entries) < LISTED:
        return False
    ((entry, found),) = entries.values()
    own, known = (reading.response.url, reading.source.url), reading.memory.entries.values()
    is_itself = canonical(entry.canonical or entry.url) in map(canonical, own)
    return is_itself and where(found) not in map(where, known)


def _has_gap(shown: Mapping[str, bytes], renamed: Collection[object], reading: Reading) -> bool:
    """Whether all that a document shows is new, where some was known: what came before may be new, too.

    A known address is a known entry, whatever its id is now, and however its words have changed: a source with new ids
    in each poll is not asked for ten pages each time. Nobody looks behind a private source's document: where its next
    page is may be a secret that no reader knows. What came after entries that are missing still does not count: it is
    before these, too, and they may have moved on to another page since.
    """
    known, newer = reading.memory.entries, reading.memory.newer
    known = {key: found for key, found in known.items() if key not in newer} if newer else known
    if not (known and shown) or renamed or reading.source.private or not known.keys().isdisjoint(shown):
        return False
    return {where(it) for it in known.values()}.isdisjoint({where(it) for it in shown.values()} - {NOWHERE})


def _news(
    entries: Mapping[str, tuple[Entry, bytes]], wishes: Sequence[Wish], former: Mapping[str, str], reading: Reading
) -> tuple[list[_News], bool]:
    """New and changed entries; and whether pages are left, so that the same body must be read again for them.

    Args:
        entries: Each with its `found_hash`, by the key that it came with.
        wishes: For their pages.
        former: The keys under which entries were known, by the ones that they have now.
        reading: Where they were found.
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
    """The entries' articles, and warnings of what was left out; after many dates that nobody can read none is tried."""
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
    """Each entry with the key that its source deserves and its `found_hash`, by the key that it came with."""
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
    """Entries without an id under a known link, where links are not known to tell entries apart.

    Whether such a one is the known entry, edited, is for the writer to say: it has the words.
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
    """Whether an entry says what it said before; of one whose page is asked for, its words and its address count."""
    if keyed_by is KeyedBy.CONTENT or (wish is not None and wish.of_feed and where(before) == where(found)):
        return said(before) == said(found)
    return meant(before) == meant(found)


def _may_ask(wish: Wish | None, source: Source) -> bool:
    """What comes over the network must not name our files, nor our files the network."""
    return wish is None or wish.url.startswith("file:") == source.url.startswith("file:")


def _read_page(reading: Reading, wish: Wish) -> Fresh:
    """An article page; its entry stays known by what the listing said, so that the listing does not wish it again."""
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
    """The article, or None and a warning: a broken entry costs that entry only."""
    try:
        repeats = with_lines(reading.memory.boilerplate, reading.source)
        return normalize(entry, reading.source, info, reading.now, found=found, boilerplate=repeats)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # see above: the other entries are as good as ever
        warnings.append(f"An entry was left out, because of a bug in syndicator ({type(error).__name__}).")
        return None
