"""The sanitiser refuses lists that contradict each other, and a wrong one lets scripts through."""

from syndicator.text.elements import ADDRESSES, ATTRIBUTE_NAMES, ATTRIBUTES, DISCARDED, NUMBERS, TAGS


def test_what_stays_and_what_goes_are_different_things() -> None:
    assert not TAGS & DISCARDED
    assert not TAGS & {"script", "style", "iframe", "form", "input", "base", "link", "meta", "svg", "math"}


def test_no_attribute_can_carry_code() -> None:
    assert set(ATTRIBUTES) - {"*"} <= TAGS
    assert not [name for name in ATTRIBUTE_NAMES if name.startswith("on") or name in {"style", "class", "id", "srcdoc"}]
    assert ADDRESSES | NUMBERS <= ATTRIBUTE_NAMES
