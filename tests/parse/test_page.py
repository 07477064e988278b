from contextlib import suppress
from itertools import product
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support.pages import stored, written
from syndicator.model.article import Entry, Person, Text
from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.rights import Rights
from syndicator.model.source import Select, Source
from syndicator.model.web import Response
from syndicator.parse.failures import Unreadable
from syndicator.parse.page import parse, parse_article


def source(url: str = "https://courier.example/city/tram", **changes: object) -> Source:
    return Source(id="x", url=url, kind="page", **changes)  # type: ignore[arg-type]


def test_an_article_page_is_one_entry() -> None:
    response = stored("jsonld-graph.html", "https://courier.example/city/tram?from=feed")
    parsed = parse(response, source())
    (entry,) = parsed.entries
    assert entry.key == "https://courier.example/city/tram"
    assert entry.url == "https://courier.example/city/tram?from=feed"
    assert entry.raw == response.body
    assert parsed.info.title == "The Courier"
    assert len(parsed.warnings) == 1


def test_a_list_in_json_ld_is_a_listing_and_follows_when_asked() -> None:
    response = stored("jsonld-list.html", "https://courier.example/")
    parsed = parse(response, source(select=Select(follow=True)))
    assert [it.url.rpartition("/")[2] for it in parsed.entries] == ["tram", "park", "bridge"]
    assert len(parsed.wishes) == 3
    assert parse(response, source(follow=True)).wishes == parsed.wishes
    assert parse(response, source()).wishes == ()
    assert parsed.entries[1].language == "en"


def test_a_page_that_is_neither_says_what_was_looked_for_and_what_to_do() -> None:
    with pytest.raises(Unreadable) as refusal:
        parse(stored("nsn-listing.html", "https://nsn.fm/news"), source())
    assert refusal.value.kind is FailureKind.NO_FEED
    for looked_for in ("JSON-LD", "microdata", "og:type"):
        assert looked_for in refusal.value.message
    assert "select" in refusal.value.remedy
    assert "nsn.fm" not in str(refusal.value)


SENTENCE = "Вечером в Москве пройдёт дождь, сообщили синоптики на встрече с журналистами в четверг. "


def test_a_page_that_reads_as_an_article_is_one_whatever_it_does_not_say() -> None:
    text = "".join(f"<p>{number} раз: {SENTENCE * 2}{number} раз.</p>" for number in range(5))
    (entry,) = parse(written(f"<title>Дождь в городе | Вестник</title><h1>Дождь в городе</h1>{text}"), source()).entries
    assert entry.title == Text(value="Дождь в городе", html=False)


@pytest.mark.parametrize("date", ["<time>1 мая 2022, 14:05</time>", "<p>01.05.2022</p>"])
def test_short_news_are_an_article_by_the_date_at_their_headline(date: str) -> None:
    headline = "<title>Дождь в городе | Вестник</title><h1>Дождь в городе</h1>"
    text = f"<p>{SENTENCE}Сильнее всего он будет на севере города, где уже закрыли парки и набережные до утра.</p>"
    (entry,) = parse(written(f"{headline}{date}{text}"), source()).entries
    assert entry.content is not None
    with pytest.raises(Unreadable, match="neither"):
        parse(written(f"{headline}{text}"), source())


def test_a_list_of_teasers_under_linked_headings_is_no_article() -> None:
    news = "".join(
        f'<div><h3><a href="/{number}">{SENTENCE}</a></h3><time>1 мая 2022</time><p>{number} раз: {SENTENCE}</p></div>'
        for number in range(9)
    )
    with pytest.raises(Unreadable, match="neither"):
        parse(written(f"<title>Новости | Вестник</title><h1>Новости</h1>{news}"), source())


@pytest.mark.parametrize(
    "markup",
    [
        f"<title>Вестник</title><h1>Дождь в городе</h1>{f'<p>{SENTENCE * 3}</p>' * 4}",
        "<title>Новости | Вестник</title><h1>Новости</h1>"
        + f'<div><h3><a href="/x">{SENTENCE}</a></h3><p>{SENTENCE * 2}</p></div>' * 9,
        "<title>Вход</title><h1>Вход</h1><p>Введите имя и пароль.</p>",
    ],
    ids=["another title", "teasers", "login"],
)
def test_a_page_that_does_not_read_as_an_article_is_none(markup: str) -> None:
    with pytest.raises(Unreadable):
        parse(written(markup), source())


def test_a_list_of_the_page_itself_is_none() -> None:
    markup = '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": ["#a", "#b"]}</script><p>x'
    with pytest.raises(Unreadable, match="itself"):
        parse(written(markup), source())


