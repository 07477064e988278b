import pytest
from lxml.html import HtmlElement, document_fromstring

from syndicator.parse.article.furniture import drop_beside, drop_forms, drop_icons, drop_menus, drop_notices

TEXT = "Вечером в Москве пройдёт дождь, сообщили синоптики на встрече с журналистами в четверг, и никто не удивился. "
LINKS = '<a href="/x">Ещё одна новость</a> ' * 6


def page(markup: str) -> HtmlElement:
    return document_fromstring(f"<body>{markup}</body>")


def left(root: HtmlElement) -> str:
    return " ".join(root.text_content().split())


def test_menus_go_and_texts_with_links_stay() -> None:
    root = page(f"<div><ul><li>{LINKS}</li></ul></div><div><p>{TEXT}</p>{LINKS}</div>")
    drop_menus(root)
    assert left(root).count("Ещё одна") == 6
    assert TEXT.strip() in left(root)


def test_cards_with_dates_are_a_menu_and_the_main_heading_is_none() -> None:
    card = '<div><a href="/r"><h3>Ещё одна новость города</h3></a><span>01.03</span></div>'
    root = page(f"<div>{card * 6}</div><header><h1>Главное</h1>{LINKS}</header>")
    drop_menus(root)
    assert "01.03" not in left(root)
    assert "Главное" in left(root)


def test_a_form_goes_with_its_call_but_not_with_the_page() -> None:
    root = page(f"<div><h3>Подпишитесь</h3><p>Без спама.</p><form><input></form></div><form><p>{TEXT * 4}</p></form>")
    drop_forms(root)
    assert "Подпишитесь" not in left(root)
    assert TEXT.strip() in left(root)


def test_a_form_below_short_news_goes_alone() -> None:
    news = f"<p>{TEXT}</p><p>{TEXT}</p>"
    root = page(f"<section>{news}<div><h2>Подпишитесь</h2><form><input></form></div></section>")
    drop_forms(root)
    assert left(root) == (TEXT * 2).strip()


def test_a_list_of_references_between_paragraphs_stays_and_a_bar_of_labels_goes() -> None:
    hosts = [
        ("one", "Jane Roe, astronomer"),
        ("two", "Clouds"),
        ("three", "Slow Mail"),
        ("four", "Knots"),
        ("five", "Moss"),
    ]
    links = "".join(f'<li><a href="https://{host}.example/a">{text}</a></li>' for host, text in hosts)
    root = page(f"<div><p>{TEXT}</p><ul>{links}</ul><p>{TEXT}</p></div>")
    drop_menus(root)
    assert "Knots" in left(root)
    bar = links.replace("Clouds", "Facebook").replace("Knots", "Telegram")
    root = page(f"<div><p>{TEXT}</p><ul>{bar}</ul><p>{TEXT}</p></div>")
    drop_menus(root)
    assert "Jane Roe" not in left(root)


def test_a_figure_that_shows_nothing_goes() -> None:
    root = page("<figure><p>Подпишитесь на письма</p></figure><figure><img src='/a.jpg'><p>Трамвай</p></figure>")
    drop_forms(root)
    assert left(root) == "Трамвай"


def test_what_is_hidden_or_beside_goes_unless_it_is_the_text() -> None:
    root = page(f'<div><p>{TEXT * 3}</p><p style="display: none">Скрыто</p><aside>Ещё</aside></div>')
    drop_beside(root)
    assert left(root) == (TEXT * 3).strip()
    root = page(f"<div hidden><p>{TEXT * 3}</p></div>")
    drop_beside(root)
    assert TEXT.strip() in left(root)


def test_figures_that_hold_the_blocks_of_a_text_are_none() -> None:
    blocks = (
        "<h2>Ошибка первая: аренда</h2>",
        "<ul><li>Средняя аренда составила 210 тысяч рублей.</li></ul>",
        "<blockquote>Если аренда съедает больше четверти выручки, точка обречена.</blockquote>",
    )
    root = page("".join(f"<figure><div>{it}</div></figure>" for it in blocks))
    drop_forms(root)
    assert next(root.iter("figure"), None) is None
    assert len(root.xpath("//h2 | //li | //blockquote")) == 3


