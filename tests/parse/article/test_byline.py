import pytest

from support.pages import opened
from syndicator.model.article import Entry
from syndicator.parse.article.byline import read_byline
from syndicator.parse.metadata.opengraph import Head

LONG = (
    "<p>Вечером в Москве пройдёт дождь, сообщили синоптики на встрече с журналистами в прошедший четверг, "
    "и никто не удивился.</p>"
)


def byline(body: str, url: str = "https://courier.example/tram", language: str = "ru") -> Entry:
    page = opened(f"<title>Заголовок статьи</title><body>{body}", url)
    return read_byline(page, Head(page).heading, language)


@pytest.mark.parametrize(
    "line",
    [
        '<time datetime="2022-04-25T14:05">3 часа назад</time>',
        '<abbr class="published" title="2022-04-25T14:05">14:05</abbr>',
        '<span property="dc:date" content="2022-04-25T14:05">в понедельник</span>',
        '<meta itemprop="datePublished" content="2022-04-25T14:05">',
        '<div class="wp-block-post-date"><time datetime="2022-04-25T14:05"><a href="/">April 25, 2022</a></time></div>',
    ],
)
def test_a_marked_date_is_read_as_the_machine_reads_it(line: str) -> None:
    assert byline(f"<h1>Заголовок статьи</h1><div>{line}</div>{LONG}").published == "2022-04-25T14:05"


def test_a_marked_date_may_stand_in_a_footer_below_the_headline() -> None:
    date = '<span property="schema:dateCreated" content="2022-04-25T14:05">Mon, 04/25/2022 - 14:05</span>'
    assert byline(f"<h1>Заголовок статьи</h1><footer>by {date}</footer>{LONG}").published == "2022-04-25T14:05"
    assert byline(f"<h1>Заголовок статьи</h1>{LONG}<div><footer>by {date}</footer></div>").published == ""


def test_a_line_in_the_footer_of_the_article_that_tells_of_publishing_holds_its_date() -> None:
    far = "<div><b>x</b></div>" * 60
    article = f"<article><h1>Заголовок статьи</h1>{LONG}{far}{{}}</article>"
    line = "<p>Опубликовано 25.04.2022 в рубрике «Город»</p>"
    assert byline(article.format(f"<footer>{line}</footer>")).published == "25.04.2022"
    assert byline(f"{article.format('')}<footer>{line}</footer>").published == ""


def test_a_line_by_the_headline_is_a_date_and_one_far_below_is_not() -> None:
    assert (
        byline(f"<div>25 апреля 2022, 14:05</div><h1>Заголовок статьи</h1>{LONG}").published == "25 апреля 2022 14:05"
    )
    far = "<div><b>x</b></div>" * 60
    assert byline(f"<h1>Заголовок статьи</h1>{LONG}{far}<div>1 января 2001, 10:00</div>").published == ""


def test_a_marked_date_far_below_is_the_articles_unless_another_headline_stands_beside_it() -> None:
    far = "<div><b>x</b></div>" * 60
    date = '<div class="date">25 апреля 2022, 14:05</div>'
    assert byline(f"<h1>Заголовок статьи</h1>{LONG}{far}<div>{date}</div>").published == "25 апреля 2022 14:05"
    beside = f'<ul><li>{date}</li><li><a href="/x">https://courier.example/x/12345</a></li></ul>'
    assert byline(f"<h1>Заголовок статьи</h1>{LONG}{far}{beside}").published == "25 апреля 2022 14:05"
    teaser = f'<div><a href="/b"><h2>Совсем другая новость</h2></a>{date}</div>'
    assert byline(f"<h1>Заголовок статьи</h1>{LONG}{far}{teaser}").published == ""