def test_an_article_page_completes_what_was_listed() -> None:
    wished = Entry(
        key="a1.html", guid="g", url="file:///srv/a1.html", title=Text(value="В списке", html=False),
        summary=Text(value="Кратко.", html=False), published="25 апреля", categories=("Москва",),
    )  # fmt: skip
    response = stored("nsn-article.html", "file:///srv/a1.html")
    (entry,) = parse_article(response, source("file:///srv/index.html", title="НСН"), wished).entries
    assert (entry.key, entry.guid, entry.url) == ("a1.html", "g", "file:///srv/a1.html")
    assert entry.canonical == "https://nsn.fm/economy/moskva-podderzhit-zavody"
    assert entry.title
    assert entry.title.value == "Москва поддержит ещё сто двадцать заводов"
    assert entry.section == "Экономика Москвы"
    assert entry.published == "2022-04-25T12:40:00.000+03:00"
    assert entry.summary == wished.summary
    assert entry.categories == ("Москва",)
    assert entry.images == ("https://nsn.fm/media/zavod.jpg",)
    assert entry.raw == response.body


FEEDS = Entry(
    key="k", guid="g", url="https://courier.example/a", title=Text(value="Мост открыт", html=False),
    content=Text(value="<p>Мост открыли.</p>", html=True), published="Fri, 06 Mar 2026 10:00:00 +0300",
    authors=(Person(name="Анна Первая"),), images=("https://courier.example/small.jpg",),
    terms=Rights(license="https://licence.example/by"), raw=b"<item/>",
)  # fmt: skip


OPENED = "Мост через реку открыли в пятницу утром. "


def in_full(body: str, picture: str = "") -> Response:
    return written(
        '<meta property="og:type" content="article"><meta name="robots" content="noarchive">'
        f'{picture and f"""<meta property="og:image" content="{picture}">"""}'
        '<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Мост открыт наконец</h1>'
        '<time itemprop="datePublished" datetime="2026-03-06T12:00:00+03:00"></time>'
        f'<span itemprop="author">Пётр Второй</span><div itemprop="articleBody">{body}</div></article>'
    )


def test_a_page_brings_a_feeds_entry_its_words_and_picture_and_what_may_be_done_with_them() -> None:
    response = in_full(f"<p>{OPENED * 9}</p>", "https://courier.example/large.jpg")
    (entry,) = parse_article(response, source(), FEEDS, of_feed=True).entries
    for name in ("key", "guid", "url", "title", "published", "authors"):
        assert getattr(entry, name) == getattr(FEEDS, name)
    assert entry.content is not None
    assert "в пятницу утром" in entry.content.value
    assert entry.summary == FEEDS.content, "the teaser"
    assert entry.images == ("https://courier.example/large.jpg",)
    assert entry.terms == Rights(robots=("noarchive",), license="https://licence.example/by")
    assert entry.raw == FEEDS.raw, "not all of the page"


def test_a_pages_own_headline_is_no_part_of_a_feeds_entry() -> None:
    for above in ("", "<p>Экономика Москвы</p>"):
        response = in_full(f"{above}<p><b>Мост открыт наконец</b></p><p>{OPENED * 9}</p>")
        (entry,) = parse_article(response, source(), FEEDS, of_feed=True).entries
        assert entry.content is not None
        assert "наконец" not in entry.content.value


def test_what_a_feed_has_more_of_than_the_page_stays() -> None:
    full = replace(FEEDS, content=Text(value=f"<p>{'Полный текст статьи о мосте. ' * 40}</p>", html=True))
    (entry,) = parse_article(in_full(f"<p>{OPENED * 9}</p>"), source(), full, of_feed=True).entries
    assert (entry.content, entry.summary, entry.images) == (full.content, None, full.images)
    described = replace(full, content=None, summary=full.content)
    (entry,) = parse_article(in_full(f"<p>{OPENED * 9}</p>"), source(), described, of_feed=True).entries
    assert (entry.content, entry.summary) == (None, full.content), "most feeds of RSS have it in their description"


def test_a_front_page_that_an_article_leads_to_is_not_that_article() -> None:
    response = in_full(f"<p>{OPENED * 9}</p>")
    with pytest.raises(Unreadable, match="something else"):
        parse_article(replace(response, url="https://courier.example/"), source(), FEEDS, of_feed=True)
    private = source("https://courier.example/", private=True)  # whose addresses are redacted
    assert parse_article(replace(response, url="https://courier.example/"), private, FEEDS, of_feed=True).entries


