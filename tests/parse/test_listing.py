import pytest

from support.pages import opened, stored, written
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Parsed
from syndicator.model.source import Select, Source
from syndicator.model.web import Response
from syndicator.parse.decoding.tree import MAX_ITEMS
from syndicator.parse.failures import Unreadable
from syndicator.parse.listing import by_selectors
from syndicator.parse.page import parse

NSN = Select(item="article", title="h2", date="time", summary=".lead", image="img", follow=True)


def read(response: Response, select: Select) -> Parsed:
    return parse(response, Source(id="x", url=response.url, kind="page", select=select))


def test_each_selector_finds_its_part() -> None:
    parsed = read(stored("nsn-listing.html", "https://nsn.fm/news"), NSN)
    first, second = parsed.entries
    assert first.url == first.key == "https://nsn.fm/economy/moskva-podderzhit-zavody"
    assert first.title
    assert first.title.value == "Москва поддержит ещё сто двадцать заводов"
    assert first.published == "2022-04-25T12:40:00+03:00"
    assert first.summary
    assert first.summary.value == "Льготные кредиты получат «промышленники»."
    assert first.images == ("https://nsn.fm/media/zavod.jpg",)
    assert first.language == "ru"
    assert first.raw.startswith(b"<article")
    assert second.title
    assert second.title.value == "В метро открыли «Новую» станцию"
    assert parsed.info.title == "НСН"
    assert parsed.info.site_url == "https://nsn.fm/news"


def test_links_to_one_article_are_one_entry_and_links_that_open_nothing_are_counted() -> None:
    parsed = read(stored("nsn-listing.html", "https://nsn.fm/news"), NSN)
    assert len(parsed.entries) == 2
    assert parsed.warnings == ("3 of 6 selected elements have no link to an article",)


def test_follow_wishes_each_page_once() -> None:
    parsed = read(stored("nsn-listing.html", "https://nsn.fm/news"), NSN)
    assert [(it.url, it.entry) for it in parsed.wishes] == [(it.url, it) for it in parsed.entries]
    assert read(stored("nsn-listing.html", "https://nsn.fm/news"), Select(item="article")).wishes == ()


def test_a_saved_listing_leads_to_saved_pages_alone() -> None:
    markup = '<article><a href="a.html">A</a></article><article><a href="https://nsn.fm/b">B</a></article>'
    parsed = read(written(markup, "file:///srv/list.html"), Select(item="article", follow=True))
    assert [it.url for it in parsed.entries] == ["file:///srv/a.html", "https://nsn.fm/b"]
    assert [it.url for it in parsed.wishes] == ["file:///srv/a.html"]
    assert len(parsed.warnings) == 1


def test_a_page_of_the_web_never_wishes_a_file() -> None:
    markup = (
        '<base href="file:///etc/"><article><a href="passwd">A</a></article><article><a href="file:///etc/passwd">B'
    )
    parsed = read(written(markup, "https://nsn.fm/"), Select(item="article", follow=True))
    assert [it.url for it in parsed.wishes] == ["https://nsn.fm/passwd"]


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ('<a href="/x">Link</a>', "Link"),
        ('<a href="/x"><img alt="Alt"></a><h2><a href="/x">Headline</a></h2>', "Headline"),
        ('<a href="/x"><img alt="Alt"></a><h3>Heading</h3>', "Heading"),
        ('<a href="/x"><img alt="Alt"></a>', "Alt"),
        ('<a href="#top">Up</a><a href="javascript:x">No</a><a href="/x">Link</a>', "Up"),
    ],
)
def test_without_selectors_the_first_link_and_its_words_count(item: str, title: str) -> None:
    (entry,), _ = by_selectors(opened(f"<li>{item}</li>"), Select(item="li"))
    assert entry.title
    assert entry.title.value == title


def test_an_item_may_be_the_link_itself() -> None:
    (entry,), _ = by_selectors(opened('<a class="card" href="/x"><b>One</b></a>'), Select(item="a.card", link="a"))
    assert entry.url == "https://courier.example/x"


@pytest.mark.parametrize(
    ("select", "report"),
    [
        (Select(item="article"), 'item = "article" matches 0 elements'),
        (Select(item="li", link="a.gone"), 'item = "li" matches 1 element, link = "a.gone" matches 0 elements'),
        (Select(item="li", title="h2"), 'item = "li" matches 1 element, title = "h2" matches 0 elements'),
        (Select(item="li["), 'item = "li[" is not a CSS selector'),
        (Select(item="li", date="::x("), 'date = "::x(" is not a CSS selector'),
        (Select(item="p"), 'No selected element has a link to an article: item = "p" matches 1 element'),
    ],
)
def test_a_selector_that_fits_no_more_is_named_with_what_it_matches(select: Select, report: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        by_selectors(opened('<ul><li><a href="/x">One</a></li></ul><p>none</p>'), select)
    assert report in refusal.value.message
    assert refusal.value.kind is FailureKind.NO_FEED
    assert refusal.value.remedy


def test_a_teaser_selector_that_fits_no_more_is_a_warning() -> None:
    entries, warnings = by_selectors(
        opened('<li><a href="/x">One</a></li>'), Select(item="li", date="time", summary=".s")
    )
    assert len(entries) == 1
    assert warnings == ('date = "time" matches no element', 'summary = ".s" matches no element')


def test_a_list_of_selectors_finds_all_in_document_order() -> None:
    page = opened('<p><a href="/1">1</a></p><div><a href="/2">2</a></div><p><a href="/3">3</a></p>')
    entries, _ = by_selectors(page, Select(item="div, p"))
    assert [it.url[-1] for it in entries] == ["1", "2", "3"]


def test_a_list_without_end_is_cut() -> None:
    markup = "".join(f'<li><a href="/{number}">{number}</a></li>' for number in range(MAX_ITEMS + 50))
    parsed = read(written(markup), Select(item="li"))
    assert len(parsed.entries) == MAX_ITEMS
    assert parsed.warnings == ("only the first 1000 of 1050 selected elements are read",)


def test_a_selector_that_takes_in_the_whole_page_again_and_again_takes_no_time() -> None:
    markup = "<div>" * 200 + '<a href="/x">x</a>' * 20_000
    assert len(read(written(markup), Select(item="div", title="div")).entries) == 1


def test_the_link_may_stand_inside_the_selected_element() -> None:
    (entry,), _ = by_selectors(opened('<li><h2><a href="/x">One</a></h2></li>'), Select(item="li", link="h2"))
    assert entry.url == "https://courier.example/x"


def test_a_date_that_nobody_can_read_hides_none() -> None:
    markup = (
        '<li><a href="/1">One</a><i>Politics</i><i>25 Nov 2026</i></li>'
        '<li><a href="/2">Two</a><i datetime="{{ date }}">26 Nov 2026</i></li>'
        '<li><a href="/3">Three</a><i>soon</i></li>'
    )
    entries, _ = by_selectors(opened(f"<ul>{markup}</ul>"), Select(item="li", date="i"))
    assert [it.published for it in entries] == ["25 Nov 2026", "26 Nov 2026", "soon"]
