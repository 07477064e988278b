"""What is published, judged by programs that know the schemas: jing and xmllint."""

import json
from pathlib import Path

import pytest

from support.programs import call
from support.service import command, free_port, stories, write_config

pytestmark = pytest.mark.system

RFC_4287 = Path(__file__).parents[1] / "publish" / "schemas" / "atom.rnc"

NASTY = {
    "control characters": "a\0b\x01c\x08d\x0be\x1ff\x7fg\x85h",
    "an end of CDATA": "a ]]> b ]]]]><![CDATA[>",
    "lone surrogates": "a\ud800b\udfffc \udc00\ud800",
    "non-characters": "a\ufffeb\uffffc\U0001ffff\ufdd0\ufdd1\ufdd2",
    "markup": "<b>a</b> & &lt;i&gt; &amp;amp; &nope; &#0; &#x1F; &#xD800; <!-- c --> <?php d ?> <![CDATA[e]]>",
    "broken markup": '<p title="<a href=\'x">a<b<c></p></div></html> <svg><![CDATA[<p>]]></svg> <math><mi>x',
    "directions and joiners": "\u202ea\u2066b\ufeff\u200d\u2028\u2029c",
    "nothing but blanks": " \t\r\n\u00a0\u3000",
    "length": "я" * 20_000,
    "depth": "<div><blockquote>" * 400 + "a",
}
"""Texts that come as titles, bodies, names, categories."""

ADDRESSES = [
    "relative/page?a=1&b=<2>",
    "../../up",
    "//other.example/no-scheme",
    "?query",
    "#fragment",
    "",
    "javascript:alert(1)",
    "data:text/html,<script>",
    "mailto:a@b.example",
    "http://",
    "http://[::1",
    "http://a b.example/\u0007\ud800",
    "https://пример.example/путь?ключ=«значение»",
    "urn:isbn:0451450523",
    'tag:a.example,2026:"<>\\^`{|}',
]  # fmt: skip


def nasty_json() -> bytes:
    """A JSON feed: its escapes can say what UTF-8 cannot."""
    items = [
        {
            "id": f"{name} {kind}",
            "url": f"https://nasty.example/{number}/{kind}",
            "title": text if kind != "body" else name,
            "content_html": f"<p>{text}</p><a href='{text}'>x</a><img src='a\"b'>" if kind != "title" else "<p>x</p>",
            "summary": text,
            "authors": [{"name": text, "url": text}],
            "tags": [text, ""],
            "language": text[:9],
            "date_published": "2026-03-05T10:00:00Z",
            "attachments": [{"url": f"a {text}", "mime_type": text, "title": text, "size_in_bytes": -1}],
        }
        for number, (name, text) in enumerate(NASTY.items())
        for kind in ("title", "body", "both")
    ] + [
        {"id": address, "url": address, "title": f"at {number}", "external_url": address, "image": address}
        | {"content_html": f'<a href="{address}">x</a> <img src="{address}" srcset="{address} 2x">'}
        for number, address in enumerate(ADDRESSES)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": NASTY["markup"] + NASTY["lone surrogates"]}
    return json.dumps(feed | {"home_page_url": "relative/", "items": items}).encode()


def nasty_xml(form: str) -> bytes:
    """The same as RSS or Atom, as far as a lenient reader follows: with what XML forbids."""
    if form == "rss":
        open_ = '<rss version="2.0"><channel><title>]]&gt; &nbsp;</title><link>/</link><description/>'
        item = (
            "<item><title>{0}</title><link>{2}</link><description>{1}</description><author>{0}</author>"
            "<category>{0}</category><pubDate>{0}</pubDate></item>"
        )
        close = "</channel></rss>"
    else:
        open_ = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="sub/"><title type="html">]]&gt; &nbsp;</title>'
        item = (
            '<entry><id>{2}</id><title type="html">{1}</title><link href="{2}"/><updated>yesterday</updated>'
            '<content type="html">{1}</content><author><name>{0}</name></author><category term="{0}"/></entry>'
        )
        close = "</feed>"
    texts = [text for name, text in NASTY.items() if name != "depth"]
    items = "".join(
        item.format(_escaped(text), f"<![CDATA[{text.replace(']]>', ']]')}]]>", _escaped(ADDRESSES[i % len(ADDRESSES)]))
        for i, text in enumerate(texts)
    )
    return (open_ + items + close).encode("utf-8", "surrogatepass")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@pytest.fixture
def nasty(tmp_path: Path, origin) -> Path:
    """A configuration whose nasty feeds have been published."""
    bodies = {"json": nasty_json(), "rss": nasty_xml("rss"), "atom": nasty_xml("atom")}
    sources = "".join(
        f'[[source]]\nid = "{name}"\nurl = "{origin.serve(f"/{name}?a=1&b=2", body)}"\nrepublish = "full"\n'
        f"tags = ['<&\"]]>', 'all']\ntitle = '''<b>]]>&amp;\"'''\n"
        for name, body in bodies.items()
    )
    config = write_config(
        tmp_path, free_port(), sources__nasty=sources,
        channels__all="[[channel]]\nid = 'all'\ntitle = '<&\"]]>'\ndescription = '<p>&nbsp;]]>'\nlimit = 1000\n",
    )  # fmt: skip
    done = command(config, "once")
    assert " 0 failed" in done.stdout, done.stdout + done.stderr
    return config


def files(public: Path, *suffixes: str) -> list[Path]:
    found = [path for suffix in suffixes for path in sorted(public.rglob(f"*{suffix}"))]
    assert {path.suffix for path in found} == set(suffixes)
    return found


def test_the_samples_hold_to_the_schemas(samples) -> None:
    call("jing", "-c", RFC_4287, *files(samples.public, ".atom"))
    call("xmllint", "--noout", "--nonet", *files(samples.public, ".atom", ".rss", ".opml"))


def test_nasty_feeds_are_published_whole_and_hold_to_the_schemas(nasty) -> None:
    public = nasty.parent / "var" / "public"
    call("jing", "-c", RFC_4287, *files(public, ".atom"))
    call("xmllint", "--noout", "--nonet", *files(public, ".atom", ".rss", ".opml"))
    found = stories(nasty)
    assert {story["source"] for story in found} == {"json", "rss", "atom"}
    assert len(found) > 3 * len(NASTY) + len(ADDRESSES)
    feeds = public / "feeds"
    assert (feeds / "all.rss").read_text().count("<item>") == len(found)
    assert (feeds / "all.atom").read_text().count("<entry") == len(found)
    assert len(json.loads((feeds / "all.json").read_text())["items"]) == len(found)


def test_jing_and_xmllint_refuse_what_is_wrong(samples, tmp_path) -> None:
    atom = (samples.public / "feeds" / "all.atom").read_text()
    (tmp_path / "late.atom").write_text(atom.replace("<updated>", "<updated>x", 1))
    (tmp_path / "torn.atom").write_text(atom[:-20])
    with pytest.raises(AssertionError, match="updated"):
        call("jing", "-c", RFC_4287, tmp_path / "late.atom")
    with pytest.raises(AssertionError, match="torn"):
        call("xmllint", "--noout", "--nonet", tmp_path / "torn.atom")