def test_a_page_without_an_article_does_not_overwrite_what_was_listed() -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_article(
            written("<title>404</title><h1>Gone</h1><p>This page is not here any more."),
            source(),
            Entry(key="k", url="https://courier.example/a"),
        )
    assert refusal.value.kind is FailureKind.EMPTY


def test_a_short_page_is_an_article_if_its_heading_is_the_headline_that_was_listed() -> None:
    headline = "Поступят машины скорой помощи"
    page = (
        f"<title>{headline}</title><main><h1>{headline}</h1><div>"
        "<p>До конца года регионы получат 1200 машин скорой помощи, 300 из них — класса «С».</p>"
        "<p>Автомобили оснащены аппаратами ИВЛ и дефибрилляторами отечественного производства.</p></div></main>"
    )
    entry = Entry(key="k", url="https://courier.example/a", title=Text(value=headline, html=False))
    (found,) = parse_article(written(page), source(), entry).entries
    assert found.content is not None
    assert "1200 машин" in found.content.value
    with pytest.raises(Unreadable):
        parse_article(written(page), source(), replace(entry, title=Text(value="Другое", html=False)))


@pytest.mark.parametrize(
    ("headline", "is_taken"),
    [
        *(
            ("Синоптики: вечер принесёт столице дожди", True),
            ("Weather", False),
            ("Открыт новый мост через реку", False),
        ),
        *(("Дожди", True), ("", True), ("Да", True), ("雨が降る", False)),
    ],
)
def test_a_page_that_nothing_calls_an_article_must_be_about_the_entry(headline: str, is_taken: bool) -> None:
    page = f"<title>Вестник</title><main>{''.join(f'<p>{number}. {SENTENCE * 2}</p>' for number in range(3))}</main>"
    entry = Entry(key="k", url="https://courier.example/a", title=Text(value=headline, html=False))
    if is_taken:
        assert parse_article(written(page), source(), entry).entries
    else:
        with pytest.raises(Unreadable, match="something else"):
            parse_article(written(page), source(), entry)


def test_a_headline_without_end_takes_no_time() -> None:
    words = " ".join("".join(it) for it in product("бвгджзклмнпрстфхцчшщ", repeat=4))
    page = written(f"<title>Вестник</title><main><p>{SENTENCE * 4_000}</p></main>")
    entry = Entry(key="k", url="https://courier.example/a", title=Text(value=words, html=False))
    began = process_time()
    with pytest.raises(Unreadable):
        parse_article(page, source(), replace(entry, title=Text(value="щщщщ щщщш", html=False)))
    usual, began = process_time() - began, process_time()
    with pytest.raises(Unreadable):
        parse_article(page, source(), entry)
    assert process_time() - began < 3 * usual + 2


def test_a_private_pages_address_is_in_nothing_that_is_shown() -> None:
    secret = "https://courier.example/private?token=s3cret"
    markup = '<html><head><meta property="og:type" content="article"></head><body><h1>Head</h1><p>x</p></body></html>'
    parsed = parse(written(markup, secret), source("https://courier.example/private", private=True))
    (entry,) = parsed.entries
    assert "s3cret" not in repr((parsed.info, entry.key, entry.url, entry.canonical))


PIECES = [
    "<article>", "</article>", '<a href="', '/x">', "<h1>", "</h1>", "text", "<!--", "\x00", "\ud800", "&#1;",
    "<title>",
    '<div itemprop="articleBody">', '<p itemscope itemtype="/Article">', '<meta property="og:type" content="article">',
    '<script type="application/ld+json">', '{"@type":"NewsArticle","url":"', '"}', "</script>", "<base href='",
    '<link rel=canonical href="//[',
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example('/x"><div itemprop="articleBody"><a href="<div itemprop="articleBody">"')
def test_no_page_can_do_more_than_be_refused(markup: str) -> None:
    wished = Entry(key="k", url="https://courier.example/a")
    with suppress(Unreadable):
        assert parse(written(markup), source()).entries
    with suppress(Unreadable):
        assert parse(written(markup), source(select=Select(item="article, p"))).entries
    with suppress(Unreadable):
        assert parse_article(written(markup), source(), wished).entries[0].key == "k"


def test_a_short_page_in_chinese_says_as_much_as_a_longer_one_in_letters() -> None:
    body = "停业六年的百年茶馆昨日重新开张，几十位老茶客清早就在门口排起了长队。二楼新添了一个说书的小舞台。" * 2
    page = f"<title>百年茶馆重新开张</title><h1>百年茶馆重新开张</h1><div class=article><p>{body}</p></div>"
    wished = Entry(key="key", url="https://a.example/n")
    (entry,) = parse_article(written(page), source(), wished).entries
    assert entry.content is not None
    assert "说书的小舞台" in entry.content.value
