import pytest

from support.pages import opened
from syndicator.parse.proposing.places import MOST_ELEMENTS, MOST_LINKS, links_of

NEWS = '<ul><li><a href="/a">A</a></li><li><a href="/b">B</a></li><li><a href="/c">C</a></li></ul>'
HERE = f"<h1>News</h1><div>{NEWS}</div>"
OTHER = NEWS.replace('href="/', 'href="/x/')


def addresses(markup: str) -> list[str]:
    return [it.url.partition(".example")[2] for it in links_of(opened(markup))]


@pytest.mark.parametrize(
    "aside",
    [
        "<nav>{}</nav>",
        "<aside>{}</aside>",
        "<footer>{}</footer>",
        "<aside><article>{}</article></aside>",
        "<header>{}</header>",
        '<div role="navigation">{}</div>',
        '<div class="side-bar sidebar">{}</div>',
        '<div id="mainMenu">{}</div>',
        '<div class="tags">{}</div>',
        "<div><h3>Most read</h3>{}</div>",
        "<div><div><b>Самое читаемое</b></div>{}</div>",
    ],
)
def test_what_stands_aside_is_left_out(aside: str) -> None:
    assert addresses(HERE + aside.format(OTHER)) == ["/a", "/b", "/c"]


@pytest.mark.parametrize("layout", ['<div class="has-sidebar sidebar">{}</div>', '<div class="popular">{}</div>'])
def test_a_name_that_holds_the_pages_main_part_says_nothing(layout: str) -> None:
    assert addresses(layout.format(HERE) + OTHER) == ["/a", "/b", "/c", "/x/a", "/x/b", "/x/c"]


def test_a_name_round_nearly_all_links_says_nothing() -> None:
    assert addresses(f'<a href="/home">x</a><div class="sidebar">{NEWS * 4}</div>')[1:4] == ["/a", "/b", "/c"]


def test_links_that_open_no_article_are_left_out() -> None:
    odd = '<a href="#x">x</a><a href="mailto:a@b.example">x</a><a href="/x.pdf">x</a><a>x</a>'
    odd += '<a href="/me" rel="author">x</a>'
    assert addresses(HERE + odd) == ["/a", "/b", "/c"]


def test_a_page_that_is_too_big_has_no_list() -> None:
    assert not addresses(HERE + "<i></i>" * MOST_ELEMENTS)
    assert not addresses("".join(f'<a href="/{it}">x</a>' for it in range(MOST_LINKS + 2)))
