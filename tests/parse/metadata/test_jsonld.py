import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.pages import stored, with_json_ld
from syndicator.model.article import Entry, Person
from syndicator.model.social import Credit
from syndicator.parse.decoding.tree import Page, open_page
from syndicator.parse.metadata import jsonld
from syndicator.parse.metadata.graph import read_graph


def articles(page: Page) -> tuple[Entry, ...]:
    return jsonld.articles(page, read_graph(page))


def listed(page: Page) -> list[str]:
    return [it.url for it in jsonld.listed(page, read_graph(page))]


def test_a_graph_with_references_gives_everything_it_says() -> None:
    (entry,) = articles(open_page(stored("jsonld-graph.html", "https://courier.example/city/tram")))
    assert entry.url == "https://courier.example/city/tram"
    assert entry.title
    assert entry.title.value == "Tram line &quot;7&quot; reopens"
    assert (entry.section, entry.categories) == ("City", ("trams", "rails"))
    assert (entry.published, entry.updated) == ("2026-03-01T09:00:00Z", "2026-03-01T10:30:00Z")
    assert entry.authors == (
        Person(name="Jane Doe", url="https://courier.example/people/jane"),
        Person(name="John Roe"),
    )
    assert entry.images == ("https://courier.example/img/tram.jpg",)
    assert entry.credits == (Credit(role="photographer", name="Max Power"),)
    assert entry.rights == "© The Courier"
    assert entry.content
    assert not entry.content.html
    assert entry.content.value.startswith("The tram is back.\nIt runs")


def test_the_publishers_own_profiles_are_read_and_its_other_pages_are_not() -> None:
    (entry,) = articles(open_page(stored("jsonld-graph.html", "https://courier.example/city/tram")))
    assert [(it.platform, it.handle, it.owner, it.confidence) for it in entry.social] == [
        ("telegram", "couriernews", "publisher", 0.95),
        ("vk", "couriernews", "publisher", 0.95),
    ]


@pytest.mark.parametrize("kind", ["JobPosting", "Product", "Organization", "WebPage", "BreadcrumbList"])
def test_what_is_no_article_is_not_taken_for_one(kind: str) -> None:
    assert articles(with_json_ld({"@type": kind, "name": "x"})) == ()


def test_a_list_gives_its_articles_and_neither_products_nor_the_way_home() -> None:
    page = open_page(stored("jsonld-list.html", "https://courier.example/"))
    assert listed(page) == [
        "https://courier.example/city/tram",
        "https://courier.example/city/park",
        "https://courier.example/city/bridge",
        "https://courier.example/city/tram#video",
    ]


@pytest.mark.parametrize(
    "block",
    [
        {"@type": "Blog", "blogPost": [{"@type": "BlogPosting", "url": "/a"}]},
        {"@type": "Blog", "blogPosts": {"@type": "BlogPosting", "url": "/a"}},
        {"@type": "ItemList", "itemListElement": {"@type": "ListItem", "item": {"@id": "/a", "name": "A"}}},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": "/a"}]},
        {
            "@type": "CollectionPage",
            "hasPart": [{"@type": "NewsArticle", "url": "/a"}, {"@type": "WPHeader", "url": "/b"}],
        },
        {
            "@graph": [
                {"@type": "WebPage", "mainEntity": {"@id": "#l"}},
                {"@id": "#l", "@type": "Blog", "blogPost": "/a"},
            ]
        },
    ],
)
def test_every_shape_of_a_list_is_read(block: object) -> None:
    assert "https://courier.example/a" in listed(with_json_ld(block))


def test_odd_values_cost_only_themselves() -> None:
    node = {
        "@type": "NewsArticle", "headline": ["First", "Second"], "author": [None, 7, {"name": None}, {"name": ["Ann"]}],
        "image": [{"url": {"deep": 1}}, "javascript:x", "/i.png", [["/n.png"]]], "keywords": {"a": 1},
        "mainEntityOfPage": True, "url": 3, "publisher": "Courier", "articleSection": [],
        "datePublished": {"@value": "2026"},
    }  # fmt: skip
    (entry,) = articles(with_json_ld(node))
    assert entry.title
    assert entry.title.value == "First"
    assert [it.name for it in entry.authors if it.name] == ["Ann"]
    assert entry.images == ("https://courier.example/i.png",)
    assert (entry.url, entry.section, entry.published) == ("", "", "2026")


