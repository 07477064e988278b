"""Where a body stands on its page."""

from support.evidence import STORY, region, said
from syndicator.model.article import Text
from syndicator.parse.article.region import find_region


def inside(body: str, story: str = STORY) -> dict[str, bool]:
    found = region(said(body), story)
    return {it.get("id"): found.holds(number) for number, it in enumerate(found.elements) if it.get("id")}


def test_the_body_is_what_stands_between_its_first_and_last_words() -> None:
    first, second = STORY.split("</p>")[:2]
    body = f'<b id="before"></b><main>{first}</p><b id="within"></b>{second}</p></main><b id="after"></b>'
    assert inside(body) == {"before": False, "within": True, "after": False}


def test_a_teaser_with_the_same_words_is_not_the_body() -> None:
    teaser = f"<header>{STORY.split('</p>')[0]}</p><b id=teaser></b></header>"
    more = STORY + STORY.replace("Tuesday", "Monday").replace("council", "committee")
    assert inside(f"{teaser}<main><b id=above></b>{more}</main>", more) == {"teaser": False, "above": False}


def test_short_links_that_end_the_body_belong_to_it() -> None:
    tail = '<ul><li><a id="last" href="https://t.me/x1">X</a></li></ul>'
    foot = '<footer><a id="foot" href="https://t.me/x2">X</a></footer>'
    assert inside(f"<main>{STORY}{tail}</main>{foot}", STORY + tail) == {"last": True, "foot": False}


def test_text_without_markup_is_found_as_well() -> None:
    page = said(f"<main>{STORY}<b id=x></b></main>").page
    lines = (
        "The council voted late on Tuesday to keep the market hall open for another year.\nNowhere on the page at all"
    )
    found = find_region(page, Text(value=lines, html=False))
    assert found.holder is not None
    assert found.holds(found.first)


def test_without_a_body_nothing_is_in_it() -> None:
    assert not any(inside("<p id=a>x</p>", "").values())
    assert region(said(STORY), "<p>Words that this page does not have at all.</p>").holder is None
