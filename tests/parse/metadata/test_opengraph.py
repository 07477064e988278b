from time import process_time

import pytest

from support.pages import opened
from syndicator.parse.metadata.opengraph import Head


@pytest.mark.parametrize(
    ("markup", "headline"),
    [
        ("<h1>Head<br>line</h1>", "Head line"),
        ('<meta property="og:site_name" content="Courier"><h1>Courier</h1><h1>Head</h1>', "Head"),
        ("<title>Second - Courier</title><h1>First</h1><h1>Second</h1>", "Second"),
        (
            '<meta property="og:title" content="How bees live"><h1>How bees live <span>And why</span></h1>',
            "How bees live",
        ),
        ('<meta property="og:title" content="How bees live"><h1>How bees live today</h1>', "How bees live today"),
        ("<title>Courier | A second headline</title><h1>First</h1><h1>A second headline</h1>", "A second headline"),
        ('<meta name="og:title" content="By name"><h1></h1>', "By name"),
        (
            "<title>Мост закрыли на год-Курьер</title><a>Мост закрыли на год</a><div><b>Мост закрыли на год</b></div>",
            "Мост закрыли на год",
        ),
        (
            '<title>Мост закрыли на ремонт-Курьер</title><div class="crumbs"><span>Мост закрыли на ремонт</span></div>',
            "Мост закрыли на ремонт-Курьер",
        ),
        ("<title>Мост закрыли на год раньше</title><div>Мост закрыли на год</div>", "Мост закрыли на год раньше"),
        (
            '<meta name="og:title" content="A title of some length"><h1><b>Kicker</b> A title of some length</h1>',
            "A title of some length",
        ),
        (
            "<title>Brücke bis Mai gesperrt - Kurier</title><h2><b>Umleitung</b> <b>Brücke bis Mai gesperrt</b></h2>",
            "Brücke bis Mai gesperrt",
        ),
        ("<title>Brücke bis Mai gesperrt-Kurier</title><h4>Brücke bis Mai gesperrt</h4>", "Brücke bis Mai gesperrt"),
        (
            "<title>Brücke bis Mai gesperrt</title><h1>Umleitung</h1><p>x</p><h4>Brücke bis Mai</h4>",
            "Umleitung",
        ),
        ('<meta name="og:title" content="Short"><h1>Not so Short</h1>', "Not so Short"),
        ('<meta name="dc.title" content="How bees live">', "How bees live"),
        ("<title>How all the bees live » Courier</title>", "How all the bees live"),
        ("<html><head><title> Only\n title </title></head>", "Only title"),
        ("<html><body><p>Ad</p><title>Second - Courier</title><h1>First</h1><h1>Second</h1>", "Second"),
    ],
)
def test_the_headline_is_the_one_a_reader_sees(markup: str, headline: str) -> None:
    title = Head(opened(markup)).article().title
    assert title
    assert title.value == headline


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ('<a href="/e">Экономика Москвы</a>', "Экономика Москвы"),
        ("<p>Экономика Москвы</p>", "Экономика Москвы"),
        ('<div class="x"><a href="/e">Экономика Москвы</a></div>', "Экономика Москвы"),
        ("<p>25 апреля 2022</p>", ""),
        ("<p>Это уже предложение.</p>", ""),
        ('<a rel="author" href="/p">Иван Петров</a>', ""),
        ('<div><a href="/">Главная</a> <a href="/e">Экономика</a></div>', ""),
        ("<nav>Меню</nav>", ""),
        ("", ""),
    ],
)
def test_the_line_above_the_headline_is_the_section(line: str, section: str) -> None:
    assert Head(opened(f"<main>{line}<h1>Голова</h1></main>")).article().section == section


def test_a_profiles_address_is_no_authors_name() -> None:
    head = Head(
        opened('<meta property="article:author" content="https://facebook.com/x"><meta name="author" content="Ann">')
    )
    assert [it.name for it in head.article().authors] == ["Ann"]
    head = Head(opened('<meta property="article:author" content="/@ann"><meta name="author" content="Ann">'))
    assert [it.name for it in head.article().authors] == ["Ann"]


def test_links_round_names_are_no_part_of_them() -> None:
    names = "By &lt;a href='/jane'&gt;Jane Doe&lt;/a&gt;, John Roe and &lt;a href='/ann'&gt;Ann Lee&lt;/a&gt;, CNN"
    head = Head(opened(f'<meta property="og:author" content="{names}">'))
    assert [it.name for it in head.article().authors] == ["Jane Doe", "John Roe", "Ann Lee"]


