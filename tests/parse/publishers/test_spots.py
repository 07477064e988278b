"""Links to platforms, and those to the page's own host; what pages embed."""

import pytest

from support.evidence import STORY, brief, said, shown
from syndicator.parse.publishers.spots import MOST_SPOTS, called, interesting, spots


def found(body: str, site: str = "paper.example") -> list[str]:
    page = said(body).page
    anchors, _ = interesting(list(page.root.iter()))
    return [it.link.url for it in spots(page, anchors, site)]


def test_links_to_the_own_host_are_not_asked_about() -> None:
    links = '<a href="https://www.t.me/x1x1">own</a><a href="/x">own</a><a href="https://vk.com/paper">VK</a>'
    assert found(links, site="t.me") == ["https://vk.com/paper"]


def test_relative_schemes_and_redirectors_are_resolved() -> None:
    links = '<a href="//vk.com/paper"></a><a href="https://vk.com/away.php?to=https%3A%2F%2Ft.me%2Fpaper"></a>'
    assert found(links) == ["https://vk.com/paper", "https://t.me/paper"]


def test_of_very_many_links_the_first_and_the_last_are_looked_at() -> None:
    urls = found("".join(f'<a href="https://t.me/name{n}">x</a>' for n in range(5_000)))
    assert len(urls) == MOST_SPOTS
    assert (urls[0], urls[-1]) == ("https://t.me/name0", "https://t.me/name4999")


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ('<a href="https://t.me/paper"> Our\n channel </a>', "Our channel"),
        ('<a href="https://t.me/paper" aria-label="Telegram" title="x"><i></i></a>', "Telegram"),
        ('<a href="https://t.me/paper" title="Telegram"><i></i></a>', "Telegram"),
        ('<a href="https://t.me/paper"><img src="/i.png" alt="Telegram"></a>', "Telegram"),
        ('<a href="https://t.me/paper"><i class="icon"></i></a>', ""),
    ],
)
def test_a_link_is_called_by_its_words_else_by_what_stands_for_its_icon(link: str, name: str) -> None:
    page = said(link).page
    (spot,) = spots(page, interesting(list(page.root.iter()))[0], "paper.example")
    assert called(spot) == name


@pytest.mark.parametrize(
    ("markup", "handle"),
    [
        ('<script data-telegram-post="durov/1"></script>', "durov"),
        ('<blockquote data-instgrm-permalink="https://www.instagram.com/p/Cabcdefgh12/"></blockquote>', "/p/"),
        ('<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>', "dQw4w9WgXcQ"),
    ],
)
def test_an_embedded_post_is_a_third_partys(markup: str, handle: str) -> None:
    [(owner, found, evidence)] = brief(shown(STORY + markup))
    assert (owner, evidence) == ("third_party", "embed")
    assert handle in found


def test_a_link_keeps_its_address_as_it_was_written() -> None:
    (link,) = shown(STORY + '<footer><a href="https://telegram.me/PaperNews">Telegram</a></footer>')
    assert (link.owner, link.url, link.seen) == ("publisher", "https://t.me/papernews", "https://telegram.me/PaperNews")


def test_a_page_plugin_beside_the_article_is_the_publishers() -> None:
    plugin = '<div class="fb-page" data-href="https://www.facebook.com/paperpage"></div>'
    assert brief(shown(f"<main>{STORY}</main>{plugin}")) == [("publisher", "paperpage", "widget")]
    head = '<meta property="article:publisher" content="https://www.facebook.com/otherpage">'
    assert brief(shown(f"<main>{STORY}</main>{plugin}", head))[1] == ("third_party", "paperpage", "embed")


def test_a_players_share_button_is_no_embed() -> None:
    assert (
        shown(STORY + '<iframe src="https://www.facebook.com/plugins/like.php?href=https://a.example"></iframe>') == ()
    )
