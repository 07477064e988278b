"""What stands in a page's JSON-LD blocks, however they are written."""

from time import process_time

import pytest

from support.pages import opened, with_json_ld
from syndicator.parse.metadata.graph import read_graph, types
from syndicator.parse.metadata.schemaorg import is_article


def test_a_broken_block_costs_itself_alone() -> None:
    page = with_json_ld('{"@type": "NewsArticle", "headline": ', {"@type": "NewsArticle", "headline": "Kept"})
    graph = read_graph(page)
    assert [node["headline"] for node in graph.top] == ["Kept"]
    assert len(graph.warnings) == 1
    assert graph.warnings[0].startswith("JSON-LD block 1 ")


@pytest.mark.parametrize(
    "block",
    [
        '<!-- {"@type": "Article", "headline": "x"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "x"}\n//]]>',
        '/*<![CDATA[*/ {"@type": "Article", "headline": "x"} /*]]>*/',
        '{"@type": "Article", "headline": "x"};',
        '\ufeff{"@type": "http://schema.org/Article", "headline": "x"}',
        '[[{"@type": ["Thing", "schema:BlogPosting"], "headline": "x"}]]',
        '{"@graph": {"@type": "Report", "headline": "x"}}',
        '{"@type": "Article", "headline": "x", "description": "raw\ttab and\nline"}',
        '{"@type": "WebSite"} {"@type": "Article", "headline": "x"}',
        '{"@type": "WebSite"},\n{"@type": "Article", "headline": "x"};',
        r'{"@type": "Article", "description": "it\'s \x41 \\ \"so\" \u0041", "headline": "x"}',
    ],
)
def test_a_block_is_read_however_templates_wrap_it(block: str) -> None:
    node = read_graph(with_json_ld(block)).top[-1]
    assert node["headline"] == "x"
    assert any(map(is_article, types(node)))


@pytest.mark.parametrize(
    "block",
    [
        "[" * 100_000,
        '{"a":' * 50_000,
        '{"n": ' + "9" * 10_000 + "}",
        "nothing",
        "",
        "null",
        "[null, 3, true]",
        "{" + "}" * 9,
    ],
)
def test_a_hostile_block_is_left_out(block: str) -> None:
    assert read_graph(with_json_ld(block)).top == ()


def test_a_backslash_too_many_costs_no_word() -> None:
    graph = read_graph(with_json_ld(r'{"a": "it\'s \x41 \\x \"so\" \u0042 \d"}'))
    assert graph.top[0]["a"] == 'it\'s A \\x "so" B d'


def test_the_type_of_a_block_is_read_in_any_case() -> None:
    page = opened('<script type=" Application/LD+JSON; charset=utf-8">{"headline": "x"}</script>')
    assert read_graph(page).top == ({"headline": "x"},)


@pytest.mark.parametrize(
    "value", [{"@list": ["a", "b"]}, {"@set": ["a", "b"]}, ["a", {"@value": "b", "@language": "en"}]]
)
def test_lists_and_literals_are_what_they_hold(value: object) -> None:
    graph = read_graph(with_json_ld({"keywords": value}))
    assert graph.strings(graph.top[0]["keywords"]) == ["a", "b"]


@pytest.mark.parametrize(
    "bomb", ['{"a": 1}' * 200_000, '{"a": "' + "\\x" * 500_000 + '"}', "{" + "\\" * 1_000_000 + "}"]
)
def test_a_huge_broken_block_takes_a_moment(bomb: str) -> None:
    started = process_time()
    read_graph(with_json_ld(bomb))
    assert process_time() - started < 5


def test_a_reference_by_id_says_what_its_node_says_and_stands_where_that_does() -> None:
    paper = {"@id": "#paper", "@type": "NewsMediaOrganization", "name": "The Courier"}
    page = with_json_ld({"@type": "NewsArticle", "publisher": {"@id": "#paper"}}, {"@graph": [paper]})
    graph = read_graph(page)
    (publisher,) = graph.nodes(graph.top[0]["publisher"])
    assert publisher == paper
    assert graph.place(publisher) == "JSON-LD 2 /@graph/0"