def test_notices_on_scripts_cookies_and_subscribers_go() -> None:
    notices = (
        "<noscript><p>Включите JavaScript, чтобы читать страницу.</p></noscript>"
        '<div id="cookie-banner"><p>Мы храним cookies, чтобы вам было удобнее.</p></div>'
        '<div class="box paywall-message">Остальное — для подписчиков.</div>'
        '<div class="DonatesTeaser-module">Поддержите нас.</div>'
        '<p class="newsletter-signup">Раз в неделю — письмо редактора.</p>'
        '<div class="email-signup"><p>Главное за день — на вашу почту.</p></div>'
    )
    root = page(f"{notices}<div class='story'><p>{TEXT}</p></div>")
    drop_notices(root)
    assert left(root) == TEXT.strip()


def test_what_is_all_the_text_with_its_headline_is_no_notice() -> None:
    told = f'<div class="subscription-content"><p>{TEXT}</p><p>{TEXT}</p></div>'
    page_of = "<nav>{0}</nav><main><article><h1>Дождь</h1><p>25.11.2026</p>{1}</article><div><p>{2}</p></div></main>"
    root = page(page_of.format(LINKS, told, TEXT * 9))
    drop_notices(root)
    assert TEXT.strip() in left(root.find(".//article"))
    for beside in (
        f"<p>{TEXT}</p><p>{TEXT}</p>{told}",  # there is a text
        told.replace("</p></div>", "</p><input></div>"),  # something can be sent off
        f"<p>{TEXT}</p><p>{TEXT}</p></article><article>{told}",  # it stands elsewhere
    ):
        root = page(page_of.format(LINKS, beside, TEXT * 9))
        drop_notices(root)
        assert not root.xpath("//*[@class]")


def test_a_notice_that_names_a_network_or_holds_the_text_stays() -> None:
    for kept in (
        f'<div class="newsletter"><p>{TEXT * 6}</p></div>',
        '<div class="subscribe">Подписывайтесь на наш <a href="https://t.me/x">Telegram</a></div>',
        '<noscript><img src="/a.jpg"></noscript>',
        f'<p class="paywall">{TEXT}</p>',
        '<div class="subscription-service"><h1>Подписка подорожает</h1></div>',
    ):
        root = page(kept)
        before = len(list(root.iter()))
        drop_notices(root)
        assert len(list(root.iter())) == before, kept


@pytest.mark.parametrize(
    "icon",
    [
        '<img src="/a.png" width="13" height="12px">',
        '<img src="/a.png" class="wp-emoji">',
        '<div class="s-ewm"><img src="/wx.png"></div>',
        '<p id="qrCode"><img src="/wx.png"></p>',
    ],
)
def test_small_pictures_and_codes_go(icon: str) -> None:
    root = document_fromstring(f"<html><body><p>Text</p>{icon}</body></html>")
    drop_icons(root)
    assert root.find(".//img") is None


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="/a.png">',
        '<img src="/a.png" width="640" height="60">',
        '<img src="/a.png" width="9%" height="9">',
        '<img src="/a.png" width="90">',
        '<div class="silicon"><img src="/a.png"></div>',
        '<a class="zoom-icon"><img src="/a.png"></a>',
        '<figure class="image has-icon"><img src="/a.png"></figure>',
        '<div class="icon"><img src="/a.png" width="640" height="480"></div>',
        '<img src="/blank.gif" data-src="/a.png" width="1" height="1">',
        '<img src="/a.png" srcset="/a.png 640w" width="16" height="9">',
    ],
)
def test_other_pictures_stay(picture: str) -> None:
    root = document_fromstring(f"<html><body><p>Text</p>{picture}</body></html>")
    drop_icons(root)
    assert root.find(".//img") is not None
