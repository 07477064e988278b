import pytest

from support.pages import opened
from syndicator.model.article import Entry, Text
from syndicator.parse.article_page import read_article
from syndicator.parse.metadata.structured import describe

SENTENCE = "Вечером в Москве пройдёт дождь, сообщили синоптики на встрече с журналистами в четверг. "
ARTICLE = f"<article><p>{SENTENCE * 2}</p><p>«{SENTENCE * 2}»</p><p>{SENTENCE * 2}</p></article>"


def read(markup: str, url: str = "https://courier.example/city/tram") -> Entry:
    page = opened(markup, url)
    return read_article(describe(page), ("Вестник",))


def structured(body: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'


def test_markup_on_the_page_goes_before_plain_text_about_it() -> None:
    entry = read(f"{structured(SENTENCE * 6)}<body><nav>Меню</nav>{ARTICLE}</body>")
    assert entry.content
    assert entry.content.html
    assert entry.content.value.count("<p>") == 3
    assert "Меню" not in entry.content.value


@pytest.mark.parametrize("marked", ['<div itemprop="articleBody"><p>Читайте по подписке.</p></div>', "<p>Войдите.</p>"])
def test_a_page_that_hides_half_the_text_does_not_shorten_it(marked: str) -> None:
    entry = read(structured(SENTENCE * 6) + marked)
    assert entry.content
    assert not entry.content.html
    assert entry.content.value == (SENTENCE * 6).strip()


def test_a_marked_body_is_taken_whole() -> None:
    entry = read(f'<div itemprop="articleBody">{ARTICLE}<p>Последний.</p></div>')
    assert entry.content
    assert entry.content.value == f"{ARTICLE}<p>Последний.</p>"


def test_the_title_for_sharing_on_top_of_the_text_goes() -> None:
    head = '<meta property="og:title" content="Объезд: Мост закрыт"><title>Мост закрыт</title><h1>Мост закрыт</h1>'
    entry = read(f"{head}<article><h2>Объезд Мост закрыт</h2>{ARTICLE}</article>")
    assert entry.content
    assert "Объезд" not in entry.content.value


def test_a_page_without_a_body_gives_what_it_has() -> None:
    entry = read('<meta property="og:type" content="article"><title>Голова - Вестник</title>')
    assert entry.content is None
    assert entry.title
    assert entry.title.value == "Голова"


@pytest.mark.parametrize("host", ["courier.example", "www.courier.example", "m.courier.example"])
def test_the_hosts_name_behind_a_headline_goes(host: str) -> None:
    title = '<meta property="og:title" content="Мост закрыли на ремонт - courier.example">'
    entry = read(title, f"https://{host}/city/tram")
    assert entry.title
    assert entry.title.value == "Мост закрыли на ремонт"


def test_a_page_keeps_its_own_address_whatever_it_calls_canonical() -> None:
    entry = read('<link rel="canonical" href="https://other.example/x"><p>x')
    assert (entry.url, entry.canonical) == ("https://courier.example/city/tram", "https://other.example/x")


def test_a_saved_page_has_the_address_it_was_saved_from() -> None:
    assert read('<link rel="canonical" href="https://nsn.fm/x"><p>x', "file:///srv/a.html").url == "https://nsn.fm/x"
    assert read("<p>x", "file:///srv/a.html").url == ""


def test_a_date_that_nobody_can_read_does_not_hide_one_that_people_can() -> None:
    told = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "Invalid date"}</script>'
    entry = read(f"{told}<title>Голова</title><h1>Голова</h1><p>25 апреля 2022, 14:05</p>{ARTICLE}")
    assert entry.published == "25 апреля 2022 14:05"


def test_the_heading_is_the_headline_unless_metadata_and_page_agree_on_another() -> None:
    told = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Коротко"}</script>'
    assert read(f"{told}<title>Длинная голова | Вестник</title><h1>Длинная голова</h1>").title == Text(
        value="Длинная голова", html=False
    )
    shown = read(f"{told}<title>Дневник: Коротко</title><h1>Дневник</h1><h3>Коротко</h3>").title
    assert shown
    assert shown.value == "Коротко"


def test_a_site_that_calls_itself_the_author_does_not_hide_the_person_that_it_shows() -> None:
    said = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2022-04-25",'
        ' "author": {"@type": "Organization", "name": "Harbour Courier"}}</script>'
    )
    head = f'<meta property="og:site_name" content="Harbour Courier"><title>Мост закрыт</title>{said}'
    byline = '<h1>Мост закрыт</h1><p class="byline">By <a href="/x">Anna Roe</a></p>'
    entry = read(f"{head}<body>{byline}{ARTICLE}")
    assert [it.name for it in entry.authors] == ["Anna Roe"]
    entry = read(f"{head}<body><h1>Мост закрыт</h1>{ARTICLE}")
    assert [it.name for it in entry.authors] == ["Harbour Courier"]
    named = head.replace('"Harbour Courier"}', '"Emil Fox"}')
    assert [it.name for it in read(f"{named}<body>{byline}{ARTICLE}").authors] == ["Emil Fox"]
