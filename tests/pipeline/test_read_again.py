"""What is known as it is written is not read again, and nobody can tell: all comes out as if it were."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, NamedTuple
from unittest import mock

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from support import corpus, generated
from support.borrowed import borrowed
from support.builders import MOMENT, make_source
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh, Outcome, Reading
from syndicator.model.source import JsonPaths
from syndicator.model.state import KeyedBy, SourceMemory
from syndicator.model.web import Response
from syndicator.parse import digest
from syndicator.parse.feeds import seen
from syndicator.pipeline import read as room
from syndicator.pipeline.read import read
from syndicator.text.keys import meant, written

Item = dict[str, Any]
Channel = dict[str, Any]

_NAMESPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:source="http://source.scripting.com/"'
)


def _tag(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _attributes(it: Item | Channel) -> str:
    return "".join(f' xml:{name}="{it[name]}"' for name in ("base", "lang") if it.get(name))


def _account(channel: Channel) -> str:
    return f'<source:account service="telegram">{channel["account"]}</source:account>'


def _item(it: Item) -> str:
    nested = _item(it["inside"]) if it.get("inside") else ""
    moved = f'<p xml:base="{it["moved"]}"><a href="x">x</a>{nested}</p>' if it.get("moved") else nested
    return (
        f'<item xmlns="" about="{it["about"]}"{_attributes(it)}>{_tag("title", it["title"])}{_tag("link", it["link"])}'
        f"{_tag('guid', it['id'])}{_tag('pubDate', it['date'])}{_tag('description', it['text'])}"
        f'<atom:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><a href="y">y</a>{moved}</div>'
        "</atom:content></item>"
    )


def _head(channel: Channel) -> str:
    return (
        f"<title>Daily</title>{_tag('link', channel['site'])}{_tag('language', channel['language'])}"
        f"{_tag('itunes:author', channel['author'])}{_tag('lastBuildDate', channel['built'])}"
        f"{_account(channel)}"
        f'<atom:link rel="license" href="{channel["license"]}"/>'
    )


def _rss(channel: Channel, items: list[Item]) -> str:
    inner = "".join(map(_item, items))
    return f'<rss version="2.0" {_NAMESPACES}{_attributes(channel)}><channel>{_head(channel)}{inner}</channel></rss>'


def _rdf(channel: Channel, items: list[Item]) -> str:
    inner = "".join(map(_item, items))
    return f"<rdf:RDF {_NAMESPACES}{_attributes(channel)}><channel>{_head(channel)}</channel>{inner}</rdf:RDF>"


def _entry(it: Item) -> str:
    link = f'<link href="{escape(it["link"])}"/>' if it["link"] else ""
    moved = f'<p xml:base="{it["moved"]}"><a href="x">x</a></p>' if it.get("moved") else ""
    return (
        f"<entry{_attributes(it)}>{_tag('title', it['title'])}{link}{_tag('id', it['id'])}"
        f"{_tag('published', it['date'])}{_tag('summary', it['text'])}"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{moved}</div></content>'
        f"{_entry(it['inside']) if it.get('inside') else ''}</entry>"
    )


def _atom(channel: Channel, items: list[Item]) -> str:
    author = f"<author><name>{channel['author']}</name></author>" if channel["author"] else ""
    site = f'<link href="{channel["site"]}"/>' if channel["site"] else ""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {_NAMESPACES} xml:lang="{channel["language"]}"'
        f"{_attributes(channel | {'lang': ''})}><title>Daily</title><updated>{channel['built']}</updated>{site}{author}"
        f'<link rel="license" href="{channel["license"]}"/>{_account(channel)}'
        f"{''.join(map(_entry, items))}</feed>"
    )


def _json(channel: Channel, items: list[Item]) -> str:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Daily",
            "home_page_url": channel["site"],
            "language": channel["language"],
            "authors": [{"name": channel["author"]}],
            "_built": channel["built"],
            "_syndicator": {"social": [{"url": f"https://t.me/{channel['account']}"}]},
            "items": [
                {
                    "id": it["id"], "url": it["link"], "title": it["title"], "date_published": it["date"],
                    "content_html": it["text"], "language": it.get("lang", ""),
                }
                for it in items
            ],
        }
    )  # fmt: skip


def _any_json(channel: Channel, items: list[Item]) -> str:
    return json.dumps({"posts": items, "built": channel["built"]})


FORMATS: dict[str, Callable[[Channel, list[Item]], str]] = {
    "rss": _rss,
    "rdf": _rdf,
    "atom": _atom,
    "json": _json,
    "any json": _any_json,
}
PATHS = JsonPaths(item="posts", id="id", link="link", title="title", date="date", content="text")
CHANNEL: Channel = {
    "site": "https://daily.example/", "language": "en", "author": "", "license": "https://cc.example/by",
    "account": "daily", "built": "1", "base": "", "lang": "",
}  # fmt: skip
_ANY: list[Channel] = [{"language": "ru"}, {"author": "Jane Doe"}, {"account": "other"}]
_XML: list[Channel] = [{"base": "https://other.example/x/"}, {"license": "https://cc.example/0"}]
_SITE: list[Channel] = [{"site": "https://other.example/"}]
INHERITED = {"rss": _ANY + _XML + _SITE, "rdf": _ANY + _XML + _SITE, "atom": _ANY + _XML, "json": _ANY + _SITE}
INHERITED["any json"] = []
ITEMS: list[Item] = [
    {
        "id": f"g{it}", "link": f"/news/{it}", "title": f"Ward {it}", "date": "Thu, 26 Nov 2026 09:00:00 GMT",
        "text": f"<p>The <a href='/{it}'>ward</a> of {it}.</p>", "about": "", "base": "", "lang": "",
    }
    for it in range(12)
]  # fmt: skip


def reading(document: str | bytes, memory: SourceMemory) -> Reading:
    is_feed = not document.startswith('{"posts":') if isinstance(document, str) else True
    source = make_source(kind="feed") if is_feed else make_source(kind="json", paths=PATHS)
    body = document if isinstance(document, bytes) else document.encode()
    return Reading(response=Response(url=source.url, status=200, body=body), source=source, memory=memory, now=MOMENT)


@contextmanager
def everything_read() -> Iterator[None]:
    """As if nothing were known as it is written, though it is written down."""
    with mock.patch.object(room, "seen", lambda memory: None if seen.seen(memory) is None else {}):
        yield


@contextmanager
def counted() -> Iterator[list[bytes]]:
    """The elements that are read."""
    found: list[bytes] = []

    def counting(elements: Any, read_one: Any, inherited: object, known: Any) -> Any:
        def one(element: Any, how: seen.Written) -> Any:
            found.append(how.raw)
            return read_one(element, how)

        return seen.read_new(elements, one, inherited, known)

    with (
        mock.patch("syndicator.parse.feeds.rss.read_new", counting),
        mock.patch("syndicator.parse.feeds.rdf.read_new", counting),
        mock.patch("syndicator.parse.feeds.atom.read_new", counting),
        mock.patch("syndicator.parse.feeds.jsonfeed.read_new", counting),
        mock.patch("syndicator.parse.any_json.read_new", counting),
    ):
        yield found


def fresh(outcome: Outcome) -> Fresh:
    assert isinstance(outcome, Fresh), outcome
    return outcome


def remembered(memory: SourceMemory, outcome: Fresh, *, apart: bool = False) -> SourceMemory:
    """What the store would remember after that: renamed, changed and new entries, and what tells them apart."""
    known = dict(memory.entries)
    for old, new in outcome.renamed:
        if old in known and new not in known:
            known[new] = meant(known.pop(old))
    own = dict(outcome.doubtful) if apart else {}
    for article in outcome.articles:
        known[own.get(article.key, article.key)] = article.found_hash
    for key in outcome.deleted:
        known.pop(key, None)
    return replace(memory, entries=known, keyed_by=outcome.keyed_by, churn=outcome.churn)


@pytest.mark.parametrize("form", FORMATS)
class TestAKnownEntry:
    def test_is_not_read_again_though_the_document_is_another(self, form: str) -> None:
        first = fresh(read(reading(FORMATS[form](CHANNEL, ITEMS), SourceMemory())))
        assert len(first.articles) == len(ITEMS)
        memory = remembered(SourceMemory(), first)
        news = ITEMS[0] | {"id": "new", "title": "News", "link": "/news/new"}
        document = FORMATS[form](CHANNEL | {"built": "2"}, [news, *reversed(ITEMS[1:])])
        with counted() as elements:
            again = fresh(read(reading(document, memory)))
        assert [it.title for it in again.articles] == ["News"]
        assert again.shown
        assert len(again.shown.keys) == len(ITEMS)
        assert len(elements) == 1

    def test_is_read_again_when_it_inherits_something_else(self, form: str) -> None:
        memory = remembered(SourceMemory(), fresh(read(reading(FORMATS[form](CHANNEL, ITEMS), SourceMemory()))))
        for change in INHERITED[form]:
            document = FORMATS[form](CHANNEL | change, ITEMS)
            with counted() as elements:
                again = fresh(read(reading(document, memory)))
            assert len(elements) == len(ITEMS), change
            with everything_read():
                assert again == fresh(read(reading(document, memory))), change

    def test_is_read_again_by_better_rules(self, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
        document = FORMATS[form](CHANNEL, ITEMS)
        memory = remembered(SourceMemory(), fresh(read(reading(document, SourceMemory()))))
        for module in (digest, seen):
            monkeypatch.setattr(module, "NORMALIZER_VERSION", digest.NORMALIZER_VERSION + 1)
        assert len(fresh(read(reading(document, memory))).articles) == len(ITEMS)

    def test_is_read_again_beside_another_of_its_id(self, form: str) -> None:
        memory = remembered(SourceMemory(), fresh(read(reading(FORMATS[form](CHANNEL, ITEMS), SourceMemory()))))
        namesake = ITEMS[3] | {"title": "Another", "link": "/another"}
        document = FORMATS[form](CHANNEL, [*ITEMS, namesake])
        with counted() as elements:
            again = fresh(read(reading(document, memory)))
        assert len(elements) == 2
        assert any("told apart" in it for it in again.warnings)
        assert len(again.articles) == 1
        assert len(again.renamed) == 1
        document = FORMATS[form](CHANNEL | {"built": "2"}, ITEMS)
        with everything_read():
            alone = fresh(read(reading(document, remembered(memory, again))))
        assert alone == fresh(read(reading(document, remembered(memory, again))))

    def test_that_stands_there_twice_is_counted_and_not_read(self, form: str) -> None:
        memory = remembered(SourceMemory(), fresh(read(reading(FORMATS[form](CHANNEL, ITEMS), SourceMemory()))))
        with counted() as elements:
            again = fresh(read(reading(FORMATS[form](CHANNEL, [*ITEMS, *ITEMS]), memory)))
        assert elements == []
        assert again.warnings == (f"Entries that appear more than once were taken once: {len(ITEMS)}.",)

    @pytest.mark.parametrize("keyed_by", [KeyedBy.LINK, KeyedBy.CONTENT])
    def test_is_read_again_where_ids_are_worthless(self, form: str, keyed_by: KeyedBy) -> None:
        memory = SourceMemory(keyed_by=keyed_by)
        document = FORMATS[form](CHANNEL, ITEMS)
        memory = remembered(memory, first := fresh(read(reading(document, memory))))
        assert not any(written(it.found_hash) for it in first.articles)
        with counted() as elements:
            assert fresh(read(reading(document, memory))).articles == ()
        assert len(elements) == len(ITEMS)


@pytest.mark.parametrize("ids", ["", "<guid>"])
def test_an_entry_that_is_written_another_way_is_read_and_known(ids: str) -> None:
    document = _rss(CHANNEL, ITEMS) if ids else _rss(CHANNEL, [it | {"id": ""} for it in ITEMS[:3]])
    memory = remembered(SourceMemory(), fresh(read(reading(document, SourceMemory()))))
    with counted() as elements:
        again = fresh(read(reading(document.replace("<link>", "<link> "), memory)))
    assert len(elements) == len(memory.entries)
    assert (again.articles, again.renamed, again.doubtful) == ((), (), ())


def test_an_entry_of_rdf_is_another_in_rss() -> None:
    items = [it | {"about": f"about {it['id']}"} for it in ITEMS]
    memory = remembered(SourceMemory(), first := fresh(read(reading(_rdf(CHANNEL, items), SourceMemory()))))
    again = fresh(read(reading(_rss(CHANNEL, items), memory)))
    assert again.renamed == tuple((f"about {it['id']}", it["id"]) for it in items)
    assert [it.raw for it in first.articles] == [
        it.raw for it in fresh(read(reading(_rss(CHANNEL, items), SourceMemory()))).articles
    ]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_to_read_an_entry_changes_none_inside_it(form: str) -> None:
    document = FORMATS[form](CHANNEL, [ITEMS[0] | {"moved": "https://moved.example/", "inside": ITEMS[1]}])
    memory = remembered(SourceMemory(), first := fresh(read(reading(document, SourceMemory()))))
    assert len(first.articles) == 2
    assert fresh(read(reading(document, memory))).articles == ()


def test_what_an_older_version_wrote_down_is_known_by_what_it_says() -> None:
    document = _rss(CHANNEL, ITEMS)
    first = fresh(read(reading(document, SourceMemory())))
    with counted() as elements:
        again = fresh(
            read(reading(document, SourceMemory(entries={it.key: meant(it.found_hash) for it in first.articles})))
        )
    assert (again.articles, again.renamed, len(elements)) == ((), (), len(ITEMS))


def test_any_document_is_read_again_as_if_nothing_were_skipped() -> None:
    skipped = 0
    for case in [*corpus.written(), *borrowed(), *generated.well_formed(), *generated.broken()]:
        first = read(reading(case.body, SourceMemory()))
        if isinstance(first, Fresh):
            known = dict([*remembered(SourceMemory(), first).entries.items()][::2])
            again = reading(case.body, SourceMemory(entries=known))
            with counted() as elements:
                outcome = read(again)
            with everything_read(), counted() as all_of_them:
                assert outcome == read(again), case.name
            skipped += len(all_of_them) - len(elements)
    assert skipped > 1_000


class Step(NamedTuple):
    """A document, and what happens around it.

    Attributes:
        document: What is read.
        apart: Whether doubtful entries turn out to be others.
        learns: Whether the first known entry is to be normalized once more.
        moves: Whether the source has another address from now on, and its ids are believed once more.
    """

    document: str
    apart: bool
    learns: bool
    moves: bool


def _some(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


leaves = st.fixed_dictionaries(
    {
        "id": _some("", "g0", "g1", "g2", "https://daily.example/news/1", "g1#0a1b2c3d"),
        "link": _some("", "/news/0", "/news/1", "/news/2"),
        "title": _some("", "Ward 1", "Ward 2"),
        "text": _some("", "<p>It is <a href='../x'>quiet</a>.</p>"),
        "date": _some("", "Thu, 26 Nov 2026 09:00:00 GMT", "anno domini"),
        "about": _some("", "g2"),
        "base": _some("", "https://daily.example/deep/"),
        "lang": _some("", "ru"),
        "moved": _some("", "https://moved.example/"),
    }
)
entries = st.one_of(
    leaves,
    st.tuples(leaves, leaves).map(lambda it: it[0] | {"inside": it[1]}),
    st.sampled_from(ITEMS[:4]),
    st.sampled_from(ITEMS[:4]),
)
channels = st.fixed_dictionaries(
    {
        "site": _some("https://daily.example/", "https://daily.example/", "https://other.example/", ""),
        "language": _some("en", "en", "ru"),
        "author": _some("", "", "Jane Doe"),
        "license": st.just("https://cc.example/by"),
        "account": st.just("daily"),
        "built": _some("1", "2", "3"),
        "base": _some("", "", "", "https://base.example/"),
        "lang": st.just(""),
    }
)


@st.composite
def sequences(draw: st.DrawFn) -> list[Step]:
    """Documents of a source, as it may show them one after another."""
    form = draw(st.sampled_from([*FORMATS, "rss or rdf"]))
    pool = draw(st.lists(entries, min_size=1, max_size=6))
    pool += ITEMS[: draw(st.sampled_from([0, 12]))]
    channel = draw(channels)
    churns = draw(st.integers(0, 3)) == 0
    steps = []
    for number in range(draw(st.integers(2, 6))):
        shown = draw(st.lists(st.sampled_from(pool), max_size=8)) + draw(st.sampled_from([[], pool, pool, pool[::-1]]))
        if churns and draw(st.integers(0, 3)):
            shown = [it | {"id": f"{number}-{place}"} for place, it in enumerate(ITEMS)] + shown[:1]
        channel = draw(st.sampled_from([channel, channel, channel | {"built": str(number)}]) | channels)
        name = draw(st.sampled_from(["rss", "rdf"])) if form not in FORMATS else form
        document = FORMATS[name](channel, shown)
        if draw(st.integers(0, 5)) == 0:
            document = document[: len(document) * draw(st.integers(5, 10)) // 10]
        steps.append(Step(document, *(draw(st.integers(0, 4)) == 0 for _ in range(3))))
    return steps


@settings(max_examples=150, deadline=None)
@given(sequences())
def test_a_source_that_is_read_again_and_again_is_read_as_if_nothing_were_skipped(steps: list[Step]) -> None:
    memory = SourceMemory()
    for step in steps:
        if step.moves:
            memory = replace(memory, keyed_by=KeyedBy.GUID, churn=0)
        with counted() as elements:
            outcome = read(reading(step.document, memory))
        with everything_read(), counted() as all_of_them:
            assert outcome == read(reading(step.document, memory))
        event(f"{memory.keyed_by}: {'some are skipped' if len(elements) < len(all_of_them) else 'all are read'}")
        if isinstance(outcome, Fresh):
            memory = remembered(memory, outcome, apart=step.apart)
        if step.learns and memory.entries:
            memory = replace(memory, entries=memory.entries | {next(iter(memory.entries)): b""})
