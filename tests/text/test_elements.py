"""The sanitiser refuses lists that contradict each other, and a wrong one lets scripts through; links are found."""

from syndicator.text.elements import (
    ADDRESSES,
    ATTRIBUTE_NAMES,
    ATTRIBUTES,
    DISCARDED,
    MOST_LINKS,
    NUMBERS,
    TAGS,
    links_in,
)


def test_what_stays_and_what_goes_are_different_things() -> None:
    assert not TAGS & DISCARDED
    assert not TAGS & {"script", "style", "iframe", "form", "input", "base", "link", "meta", "svg", "math"}


def test_no_attribute_can_carry_code() -> None:
    assert set(ATTRIBUTES) - {"*"} <= TAGS
    assert not [name for name in ATTRIBUTE_NAMES if name.startswith("on") or name in {"style", "class", "id", "srcdoc"}]
    assert ADDRESSES | NUMBERS <= ATTRIBUTE_NAMES


def test_of_very_many_links_the_first_are_looked_at() -> None:
    html = "".join(f'<p><a href="https://a.example/{number}?b&amp;c" title="t">x</a></p>' for number in range(60))
    assert links_in(html) == [f"https://a.example/{number}?b&c" for number in range(MOST_LINKS)]
    assert links_in("<p>x</p>") == []