@pytest.mark.parametrize(
    "row",
    [
        '<div class="author"><b>Anna Roe</b> <a href="https://x.com/roe">@roe</a> <i>11:57AM</i></div>',
        '<a class="author" href="/x">Anna Roe <div>Editor</div></a>',
        '<div class="author"><span>By</span> <b>Anna Roe</b> <span>11:57AM</span></div>',
        '<div data-testid="author-name">Anna Roe</div><figure><div class="author">John Doe</div></figure>',
        '<p id="author">Anna Roe</p><blockquote><b class="author">Jim Poe</b></blockquote>',
        '<article><aside><p class="author">Anna Roe</p><p>2 May</p></aside><p>Moscow</p></article>',
        '<p id="author">Anna Roe</p><p class="quote-author">— Jon Doe</p>',
    ],
)
def test_a_name_counts_whatever_stands_beside_it_and_a_pictures_maker_does_not(row: str) -> None:
    assert [it.name for it in byline(f"<h1>Заголовок статьи</h1>{row}{LONG}").authors] == ["Anna Roe"]


def test_a_label_that_runs_into_a_name_is_no_second_author() -> None:
    row = '<div class="article-authors"><span>Авторы</span><a class="author" href="/a/1"><b>Иван Иванов</b></a></div>'
    found = byline(f"<h1>Заголовок статьи</h1>{row}<div class='author'>Анна Иванова</div>{LONG}").authors
    assert [it.name for it in found] == ["Иван Иванов", "Анна Иванова"]


def test_the_date_of_a_card_right_below_is_the_cards() -> None:
    card = '<div><a href="/b"><img src="/b.jpg"><h3>Другая</h3></a><span>01.03.2022</span></div>'
    assert byline(f"<main><h1>Заголовок статьи</h1><p>Коротко.</p></main>{card}").published == ""
    meta = '<div><a href="/u/b"><b>Автор Статьи</b></a> <span>01.03.2022</span></div>'
    assert byline(f"<main><h1>Заголовок статьи</h1>{meta}<p>Коротко.</p></main>").published == "01.03.2022"


def test_a_sentence_with_a_date_is_no_dateline_unless_it_says_so() -> None:
    sentence = (
        "<p>Рузвельт подписал закон о пенсиях 14 августа 1995 года, и с тех пор его не раз меняли и дополняли.</p>"
    )
    assert byline(f"<h1>Заголовок статьи</h1>{sentence}{LONG}").published == ""
    low = f"{LONG * 9}<p>Материал опубликован 14 августа 1995 года и с тех пор не обновлялся.</p>"
    assert byline(f"<h1>Заголовок статьи</h1>{low}").published.startswith("14 августа 1995")


def test_dates_of_others_are_not_the_articles() -> None:
    others = (
        '<div class="comments"><time datetime="2022-05-01">1 мая</time></div>'
        '<aside><time datetime="2022-05-02">2 мая</time></aside>'
        '<article><time datetime="2022-05-03">3 мая</time></article>'
    )
    assert byline(f"<article><h1>Заголовок статьи</h1>{LONG}</article>{others}").published == ""


def test_a_headline_may_stand_above_its_article() -> None:
    times = (
        '<article><time datetime="2022-04-25">x</time></article><article><time datetime="2022-05-03">x</time></article>'
    )
    assert byline(f"<h1>Заголовок статьи</h1>{LONG}{times}").published == "2022-04-25"


def test_the_date_of_a_change_is_told_from_the_first_one() -> None:
    entry = byline(f"<h1>Заголовок статьи</h1><p>Обновлено 26.04.2022 10:00. Опубликовано 25.04.2022 14:05</p>{LONG}")
    assert (entry.published, entry.updated) == ("25.04.2022 14:05", "26.04.2022 10:00")
    entry = byline(f'<h1>Заголовок статьи</h1><time class="updated" datetime="2022-04-26">26 апреля</time>{LONG}')
    assert (entry.published, entry.updated) == ("2022-04-26", "2022-04-26")  # better than none


