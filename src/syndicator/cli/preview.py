"""`syndicator preview`: show what a source would bring, by polling it once into a temporary database."""

import json as notation
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

from syndicator.cli import setting
from syndicator.cli.look import open_store, sources_of
from syndicator.cli.printing import Row, iso, local_of, print_json, print_line
from syndicator.cli.progress import Progress
from syndicator.cli.stories import said_of
from syndicator.cli.work import heed_signals, polled
from syndicator.clock import SystemClock
from syndicator.daemon import making
from syndicator.daemon.ending import leave
from syndicator.errors import ConfigError, ExitCode, UsageError
from syndicator.model.article import Article
from syndicator.model.failure import FailureKind
from syndicator.model.noun import asdict, replace
from syndicator.model.outcome import Proposal
from syndicator.model.settings import Config, Paths
from syndicator.model.source import Source
from syndicator.pipeline.engines import ENGINES, Engine
from syndicator.pipeline.health import health, name_of_page
from syndicator.pipeline.landed import Report
from syndicator.pipeline.naming import guess
from syndicator.pipeline.overseeing import debt_of
from syndicator.pipeline.proposing import Watched, propose
from syndicator.publish.naming import headline, permalink, title_of
from syndicator.store import Store
from syndicator.text.counting import counted
from syndicator.text.dates import parse_date

_SHOWN = 10
"""The most articles, or sources of a list, that are shown to people."""
_MOST = 100_000
"""The most stories that are read from the temporary database."""
_TEASER = 500
"""Least number of characters in the text of an article; a shorter text is a teaser."""


def preview(folder: Path, word: str, *, json: bool) -> NoReturn:
    """Carry out `syndicator preview`; exit with `ExitCode.USAGE` if the poll failed or the host wants to be left alone.

    Args:
        folder: The folder of the configuration.
        word: The id of a source, or an address.
        json: Whether to print JSON, for scripts.
    """
    heed_signals()
    with tempfile.TemporaryDirectory(prefix="syndicator-") as home:
        config, source, is_new = _meant(folder, word, Path(home))
        trial = replace(
            config, paths=Paths(store=Path(home, "preview.db"), public=Path(home, "public")), sources=(source,)
        )
        with closing(Store.write(trial.paths.store)) as store:
            if opened := open_store(config):
                store.keep_hosts(opened.debts(), [], SystemClock().now())  # debts count here, too
            reports, proposals = _poll(store, trial, source, quiet=json)
            seen = _seen(store, source, reports) | {"proposals": [_proposed(it, source) for it in proposals or ()]}
    if json:
        print_json(seen)
    else:
        if not is_new and word != source.id:
            print_line(f"This address belongs to the source {source.id}, and is read with that source's settings.")
        _show(seen)
        if is_new and seen["articles"] and not source.private:
            _show_addition(seen, source, folder)
        for number, it in enumerate(seen["proposals"]):
            _show_proposal(it, source.url if is_new else "", folder, is_first=number == 0)
        if proposals == () and not seen["articles"]:
            print_line("No list on the page is certain enough to be proposed.")
    leave(ExitCode.USAGE if seen["status"] in {"failing", "waiting"} else ExitCode.OK)


def _meant(folder: Path, word: str, home: Path) -> tuple[Config, Source, bool]:
    """Return the configuration, the source that is meant, and whether it is new (an address that no source has).

    Args:
        folder: The folder of the configuration, which need not exist.
        word: The id of a source, or an address.
        home: A temporary folder.

    Raises:
        UsageError: The word is neither a source's id nor an address that can be polled.
        ConfigError: The configuration has mistakes.
    """
    config = setting.load(folder) if os.path.isdir(folder) else None  # noqa: PTH112  # Path.is_dir raises for some
    known = sources_of(config, open_store(config)) if config else {}
    if config and word in known:
        return config, known[word], False
    if word.lower().startswith("file:"):
        raise UsageError(
            "A file can be previewed only as a source of the configuration.",
            "Add it to the configuration, and give its id.",
        )
    # The address is read from a configuration file, so that it is corrected, and mistakes in it are reported, as usual.
    (home / "syndicator.toml").write_text(_table(word), encoding="utf-8")
    try:
        alone = setting.load(home)
    except ConfigError as error:
        reason = error.problems[0].message
        rest = "" if reason.endswith("?") else f". {guess(word, known)}"
        raise UsageError(f"That is neither a source's id nor a usable address: {reason}{rest}".rstrip()) from None
    # A known source with this address is polled with its credentials and headers.
    meant = next((it for it in known.values() if it.url == alone.sources[0].url), None)
    return config or alone, meant or alone.sources[0], meant is None


def _table(url: str) -> str:
    """Return a source with this address, as TOML, in which a JSON string is a valid string."""
    return f"[[source]]\nurl = {notation.dumps(url, ensure_ascii=False)}"


