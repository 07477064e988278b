"""Reading: a body to articles, wherever it runs. It raises nothing but MemoryError, and knows no secret.

Reading → parse → Entry… → (known ones drop out) → normalize → Article… → Fresh
"""

import hashlib
import traceback
from dataclasses import replace

from syndicator import parse
from syndicator.errors import ParseError
from syndicator.model.article import Article, Entry
from syndicator.model.outcome import Failed, Fresh, Outcome, Parsed, Reading, Wish
from syndicator.model.source import Failure, FailureKind, FeedInfo
from syndicator.parse.failures import Unreadable
from syndicator.parse.normalize import NORMALIZER_VERSION, found_hash, normalize
from syndicator.parse.page import parse_article
from syndicator.pipeline.rhythm import doubts

CUT = Failure(
    kind=FailureKind.TRUNCATED,
    message="The feed ends in the middle of an entry; the entries before it were read.",
    remedy="It is tried again later; if it stays so, tell its publisher.",
)


def body_hash(body: bytes) -> bytes:
    """Digest that knows an unchanged body before it is parsed; better rules make every body a new one."""
    return hashlib.blake2b(body, digest_size=16, person=str(NORMALIZER_VERSION).encode()[:16]).digest()


def read(reading: Reading) -> Outcome:
    """Turn a body into articles. Failures are values; an exception of ours becomes a failure of kind `bug`."""
    try:
        return _read(reading) if reading.wish is None else _read_page(reading, reading.wish)
    except Unreadable as error:
        return Failed(failure=Failure(kind=error.kind, message=error.message, remedy=error.remedy))
    except ParseError as error:
        return Failed(failure=Failure(kind=FailureKind.MALFORMED, message=error.message, remedy=error.remedy))
    except MemoryError:
        raise  # the reader's limit: whoever set it says so
    except Exception as error:  # noqa: BLE001  # here errors become data: one source never ends a run
        return Failed(failure=bug(error))


def bug(error: BaseException) -> Failure:
    """An exception that nobody foresaw, for the operator to report; not its words, which may quote an address."""
    return Failure(
        kind=FailureKind.BUG,
        message=f"A bug in syndicator: {type(error).__name__}.",
        remedy="Please report it with the details that `syndicator sources --json` shows.",
        detail="".join(traceback.format_tb(error.__traceback__))[-4000:],
    )


def _read(reading: Reading) -> Fresh:
    parsed = parse.parse(reading.response, reading.source)
    warnings = [*parsed.warnings, *doubts(parsed.info.hints)]
    wished = {wish.entry.key for wish in parsed.wishes}
    articles = []
    for entry in parsed.entries:
        found = found_hash(entry)
        if entry.key not in wished and reading.memory.entries.get(entry.key) != found:
            article = _normalized(entry, reading, parsed.info, found, warnings)
            if article is not None:
                articles.append(article)
    return Fresh(
        articles=tuple(articles),
        wishes=tuple(_wishes(parsed, reading, warnings)),
        sources=parsed.sources,
        info=parsed.info,
        validators=reading.response.validators,
        body_hash=body_hash(reading.response.body),
        warnings=tuple(warnings),
        failure=CUT if parsed.truncated else None,
    )


def _wishes(parsed: Parsed, reading: Reading, warnings: list[str]) -> list[Wish]:
    wishes = []
    for wish in parsed.wishes:
        found = found_hash(wish.entry)
        if wish.url.startswith("file:") != reading.source.url.startswith("file:"):
            continue  # what comes over the network must not name our files, nor our files the network
        if reading.memory.entries.get(wish.entry.key) != found:
            article = _normalized(wish.entry, reading, parsed.info, found, warnings)
            if article is not None:
                wishes.append(replace(wish, fallback=article))
    return wishes


def _read_page(reading: Reading, wish: Wish) -> Fresh:
    """An article page; its entry stays known by what the listing said, so that the listing does not wish it again."""
    entry = parse_article(reading.response, reading.source, wish.entry)
    found = found_hash(wish.entry) if wish.fallback is None else wish.fallback.found_hash
    return Fresh(articles=(normalize(entry, reading.source, FeedInfo(), reading.now, found=found),))


def _normalized(entry: Entry, reading: Reading, info: FeedInfo, found: bytes, warnings: list[str]) -> Article | None:
    """The article, or None and a warning: a broken entry costs that entry only."""
    try:
        return normalize(entry, reading.source, info, reading.now, found=found)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # see above: the other entries are as good as ever
        warnings.append(f"An entry was left out, because of a bug in syndicator ({type(error).__name__}).")
        return None
