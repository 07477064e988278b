import json

import pytest

from support.pages import opened, stored
from syndicator.model.article import Entry, Person, Text
from syndicator.model.social import Credit
from syndicator.parse.decoding.tree import open_page
from syndicator.parse.metadata.merge import merged
from syndicator.parse.metadata.structured import describe

ITEMS = {
    "@type": "ItemList",
    "itemListElement": [{"@type": "ListItem", "url": "/one"}, {"@type": "ListItem", "url": "/two"}],
}
SCOPE = '<div itemscope itemtype="https://schema.org/NewsArticle"><a itemprop="url" href="{}">x</a></div>'


def block(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(nodes)}</script>'


@pytest.mark.parametrize(
    ("name", "url", "is_article", "listed"),
    [
        ("nsn-article.html", "https://nsn.fm/economy/moskva-podderzhit-zavody", True, 0),
        ("nsn-listing.html", "https://nsn.fm/news", False, 0),
        ("jsonld-graph.html", "https://courier.example/city/tram", True, 0),
        ("jsonld-list.html", "https://courier.example/", False, 4),
        ("microdata-list.html", "https://blog.example/", False, 2),
        ("og-article.html", "https://pogoda.example/rain", True, 0),
    ],
)
def test_an_article_is_told_from_a_list(name: str, url: str, is_article: bool, listed: int) -> None:
    described = describe(open_page(stored(name, url)))
    assert (described.is_article, len(described.listed)) == (is_article, listed)


@pytest.mark.parametrize(
    ("markup", "is_article"),
    [
        # An article that lists related ones stays an article.
        (block({"@type": "NewsArticle", "url": "https://www.courier.example/city/tram/"}, ITEMS), True),
        (block({"@type": "NewsArticle", "headline": "No address"}, ITEMS), True),
        (block(ITEMS) + '<div itemprop="articleBody">x</div>', True),
        (block({"@type": "NewsArticle", "url": "/city/tram"}, {"@type": "NewsArticle", "url": "/other"}), True),
        # A list whose page calls itself an article, as some publishing systems have it, stays a list.
        (block(ITEMS) + '<meta property="og:type" content="article">', False),
        (block({"@type": "NewsArticle", "url": "/one"}, {"@type": "NewsArticle", "url": "/two"}), False),
        (SCOPE.format("/one") + SCOPE.format("/two"), False),
        # One description alone.
        (block({"@type": "NewsArticle", "url": "/elsewhere"}), True),
        (SCOPE.format("/one"), True),
        ('<meta name="og:type" content="Article">', True),
        # Nothing.
        (block({"@type": "Organization", "name": "Courier"}) + "<article><h1>x</h1></article>", False),
    ],
)
def test_what_counts_when_a_page_says_several_things(markup: str, is_article: bool) -> None:
    assert describe(opened(markup + "<p>x")).is_article is is_article


def test_a_related_articles_description_is_not_taken_for_the_pages_own() -> None:
    related = ({"@type": "NewsArticle", "url": "/one"}, {"@type": "NewsArticle", "url": "/two"})
    described = describe(opened(block(*related) + '<div itemprop="articleBody">x</div>'))
    assert described.is_article
    assert described.json_ld is None


def test_the_first_description_that_says_something_is_believed() -> None:
    one = Entry(key="k", title=Text(value="One"), credits=(Credit(role="agency", name="A"),))
    two = Entry(key="other", title=Text(value="Two"), section="S", authors=(Person(name="Ann"),), raw=b"two")
    two = merged(None, two, Entry(key="", credits=(Credit(role="agency", name="B"), Credit(role="agency", name="A"))))
    both = merged(one, None, two)
    assert both.key == "k"
    assert both.title == Text(value="One")
    assert (both.section, both.authors, both.raw) == ("S", (Person(name="Ann"),), b"two")
    assert [it.name for it in both.credits] == ["A", "B"]