def test_what_the_address_tells_goes_before_a_line_that_says_something_else() -> None:
    url = "https://courier.example/2022/04/25/tram"
    lines = "<div>10 марта 2020</div><div>25 апреля 2022, 14:05</div>"
    assert byline(f"<h1>Заголовок статьи</h1>{lines}{LONG}", url).published == "25 апреля 2022 14:05"


def test_a_date_of_today_needs_a_time_of_day() -> None:
    today = "<div>Сегодня, 14:05</div>"
    assert byline(f"<h1>Заголовок статьи</h1>{today}{LONG}").published == "Сегодня 14:05"
    assert byline(f"<h1>Заголовок статьи</h1><div>3 часа назад</div>{LONG}").published == ""


@pytest.mark.parametrize(
    "line",
    [
        '<a rel="author" href="/i">Иван Петров</a>',
        '<div class="byline">By <b>Иван Петров</b></div>',
        '<span class="article-author">Автор: Иван Петров</span>',
        '<a class="a"><span itemprop="author">Иван Петров</span></a>',
        "<p>20 ноября <span>Автор: Иван Петров</span></p>",
        "<p>Автор: <span>Иван Петров</span></p>",
        "<p>Текст: Иван Петров<br>Оператор: Сергей Пак</p>",
    ],
)
def test_authors_are_those_beside_the_headline(line: str) -> None:
    other = (
        '<aside><div class="byline">By Пётр Сидоров</div></aside>'
        '<div class="comment"><b class="author">Анна Ким</b></div>'
    )
    entry = byline(f"<main><h1>Заголовок статьи</h1>{line}{LONG}</main>{other}")
    assert [it.name for it in entry.authors] == ["Иван Петров"]


@pytest.mark.parametrize(
    "line", ["<p>Автор фото: Иван Петров</p>", "<p>Текст песни: Иван Петров</p>", "<p>Авторы: 12 человек</p>"]
)
def test_what_only_looks_like_a_byline_names_nobody(line: str) -> None:
    assert byline(f"<main><h1>Заголовок статьи</h1>{line}{LONG}</main>").authors == ()


def test_hashed_class_names_mean_nothing() -> None:
    entry = byline(f'<h1>Заголовок статьи</h1><div class="_dAtE1 sc-author">x</div>{LONG}')
    assert (entry.published, entry.authors) == ("", ())


@pytest.mark.parametrize(
    "around",
    [
        pytest.param(
            "<h1>Заголовок статьи</h1><ul><li><time data-published='2022-04-25'>4 часа назад</time></ul>", id="data"
        ),
        pytest.param(
            "<div><h1>Заголовок статьи</h1><footer><time datetime='2022-04-25'>x</time></footer></div>", id="footer"
        ),
        pytest.param(
            "<aside><span class='date'>25.04.2022</span></aside>" + "<i></i>" * 20 + "<h1>Заголовок статьи</h1>",
            id="a little aside above",
        ),
        pytest.param(f"<div><h1>Заголовок статьи</h1>Анна Роу / 2022-04-25 / <a>Мир</a>{LONG}{LONG}</div>", id="loose"),
        pytest.param(f"<article><dl class='entry-date'>2022-04-25</dl>{LONG}</article>", id="no headline"),
    ],
)
def test_a_date_is_found_where_it_stands_beside_no_words_of_its_own(around: str) -> None:
    assert byline(f"<main>{around}{LONG}</main>").published in {"2022-04-25", "25.04.2022"}


def test_who_wrote_what_is_linked_far_below_is_no_author() -> None:
    more = "<i></i>" * 50 + "<span class='author'>John Doe</span>"
    found = byline(f"<h1>Заголовок статьи</h1><span class='author'>Anna Roe</span>{LONG}{more}").authors
    assert [it.name for it in found] == ["Anna Roe"]


