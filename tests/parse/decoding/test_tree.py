from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.pages import opened, written
from syndicator.parse.decoding.tree import (
    classes,
    depth,
    drop,
    has,
    inner_html,
    is_bigger,
    linked,
    marks,
    moment,
    open_page,
    own_text,
    picture,
    tokens,
    words,
)
from syndicator.parse.failures import Unreadable


@pytest.mark.parametrize("body", ["", "   ", "<!-- nothing -->"])
def test_an_empty_page_is_said_to_be_empty(body: str) -> None:
    with pytest.raises(Unreadable, match="empty"):
        open_page(written(body))


def test_links_start_at_the_base_element() -> None:
    page = opened('<base href="/posts/"><p>x', "https://blog.example/")
    assert page.link("one") == "https://blog.example/posts/one"


@pytest.mark.parametrize("base", ["javascript:alert(1)", "file:///etc/", "", "http://["])
def test_a_base_that_is_no_web_address_does_not_count(base: str) -> None:
    assert opened(f'<base href="{base}"><p>x').link("/a") == "https://courier.example/a"


@pytest.mark.parametrize(
    "href", ["file:///etc/passwd", "javascript:alert(1)", "mailto:a@b.example", "data:text/html,x", "", " "]
)
def test_a_page_of_the_web_names_no_file_and_no_script(href: str) -> None:
    page = opened("<p>x")
    assert (page.link(href), page.asset(href)) == ("", "")


def test_a_file_may_name_files_but_publishes_none() -> None:
    page = opened("<p>x", "file:///srv/samples/list.html")
    assert page.link("a.html") == "file:///srv/samples/a.html"
    assert page.asset("a.png") == ""


def test_pictures_of_a_saved_page_are_those_of_the_page_it_is_a_copy_of() -> None:
    page = opened('<link rel="canonical" href="https://nsn.example/a/b"><p>x', "file:///srv/a.html")
    assert page.asset("i.png") == "https://nsn.example/a/i.png"


def test_a_saved_folder_may_move_without_its_articles_becoming_new() -> None:
    keys = {opened("<p>x", f"file:///{home}/list.html").key(f"file:///{home}/a.html") for home in ("one", "two/deep")}
    assert keys == {"a.html"}


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="/a?x=1">', "https://courier.example/a?x=1"),
        ('<link rel="nofollow canonical" href="/a"><meta property="og:url" content="/b">', "https://courier.example/a"),
        ('<link rel="canonical" href=""><meta property="og:url" content="/b">', "https://courier.example/b"),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ('<link rel="canonicals" href="/a">', ""),
        ("", ""),
    ],
)
def test_the_canonical_address_is_the_declared_one(head: str, canonical: str) -> None:
    assert opened(f"<html><head>{head}</head><body>x</body></html>").canonical == canonical


def test_words_keep_apart_what_a_reader_sees_apart() -> None:
    page = opened("<div id=a>One<br>two <b>th</b>ree<script>no()</script><p>four</p></div>")
    assert words(page.root.get_element_by_id("a")) == "One two three four"
    page = opened("<h1>«<b>Зенит</b>» вы<i>играл</i></h1><div>в<p>гостях</p>у<p>Спартака</p></div>")
    assert words(page.root.find(".//h1")) == "«Зенит» выиграл"
    assert words(page.root.find(".//div")) == "в гостях у Спартака"


def test_classes_and_own_text_are_the_elements_alone() -> None:
    element = opened('<body><p class="Date Line">Monday <b class="x">25</b> April</p>').root.find(".//p")
    assert classes(element) == "date line"
    assert own_text(element) == "Monday   April"
    endless = opened(f'<body><p class="{"a" * 10_000}">{"b" * 10_000}</p>').root.find(".//p")
    assert (len(classes(endless)), len(own_text(endless))) == (500, 160)


def test_an_element_is_called_something_in_words() -> None:
    element = opened('<body><p class="RelatedPosts x" id="sideBar" rel="ME author">x</p>').root.find(".//p")
    assert marks(element) == "related-posts x side-bar"
    assert (tokens(element, "rel"), tokens(element, "itemprop")) == (["me", "author"], [])
    assert len(marks(opened(f'<body><p class="{"a" * 10_000}">').root.find(".//p"))) == 500


def test_what_an_element_holds_is_told_without_a_look_at_all_of_it() -> None:
    element = opened("<body><p>See <a href=/a>this one</a> or <b>that</b></p>").root.find(".//p")
    assert (has(element, "i", "b"), has(element, "p"), has(element, "i")) == (True, True, False)
    assert (is_bigger(element, 2), is_bigger(element, 3)) == (True, False)
    assert linked(element) == len("this one")


def test_what_is_taken_out_leaves_the_text_behind_it() -> None:
    body = opened("<body><div>one <p>two <b>three</b></p> four</div>").root.find("body")
    drop(list(body.iter("p", "b")))
    assert words(body) == "one four"


def test_the_inside_of_an_element_keeps_its_markup() -> None:
    page = opened('<div id=a title="1>2">1 &lt; 2 <b>x</b> y</div>z')
    assert inner_html(page.root.get_element_by_id("a")) == "1 &lt; 2 <b>x</b> y"


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<img src="/a.png">', "/a.png"),
        ('<img src="data:image/gif;base64,R0" data-src="/lazy.png">', "/lazy.png"),
        ('<img srcset="/s.png 1x, /l.png 2x">', "/s.png"),
        ('<meta content="/m.png">', "/m.png"),
        ("<img>", ""),
    ],
)
def test_lazy_pictures_are_found(markup: str, address: str) -> None:
    assert picture(opened(f"<p>{markup}").root.xpath("//img | //meta")[0]) == address


@pytest.mark.parametrize(
    "markup", ["<time datetime=2026-01-02>now</time>", "<time content=2026-01-02></time>", "<time> 2026-01-02 </time>"]
)
def test_a_date_is_read_where_it_stands(markup: str) -> None:
    assert moment(opened(markup).root.xpath("//time")[0]) == "2026-01-02"


def test_a_page_of_endless_depth_is_read_as_far_as_it_goes() -> None:
    page = open_page(written("<h1>Top</h1>" + "<div>" * 100_000))
    assert words(page.root.xpath("//h1")[0]) == "Top"
    assert max(map(depth, page.root.iter())) <= 256


def test_a_bomb_of_attributes_is_put_out() -> None:
    bomb = " ".join(f"a{number}=1" for number in range(100_000))
    page = open_page(written(f"<h1 {bomb}>Top</h1><script>if (1 <a {bomb}) x()</script><p {'x' * 9_000} class=a>y</p>"))
    assert words(page.root.xpath("//h1")[0]) == "Top"
    assert page.root.xpath("//p[@class]")
    assert bomb in page.root.xpath("//script")[0].text


@pytest.mark.parametrize("end", ["</html>", "</body></HTML >", "<!doctype html></html><head>", "</html></html>"])
def test_the_end_of_a_page_inside_it_ends_nothing(end: str) -> None:
    page = opened(f"<article><p>One{end}<p>Two</article><script>'</html>'</script></body></html>")
    assert words(page.root.xpath("//article")[0]) == "One Two"
    assert page.root.xpath("//script")[0].text == "'</html>'"


@settings(max_examples=50)
@given(st.text())
def test_any_text_is_a_page_or_is_refused(text: str) -> None:
    with suppress(Unreadable):
        assert open_page(written(text)).root.tag == "html"
