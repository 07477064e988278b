"""What sites answer to their own programs gives the articles that a reader should get."""

import contextlib
import json
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.feeds import response
from syndicator.model.article import Text
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Parsed
from syndicator.model.source import JsonPaths, Source
from syndicator.model.state import FeedInfo
from syndicator.parse import Unreadable, parse
from syndicator.parse.digest import found_hash
from syndicator.parse.feeds.entries import MAX_ENTRIES
from syndicator.parse.normalize import normalize
from syndicator.text.keys import written

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
URL = "https://town.example/api/news"
CASES = sorted((Path(__file__).parent / "data" / "any_json").glob("*.toml"))
SECONDS = 4
"""Of processor time, on a machine that does other things as well; the worst takes two."""
PATHS = JsonPaths(item="items", id="id", link="url", title="title")


def read(body: object, paths: JsonPaths = PATHS, *, url: str = URL, **changes: Any) -> Parsed:
    """Read a document, or a body that is written out."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return parse(response(text, url=url), Source(**{"id": "x", "url": url, "kind": "json", "paths": paths} | changes))


def failure(body: object, paths: JsonPaths = PATHS) -> Unreadable:
    with pytest.raises(Unreadable) as raised:
        read(body, paths)
    return raised.value


def titles(parsed: Parsed) -> list[str]:
    return [it.title.value if it.title else "" for it in parsed.entries]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_a_site_answers_is_read_as_it_is_meant(path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    changes = {"timezone": case["timezone"]} if "timezone" in case else {}
    parsed = read(case["document"], JsonPaths(**case["select"]), url=case["url"], **changes)
    assert list(parsed.warnings) == case.get("warnings", [])
    assert (parsed.is_page, parsed.info.site_url) == (case.get("is_page", False), case.get("site_url", ""))
    source = Source(id="x", url=case["url"], kind="json", **changes)
    articles = [normalize(it, source, parsed.info, NOW) for it in parsed.entries]
    names = ("key", "url", "title", "text", "summary", "published", "authors", "categories", "images")
    found = [{name: getattr(it, name) for name in names} for it in articles]
    for it in found:
        it["authors"] = [person.name for person in it["authors"]]
        it["categories"], it["images"] = list(it["categories"]), list(it["images"])
    wanted = [dict(it) for it in case["article"]]
    markup = [it.pop("html", None) for it in wanted]
    assert [{name: value for name, value in it.items() if value} for it in found] == wanted
    assert all(html in {None, it.html} for html, it in zip(markup, articles, strict=True))


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 15


# -- what does not fit is told, with the path and what there is in its place


@pytest.mark.parametrize(
    ("body", "paths", "told"),
    [
        (
            {"data": {"posts": [], "total": 0}},
            JsonPaths(item="data.items", title="title"),
            'item = "data.items" leads nowhere: "data" has posts, total.',
        ),
        (
            {"error": "quota", "message": "later"},
            PATHS,
            'item = "items" leads nowhere: the document has error, message.',
        ),
        (
            {"items": [{"name": "A", "url": "/a", "id": 1}] * 2},
            PATHS,
            'title = "title" finds no text in any of 2 items: the first has name, url, id.',
        ),
        (
            {"items": [{"title": {"rendered": "A"}, "url": "/a", "id": 1}]},
            PATHS,
            'title = "title" finds no text in the one item: "title" has rendered.',
        ),
        (
            {"items": [{"title": "A", "slug": "a", "id": 1}]},
            JsonPaths(item="items", title="title", link="/news/{url.path}"),
            'link = "/news/{url.path}" finds no text in the one item: it has title, slug, id.',
        ),
    ],
    ids=["the list", "a failure of theirs", "a name", "an object", "in braces"],
)
def test_a_path_that_does_not_fit_is_told_with_what_there_is(body: object, paths: JsonPaths, told: str) -> None:
    found = failure(body, paths)
    assert found.kind is FailureKind.NO_FEED
    assert told in str(found)
    assert found.remedy


def test_what_articles_may_lack_is_a_warning() -> None:
    parsed = read(
        {"items": [{"title": "A", "when": 1}, {"title": "B"}]}, JsonPaths(item="items", title="title", date="date")
    )
    assert titles(parsed) == ["A", "B"]
    assert parsed.warnings == ('date = "date" finds no text in any of 2 items: the first has title, when.',)


@pytest.mark.parametrize("value", [None, "", False, []])
def test_a_place_without_a_text_is_a_place(value: object) -> None:
    parsed = read({"items": [{"id": 1, "url": value, "title": value, "lead": value}]}, PATHS)
    assert [it.key for it in parsed.entries] == ["1"]
    assert parsed.warnings == ()


@pytest.mark.parametrize("items", [[], None])
def test_a_document_without_news_is_no_failure(items: object) -> None:
    assert read({"items": items}) == Parsed()


@pytest.mark.parametrize(
    ("body", "kind", "told"),
    [
        ("", FailureKind.EMPTY, "empty"),
        ("<rss><channel/></rss>", FailureKind.NO_FEED, "not JSON"),
        ("Not today.", FailureKind.NO_FEED, "not JSON"),
        ("<!doctype html><p>Log in", FailureKind.NO_FEED, "without JSON"),
        ('{"items": nothing', FailureKind.MALFORMED, "not valid JSON"),
        ('<html><script type="application/json">{"items": [', FailureKind.MALFORMED, "is not valid"),
    ],
)
def test_what_is_no_json_says_so(body: str, kind: FailureKind, told: str) -> None:
    found = failure(body)
    assert found.kind is kind
    assert told in str(found)


def test_of_a_page_whose_scripts_do_not_fit_the_first_is_told_of() -> None:
    script = '<script type="application/json"'
    page = f'<html>{script} id="a">{{"b": 1}}</script>{script}>{{"c": 1}}</script>'
    assert '"items" leads nowhere: the script "#a" has b.' in str(failure(page))


def test_a_page_is_read_by_its_base_and_a_broken_script_costs_itself() -> None:
    page = (
        '<html><base href="/sub/"><script type="application/json">{"items": nothing</script>'
        '<script type="application/json">{"items": [{"id": 1, "title": "A", "url": "a"}]}</script>'
    )
    assert [it.url for it in read(page).entries] == ["https://town.example/sub/a"]


# -- a broken item costs itself


def test_items_that_are_none_cost_themselves_alone() -> None:
    deep: list[object] = []
    for _ in range(300):
        deep = [deep]
    items = [1, None, "x", [], {}, {"title": "A"}, {"title": ["B", {}]}, {"title": {}}, {"title": "C", "deep": deep}]
    parsed = read({"items": items}, JsonPaths(item="items", title="title"))
    assert titles(parsed) == ["A", "B"]
    assert len(parsed.warnings) == 2


def test_what_is_cut_off_gives_the_items_before_the_cut() -> None:
    body = json.dumps({"total": 3, "items": [{"id": it, "title": "t", "url": f"/{it}"} for it in range(3)]})
    parsed = read(body[:-12])
    assert [it.key for it in parsed.entries] == ["0", "1"]
    assert parsed.truncated
    assert not read(body).truncated
    root = read(body[body.index("[") : -12], JsonPaths(id="id", title="title"))
    assert [it.key for it in root.entries] == ["0", "1"]


def test_shared_ids_are_told_apart_and_repeats_taken_once() -> None:
    items = [{"id": 1, "title": "A", "url": "/a"}, {"id": 1, "title": "B", "url": "/b"}, {"id": 2}, {"id": 2}]
    parsed = read({"items": items})
    assert len({it.key for it in parsed.entries}) == len(parsed.entries) == 3
    assert len(parsed.warnings) == 2


def test_no_more_items_are_read_than_of_a_feed() -> None:
    parsed = read([{"title": f"t{it}"} for it in range(MAX_ENTRIES + 5)], JsonPaths(title="title"))
    assert len(parsed.entries) == MAX_ENTRIES
    assert parsed.warnings == (f"Only the first {MAX_ENTRIES} entries were read.",)


# -- addresses


def test_links_are_of_the_web_alone() -> None:
    links = ["file:///etc/passwd", "javascript:alert(1)", "//other.example/a", "b", "?p=1", "www.site.example/c"]
    parsed = read(
        [{"id": str(it), "url": url, "img": url} for it, url in enumerate(links)],
        JsonPaths(id="id", link="url", image="img"),
    )
    wanted = [
        "",
        "",
        "https://other.example/a",
        "https://town.example/api/b",
        f"{URL}?p=1",
        "http://www.site.example/c",
    ]
    assert [it.url for it in parsed.entries] == wanted
    assert [it.images for it in parsed.entries] == [(it,) if it else () for it in wanted]


def test_a_file_leads_to_no_file() -> None:
    parsed = read({"items": [{"id": 1, "title": "A", "url": "a.html"}]}, url="file:///srv/news.json", follow=True)
    assert (parsed.entries[0].url, parsed.wishes) == ("", ())


def test_links_in_a_text_start_where_the_article_is() -> None:
    def base(link: str, url: str = URL) -> str:
        (entry,) = read([{"text": "<p>a</p>", "url": link}], JsonPaths(link="url", content="text"), url=url).entries
        return entry.content.base if entry.content else "none"

    assert base("/a") == "https://town.example/a"
    assert base("") == URL
    assert base("", "file:///srv/news.json") == ""


def test_texts_and_markup_follow_each_other() -> None:
    item = {"c": ["<p>a</p>", "b < c", "", "d\n\ne"], "s": ["f", "g"]}
    (entry,) = read([item], JsonPaths(content="c", summary="s")).entries
    assert entry.content == Text(value="<p>a</p>\n<p>b &lt; c</p>\n<p>d</p>\n<p>e</p>", base=URL)
    assert entry.summary == Text(value="f\n\ng", html=False)


def test_the_first_date_that_can_be_read_counts() -> None:
    items = [{"t": "A", "at": ["soon", "2024-05-06", "2024-05-07"]}, {"t": "B", "at": []}]
    parsed = read(items, JsonPaths(date="at", title="t"))
    assert [it.published for it in parsed.entries] == ["2024-05-06", ""]


def test_follow_asks_for_the_pages() -> None:
    items = [{"id": 1, "title": "A", "url": "/a"}, {"id": 2, "title": "B", "url": "https://other.example/b"}]
    wishes = read({"items": items}, follow=True).wishes
    assert [(it.url, it.of_feed, it.elsewhere) for it in wishes] == [
        ("https://town.example/a", True, False),
        ("https://other.example/b", True, True),
    ]
    assert read({"items": items}).wishes == ()


# -- what is known is not read again, unless it is looked for elsewhere


def test_known_items_are_not_read_again_until_the_paths_change() -> None:
    document = {"items": [{"id": 1, "title": "A", "url": "/a", "name": "N"}, {"id": 2, "title": "B", "url": "/b"}]}
    source = Source(id="x", url=URL, kind="json", paths=PATHS)
    answer = response(json.dumps(document), url=URL)
    first = parse(answer, source, {})
    known = {written(found_hash(it)): (it.key, found_hash(it)) for it in first.entries}
    assert [it.found != b"" for it in parse(answer, source, known).entries] == [True, True]
    document["items"][0]["title"] = "A!"
    again = parse(response(json.dumps(document), url=URL), source, known)
    assert [it.found != b"" for it in again.entries] == [False, True]
    elsewhere = Source(id="x", url=URL, kind="json", paths=JsonPaths(item="items", id="id", link="url", title="name"))
    assert [it.found for it in parse(answer, elsewhere, known).entries] == [b"", b""]


# -- whatever comes


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["a", "b", "0", "items", "é"]), inner),
    max_leaves=30,
)
WHERE = st.sampled_from(["", "a", "b", "a.b", "*", "*.*", "items", "items.*", "a.0", "items.*.a", "$", "{a}-{b}"])


@settings(max_examples=200, deadline=None)
@given(VALUES, WHERE.filter(lambda it: "{" not in it), WHERE, WHERE, WHERE)
def test_any_document_is_read_or_refused(document: object, item: str, link: str, title: str, content: str) -> None:
    paths = JsonPaths(item=item, id=link, link=link, title=title, content=content, date=title, tags=content)
    try:
        parsed = read(document, paths)
    except Unreadable:
        return
    keys = [it.key for it in parsed.entries]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    for it in parsed.entries:
        normalize(it, Source(id="x", url=URL), parsed.info, NOW)


M = 1_000_000
BOMBS = {
    "a million numbers": "[" + "1," * M + "1]",
    "a million objects": '{"items":[' + "{}," * M + "{}]}",
    "a hundred thousand equal ids": '{"items":[' + '{"id":1,"title":"x","tags":[1,2,3]},' * (M // 10) + "{}]}",
    "nesting that never ends": '{"items":[' * (M // 10),
    "lists that never end": "[" * (5 * M),
    "as many names": "{" + ",".join(f'"k{it}":1' for it in range(M // 2)) + "}",
    "items that are cut off": '{"items":[' + '{"id":1,"title":"x"},' * (M // 10),
    "strings that never end": '{"items":[{"id":"' * (M // 10),
    "objects that never end": '{"items":[' + '{"id":"1"},{"a' * (M // 10),
    "lists of that name": '{"items":[' + '"items": [' * (M // 5),
    "many tags": '{"items":[{"title":"x","tags":[' + '"<p",' * M + "1]}]}",
    "many pieces": '{"items":[{"title":"x","content":[' + '"<p>x",' * M + "1]}]}",
    "a long piece": '{"items":[{"title":"x","content":"' + "<a " * M + '"}]}',
    "references": '{"items":[{"title":"x","content":"' + "&amp;lt;" * (M // 4) + '"}]}',
    "guards": "x(" * M + '{"items":[{"title":"x"}]}',
    "scripts": "<html>" + '<script type="application/json">{"a":[1]}</script>' * (M // 50),
    "lists in lists": "[" + "[[[[1]]]]," * (M // 4) + "1]",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize(
    "paths",
    [
        JsonPaths(item="items", title="title", content="content", tags="tags", date="title"),
        JsonPaths(item=".".join("*" * 400), id=".".join("*" * 400), title="{*.*.*}"),
        JsonPaths(item="*.*.*", title="*.*", content="*"),
    ],
    ids=["names", "many steps", "a few steps"],
)
def test_documents_that_mean_harm_cost_little_more_than_their_size(bomb: str, paths: JsonPaths) -> None:
    started = time.process_time()
    with contextlib.suppress(Unreadable):
        for it in read(bomb, paths).entries[:10]:
            normalize(it, Source(id="x", url=URL), FeedInfo(), NOW)
    assert time.process_time() - started < SECONDS