@pytest.mark.parametrize(
    ("beside", "authors"),
    [
        ('<a rel="author" href="/a">Anna Roe</a> <a rel="author" href="/a"><img src="a.jpg" alt=""></a>', ["Anna Roe"]),
        ('<a rel="author" href="/a">Anna Roe</a> <a rel="author" href="/j">John Doe</a>', []),
        ('<a rel="nofollow" href="/a">Anna Roe</a>', []),
    ],
)
def test_whom_all_links_to_authors_name_is_the_author_in_a_side_line_too(beside: str, authors: list[str]) -> None:
    found = byline(f"<h1>Заголовок статьи</h1>{LONG}<div class='sidebar'><p>L'auteur</p>{beside}</div>").authors
    assert [it.name for it in found] == authors


def test_a_rubric_may_stand_before_the_authors() -> None:
    line = "<div class='article__author'>Politik · Jochen Roth, Tina Berg</div>"
    found = byline(f"<h1>Заголовок статьи</h1>{line}{LONG}").authors
    assert [it.name for it in found] == ["Jochen Roth", "Tina Berg"]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<b>Ana Ruiz</b> | Palma de Mallorca | 08/01/2022", ["Ana Ruiz"]),
        ("By <a>Ann Lee</a> and <a>Bo Berg</a> | 12 March 2022", ["Ann Lee", "Bo Berg"]),
        ("Ann Lee | Bo Berg", ["Ann Lee", "Bo Berg"]),
    ],
)
def test_a_town_between_the_name_and_the_date_is_no_author(line: str, authors: list[str]) -> None:
    found = byline(f"<h1>Заголовок статьи</h1><p class='author'>{line}</p>{LONG}").authors
    assert [it.name for it in found] == authors


@pytest.mark.parametrize(
    ("far", "published"),
    [
        ("<aside>By Anna <time class='content-published-date'>April 25, 2022</time></aside>", "April 25, 2022"),
        ("<i class='field-published-date'>April 25, 2022</i><i class='post-date'>April 25, 2022</i>", "April 25, 2022"),
        ("<i class='published'>April 25, 2022</i><i class='published'>April 26, 2022</i>", ""),
        ("<div class='comment'><i class='published'>April 25, 2022</i></div>", ""),
        ("<div class='related'><i class='published'>April 25, 2022</i></div>", ""),
        ("<i class='when'>April 25, 2022</i>", ""),
    ],
)
def test_the_one_marked_date_of_a_page_is_its_date_wherever_it_stands(far: str, published: str) -> None:
    page = f"<h1>Заголовок статьи</h1>{LONG}{'<i></i>' * 450}<div>{far}</div>"
    assert byline(page).published == published


def test_the_date_of_a_post_that_is_quoted_is_not_the_articles() -> None:
    quoted = '<blockquote class="post"><p>Мы открыты! <time datetime="2019-03-01T10:00">1 марта</time></p></blockquote>'
    assert byline(f"<h1>Заголовок статьи</h1>{LONG}{quoted}{LONG}").published == ""
    date = '<p class="date">25 апреля 2022</p>'
    assert byline(f"<h1>Заголовок статьи</h1>{LONG}{quoted}{LONG}{date}").published == "25 апреля 2022"


def test_a_date_that_is_shown_as_that_of_publishing_goes_before_another_day_in_the_attribute() -> None:
    line = '<time datetime="2022-05-03T10:18:46Z">Publié le 25 avril 2022</time>'
    assert byline(f"<h1>Заголовок статьи</h1>{line}{LONG}").published == "25 avril 2022"
    line = '<time datetime="2022-04-25T10:18:46Z">Publié le 25 avril 2022</time>'
    assert byline(f"<h1>Заголовок статьи</h1>{line}{LONG}").published == "2022-04-25T10:18:46Z"


