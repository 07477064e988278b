"""A body comes apart into blocks, each with its own text, links and pictures, and nothing is lost on the way."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support.soup import SOUP, squeezed
from syndicator.text import blocks as room
from syndicator.text.blocks import join_blocks, join_text, split_blocks
from syndicator.text.characters import legal
from syndicator.text.markup import plain
from syndicator.text.sanitiser import clean

BASE = "https://a.ru/b/"
USUAL = (
    '<p>Один <b>два</b>\n три &amp; <a href="https://a.ru/x?a=1&amp;b=2" title="т">четыре</a>.</p>',
    "<h2>Заголовок</h2>",
    "<ul><li>раз</li><li>два <i>и</i></li></ul>",
    "<blockquote><p>«Слово»</p><p>дело</p></blockquote>",
    '<figure><img src="https://a.ru/i.png" width="640" alt="Подпись"><figcaption>Фото</figcaption></figure>',
    "<p>строка<br>строка</p>",
    "<p>строка<br> <br>строка</p>",
    "<p> </p>",
    '<p><a href="https://a.ru/пусто"></a></p>',
    '<p><img src="https://a.ru/1.png"></p>',
    "\n",
    "слова без тега",
    "<div>обёртка<p>абзац</p></div>",
    "<ul><li>a<ul><li>b</li></ul></li></ul>",
    '<p lang="ru">с атрибутом</p>',
)
PIECES = (
    *("<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<div>", '<div dir="rtl">', "</div>", "<section>", "</section>"),
    *("<br>", "<br> <br>", "<br>\n", " ", "\n", "\xa0", "слово", "&amp;", "<h2>", "</h2>", "<hr>", "<pre>", "</pre>"),
    *('<a href="https://a.ru/b">', "</a>", '<img src="https://a.ru/i.png">'),
    *("<center>", "</center>", "<address>", "</address>", "<td>", "<code>"),
)


@example("<ul><li></li><li>a</li></ul>")
@example("<h1></p>текст")
@example("<blockquote><h2>a</h2></blockquote><ul><p>b</p></ul>")
@example("<b>a<br><br>b</b>")
@example("<ul>текст<li>")
@example("<b><p>a</p></b>b<b><p>c</p></b>")
@given(st.lists(st.sampled_from(USUAL)).map("".join) | st.lists(st.sampled_from(PIECES)).map("".join) | SOUP)
@settings(max_examples=1_000, deadline=None)
def test_the_quick_way_and_the_tree_agree(html: str) -> None:
    cleaned = clean(html, BASE)
    quick = room._usual(cleaned)
    assert quick is None or quick == room._by_tree(cleaned)


def test_usual_bodies_take_the_quick_way() -> None:
    ways = [room._usual(clean(html, BASE)) is not None for html in USUAL]
    assert ways == [True] * (len(USUAL) - 2) + [False] * 2


def test_attributes_are_written_as_the_sanitiser_writes_them() -> None:
    html = clean("""<p lang="ru"><img src="/3.png" alt='Кадр из "Брата"'> ='x' <i title="a='b'">с</i></p>""", BASE)
    (block,) = split_blocks(html)
    assert block.html == html == clean(block.html)


def test_white_space_around_a_line_break_stays_where_it_is() -> None:
    html = "a \n<br>\n<b>b</b> <br><br> c"
    assert [it.html for it in split_blocks(html)] == ["<p>a \n<br>\n<b>b</b></p>", "<p>c</p>"]
    assert room._by_tree(html) == split_blocks(html)


def test_text_before_a_younger_wrapper_is_a_paragraph_of_its_own() -> None:
    html = "слова<section><p>абзац</p></section>"
    assert [it.text for it in room._by_tree(html)] == ["слова", "абзац"]


def test_a_block_knows_its_text_links_and_pictures() -> None:
    html = '<p>Фото <a href="https://t.me/x?a=1&amp;b"> наш\n<b>канал</b></a>,\xa0тут<img src="https://a.ru/i.png"></p>'
    for (block,) in (split_blocks(html), room._by_tree(html)):
        assert block.text == "Фото наш канал, тут"
        assert block.links == (("наш канал", "https://t.me/x?a=1&b"),)
        assert block.images == ("https://a.ru/i.png",)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<p>b</p>c<br><br>d<br>e", ("<p>a</p>", "<p>b</p>", "<p>c</p>", "<p>d<br>e</p>")),
        ("<div>a<section><p>b</p></section>c</div>", ("<p>a</p>", "<p>b</p>", "<p>c</p>")),
        ("<p>a<br> <br>b</p>", ("<p>a</p>", "<p>b</p>")),
        ('<p lang="ru">a<br>b</p>', ('<p lang="ru">a<br>b</p>',)),
        ("<code>x<p>y</p>z</code>", ("<p>x</p>", "<p>y</p>", "<p>z</p>")),
        ('<a href="x"><p>y</p></a>', ('<a href="x"><p>y</p></a>',)),
        ("<p></p><p> </p><div></div>", ()),
        ("<ul><li>a</li></ul><hr>b", ("<ul><li>a</li></ul>", "<hr>", "<p>b</p>")),
        (
            '<figure><img src="http://a/b"></figure><p><img src="http://a/c"></p>',
            ('<figure><img src="http://a/b"></figure>', '<p><img src="http://a/c"></p>'),
        ),
        (
            "Подпишитесь на <a href='http://t.me/x'>канал</a>",
            ('<p>Подпишитесь на <a href="http://t.me/x">канал</a></p>',),
        ),
        ("a &lt; b &amp; c", ("<p>a &lt; b &amp; c</p>",)),
        ("", ()),
    ],
)
def test_a_footer_line_can_be_cut_out_by_itself(html: str, expected: tuple[str, ...]) -> None:
    assert tuple(block.html for block in split_blocks(html)) == expected


@settings(max_examples=250, deadline=None)
@given(SOUP, st.sampled_from(["", BASE]))
def test_cleaning_twice_changes_nothing_and_splitting_keeps_everything(soup: str, base: str) -> None:
    cleaned = clean(soup, base)
    assert clean(cleaned, base) == cleaned
    assert legal(cleaned) == cleaned
    blocks = split_blocks(cleaned)
    joined = join_blocks(blocks)
    assert join_text(blocks) == plain(joined)
    assert squeezed(plain(joined)) == squeezed(plain(cleaned))
    assert split_blocks(joined) == blocks
    assert joined.count("href=") == cleaned.count("href=")
    assert joined.count("<img") == cleaned.count("<img")
