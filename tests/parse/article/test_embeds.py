"""What is embedded from a platform is linked to, and adds no words."""

import time

import pytest

from syndicator.parse.article.embeds import linked, unsaid
from syndicator.text.blocks import split_blocks
from syndicator.text.sanitiser import clean

FILM = "https://www.youtube.com/embed/dQw4w9WgXcQ"
WATCH = "youtube.com/watch?v=dQw4w9WgXcQ"
M = 300_000


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (f'<iframe width="560" src="{FILM}?rel=0&amp;start=9" title="YouTube video player"></iframe>', WATCH),
        (f"<IFRAME ALLOWFULLSCREEN SRC='{FILM.removeprefix('https:')}'>\n</IFRAME>", WATCH),
        (f'<iframe class="lazy" data-src="{FILM}"/>', WATCH),
        (f'<iframe src="about:blank" data-lazy-src="{FILM}"></iframe>', WATCH),
        ("<iframe src=https://rutube.ru/play/embed/abcdef/></iframe>", "rutube.ru/video/abcdef"),
        ('<iframe src="https://vk.com/video_ext.php?oid=-1&amp;id=2&amp;hash=3"></iframe>', "vk.com/video-1_2"),
        (
            '<script async src="https://telegram.org/js/w.js?22" data-telegram-post="nsnfm/68"></script>',
            "t.me/nsnfm/68",
        ),
    ],
)
def test_a_link_stands_where_a_film_or_a_post_is_embedded(html: str, words: str) -> None:
    made, put = linked(f"<p>Look:</p>{html}<p>So it is.</p>")
    assert put == {words}
    assert made == f"<p>Look:</p><a href=https://{words}>{words}</a><p>So it is.</p>"
    blocks = unsaid(split_blocks(clean(made, "https://site.example/")), put)
    assert [it.text for it in blocks] == ["Look:", "", "So it is."]
    assert blocks[1].html == f'<p><a href="https://{words}">{words}</a></p>'
    assert not blocks[1].links  # which a line below the story might be made of


@pytest.mark.parametrize(
    "html",
    [
        "<p>Nothing of that kind.</p>",
        '<iframe src="https://ads.example/1"></iframe>',
        '<iframe src="https://www.youtube.com/nsnfm"></iframe>',  # a channel is not what one would see there
        '<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>',
        '<iframe src="javascript:alert(1)"></iframe>',
        '<script data-telegram-post="&quot;&gt;&lt;b&gt;"></script>',
        "<iframe></iframe><script>data-telegram-post</script>",
        f"<p>&lt;iframe src={FILM}&gt;</p>",
        f'<p>https://{WATCH} <a href="https://{WATCH}">{WATCH}</a></p>',
    ],
)
def test_all_else_stays_as_it_is(html: str) -> None:
    assert linked(html) == (html, frozenset())


def test_a_caption_is_said_though_the_film_above_it_is_not() -> None:
    caption = '<figcaption>The <a href="https://site.example/b">bridge</a></figcaption>'
    made, put = linked(f'<figure><iframe src="{FILM}"></iframe>{caption}</figure>')
    (block,) = unsaid(split_blocks(clean(made, "https://site.example/")), put)
    assert (block.text, block.links) == ("The bridge", (("bridge", "https://site.example/b"),))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f'<p>Look at it: <iframe src="{FILM}"></iframe></p>', "Look at it:"),
        (f'<p>Look<iframe src="{FILM}"></iframe> at it</p>', "Look at it"),
        (f"""<div data-embed="<iframe src='{FILM}'></iframe>" data-x="1">Look</div>""", "Look"),
    ],
    ids=["behind words", "between words", "in an attribute"],
)
def test_a_frame_adds_no_words_wherever_it_stands(html: str, text: str) -> None:
    made, put = linked(html)
    (block,) = unsaid(split_blocks(clean(made, "https://site.example/")), put)
    assert block.text == text


@pytest.mark.parametrize(
    "bomb",
    [
        "".join(f'<iframe src="https://rutube.ru/play/embed/{at}"></iframe>' for at in range(10_000)),
        "<iframe " + " src=" * M,
        '<iframe src="' * (M // 6),
        "<iframe" + " " * M,
        "<iframe src='" + "\"'" * M,
        f'<iframe src="https://www.youtube.com/embed/{"x" * 5000}">' * 100,
    ],
    ids=range(6),
)
def test_frames_that_mean_harm_cost_little(bomb: str) -> None:
    started = time.process_time()
    _, put = linked(bomb)
    assert time.process_time() - started < 1
    assert len(put) <= 100
