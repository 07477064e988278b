import pytest

from syndicator.parse.decoding.sniff import Shape, sniff


@pytest.mark.parametrize(
    ("body", "shape"),
    [
        (b"", Shape.BLANK),
        (b"\xef\xbb\xbf \r\n\t", Shape.BLANK),
        (b"\0\0\0", Shape.BLANK),
        (b"<rss version='2.0'>", Shape.XML_FEED),
        (
            b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- <html> -->\n<feed xmlns='http://www.w3.org/2005/Atom'>",
            Shape.XML_FEED,
        ),
        (b"<?xml version='1.0'?><?xml-stylesheet href='x'?><!DOCTYPE rss SYSTEM 'x'><rss>", Shape.XML_FEED),
        (b"<rdf:RDF xmlns:rdf='x'>", Shape.XML_FEED),
        (b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", Shape.XML_FEED),
        (b"<!--" + b"x" * 10_000 + b"--><RSS>", Shape.XML_FEED),
        (b"<br />\n<b>Warning</b>: x <?xml version='1.0'?><rss>", Shape.XML_FEED),
        ("<?xml version='1.0'?><rss>".encode("utf-16"), Shape.XML_FEED),
        ("<?xml version='1.0'?><rss>".encode("utf-16-be"), Shape.XML_FEED),
        ("<?xml version='1.0'?><rss>".encode("utf-32"), Shape.XML_FEED),
        (b' \n{"version": 1}', Shape.JSON),
        (b"[1]", Shape.JSON),
        (b"<opml version='1.0'>", Shape.OPML),
        (b"<!DOCTYPE html><title>x</title>", Shape.HTML),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", Shape.HTML),
        (b"<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'><head>", Shape.HTML),
        (b"<html><body>About the <rss> element", Shape.HTML),
        (b"<div>fragment", Shape.HTML),
        (b"<?xml version='1.0'?><urlset xmlns='x'>", Shape.OTHER_XML),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Shape.OTHER_XML),
        (b"Not found", Shape.OTHER),
        (b"%PDF-1.4", Shape.OTHER),
        (b"<", Shape.OTHER),
        (b"<!--", Shape.OTHER),
        (b"\xff" * 100, Shape.OTHER),
    ],
)
def test_the_body_alone_shows_what_it_is(body: bytes, shape: Shape) -> None:
    assert sniff(body).shape is shape


def test_blank_megabytes_before_a_feed_hide_nothing() -> None:
    assert sniff(b" " * 1_000_000 + b"<rss>").shape is Shape.XML_FEED
