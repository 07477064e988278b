"""`syndicator preview`: what a source would bring, before it is one. It is polled once, into a database that goes."""

import json as notation
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from syndicator.cli import setting
from syndicator.cli.look import open_store, subscribed
from syndicator.cli.printing import iso, local, print_json, print_line
from syndicator.cli.progress import Progress
from syndicator.cli.stories import said_of
from syndicator.cli.work import heed_signals, polled
from syndicator.clock import SystemClock
from syndicator.daemon import acts
from syndicator.daemon.supervise import leave
from syndicator.errors import ConfigError, ExitCode, UsageError
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.settings import Config, Paths
from syndicator.model.source import Source
from syndicator.pipeline.engines import ENGINES
from syndicator.pipeline.health import health, page_told
from syndicator.pipeline.landed import Report
from syndicator.pipeline.naming import guess
from syndicator.pipeline.overseeing import debt_of
from syndicator.publish.naming import headline, permalink, title_of
from syndicator.store import Store
from syndicator.text.counting import counted

_SHOWN = 10
"""Articles, or sources of a list, that are shown to people."""
_MOST = 100_000
_TEASER = 500
"""Characters of which an article has more."""


def preview(folder: Path, word: str, *, json: bool) -> NoReturn:
    """`syndicator preview`: word is the id of a source, or an address; ends with `USAGE` where it gives nothing."""
    heed_signals()
    with tempfile.TemporaryDirectory(prefix="syndicator-") as home:
        config, source, is_new = _meant(folder, word, Path(home))
        trial = replace(
            config, paths=Paths(store=Path(home, "preview.db"), public=Path(home, "public")), sources=(source,)
        )
        with closing(Store.write(trial.paths.store)) as store:
            if opened := open_store(config):
                store.keep_hosts(opened.debts(), [], SystemClock().now())  # who wants to be left alone is, here, too
            seen = _seen(store, source, _poll(store, trial, source, quiet=json))
    if json:
        print_json(seen)
    else:
        if not is_new and word != source.id:
            print_line(f"That is {source.id}, by whose settings it is read.")
        _show(seen)
        if is_new and seen["articles"] and not source.private:
            print_line(f"\nTo add it, put this into a file in {folder / 'sources'}:\n\n{_table(source.url)}")
            if source.kind == "auto" and not seen["is_page"] and _says_little(seen["articles"]):
                print_line("follow = true  # its entries say little: reads their pages, too")
    leave(ExitCode.USAGE if seen["status"] in {"failing", "waiting"} else ExitCode.OK)


def _meant(folder: Path, word: str, home: Path) -> tuple[Config, Source, bool]:
    """The configuration, the source that is meant, and whether it is new: an address that no source has.

    Raises:
        UsageError: It is no address that can be polled.
        ConfigError: The configuration has mistakes.
    """
    config = setting.load(folder) if os.path.isdir(folder) else None  # noqa: PTH112  # Path.is_dir raises for some
    known = subscribed(config, open_store(config)) if config else {}
    if config and word in known:
        return config, known[word], False
    if word.lower().startswith("file:"):
        raise UsageError(
            "A file is read only as a source of the configuration, from its folder.",
            "Write it into the configuration, and give its id.",
        )
    # A file of settings is read as any other, so that an address is told to be wrong, and mended, in the same words.
    (home / "syndicator.toml").write_text(_table(word), encoding="utf-8")
    try:
        alone = setting.load(home)
    except ConfigError as error:
        reason = error.problems[0].message
        rest = "" if reason.endswith("?") else f". {guess(word, known)}"
        raise UsageError(f"That is no source's id, and as an address it is refused: {reason}{rest}".rstrip()) from None
    meant = next((it for it in known.values() if it.url == alone.sources[0].url), None)  # with what it is sent
    return config or alone, meant or alone.sources[0], meant is None


def _table(url: str) -> str:
    """A source of that address, as TOML; what JSON calls a string is one there, too."""
    return f"[[source]]\nurl = {notation.dumps(url, ensure_ascii=False)}"


def _poll(store: Store, config: Config, source: Source, *, quiet: bool) -> list[Report]:
    engine = ENGINES["processes"]()
    try:
        pump = acts.make_pump(store, config, engine)
        pump.adopt(config, SystemClock().now(), spread=False)
        with Progress(quiet=quiet) as progress:
            return polled(pump, [source.id], progress, everything=False)
    finally:
        engine.shutdown()


def _seen(store: Store, source: Source, reports: Sequence[Report]) -> dict[str, Any]:
    """How it went, and what came."""
    state = store.states()[source.id]
    found = health(source, state, debt_of(source, state, store.debts()))
    pages = [f"{page_told(it.url)}: {it.failure.message}" for it in reports if it.page and it.failure]
    numbers = [number for number, _ in store.select(limit=_MOST)]
    return {
        "title": title_of(source, state.info),
        "status": found.verdict,
        "message": found.sentence or None,
        "remedy": found.remedy or None,
        "is_page": source.id in store.pages() or source.kind == "page",
        "listed": [it.url for it in store.listed() if not it.private],
        "warnings": [*state.warnings, *pages],
        "articles": [_row(article) for it in numbers for _, article in store.held(it)],
    }


def _row(article: Article) -> dict[str, Any]:
    return {
        "title": headline(article),
        "url": permalink(article) or None,
        "guid": article.guid or None,
        "published": iso(article.published),
        "language": article.language or None,
        "authors": [it.name for it in article.authors],
        "categories": article.categories,
        "images": article.images,
        "enclosures": [it.url for it in article.enclosures],
        **said_of(article),
    }


def _show(seen: Mapping[str, Any]) -> None:
    """The same for people."""
    what = (
        "a page" if seen["is_page"] else f"a list of {counted(len(seen['listed']), 'source')}" if seen["listed"] else ""
    )
    print_line(f"{seen['title']}{what and f', {what}'}: {counted(len(seen['articles']), 'article')}")
    for line in (seen["message"], seen["remedy"], *(f"Note: {it}" for it in seen["warnings"])):
        if line:
            print_line(f"  {line}")
    for url in seen["listed"][:_SHOWN]:
        print_line(f"  {url}")
    for row in seen["articles"][:_SHOWN]:
        date = local(datetime.fromisoformat(row["published"])) if row["published"] else "no date that can be read"
        print_line(f"\n  {row['title'] or '(no title)'}")
        print_line(f"    {date}  {row['url'] or '(no address)'}")
        print_line(f"    {', '.join(_parts(row))}")
    if (more := max(len(seen["articles"]), len(seen["listed"])) - _SHOWN) > 0:
        print_line(f"\n  … and {more} more; --json shows all.")


def _says_little(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether most articles are teasers, of no file, with an address where there may be more."""
    teasers = [row for row in rows if row["url"] and not row["enclosures"] and len(row["text"]) < _TEASER]
    return 2 * len(teasers) > len(rows)


def _parts(row: Mapping[str, Any]) -> Iterator[str]:
    """What an article has, in words."""
    yield counted(len(row["text"]), "character") if row["text"] else "no text"
    for name, found in (("by", row["authors"]), ("in", [row["section"]]), ("tagged", row["categories"])):
        if named := [it for it in found if it]:
            yield f"{name} {' / '.join(named[:3])}"
    for name, found in (("picture", row["images"]), ("enclosure", row["enclosures"]), ("credit", row["credits"])):
        if found:
            yield counted(len(found), name)
    for link in row["links"]:
        if link["url"] and link["owner"] == "publisher":
            yield f"{link['platform']} {link['handle'] or link['url']}"
