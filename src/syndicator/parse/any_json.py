"""The kind `json`: any JSON that lists articles, from a site's API or in a page, read by the operator's paths.

In a page, JSON stands in scripts, where Next.js and other frameworks leave their data: the first script in which the
path `item` leads to something is read.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from syndicator.model.article import Entry, Person, Text
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Parsed
from syndicator.model.source import JsonPaths, Source
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse.decoding.decode import decode_xml
from syndicator.parse.decoding.sniff import Shape, sniff
from syndicator.parse.failures import Unreadable
from syndicator.parse.feed import finished, followed, web_url
from syndicator.parse.feeds import nodes
from syndicator.parse.feeds.entries import MAX_ENTRIES, people, text_or_none
from syndicator.parse.feeds.lenient_json import Loaded, dumped, load
from syndicator.parse.feeds.seen import Seen, Written, read_new
from syndicator.text.characters import one_line, unescape
from syndicator.text.dates import first_date
from syndicator.text.json_paths import Path, explain, find, leads_to_text, path, template, texts
from syndicator.text.markup import is_markup, plain, text_to_html

MOST_VALUES = 1_000
"""The most texts that one path gives of one article."""

_MOST_SCRIPTS = 50
"""The most scripts of a page in which JSON is looked for."""
_OPENS = re.compile(r"[{\[]")
"""The sign that begins an object or a list."""
_TELL_APART = ("id", "link", "title")
"""Settings whose paths must find a text in some item: else the site has changed its JSON, and nothing is read."""
_MAY_LACK = ("date", "summary", "content", "author", "image", "tags")
"""Settings whose paths may find nothing; a warning says so."""


class _Document(NamedTuple):
    """A JSON document, with what is known of the place where it stands.

    Attributes:
        loaded: The JSON.
        base: The base of its relative addresses; empty: they lead nowhere.
        info: What the page around it says of the site.
        is_page: Whether it stands in an HTML page.
        name: What failures call it.
    """

    loaded: Loaded
    base: str
    info: FeedInfo = FeedInfo()
    is_page: bool = False
    name: str = "the document"


def parse(response: Response, source: Source, known: Seen | None = None) -> Parsed:
    """Read a JSON document, or the JSON in a page; articles that are `known` are not read again.

    Raises:
        Unreadable: The body is no JSON, or paths do not fit it: the message says which paths, and what the JSON has
            instead.
    """
    paths = source.paths or JsonPaths()
    found = _document(response, source, paths)
    document, listing = found.loaded.document, path(paths.item)
    listed = _items(document, listing)
    if listed is None:
        raise _unfit([f'item = "{paths.item}" leads nowhere: {explain(document, listing, found.name)}'])
    warnings, items = found.loaded.warnings, listed[: MAX_ENTRIES + 1]
    if items:
        if lacking := list(_lacking(items, paths, _TELL_APART)):
            raise _unfit(lacking)
        warnings += tuple(f"{it}." for it in _lacking(items, paths, _MAY_LACK))
    objects = [(item, raw) for item in items if (raw := dumped(item))]
    if left := len(items) - len(objects):
        warnings += (f"Items that are nested too deeply were left out: {left}.",)
    entries = read_new(
        objects, lambda item, written: _read_item(item, written, paths, found.base), (paths, found.base), known
    )
    parsed = Parsed(
        info=found.info,
        entries=entries,
        warnings=warnings,
        truncated=found.loaded.truncated,
        is_page=found.is_page,
    )
    return followed(finished(parsed, response), source)


def _document(response: Response, source: Source, paths: JsonPaths) -> _Document:
    """Load the JSON of a body, which is JSON itself, or a page with JSON in its scripts."""
    shape = sniff(response.body).shape
    if shape is Shape.BLANK:
        raise Unreadable(FailureKind.EMPTY, "The body is empty.", "Open the address in a browser.")
    text = decode_xml(response.body, response.content_type).lstrip()
    if shape is Shape.HTML and text.startswith("<"):
        return _in_page(response, source, paths)
    opens = None if text.startswith("<") else _OPENS.search(text)  # a function call (JSONP) or `)]}'` may stand before
    if not opens:
        raise Unreadable(
            FailureKind.NO_FEED, "The body is not JSON.", 'Remove kind = "json" to find out what the address holds.'
        )
    return _Document(_loaded(text[opens.start() :], paths), web_url(response))


def _in_page(response: Response, source: Source, paths: JsonPaths) -> _Document:
    """Load the JSON of a page's first script in which `item` leads to something, else of the first readable one."""
    from syndicator.parse.decoding.tree import open_page  # noqa: PLC0415 - JSON can do without its libraries
    from syndicator.parse.metadata.opengraph import Head  # noqa: PLC0415 - it needs the same libraries

    page = open_page(response)
    scripts = [it for it in page.root.iter("script") if "json" in (it.get("type") or "").lower()][:_MOST_SCRIPTS]
    info, base = Head(page).info(private=source.private), nodes.web(page.base, "")
    others = list[_Document]()
    for script in scripts:
        try:
            loaded = _loaded(script.text or "", paths)
        except Unreadable:
            continue
        name = f'the script "#{script.get("id")}"' if script.get("id") else f"the script of {script.get('type')}"
        document = _Document(loaded, base, info, is_page=True, name=name[: nodes.LONGEST_LINE])
        if _items(loaded.document, path(paths.item)) is not None:
            return document
        others.append(document)
    if scripts and not others:
        raise Unreadable(
            FailureKind.MALFORMED, "The JSON in the page's scripts is not valid.", "Report it to the publisher."
        )
    if not others:
        raise Unreadable(
            FailureKind.NO_FEED,
            'The body is an HTML page without JSON: it has no <script type="application/json">.',
            'Use the address from which the page gets its data, or read the page itself with kind = "page".',
        )
    return others[0]


