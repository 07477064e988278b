from support.pages import opened
from syndicator.parse.proposing.fields import Fields, fields_of
from syndicator.parse.proposing.places import links_of

LINES = ("Council approves the tram", "Library reopens at last", "Flood wall holds all night", "Bakery closes for good")


def found(item: str) -> Fields | None:
    page = opened("".join(f"<li>{item.format(number=it, line=line)}</li>" for it, line in enumerate(LINES)))
    return fields_of(page.root.xpath("//li"), {it.element: it for it in links_of(page)})


def selectors(item: str) -> tuple[str, str, str, str, str]:
    it = found(item)
    assert it is not None
    return it.link, it.title, it.date, it.summary, it.image


def test_each_field_is_found_beside_links_to_other_things() -> None:
    item = (
        '<a href="/{number}"><img src="/{number}.jpg"></a><a class="topic" href="/t">City news and views</a>'
        '<h3><a href="/{number}">{line}</a></h3><span class="meta">12.03.2026</span>'
        '<p>What {number} happened there in the night, and why it matters now.</p><a href="/{number}">Read more</a>'
    )
    assert selectors(item) == ("h3 a", "h3 a", ".meta", "p", "img")


def test_in_a_link_round_everything_the_headline_is_the_heading() -> None:
    item = '<a href="/{number}"><time datetime="2026-03-12">today</time><h2>{line}</h2></a>'
    assert selectors(item) == ("a", "h2", "time", "", "")


def test_without_heading_a_name_says_what_the_headline_is() -> None:
    item = '<a href="/{number}"><div class="when">12 марта</div><div class="press__name">{line}</div></a>'
    assert selectors(item) == ("a", ".press__name", ".when", "", "")


def test_a_name_of_somebody_else_and_a_date_are_no_headlines() -> None:
    item = '<a href="/{number}" class="date-title">1{number}.03.2026</a><a href="/{number}">{line}</a>'
    assert found(item) is None or selectors(item)[1] != "a.date-title"
    item = '<a href="/{number}">{line}</a><b class="name">Author Number {number} of the Herald</b>'
    assert selectors(item)[1] == "a"


def test_a_whole_block_is_no_headline() -> None:
    page = opened("".join(f'<div class="name-box">{it} <a href="/{it}"><img src="/x.png"></a></div>' for it in LINES))
    assert fields_of(page.root.xpath("//div"), {it.element: it for it in links_of(page)}) is None


def test_a_line_that_begins_with_a_date_is_one() -> None:
    it = found('12.03.2026 — <a href="/{number}">{line}</a>')
    assert it is not None
    assert it.is_line
    assert not it.date


def test_blocks_of_several_articles_or_of_none_have_no_fields() -> None:
    assert found('<h3><a href="/{number}">{line}</a></h3><h3><a href="/x{number}">Other {line}</a></h3>') is None
    assert found('<a href="/same">{line}</a>') is None
    assert found("{line}") is None


def test_links_inside_of_sentences_are_no_headlines() -> None:
    assert found('<p>As was written here in the year before that, <a href="/{number}">{line}</a>.</p>') is None
