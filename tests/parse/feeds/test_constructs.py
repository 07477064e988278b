import pytest
from lxml import etree

from syndicator.model.article import Text
from syndicator.parse.feeds.constructs import alternate, length, read_links, read_text

BASE = "https://a.example/"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("<t>a &lt; b</t>", Text(value="a < b", html=False)),
        ("<t type='text'>a <b>b</b></t>", Text(value="a <b>b</b>", base=BASE)),
        ("<t>&lt;p&gt; is <b>b</b></t>", Text(value="&lt;p&gt; is <b>b</b>", base=BASE)),
        ("<t type='xhmtl'><p>a</p><p>b</p></t>", Text(value="<p>a</p><p>b</p>", base=BASE)),
        ("<t type='plain'>a &lt; b</t>", Text(value="a < b", html=False)),
        ("<t type='html'>a &lt;b&gt;b&lt;/b&gt;</t>", Text(value="a <b>b</b>", base=BASE)),
        ("<t type='TEXT/HTML; charset=utf-8'>&lt;b&gt;</t>", Text(value="<b>", base=BASE)),
        ("<t type='html'>a <b>b</b></t>", Text(value="a <b>b</b>", base=BASE)),
        ("<t type='xhtml'><div>a<br/></div></t>", Text(value="a<br>", base=BASE)),
        ("<t type='xhtml'><p>a</p><p>b</p></t>", Text(value="<p>a</p><p>b</p>", base=BASE)),
        ("<t type='text/markdown'>*a*</t>", Text(value="*a*", html=False)),
        ("<t type='image/svg+xml'><svg/></t>", None),
        ("<t type='text/plain' mode='base64'>0J/Rg!9C4</t>", None),
        ("<t type='application/x'>not base64</t>", None),
        ("<t type='application/x'>AAEC</t>", None),
        ("<t> \n </t>", None),
        ("<t type='html'/>", None),
    ],
)
def test_a_text_is_read_by_its_type(element: str, text: Text | None) -> None:
    assert read_text(etree.fromstring(element), BASE) == text


def test_the_html_page_is_the_alternate() -> None:
    links = read_links(
        etree.fromstring(
            "<e><link rel='http://www.iana.org/assignments/relation/alternate' type='application/pdf' href='1.pdf'/>"
            "<link rel='self' href='self'/><link type='text/html' href='1.html'/><link href='mailto:x@y'/><link/></e>"
        ),
        BASE,
    )
    assert [link.rel for link in links] == ["alternate", "self", "alternate"]
    assert alternate(links) == "https://a.example/1.html"
    assert alternate(links[:2]) == "https://a.example/1.pdf"
    assert alternate([]) == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("0", None), ("", None), ("-1", None), ("1e3", None), ("²", None), ("9" * 30, None)],
)
def test_only_a_known_length_is_one(text: str, number: int | None) -> None:
    assert length(text) == number
