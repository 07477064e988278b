"""What JSON-LD and microdata declare."""

import json
from typing import Any

import pytest

from support.evidence import STORY, brief, said, shown
from syndicator.parse.publishers.declared import declared


def block(data: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


ARTICLE: dict[str, Any] = {"@type": "NewsArticle", "headline": "T", "url": "https://paper.example/a/1"}
PAPER: dict[str, Any] = {"@type": "Organization", "@id": "#p", "name": "Paper", "sameAs": "https://t.me/paper"}


@pytest.mark.parametrize(
    ("data", "locator"),
    [
        ({**ARTICLE, "publisher": PAPER}, "JSON-LD 1 /publisher/sameAs"),
        ([{**ARTICLE, "publisher": {**PAPER, "sameAs": ["https://t.me/paper"]}}], "JSON-LD 1 /0/publisher/sameAs/0"),
        ({"@graph": [PAPER, {**ARTICLE, "publisher": {"@id": "#p"}}]}, "JSON-LD 1 /@graph/0/sameAs"),
        ({"@graph": [ARTICLE, {**PAPER, "url": "https://paper.example/"}]}, "JSON-LD 1 /@graph/1/sameAs"),
        ({"@type": "WebSite", "sameAs": "https://t.me/paper"}, "JSON-LD 1 /sameAs"),
    ],
)
def test_the_publisher_is_found_wherever_it_stands(data: Any, locator: str) -> None:
    [link] = shown(STORY, block(data))
    assert (link.owner, link.handle, link.evidence, link.confidence) == ("publisher", "paper", "JSON-LD sameAs", 0.95)
    assert link.locator == locator


def test_authors_are_authors_unless_they_are_the_publisher() -> None:
    jane = {"@type": "Person", "name": "Jane", "sameAs": ["https://x.com/jane"]}
    paper = {"@type": "Organization", "name": "Paper", "sameAs": ["https://vk.com/paper"]}
    links = shown(STORY, block({**ARTICLE, "publisher": {"name": "Paper"}, "author": [jane, paper]}))
    assert brief(links) == [("author", "jane", "JSON-LD sameAs"), ("publisher", "paper", "JSON-LD sameAs")]


@pytest.mark.parametrize(
    "other",
    [
        {**PAPER, "@id": "#o", "name": "Other", "url": "https://other.example"},
        {"@type": "NewsArticle", "url": "https://other.example/x", "headline": "X", "publisher": PAPER},
        {"@type": "Person", "name": "Jane", "sameAs": "https://t.me/jane"},
        {"@type": "Event", "organizer": PAPER},
    ],
)
def test_whom_a_page_only_describes_is_not_its_publisher(other: dict[str, Any]) -> None:
    assert shown(STORY, block({"@graph": [{**ARTICLE, "publisher": {"name": "Real"}}, other]})) == ()


def test_a_discussion_is_the_articles() -> None:
    [link] = shown(STORY, block({**ARTICLE, "discussionUrl": "https://vk.com/topic-1_2"}))
    assert (link.owner, link.kind, link.evidence) == ("article", "discussion", "JSON-LD discussionUrl")


def test_a_broken_block_costs_itself_only() -> None:
    page = said(
        STORY, '<script type="application/ld+json">{"@type": oops</script>' + block({**ARTICLE, "publisher": PAPER})
    )
    assert [it.handle for it in declared(page)] == ["paper"]
    assert len(page.graph.warnings) == 1


def test_microdata_alike() -> None:
    body = (
        '<div itemscope itemtype="https://schema.org/NewsArticle"><b itemprop="headline">T</b>'
        '<div itemprop="author" itemscope><link itemprop="sameAs" href="https://x.com/jane"></div>'
        '<div itemprop="publisher" itemscope><a itemprop="sameAs" href="https://t.me/paper"></a></div></div>'
        '<div itemscope itemtype="https://schema.org/LocalBusiness"><b itemprop="url" content="https://inn.example"></b>'
        '<a itemprop="sameAs" href="https://vk.com/inn">the inn that we have written about on VK</a></div>'
    )
    owners = {(it.owner, it.handle) for it in declared(said(body))}
    assert owners == {("publisher", "paper"), ("author", "jane")}


@pytest.mark.parametrize(
    ("organization", "is_taken"),
    [
        ({"name": "Skylark Festival"}, False),
        ({"name": "Skylark Festival", "@id": "#festival"}, False),
        ({}, False),
        ({"name": "Skylark Festival", "url": "https://paper.example/"}, True),
        ({"name": "Skylark Festival", "@id": "https://paper.example/#us"}, True),
        ({"name": "Paper"}, True),
        ({"name": "Valley Echo"}, True),
        ({"name": "The Valley Echo"}, True),
    ],
)
def test_an_organization_that_nobody_names_is_the_publisher_by_its_home_or_its_name(
    organization: dict[str, str], is_taken: bool
) -> None:
    node = {"@type": "Organization", "sameAs": ["https://t.me/skylark"], **organization}
    head = f'<meta property="og:site_name" content="Valley Echo">{block({"@graph": [ARTICLE, node]})}'
    assert [it.owner for it in shown(STORY, head)] == ["publisher"] * is_taken


@pytest.mark.parametrize("home", ["", '<a itemprop="url" href="https://t.me/skylark">Skylark</a>'])
def test_an_organization_in_the_story_is_not_its_publisher(home: str) -> None:
    marked = (
        f'<div itemscope itemtype="https://schema.org/Organization">{home}'
        '<a itemprop="sameAs" href="https://vk.com/skylark">the festival</a></div>'
    )
    inside = STORY.replace("</p><p>", f"</p>{marked}<p>")
    assert {it.owner for it in shown(f"<main>{inside}</main>", story=inside)} == {"third_party"}
    assert "publisher" in {it.owner for it in shown(f"<main>{STORY}</main>{marked}")}


def test_a_card_in_the_story_is_not_its_publishers() -> None:
    card = '<p><b class="h-card"><a class="u-url" href="https://x.com/bob">Bob, who wrote to us</a></b></p>'
    inside = STORY.replace("</p><p>", f"</p>{card}<p>")
    assert {it.owner for it in shown(f"<main>{inside}</main>", story=inside)} == {"third_party"}


def test_where_microdata_say_that_an_article_is_discussed() -> None:
    marked = '<link itemprop="discussionUrl" href="https://t.me/paper/12">'
    article = f'<div itemscope itemtype="https://schema.org/NewsArticle">{marked}{STORY}</div>'
    [link] = shown(article)
    assert (link.owner, link.kind, link.evidence) == ("article", "discussion", "microdata discussionUrl")
