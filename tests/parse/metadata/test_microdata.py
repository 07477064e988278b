from support.pages import opened, stored
from syndicator.model.article import Entry, Person
from syndicator.parse.decoding.tree import Page, open_page
from syndicator.parse.metadata import microdata


def article(page: Page) -> Entry | None:
    return microdata.article(page, microdata.read(page))


def listed(page: Page) -> tuple[Entry, ...]:
    return microdata.listed(page, microdata.read(page))


def test_a_list_of_posts_gives_each_with_what_it_says() -> None:
    first, second = listed(open_page(stored("microdata-list.html", "https://blog.example/")))
    assert (first.url, second.url) == ("https://blog.example/posts/first", "https://blog.example/posts/second")
    assert first.title
    assert first.title.value == "First post"
    assert first.summary
    assert first.summary.value == "How it began."
    assert (first.published, second.published) == ("2026-01-02", "2026-01-03")
    assert first.authors == (Person(name="Ann"),)
    assert first.images == ("https://blog.example/img/1.png",)


def test_the_body_is_the_marked_element_without_what_is_said_about_the_article() -> None:
    entry = article(
        opened(
            '<div itemprop="articleBody"><h2 itemprop="headline">Head</h2><p>One.</p>'
            '<div itemprop="datePublished" content="2026-01-01">1 January</div><p>Two &lt; three.</p></div>'
        )
    )
    assert entry
    assert entry.content
    assert entry.content.value == "<p>One.</p><p>Two &lt; three.</p>"
    assert entry.published == "2026-01-01"
    assert entry.title
    assert entry.title.value == "Head"


def test_paragraphs_that_share_the_body_are_joined() -> None:
    entry = article(opened('<p itemprop="articleBody">One.</p><hr><p itemprop="articleBody">Two.</p>'))
    assert entry
    assert entry.content
    assert entry.content.value == '<p itemprop="articleBody">One.</p><p itemprop="articleBody">Two.</p>'


def test_a_body_in_an_attribute_is_plain_text() -> None:
    entry = article(opened('<meta itemprop="articleBody" content="1 &lt; 2">'))
    assert entry
    assert entry.content
    assert (entry.content.value, entry.content.html) == ("1 < 2", False)


def test_a_picture_in_the_head_belongs_to_the_only_article() -> None:
    entry = article(
        opened(
            '<meta itemprop="thumbnailUrl" content="/t.jpg"><div itemscope itemtype="http://schema.org/NewsArticle">'
            '<a itemprop="articleSection" href="/s">Section</a><div itemprop="articleBody">x</div></div>'
        )
    )
    assert entry
    assert entry.images == ("https://courier.example/t.jpg",)
    assert entry.section == "Section"


def test_related_articles_inside_an_article_are_neither_the_article_nor_a_list() -> None:
    page = opened(
        '<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">Main</h1>'
        '<div itemprop="articleBody">x</div>'
        '<div itemprop="hasPart" itemscope itemtype="http://schema.org/NewsArticle">'
        '<a itemprop="url" href="/r">R</a></div></div>'
    )
    entry = article(page)
    assert entry
    assert entry.title
    assert entry.title.value == "Main"
    assert listed(page) == ()


def test_an_item_list_is_read_and_a_breadcrumb_list_is_not() -> None:
    page = opened(
        '<ol itemscope itemtype="https://schema.org/BreadcrumbList"><li itemprop="itemListElement" itemscope '
        'itemtype="https://schema.org/ListItem"><a itemprop="item" href="/home">Home</a></li></ol>'
        '<ul itemscope itemtype="https://schema.org/ItemList"><li itemprop="itemListElement" itemscope '
        'itemtype="https://schema.org/ListItem"><a itemprop="url" href="/one"><b itemprop="name">One</b></a></li>'
        '<li itemprop="itemListElement" itemscope itemtype="https://schema.org/ListItem">'
        '<div itemprop="item" itemscope itemtype="https://schema.org/Article">'
        '<a itemprop="url" href="/two">Two</a></div></li>'
        '<li itemprop="itemListElement" itemscope itemtype="https://schema.org/Product">'
        '<a href="/mug">Mug</a></li></ul>'
    )
    assert [it.url for it in listed(page)] == ["https://courier.example/one", "https://courier.example/two"]


def test_the_publishers_profiles_are_read() -> None:
    entry = article(
        opened(
            '<div itemscope itemtype="http://schema.org/NewsArticle"><div itemprop="publisher" itemscope>'
            '<link itemprop="sameAs" href="https://t.me/courier"></div><p itemprop="articleBody">x</p></div>'
        )
    )
    assert entry
    assert [(it.platform, it.handle) for it in entry.social] == [("telegram", "courier")]


def test_nested_items_without_end_take_no_time() -> None:
    page = opened('<div itemscope itemprop="articleBody x">' * 60_000)
    assert article(page) is None
    assert listed(page) == ()
