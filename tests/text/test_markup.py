"""What is written in markup, and what is shown of a text: all of it."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.soup import BOMBS, SOUP
from syndicator.text.characters import legal
from syndicator.text.markup import excerpt, is_markup, plain, text_to_html


def test_more_than_two_million_characters_are_cut_off() -> None:
    assert len(plain("x" * 3_000_000 + "<b>y</b>")) == 2_000_000


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_hostile_markup_costs_no_more_than_its_size(bomb: str) -> None:
    assert len(plain(bomb)) <= len(bomb)


def test_the_text_of_what_is_no_markup_is_itself() -> None:
    assert plain("  a \u00ab b\n c ") == "a \u00ab b c"
    assert plain("AT&amp;T &lt;b&gt;") == "AT&T <b>"
    assert plain("") == plain("<!-- -->") == plain("<p> </p>") == ""


def test_scripts_and_styles_are_no_text() -> None:
    assert (
        plain(
            "<html><head><title>t</title><style>s</style></head><body>a<script>b</script>c<noscript>d</noscript></body>"
        )
        == "ac"
    )


def test_markup_has_a_tag_that_articles_have() -> None:
    assert all(map(is_markup, ["a<br>b", '<P class="x">a', "a</a>", "<h2>a", "x <img src=a/>"]))
    assert not any(map(is_markup, ["", "1 < 2 > 1", "a <tag> b", "AT&amp;T", "<pre-school> children", "List<i"]))


@pytest.mark.parametrize("bomb", ["<p " * 1_000_000, "<p " + "x" * 3_000_000, "<" * 3_000_000, "</a" * 1_000_000])
def test_whether_it_is_markup_is_told_in_a_moment(bomb: str) -> None:
    assert not is_markup(bomb)


def test_paragraphs_and_lines_of_plain_text_stay() -> None:
    assert text_to_html("a <b>\r\nc\n \n\nd & e\n") == "<p>a &lt;b&gt;<br>c</p>\n<p>d &amp; e</p>"
    assert text_to_html(" \n ") == ""


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Short.\n Text", 300, "Short. Text"),
        ("One sentence here. Another one follows", 30, "One sentence here."),
        ("«Он сказал». Потом ушёл далеко", 20, "«Он сказал»."),
        ("Встреча с В. Путиным прошла в Москве", 25, "Встреча с В. Путиным…"),
        ("Это т. е. улица и дом и сад", 16, "Это т. е. улица…"),
        ("Это стоит 5 млн. рублей и больше", 24, "Это стоит 5 млн. рублей…"),
        ("Yes. A much longer second sentence", 20, "Yes. A much longer…"),
        ("слово, ещё слово", 10, "слово…"),
        ("x" * 50, 10, "x" * 9 + "…"),
        ("ab", 1, "…"),
    ],
)
def test_an_excerpt_ends_where_a_reader_pauses(text: str, limit: int, expected: str) -> None:
    assert excerpt(text, limit) == expected


@settings(max_examples=100, deadline=None)
@given(SOUP | st.text(), st.integers(1, 40))
def test_any_text_can_be_read_and_shortened(text: str, limit: int) -> None:
    assert legal(plain(text)) == plain(text)
    assert plain(text_to_html(legal(text))).split() == legal(text).split()
    assert len(excerpt(text, limit)) <= limit


_WORDS = st.text(alphabet="аб c\n\t&;<>\"'ё\xa0", max_size=8).map(escape)


def _wrapped(tags: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.partition(' ')[0]}>",
        st.sampled_from(tags),
        st.lists(inner, max_size=4),
    )


_INLINE = st.recursive(
    _WORDS | st.sampled_from(["<br>", "<br />", "&nbsp;", "&quot;"]),
    lambda inner: _wrapped(["b", "em", "span", 'span class="q w"'], inner),
    max_leaves=8,
)
_BLOCKS = st.recursive(
    _INLINE | _wrapped(["p", "h2", "li", 'p class="q"'], _INLINE),
    lambda inner: _wrapped(["div", "ul", "blockquote"], inner),
    max_leaves=8,
)


@given(st.lists(_BLOCKS, max_size=5).map("".join))
def test_usual_markup_gives_the_text_that_its_tree_would_give(markup: str) -> None:
    assert plain(markup) == plain(f"{markup}<font></font>"), "the second one is not usual, and goes through the tree"