@pytest.mark.parametrize("name", ["og:image:secure_url", "twitter:image:src", "sailthru.image.full", "thumbnail"])
def test_the_picture_stands_under_many_names(name: str) -> None:
    head = Head(opened(f'<meta property="{name}" content="/bees.jpg">'))
    assert head.article().images == ("https://courier.example/bees.jpg",)


def test_what_a_system_calls_its_users_is_no_name() -> None:
    head = Head(opened('<meta name="author" content="Super User"><meta name="dc.creator" content="Ann">'))
    assert [it.name for it in head.article().authors] == ["Ann"]


def test_the_language_is_that_of_the_document() -> None:
    assert Head(opened('<html lang="ru"><p>x')).language == "ru"
    assert Head(opened('<meta property="og:locale" content="ru_RU">')).language == "ru-RU"


@pytest.mark.parametrize(
    ("markup", "section"),
    [
        ('<h1>Head</h1><a href="/c" rel="category tag">Cider</a>', "Cider"),
        (
            '<h1>Head</h1><div class="taxonomy-category wp-block-post-terms"><a href="/c" rel="tag">Cider</a></div>',
            "Cider",
        ),
        ('<h1>Head</h1><dd class="category-name"><a href="/n" itemprop="genre">Noticias</a></dd>', "Noticias"),
        ('<h1>Head</h1><a rel="category tag" href="/a">One</a><a rel="category tag" href="/b">Other</a>', "One"),
        ('<h1>Head</h1><a href="/t" rel="tag">cider</a>', ""),
    ],
)
def test_the_first_category_that_is_marked_is_the_section(markup: str, section: str) -> None:
    assert Head(opened(f"<main>{markup}</main>")).article().section == section


@pytest.mark.parametrize(
    ("meta", "published", "updated"),
    [
        ('name="DC.Issued" content="2022-04-25"', "2022-04-25", ""),
        ('name="apub:time" content="2022-4-25 14:05:00"', "2022-4-25 14:05:00", ""),
        ('property="dc:created" content="2022-04-25"', "2022-04-25", ""),
        ('name="dcterms:issued" content="2022-04-25"', "2022-04-25", ""),
        ('property="og:regDate" content="20220425140500"', "20220425140500", ""),
        ('property="article:published_date" content="2022-04-25"', "2022-04-25", ""),
        ('name="publication_date" content="2022-04-25"', "2022-04-25", ""),
        ('name="created" content="25 Apr 2022"', "25 Apr 2022", ""),
        ('name="created" content="by hand"', "", ""),
        ('name="DC.date.published" content="2022-04-25"', "2022-04-25", ""),
        ('name="originalPublicationDate" content="2022-04-25"', "2022-04-25", ""),
        ('property="rnews:datePublished" content="2022-04-25"', "2022-04-25", ""),
        ('name="timestamp" content="1650895500"', "", ""),
        ('name="lastmodified" content="2022-04-26"', "", "2022-04-26"),
        ('property="dc:modified" content="2022-04-26"', "", "2022-04-26"),
        ('property="article:modified_date" content="2022-04-26"', "", "2022-04-26"),
        ('http-equiv="date" content="2022-04-26"', "", ""),
    ],
)
def test_the_date_stands_under_many_names(meta: str, published: str, updated: str) -> None:
    article = Head(opened(f"<head><meta {meta}></head><h1>Head</h1>")).article()
    assert (article.published, article.updated) == (published, updated)


def test_the_date_of_publishing_goes_before_that_of_the_pages_making() -> None:
    head = '<meta name="created" content="2022-04-20"><meta name="pubdate" content="2022-04-25">'
    assert Head(opened(f"<head>{head}</head><h1>Head</h1>")).article().published == "2022-04-25"


def test_a_title_for_sharing_with_a_long_row_of_spaces_takes_a_moment() -> None:
    head = Head(opened(f'<meta property="og:title" content="How{" " * 20_000}bees live"><h1>Bees</h1>'))
    started = process_time()
    assert head.headline == "Bees"
    assert process_time() - started < 2


def test_a_kicker_in_the_heading_is_no_section() -> None:
    page = (
        "<title>Brücke bis Mai gesperrt - Kurier</title><h2><span>Umleitung</span><b>Brücke bis Mai gesperrt</b></h2>"
    )
    assert Head(opened(page)).article().section == ""
    assert (
        Head(opened("<title>A long headline</title><div>City</div><h1>A long headline</h1>")).article().section
        == "City"
    )