@pytest.mark.parametrize(
    "sections", ["City", ["City", "News"], ["2016", "City"], ["Home", "City"], ["Ballina", "City"]]
)
def test_a_year_and_the_front_page_are_no_section(sections: object) -> None:
    (entry,) = articles(with_json_ld({"@type": "Article", "headline": "A", "articleSection": sections}))
    assert entry.section == "City"


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Person", "givenName": "Jane", "additionalName": "M.", "familyName": "Doe"},
        {"@type": "OrganizationRole", "author": {"@type": "Person", "name": "Jane M. Doe"}, "roleName": "Reporter"},
        {"@type": "Role", "creator": "Jane M. Doe"},
        {"@list": [{"@type": "Person", "name": "Jane M. Doe"}]},
        {"@value": "Jane M. Doe"},
    ],
)
def test_an_author_is_read_however_the_name_is_written(author: object) -> None:
    (entry,) = articles(with_json_ld({"@type": "NewsArticle", "headline": "x", "author": author}))
    assert [it.name for it in entry.authors] == ["Jane M. Doe"]


def test_markup_in_the_body_is_seen_as_markup() -> None:
    bodies = [
        articles(with_json_ld({"@type": "Article", "articleBody": it}))[0].content for it in ("<p>a</p>", "1 < 2 > 0")
    ]
    assert [body.html for body in bodies if body] == [True, False]


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda it: st.lists(it, max_size=3), max_leaves=6
)
_NAMES = st.sampled_from(
    ["@id", "@type", "url", "headline", "author", "image", "publisher", "sameAs", "item", "itemListElement", "name",
     "mainEntity", "articleBody", "keywords", "creditText"]
)  # fmt: skip
_KINDS = st.sampled_from(["NewsArticle", "ItemList", "ListItem", "Blog", "CollectionPage", "Person"])
_NODES = st.recursive(
    st.dictionaries(_NAMES, _VALUES | _KINDS, max_size=6),
    lambda it: st.dictionaries(_NAMES, it | st.lists(it | _KINDS, max_size=3) | _KINDS, max_size=6),
    max_leaves=8,
)


@settings(max_examples=100)
@given(st.lists(_NODES, max_size=4))
def test_no_json_can_break_the_reader(nodes: list[object]) -> None:
    page = with_json_ld(json.dumps(nodes).replace("<", "\\u003c"))
    articles(page)
    assert all(url == "" or url.startswith("http") for url in listed(page))


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ({"creditText": "Фото: Иван Иванов / ТАСС"}, [("photographer", "Иван Иванов", "ТАСС")]),
        ({"creditText": "<b>Jane Doe</b>"}, [("photographer", "Jane Doe", "")]),
        ({"creditText": "studio nine"}, [("photographer", "studio nine", "")]),
        ({"copyrightHolder": {"name": "AFP"}}, [("agency", "AFP", "")]),
        ({"creator": {"name": "Jane Doe"}, "copyrightHolder": "AFP"}, [("photographer", "Jane Doe", "")]),
        ({"creditText": "Фото: Telegram", "creator": "Jane Doe"}, []),
        ({"creditText": "Фото из соцсетей"}, []),
        ({"creditText": "https://t.me/mash"}, []),
        ({"creditText": "javascript:alert(1)"}, []),
        ({"creditText": "a" * 500}, []),
        ({}, []),
    ],
)
def test_what_an_image_says_of_its_makers_is_read_as_a_credit(
    image: dict[str, object], expected: list[tuple[str, str, str]]
) -> None:
    image |= {"@type": "ImageObject", "url": "https://courier.example/a.jpg"}
    (entry,) = articles(with_json_ld({"@type": "NewsArticle", "headline": "A", "image": image}))
    assert [(it.role, it.name, it.agency) for it in entry.credits] == expected
