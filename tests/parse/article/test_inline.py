"""A sentence that loses a word may say the opposite."""

import time

import pytest
from lxml.html import fromstring

from support.pages import opened
from syndicator.parse.article.article_body import extracted
from syndicator.parse.article.inline import keep_inline
from syndicator.parse.decoding.tree import outer_html
from syndicator.text.markup import plain


def told(markup: str) -> str:
    """What the extractor makes of a page of such paragraphs."""
    paragraphs = "".join(f"<p>{markup} That is what the mayor said to the papers, number {n}.</p>" for n in range(5))
    found = extracted(opened(f"<body><main><h1>Head</h1>{paragraphs}</main>"))
    assert found
    return plain(found.value).split("\n")[1 if found.value.startswith("<h1") else 0]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('It begins at <time datetime="18:05">five past six</time> today.', "It begins at five past six today."),
        ("The <label>yellow</label> one won.", "The yellow one won."),
        ('As <noindex><a href="https://a.example/">A Times</a></noindex> writes.', "As A Times writes."),
        ("Run <code>make test</code> first.", "Run make test first."),
        ("He <q>hardly <b>ever</b></q> lies.", "He “hardly ever” lies."),
        ("He <q>“hardly”</q> lies.", "He “hardly” lies."),
        ("It is <output>42</output> now.", "It is 42 now."),
    ],
)
def test_a_word_in_an_odd_element_stays_in_its_sentence(markup: str, text: str) -> None:
    assert told(markup).startswith(f"{text} That")


@pytest.mark.parametrize(
    "markup",
    [
        "<div><time>18:05</time><p>x</p></div>",
        "<h2><time>18:05</time> The bridge</h2>",
        "<pre><code>a\nb</code></pre>",
        '<p><label>Name <input name="n"></label></p>',
        "<noindex><p>Advertisement</p></noindex>",
    ],
)
def test_what_stands_in_no_sentence_or_is_none_stays(markup: str) -> None:
    root = fromstring(f"<section>{markup}</section>")
    keep_inline(root)
    assert outer_html(root) == f"<section>{markup}</section>"


def test_many_of_them_take_a_moment() -> None:
    root = fromstring(f"<div><p>{'<time>a</time>' * 100_000}</p>{'<q>' * 200}</div>")
    started = time.process_time()
    keep_inline(root)
    assert time.process_time() - started < 2
