import pytest
from lxml import etree

from syndicator.parse.feeds import nodes


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("{http://purl.org/dc/elements/1.1/}creator", "dc:creator"),
        ("{HTTPS://purl.org/dc/elements/1.1}Creator", "dc:creator"),
        ("dc:creator", "dc:creator"),
        ("{http://purl.org/dc/terms/}creator", "dc:creator"),
        ("dcterms:creator", "dc:creator"),
        ("pubDate", "pubdate"),
        ("{http://purl.org/rss/1.0/}item", "item"),
        ("{http://purl.org/atom/ns#}entry", "atom:entry"),
        ("{urn:x}item", "{urn:x}item"),
    ],
)
def test_a_name_does_not_depend_on_how_a_namespace_is_written(tag: str, name: str) -> None:
    assert nodes.name(tag) == name


@pytest.mark.parametrize("name", ["o:-1", "o:1", "o:.a"])
def test_an_element_whose_name_is_none_without_its_prefix_costs_no_words(name: str) -> None:
    parser = etree.XMLParser(recover=True)
    assert nodes.markup(etree.fromstring(f"<t>a <{name}>b</{name}></t>", parser)) == "a <span>b</span>"


def test_markup_leaves_the_element_as_it_was() -> None:
    element = etree.fromstring(
        '<a xmlns:x="http://www.w3.org/1999/xhtml">1 &lt; 2<x:b xml:lang="en">c</x:b><x:br/>d</a>'
    )
    before = etree.tostring(element)
    assert nodes.markup(element) == nodes.markup(element) == "1 &lt; 2<b>c</b><br>d"
    assert etree.tostring(element) == before


@pytest.mark.parametrize(
    ("url", "base", "resolved"),
    [
        ("a?x=1&amp;y=2", "https://a.example/b/", "https://a.example/b/a?x=1&y=2"),
        ("", "https://a.example/", ""),
        ("/etc/passwd", "file:///srv/", ""),
        ("file:///etc/passwd", "https://a.example/", ""),
        ("javascript:alert(1)", "https://a.example/", ""),
        ("a", "", ""),
    ],
)
def test_only_web_addresses_come_out(url: str, base: str, resolved: str) -> None:
    assert nodes.web(url, base) == resolved


def test_an_attribute_is_found_whatever_its_case_or_namespace() -> None:
    element = etree.fromstring('<a xmlns:r="urn:r" ISPERMALINK="false" r:Resource=" x "/>')
    assert nodes.attribute(element, "isPermaLink") == "false"
    assert nodes.attribute(element, "resource") == "x"
    assert nodes.attribute(element, "none") == ""


def test_every_text_that_says_something_is_given_by_the_order_of_the_names() -> None:
    found = nodes.children(etree.fromstring("<i><a>1</a><b> 2 </b><a/><a>3</a><c>4</c></i>"))
    assert nodes.every(found, "b", "a", "none") == ["2", "1", "3"]
