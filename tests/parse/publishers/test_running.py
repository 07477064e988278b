"""Lines of running text."""

import pytest

from support.evidence import said
from syndicator.parse.publishers.running import line_of


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
