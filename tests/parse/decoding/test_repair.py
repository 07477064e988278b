from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from support.feeds import cases, expected, read, shown, stored
from syndicator.model.noun import replace
from syndicator.parse.decoding.repair import repair


@pytest.mark.parametrize("path", cases("broken"))
def test_a_broken_feed_is_read_as_written_down(path: Path) -> None:
    assert shown(stored(path)) == expected(path)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("<a>x & y &amp; &lt; &#65; &#x41; z&</a>", "<a>x &amp; y &amp; &lt; &#65; &#x41; z&amp;</a>"),
        ("<a>&nbsp;&NotEqualTilde;&nope;&#0;&#xD800;&#x110000;</a>", "<a>\u00a0\u2242\u0338&amp;nope;</a>"),
        ("<a b='1' b='2' c=d e f=\"'\"/>", '<a b="1" c="d" e="" f="\'"/>'),
        ("<a t='x < y \" z'>1 < 2 ]]> 3</a>", '<a t="x &lt; y &quot; z">1 &lt; 2 ]]&gt; 3</a>'),
        ("<a><![CDATA[& < &nbsp; <b>]]></a>", "<a><![CDATA[& < &nbsp; <b>]]></a>"),
        ("<a><b><c>x</b></a>", "<a><b><c>x</c></b></a>"),
        ("<a></b>x</a>", "<a>x</a>"),
        ("<a><b>x", "<a><b>x</b></a>"),
        ("<a>x<b y='", "<a>x</a>"),
        ("<a>x &am", "<a>x </a>"),
        ("<a><![CDATA[x <b", "<a><![CDATA[x ]]></a>"),
        ("<a>x<!-- & --><?php & ?>y</a>", "<a>xy</a>"),
        ("<a>x<!-- y</a>", "<a>x y</a>"),
        ("junk <rss>x</rss> junk", "<rss>x</rss>"),
        ("<p>junk</p><rss>x</rss><p>junk</p>", "<rss>x</rss>"),
        ("<rss>\0\x08x</rss>", "<rss>x</rss>"),
        ("<rss><item>1<item>2</rss>", "<rss><item>1</item><item>2</item></rss>"),
        ("<item><title>x<link>y</item>", "<item><title>x</title><link>y</link></item>"),
        ("<d>x<br>y<img src=z></d>", '<d>x<br/>y<img src="z"/></d>'),
    ],
)
def test_each_fault_is_mended_and_named(broken: str, mended: str) -> None:
    text, warnings, _ = repair(broken)
    assert text == mended
    etree.fromstring(text)
    assert all(warning.endswith(".") for warning in warnings)


def test_markup_that_needs_nothing_is_left_as_it_is() -> None:
    text = '<a xmlns:b="urn:x"><b:c d="e &amp; f">g &#8212; <![CDATA[<h>]]></b:c></a>'
    assert repair(text) == (text, (), ())


WHOLE = (
    '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    "<title>Лента</title><link>https://a.example/</link>"
    "<item><title>Рыба &amp; чипсы</title><link>https://a.example/?x=1&amp;copy=2</link><dc:creator>Ёж</dc:creator></item>"
    "<item><title>Второй «номер»</title><guid>https://a.example/2</guid>"
    "<description><![CDATA[<p>a & b]]></description></item>"
    "</channel></rss>"
)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("&amp;", "&"),
        lambda text: text.replace("«", "&laquo;").replace("»", "&raquo;"),
        lambda text: text.replace(' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
        lambda text: text.replace("чипсы", "чип\x00сы\x1f"),
        lambda text: "\ufeff \n" + text,
        lambda text: "<b>Notice</b>: x < y & z\n" + text,
        lambda text: text + "\n<!-- 0.1 s -->\n<script>if (a < b && c) {}</script>",
        lambda text: text + "\0\0\0",
        lambda text: text.replace("</channel></rss>", ""),
        lambda text: text.replace("</item></channel></rss>", "</it"),
        lambda text: text.replace("</item><item>", "<item>"),
        lambda text: text.replace("номер»</title>", "номер»"),
        lambda text: text.replace('version="2.0"', "version=2.0"),
        lambda text: text.replace('version="2.0"', 'version="2.0" version="2.0"'),
        lambda text: text.replace("</dc:creator>", "</dc:creator></font>"),
        lambda text: text.replace("<rss", "<!DOCTYPE rss [<!ENTITY x '>'>]><rss"),
        lambda text: text.replace('encoding="utf-8"', 'encoding="no-such-encoding"'),
        lambda text: text.replace("<?xml ", "<?xml\n"),
        lambda text: text.replace("</title>", "</TITLE>").replace("<title>", "<TITLE>"),
    ],
)
def test_common_damage_loses_nothing(damage: Callable[[str], str]) -> None:
    whole, damaged = read(WHOLE).entries, read(damage(WHOLE)).entries
    assert [replace(entry, raw=b"") for entry in damaged] == [replace(entry, raw=b"") for entry in whole]


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-16"])
def test_damage_and_a_wrong_label_together_lose_nothing(encoding: str) -> None:
    text = WHOLE.replace("«", "").replace("»", "").replace("&amp;", "&")
    whole, damaged = read(text).entries, read(text.encode(encoding)).entries
    assert [replace(entry, raw=b"") for entry in damaged] == [replace(entry, raw=b"") for entry in whole]


pieces = st.sampled_from(
    [
        "<a>",
        "</a>",
        "<b c='",
        "'",
        '"',
        ">",
        "<",
        "&",
        "&amp;",
        "&nbsp;",
        ";",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?",
        "<!",
        *["<item>", "</item>", "<title>", "x", " ", "\0", "<br>", "<x:y z=1>", "/>", "ё", "\ud800", "&#", "&#x1;"],
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(pieces, max_size=30))
def test_whatever_is_mended_is_well_formed(parts: list[str]) -> None:
    text, _, _ = repair("<rss>" + "".join(parts))
    declared = text.replace("<rss", '<rss xmlns:x="urn:x"', 1)
    etree.fromstring(declared)