@pytest.mark.parametrize(
    "line",
    [
        "Dieser Beitrag wurde am 25. April 2022 um 14:05 geschrieben",
        "Zveřejněno: 25. 4. 2022 14:05",
        "Artikel ini diterbitkan 25 April 2022, 14:05 WIB",
        "Julkaistu 25.4.2022 klo 14.05",
    ],
)
def test_the_articles_own_footer_tells_when_it_was_published(line: str) -> None:
    far = "<div><b>x</b></div>" * 60
    footer = f'<div class="post-footer">{line}</div>'
    assert byline(f"<div><h1>Заголовок статьи</h1>{LONG}{far}{footer}</div>").published
    assert not byline(f'<h1>Заголовок статьи</h1>{LONG}{far}<div class="page-footer">{line}</div>').published


def test_a_name_that_the_headline_has_itself_does_not_tell_furniture() -> None:
    date = '<div class="CommentHead_date"><span class="date">25 апреля 2022</span></div>'
    assert byline(f'<h1 class="CommentHead_title">Заголовок статьи</h1>{date}{LONG}').published == "25 апреля 2022"
    assert byline(f"<h1>Заголовок статьи</h1>{date}{LONG}").published == ""


@pytest.mark.parametrize(
    "change",
    [
        "Letzte Aktualisierung:",
        "Оновлено",
        "Bijgewerkt",
        "Aktualizováno:",
        "Güncelleme:",
        "Päivitetty",
        "Uppdaterad kl",
    ],
)
def test_the_date_of_a_change_is_known_in_many_languages(change: str) -> None:
    lines = f'<p class="date">{change} 26.04.2022</p><p class="date">25.04.2022</p>'
    entry = byline(f"<h1>Заголовок статьи</h1>{lines}{LONG}")
    assert (entry.published, entry.updated) == ("25.04.2022", "26.04.2022")


def test_the_day_of_a_change_is_not_that_of_publishing_where_its_verb_stands_behind() -> None:
    lines = "<p>Dieser Artikel wurde am 26.04.2022 aktualisiert.</p><p>Erschienen: 25.04.2022</p>"
    entry = byline(f"<h1>Заголовок статьи</h1>{lines}{LONG}")
    assert (entry.published, entry.updated) == ("25.04.2022", "26.04.2022")


def test_drupals_line_below_an_article_holds_its_date() -> None:
    far = "<div><b>x</b></div>" * 60
    line = '<div class="submitted">Gespeichert von <span class="username">emil</span> am 25. April 2022 - 14:05</div>'
    assert byline(f"<h1>Заголовок статьи</h1>{LONG}{far}{line}").published == "25. April 2022 14:05"


def names(body: str) -> list[str]:
    return [it.name for it in byline(body).authors]


def test_the_only_author_to_whom_the_page_links_may_stand_below_the_text() -> None:
    far = "<div><b>x</b></div>" * 60
    box = '<aside><b><a href="/author/annaroe/">Anna Roe</a></b> writes about ships.</aside>'
    assert names(f"<h1>Заголовок статьи</h1>{LONG}{far}{box}") == ["Anna Roe"]
    other = '<aside><a href="/author/emilfox/">Emil Fox</a></aside>'
    assert names(f"<h1>Заголовок статьи</h1>{LONG}{far}{box}{other}") == []
    user = '<aside><a href="/user/annaroe/">Anna Roe</a></aside>'
    assert names(f"<h1>Заголовок статьи</h1>{LONG}{far}{user}") == []


def test_who_made_the_pictures_is_no_author() -> None:
    picture = '<div class="img__author">Photograph by <span>Emil Fox</span></div>'
    assert names(f"<h1>Заголовок статьи</h1>{picture}{LONG}") == []
    text = '<div class="article__author">By <span>Anna Roe</span></div>'
    assert names(f"<h1>Заголовок статьи</h1>{text}{picture}{LONG}") == ["Anna Roe"]


def test_a_name_with_a_button_is_not_a_second_author() -> None:
    card = '<h3 class="author-name">Anna Roe</h3><a class="author">Anna Roe Profile</a>'
    assert names(f"<h1>Заголовок статьи</h1>{card}{LONG}") == ["Anna Roe"]