def _poll(
    store: Store, config: Config, source: Source, *, quiet: bool
) -> tuple[list[Report], tuple[Proposal, ...] | None]:
    """Poll a source once.

    Returns:
        The reports, and the selectors that are proposed for the source's page (see `pipeline.proposing.propose`). These
        are None if it is not a page that may list more articles than were read.
    """
    lanes = ENGINES["processes"]()
    quick = Watched(lanes.quick)
    engine = Engine(quick=quick, slow=lanes.slow)
    try:
        pump = making.pump(store, config, engine)
        pump.adopt(config, SystemClock().now(), spread=False)
        with Progress(quiet=quiet) as progress:
            reports = polled(pump, [source.id], progress, everything=False)
        # A private page gets no proposal: its links may contain a secret of the address to which it was redirected.
        if source.private or source.kind not in {"auto", "page"} or quick.document is None:
            return reports, None
        is_read = source.select is None and (source.kind == "page" or source.id in store.pages())
        may_list = any(_may_list(it, is_read=is_read) for it in reports if not it.page)
        return reports, propose(engine, quick.document) if may_list else None
    finally:
        engine.shutdown()


def _may_list(report: Report, *, is_read: bool) -> bool:
    """Whether a page may list more articles than were read.

    It may if it was not understood, or if it was taken for one article, because a blog's front page may look like one.

    Args:
        report: The report of the page.
        is_read: Whether the source is a page without selectors, so that we decide what it is.
    """
    if report.failure:
        return report.failure.kind is FailureKind.NO_FEED
    return is_read and report.new + report.joined == 1 and not report.wished


def _proposed(proposal: Proposal, source: Source) -> Row:
    """Return a proposal for scripts: its selectors, and the articles that they find."""
    now = SystemClock().now()
    return {
        "select": asdict(proposal.select),
        "articles": [
            {
                "title": it.title.value if it.title else "",
                "url": it.url,
                "published": iso(parse_date(it.published, timezone=source.timezone, now=now)),
            }
            for it in proposal.entries
        ],
    }


def _show_proposal(proposal: Mapping[str, Any], url: str, folder: Path, *, is_first: bool) -> None:
    """Print a proposal for people, with lines to paste into the configuration.

    Args:
        proposal: The proposal (see `_proposed`).
        url: The address of a new source, of which all lines are printed; empty: the source is configured already, and
            only the lines that it lacks are printed.
        folder: The folder of the configuration.
        is_first: Whether it is the first proposal for the page.
    """
    rows = proposal["articles"]
    what = "Judging by its layout, the page lists" if is_first else "Or it lists"
    print_line(f"\n{what} {counted(len(rows), 'article')}:\n")
    for row in rows[:_SHOWN]:
        date = local_of(row["published"], "no date")
        print_line(f"  {row['title'] or '(no title)'}\n    {date}  {row['url']}")
    if (more := len(rows) - _SHOWN) > 0:
        print_line(f"  … and {more} more; --json shows all.")
    where = f"this into a file in {folder / 'sources'}" if url else "these lines into the source"
    print_line(f"\nIf these are the right articles, put {where}:\n")
    selectors = {name: it for name, it in proposal["select"].items() if it}
    written = ", ".join(f"{name} = {notation.dumps(it, ensure_ascii=False)}" for name, it in selectors.items())
    for line in (*([_table(url)] if url else []), 'kind = "page"', f"select = {{ {written} }}", "follow = true"):
        print_line(line)


def _seen(store: Store, source: Source, reports: Sequence[Report]) -> Row:
    """Return how the poll went, and what it brought, for scripts."""
    state = store.states()[source.id]
    found = health(source, state, debt_of(source, state, store.debts()))
    pages = [f"{name_of_page(it.url)}: {it.failure.message}" for it in reports if it.page and it.failure]
    numbers = [number for number, _ in store.select(limit=_MOST)]
    return {
        "title": title_of(source, state.info),
        "status": found.status,
        "message": found.sentence or None,
        "remedy": found.remedy or None,
        "is_page": source.id in store.pages() or source.kind == "page",
        "listed": [it.url for it in store.listed() if not it.private],
        "warnings": [*state.warnings, *pages],
        "articles": [_row(article) for it in numbers for _, article in store.held(it)],
    }


def _row(article: Article) -> Row:
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
    """Print what `_seen` returns, for people."""
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
        date = local_of(row["published"], "no date that can be read")
        print_line(f"\n  {row['title'] or '(no title)'}")
        print_line(f"    {date}  {row['url'] or '(no address)'}")
        print_line(f"    {', '.join(_parts(row))}")
    if (more := max(len(seen["articles"]), len(seen["listed"])) - _SHOWN) > 0:
        print_line(f"\n  … and {more} more; --json shows all.")


def _show_addition(seen: Mapping[str, Any], source: Source, folder: Path) -> None:
    """Print the lines by which a new source is added to the configuration in `folder`."""
    print_line(f"\nTo add it, put this into a file in {folder / 'sources'}:\n\n{_table(source.url)}")
    if source.kind != "auto":
        return
    if seen["is_page"]:
        print_line('kind = "page"')
    is_list = not seen["is_page"] or len(seen["articles"]) > 1
    if is_list and _says_little(seen["articles"]):
        print_line("follow = true  # its entries say little: read their pages, too")


def _says_little(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether most articles are teasers: a short text without a file, and an address where there may be more."""
    teasers = [row for row in rows if row["url"] and not row["enclosures"] and len(row["text"]) < _TEASER]
    return 2 * len(teasers) > len(rows)


def _parts(row: Mapping[str, Any]) -> Iterator[str]:
    """Iterate over what an article has, in words for people."""
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
