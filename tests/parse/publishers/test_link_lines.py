"""What the words round a link say. Whole pages: test_anchors.py."""

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from support.evidence import said
from syndicator.model.social import SocialLink
from syndicator.parse.publishers.link_lines import LinkLines, line_of
from syndicator.parse.publishers.own_accounts import OwnAccounts
from syndicator.social.platforms import match

HERALD = SocialLink(platform="telegram", handle="herald", url="https://t.me/herald")


def lines(*names: str) -> LinkLines:
    return LinkLines("paper.example", names, base="https://paper.example/", accounts=OwnAccounts("paper.example"))


def inline(markup: str) -> list[HtmlElement]:
    return [fragment_fromstring(markup, create_parent="p")]


@pytest.mark.parametrize(
    ("line", "href", "calls"),
    [
        ("Follow us on Telegram", "https://t.me/any_x", True),
        ("Follow us on Telegram", "", True),
        ("Telegram is blocked in the county", "https://t.me/any_x", False),
        ("Follow the Herald on Telegram", "https://t.me/herald", False),
        ("Follow the Paper on Telegram", "https://t.me/herald", True),
    ],
)
def test_a_call_is_one_by_the_rules_that_clean_bodies(line: str, href: str, calls: bool) -> None:
    element = inline(line.replace("Telegram", f'<a href="{href}">Telegram</a>'))
    assert lines("The Paper").calls(line, element) is calls


def test_a_call_to_somebody_whom_it_names_is_no_call_of_ours() -> None:
    assert lines("The Paper").calls_to_others("Follow the Herald", HERALD)
    assert not lines("The Paper").calls_to_others("Follow The Paper", HERALD)
    assert not lines("The Paper").calls_to_others("The Herald", HERALD)


@pytest.mark.parametrize(
    ("line", "ours"),
    [("Our channel", True), ("My channel", True), ("The Paper in Telegram", True), ("The channel", False)],
)
def test_a_line_of_the_body_speaks_of_us_by_name_or_as_we(line: str, ours: bool) -> None:
    assert lines("The Paper").speaks_of_us(line, HERALD) is ours


def test_letters_are_counted_beside_names_and_labels() -> None:
    link = match("https://t.me/herald")
    assert link is not None
    assert lines().letters("", link) == 0
    assert lines().letters("Telegram: herald", link) == 0
    assert lines("The Paper").letters("The Paper in Telegram", link) == 0
    assert lines().letters("Telegram of Bob", link) == len("Bob")


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("<p>Read <b><a>us</a></b> on <i>X</i></p>", "Read us on X"),
        ("<p>Before<br>Read <a>us</a> here<br>After</p>", "Read us here"),
        ("<div>One<p>Two</p>Read <a>us</a><p>Three</p></div>", "Read us"),
        ("<ul><li>One</li><li><a>us</a></li></ul>", "us"),
    ],
)
def test_a_line_ends_at_a_block_or_a_break(markup: str, line: str) -> None:
    text, inline = line_of(next(said(markup).page.root.iter("a")))
    assert text == line
    assert any(True for it in inline for _ in it.iter("a"))
