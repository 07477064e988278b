import pytest

from support.builders import make_article, make_copy
from syndicator.model.article import Article
from syndicator.social.platforms import key
from syndicator.social.posts import EVIDENCE, account, announcements, announces, announcing, domain_named, page
from syndicator.text.markup import plain

POST = "https://t.me/vestnik_mos/101"
ARTICLE = "https://vestnik.example/tram"


def post(html: str, **changes: object) -> Article:
    return make_article(**{"url": POST, "canonical_url": POST, "html": html, "text": plain(html)} | changes)


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("https://t.me/s/Vestnik_Mos", "telegram:vestnik_mos"),
        (f"https://www.youtube.com/feeds/videos.xml?channel_id=UC{'a' * 22}", f"youtube:channel/UC{'a' * 22}"),
        ("https://bsky.app/profile/vestnik.example/rss", "bluesky:profile/vestnik.example"),
        ("https://mastodon.social/@Vestnik.rss", "fediverse:vestnik@mastodon.social"),
        ("https://t.me/s/vestnik_mos/5", ""),
        ("https://vestnik.example/rss", ""),
        ("file:///srv/channel.html", ""),
    ],
)
def test_a_source_is_an_account_when_its_address_is_one(address: str, known_as: str) -> None:
    found = account(address)
    assert (key(found) if found else "") == known_as


@pytest.mark.parametrize(
    ("html", "about"),
    [
        (f'<p><a href="{ARTICLE}?utm_source=tg">Подробнее</a></p>', ARTICLE),
        (f'<p><a href="{ARTICLE}">раз</a> и <a href="{ARTICLE}#две">два</a></p>', ARTICLE),
        (f'<p><a href="{ARTICLE}">раз</a> <a href="https://t.me/other">@other</a></p>', ARTICLE),
        (f'<p><a href="{ARTICLE}">раз</a> <a href="https://vk.com/vestnik">ВК</a></p>', ARTICLE),
        (f'<p><a href="{ARTICLE}">раз</a> <a href="https://other.example/2">два</a></p>', ""),
        ('<p><a href="https://vestnik.example/">наш сайт</a></p>', ""),
        ('<p><a href="mailto:a@vestnik.example">пишите</a></p>', ""),
        ("<p>Без ссылок.</p>", ""),
        (f"<p>Прямо в тексте: {ARTICLE}.</p>", ARTICLE),
    ],
)
def test_a_post_is_about_the_one_page_that_it_links_to(html: str, about: str) -> None:
    assert page(post(html)) == about


def test_a_link_that_shows_only_as_a_preview_counts_where_there_is_no_other() -> None:
    assert page(post("<p>Смотрите.</p>", external_url=ARTICLE)) == ARTICLE
    assert page(post('<a href="https://other.example/2">два</a>', external_url=ARTICLE)) == "https://other.example/2"


@pytest.mark.parametrize(
    ("description", "domain"),
    [
        ("Новости города. vestnik.example", "vestnik.example"),
        ("Сайт: https://www.vestnik.example/news, почта info@vestnik.example", "vestnik.example"),
        ("Бот @vestnik_bot, t.me/vestnik_bot, vk.com/vestnik. vestnik.example", "vestnik.example"),
        ("Лучшее с vestnik.example и other.example", ""),
        ("Новости. Только новости.", ""),
        ("Выпуск 2.0 в 10.30", ""),
        ("", ""),
    ],
)
def test_an_account_names_its_site_when_it_names_one_alone(description: str, domain: str) -> None:
    assert domain_named(description) == domain


def test_a_handle_that_is_a_domain_names_it() -> None:
    assert domain_named("", "vestnik.example") == "vestnik.example"
    assert domain_named("Мы с other.example", "vestnik.example") == "other.example"
    assert domain_named("", "vestnik") == ""


def test_an_own_post_stands_beside_the_article_with_its_evidence() -> None:
    claimed = announcing(post("", source_id="tg", external_url=ARTICLE), ARTICLE)
    assert (claimed.url, claimed.canonical_url, claimed.claimed, claimed.external_url) == (POST, ARTICLE, True, "")
    (link,) = announcements([make_copy(make_article()), make_copy(claimed)])
    assert (link.platform, link.kind, link.owner, link.handle, link.url) == (
        "telegram", "post", "article", "vestnik_mos", POST,
    )  # fmt: skip
    assert (link.evidence, link.locator) == (EVIDENCE, "tg")


@pytest.mark.parametrize(
    ("url", "canonical_url"),
    [
        (POST, POST),  # somebody's post, which announces nothing
        (ARTICLE, "https://other.example/a"),  # an aggregator's entry
        ("https://t.me/vestnik_mos", ARTICLE),
        (POST, "https://t.me/other/7"),
        ("", ARTICLE),
    ],
)
def test_other_copies_are_no_posts(url: str, canonical_url: str) -> None:
    assert announces(url, canonical_url) is None
