"""What rows of links stand below. The rows themselves, in whole pages: test_anchors.py."""

import pytest

from support.evidence import said
from syndicator.parse.publishers.icon_rows import RowHeadings

ROW = "<a>VK</a> | <a>X</a> <a id='last'>OK</a>"


@pytest.mark.parametrize(
    ("markup", "heading"),
    [
        (f"<h3>The band</h3><div>{ROW}</div>", "The band"),
        (f"<div><h3>The band</h3></div><div><p>{ROW}</p></div>", ""),
        (f"<section><h3>The band</h3><div><p>{ROW}</p></div></section>", "The band"),
        (f"<p>Links of the band:</p><p>{ROW}</p>", "Links of the band:"),
        (f"<p>Links of the band: {ROW}</p>", "Links of the band:"),
        (f"<p>The band played on.</p><p>{ROW}</p>", ""),
        (f"<h3>{'The band ' * 20}</h3><p>{ROW}</p>", ""),
        (f"<h3>Friends</h3><ul><li><a>t</a></li></ul><ul><li>{ROW}</li></ul>", ""),
        (f"<p>{ROW}</p>", ""),
    ],
)
def test_the_heading_of_a_row_is_a_heading_or_tells_of_links(markup: str, heading: str) -> None:
    root = said(markup).page.root
    assert RowHeadings(()).above(root.get_element_by_id("last")) == heading


def test_what_holds_links_to_platforms_is_of_the_same_row_unless_it_is_a_list() -> None:
    root = said(f"<p>Links of the band:</p><div id='mate'><a>t</a></div><div>{ROW}</div>").page.root
    last, mate = root.get_element_by_id("last"), root.get_element_by_id("mate")
    assert RowHeadings({mate}).above(last) == "Links of the band:"
    assert RowHeadings(()).above(last) == ""
    mate.tag = "ul"
    assert RowHeadings({mate}).above(last) == ""