def _loaded(text: str, paths: JsonPaths) -> Loaded:
    return load(text, [it.name for it in path(paths.item)])


def _items(document: object, steps: Path) -> list[Any] | None:
    """Give the articles that a path leads to: the elements of each list, and each object; `null` is an empty list.

    Returns:
        The articles; None: the path leads to nothing.
    """
    found = find(document, steps)
    if not found:
        return None
    return list(chain.from_iterable(it if isinstance(it, list) else [it] for it in found if it is not None))


def _lacking(items: Sequence[object], paths: JsonPaths, names: Sequence[str]) -> Iterator[str]:
    """Give a sentence for each of the settings `names` that has a path which finds a text in no item."""
    for name in names:
        written = getattr(paths, name)
        for steps in template(written):
            if not isinstance(steps, str) and not any(leads_to_text(it, steps) for it in items):
                among, first = (
                    ("the one item", "it") if len(items) == 1 else (f"any of {len(items)} items", "the first")
                )
                yield f'{name} = "{written}" finds no text in {among}: {explain(items[0], steps, first)}'
                break


def _unfit(reasons: Sequence[str]) -> Unreadable:
    return Unreadable(
        FailureKind.NO_FEED,
        f"The paths do not fit this JSON: {'; '.join(reasons)}.",
        "Compare them with the document as it is now.",
    )


def _read_item(item: object, written: Written, paths: JsonPaths, base: str) -> Entry:
    def said(setting: str) -> Iterator[str]:
        return texts(item, template(setting), MOST_VALUES)

    url = next(filter(None, (nodes.web(it, base) for it in said(paths.link))), "")
    title = next(said(paths.title), "")
    return Entry(
        key="",
        guid=next(said(paths.id), ""),
        url=url,
        title=Text(value=title) if title else None,
        summary=_body(said(paths.summary), url or base),
        content=_body(said(paths.content), url or base),
        published=first_date(list(said(paths.date))),
        authors=people(Person(name=name) for it in said(paths.author) if (name := _line(it))),
        categories=nodes.unique(map(_line, said(paths.tags))),
        images=nodes.unique(nodes.web(it, base) for it in said(paths.image)),
        raw=written.raw,
        written=written.digest,
    )


def _line(text: str) -> str:
    return one_line(plain(text))[: nodes.LONGEST_LINE]


def _body(pieces: Iterator[str], base: str) -> Text | None:
    """Join texts to one, HTML if any piece is markup, even if it was escaped once too often.

    JSON does not say whether a text is HTML, so its looks decide.
    """
    meant = [it if is_markup(it) else unescape(it) for it in pieces]
    if not any(map(is_markup, meant)):
        return text_or_none("\n\n".join(meant), html=False)
    return text_or_none("\n".join(it if is_markup(it) else text_to_html(it) for it in meant), base, html=True)
