"""Documents that mean harm end quickly in articles that any writer can write, or in a failure that says why."""

import re
import time
from typing import Any

import pytest

from support.corpus import NAMESPACES, NOW, URL
from support.feeds import response, source
from syndicator.model.noun import Noun, names
from syndicator.parse import Unreadable, parse
from syndicator.parse.normalize import normalize

SECONDS = 4
"""Of processor time, on a machine that does other things as well; the worst takes one."""

M = 1_000_000
RSS = f"<rss {NAMESPACES}><channel><title>t</title>"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>'
JSON = '{"version": "https://jsonfeed.org/version/1.1", "items": ['
ITEMS = "".join(f"<item><title>t{number}</title></item>" for number in range(3_000))
ENTRIES = "".join(f'<entry><id>t{number}</id><title type="html">x</title></entry>' for number in range(3_000))
LONG = "x" * M
OBJECTS = ",".join(f'{{"id": "{number}"}}' for number in range(3_000))

BODIES: dict[str, str | bytes] = {
    "a hundred thousand items": RSS + "<item><guid>x</guid></item>" * (M // 10),
    "a hundred thousand items that say nothing": RSS + "<item/>" * (M // 10),
    "a hundred thousand entries": ATOM + "<entry><id>1</id></entry>" * (M // 10),
    "a hundred thousand objects": JSON + '{"id": "1"},' * (M // 10) + "{}]}",
    "a hundred thousand objects with a comma too many": JSON + '{"id": "1",},' * (M // 10) + "{}]}",
    "one guid for three thousand": RSS + ITEMS.replace("<item>", "<item><guid>x</guid>"),
    "deep elements": RSS + "<item>" + "<b>" * M,
    "deep markup": RSS + "<item><description>" + "&lt;div&gt;" * 200_000,
    "deep XHTML": ATOM + '<entry><content type="xhtml">' + '<b xml:base="a/">' * 250 + "x",
    "wide XHTML": ATOM + '<entry><content type="xhtml">' + '<b xml:base="a/"><i href="x"/></b>' * 30_000,
    "deep JSON": JSON + '{"a":' * 100_000,
    "deep JSON that ends": JSON + '{"id": "1", "_x":' + "[" * 100_000 + "]" * 100_000 + "}]}",
    "a number of 5,000 digits": JSON + '{"id": ' + "9" * 5000 + "}]}",
    "ten million digits": JSON + ('{"id": ' + "9" * 5000 + "},") * 2000 + "{}]}",
    "an exponent of 5,000 digits": JSON + '{"id": 1e' + "9" * 5000 + "}]}",
    "objects that never end": JSON + '{"id": "1"' + '},{"a' * (M // 5),
    "strings that never end": JSON + '{"id":"' * (M // 7),
    "commas": JSON + "," * M,
    "commas far apart": JSON + (", " + " " * 1000) * 1000 + "}",
    "attributes": RSS + "<item " + " ".join(f'a{number}="1"' for number in range(100_000)) + "/>",
    "attributes without quotes": RSS + "<item " + " ".join(f"a{number}=1" for number in range(100_000)) + "/>",
    "attributes in markup": RSS + "<item><description>&lt;a " + " ".join(f"a{number}=1" for number in range(100_000)),
    "namespaces": RSS
    + "".join(f'<item xmlns:n{number}="u:{number}"><n{number}:a/></item>' for number in range(30_000)),
    "names": RSS + "<item>" + "".join(f"<t{number}/>" for number in range(100_000)) + "</item>",
    "an entity a million times": f'<!DOCTYPE rss [<!ENTITY a "{"x" * 900}">]>{RSS}<item><title>' + "&a;" * (M // 3),
    "entities that multiply": '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + RSS + "&b;" * (M // 3),
    "many entities": "<!DOCTYPE rss [" + '<!ENTITY a "x">' * 17_000 + f"]>{RSS}" + "&a;" * (M // 3),
    "declarations that never end": "<!DOCTYPE rss [" + "<!ENTITY " * 100_000,
    "quotes that never end": "<!DOCTYPE rss [" + '"' * M,
    "sections that never end": f'<!DOCTYPE rss [<!ENTITY a "x">]>{RSS}' + "<![CDATA[" * (M // 9),
    "frames": RSS + "<item><description>" + "&lt;iframe " * (M // 11) + "/&gt;",
    "references": RSS + "<item><title>" + "&#226;" * (M // 6),
    "C1 controls": RSS + "<item><title>" + "\x92" * M,
    "ampersands in markup": RSS + "<item><description>" + "&amp;a" * (M // 6),
    "authors": RSS + "<item>" + "<author>a (b) (c) &lt;d@e.f&gt; (</author>" * 30_000,
    "groups": RSS + "<item>" + '<media:group><media:content url="http://a/"/></media:group>' * 30_000,
    "categories inside categories": RSS
    + ("<item>" + "<itunes:category text='a'>" * 90 + "</itunes:category>" * 90) * 900,
    "keywords": RSS + f"<item><itunes:keywords>{','.join(map(str, range(200_000)))}</itunes:keywords></item>",
    "authors that all inherit": RSS + "".join(f"<itunes:author>x{it}</itunes:author>" for it in range(20_000)) + ITEMS,
    "people that all inherit": ATOM + "".join(f"<author><name>x{it}</name></author>" for it in range(20_000)) + ENTRIES,
    "a long name that all inherit": f"{ATOM}<author><name>{LONG}</name></author>{ENTRIES}",
    "a long right that all inherit": f"{ATOM}<rights>{LONG}</rights>{ENTRIES}",
    "a long language that all inherit": f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{LONG}">{ENTRIES}',
    "a long base that all inherit": f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a/{LONG}/">{ENTRIES}',
    "a long account that all inherit": f'{RSS}<source:account service="s">{LONG}</source:account>{ITEMS}',
    "a long link that all inherit": f"{RSS}<link>http://a/{LONG}</link>{ITEMS}",
    "a long title that all know": f"{RSS}<title>{LONG}</title>{ITEMS}",
    "long lines that all inherit": f'{JSON}{OBJECTS}], "language": "{LONG}", "authors": [{{"name": "{LONG}"}}]}}',
    "a link of a million steps": RSS + "<item><link>http://a/" + "../a/" * (M // 5),
    "base64": ATOM + '<entry><content type="image/x">' + "QUJD" * (M // 4),
    "EBCDIC": "<?xm".encode("cp037") + b"\x00\xff" * M,
    "every byte": bytes(range(256)) * 4000,
    "bytes that are no UTF-8": b"<rss>" + bytes(range(128, 256)) * 8000,
    "half of UTF-16": b"\xff\xfe" + "<rss>".encode("utf-16-le") + b"\x00\xd8<" * 300_000,
    "half of a pair": JSON
    + r'{"id": "1", "title": "\ud800", "content_html": "<p>\udfff</p>", "url": "http://a/\ud800"}]}',
    "controls everywhere": RSS + "<item><title>" + "".join(map(chr, range(32))) * 10_000,
    "NUL everywhere": RSS + "<item>\0<title>\0x\0</title>\0" * 30_000,
}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@pytest.mark.parametrize("name", BODIES)
def test_harm_is_bounded(name: str) -> None:
    body = BODIES[name]
    started = time.process_time()
    from_here = source("feed", url=URL)
    try:
        parsed = parse(
            response(body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"), url=URL), from_here
        )
    except Unreadable as failure:
        parsed = None
        assert failure.message  # noqa: PT017 - either answer will do
    articles = [normalize(entry, from_here, parsed.info, NOW) for entry in parsed.entries] if parsed else []
    assert time.process_time() - started < SECONDS
    assert len({article.key for article in articles}) == len(articles)
    for article in articles[:100]:
        assert article.key
        assert not [text for text in _texts(article) if _ILLEGAL.search(text)]


def _texts(value: Any) -> list[str]:
    """Every text in a noun, but the bytes of its source."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for each in value for text in _texts(each)]
    if isinstance(value, Noun):
        return [text for name in names(value) for text in _texts(getattr(value, name))]
    return []
