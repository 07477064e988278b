import pytest
from lxml.html import HtmlElement

from support.pages import opened
from syndicator.parse.microformats import values


def valued(markup: str) -> HtmlElement:
    """The only element in a page's entry."""
    (found,) = opened(f'<div class="h-entry">{markup}</div>').root.xpath("//div/*")
    assert isinstance(found, HtmlElement)
    return found


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ('<b class="p-name"> A <i>b</i>\n c </b>', "A b c"),
        ('<abbr class="p-name" title="Long">S</abbr>', "Long"),
        ('<data class="p-name" value="V">S</data>', "V"),
        ('<img class="p-name" alt="Seen">', "Seen"),
        ('<b class="p-name"><img alt="Inside"></b>', "Inside"),
        ('<b class="p-name">no <i class="value">A</i><abbr class="value" title="B">x</abbr></b>', "AB"),
        ('<b class="p-name">no <i class="value-title" title="T"> </i></b>', "T"),
        ('<b class="p-name"></b>', ""),
    ],
)
def test_a_text_is_where_it_is_meant_to_be(markup: str, told: str) -> None:
    assert values.text(valued(markup)) == told


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ('<a class="u-url" href=" /a ">x</a>', "/a"),
        ('<link class="u-url" href="/a">', "/a"),
        ('<audio class="u-url" src="/a.mp3"></audio>', "/a.mp3"),
        ('<video class="u-url"><source src="/a.mp4"></video>', "/a.mp4"),
        ('<object class="u-url" data="/a.svg"></object>', "/a.svg"),
        ('<data class="u-url" value="/a"></data>', "/a"),
        ('<b class="u-url">/a</b>', "/a"),
        ('<b class="u-url"></b>', ""),
    ],
)
def test_an_address_is_where_it_is_meant_to_be(markup: str, told: str) -> None:
    assert values.address(valued(markup)) == told


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ('<time class="dt-published" datetime="2026-03-01">x</time>', "2026-03-01"),
        ('<b class="dt-published"><time datetime="2026-03-01">x</time></b>', "2026-03-01"),
        ('<b class="dt-published">1 March 2026</b>', "1 March 2026"),
        ('<b class="dt-published" datetime="2026-03-01"><time datetime="2026-03-02"></time></b>', "2026-03-01"),
        ('<abbr class="dt-published" title="2026-03-01">x</abbr>', "2026-03-01"),
        ('<data class="dt-published" value="2026-03-01">x</data>', "2026-03-01"),
        ('<b class="dt-published"><i class="value">10:00</i><i class="value">2026-03-01</i></b>', "2026-03-01 10:00"),
        (
            '<b class="dt-published"><i class="value">+02:00</i> <i class="value">2026-060</i><i class="value">7pm</i>',
            "2026-060 7pm +02:00",
        ),
        ('<b class="dt-published"><i class="value-title" title="2026-03-01T10:00Z"> </i>x</b>', "2026-03-01T10:00Z"),
    ],
)
def test_a_date_is_put_together_from_its_parts(markup: str, told: str) -> None:
    assert values.date(valued(markup)) == told
