"""Feeds made by chance, whose truth is known: every format, in every encoding, with every kind of damage.

The chance is a seed, the case's own name, so that a case that fails fails again.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from random import Random
from typing import Any

from support.corpus import NAMESPACES, Case

RUSSIAN = (
    "столичные власти расширят программу поддержки малого бизнеса об этом сообщил заместитель мэра по его словам в "
    "этом году предприниматели получили более двенадцати тысяч субсидий новый мост через реку откроют осенью жители "
    "района просили о нём с прошлой весны футболисты выиграли третий матч кряду погода останется тёплой до выходных"
).split()
ENGLISH = (
    "the city council will widen its support for small firms the deputy mayor said that this year more than twelve "
    "thousand grants were paid a new bridge over the river opens in autumn people of the district had asked for it "
    "since last spring the team won its third match in a row weather stays warm until the end of this week"
).split()
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
Entry = dict[str, Any]


def entries(random: Random, words: list[str], count: int = 4) -> list[Entry]:
    """Some entries in the corpus's words, the newest first."""
    newest = datetime(2026, 11, 26, 9, tzinfo=UTC)
    return [
        _entry(random, words, place, newest - timedelta(minutes=random.randrange(1, 60) + 60 * place))
        for place in range(count)
    ]


def _entry(random: Random, words: list[str], place: int, moment: datetime) -> Entry:
    number = random.randrange(10**6)
    marks = random.choice(("", " & {}", ": «{}»", " — {}"))
    title = f"{_words(random, words, 5)}{marks.format(_words(random, words, 2))}"
    body = "\n".join(
        f"{_words(random, words, 12).capitalize()} {place}{line}." for line in range(random.randrange(1, 4))
    )
    return {
        "title": title.capitalize(),
        "link": f"https://site.example/news/{number}?a={place}&b=2",
        "id": f"tag:site.example,2026:{number}",
        "date": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "body": body,
    }


def _words(random: Random, words: list[str], count: int) -> str:
    start = random.randrange(len(words) - count)
    return " ".join(words[start : start + count])


def _paragraphs(entry: Entry) -> str:
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in entry["body"].split("\n"))


def _mail_date(entry: Entry) -> str:
    return format_datetime(datetime.fromisoformat(entry["date"]))


def _rss(items: list[Entry], body: Callable[[Entry], str]) -> str:
    inner = "\n".join(
        f"<item>\n<title>{escape(it['title'])}</title>\n<link>{escape(it['link'])}</link>\n"
        f'<guid isPermaLink="false">{it["id"]}</guid>\n<pubDate>{_mail_date(it)}</pubDate>\n{body(it)}\n</item>'
        for it in items
    )
    head = "<title>Site</title><link>https://site.example/</link><description>All of it</description>"
    return f'<rss version="2.0" {NAMESPACES}><channel>{head}\n{inner}\n</channel></rss>'


def _rdf(items: list[Entry]) -> str:
    inner = "\n".join(
        f'<item rdf:about="{it["id"]}">\n<title>{escape(it["title"])}</title>\n<link>{escape(it["link"])}</link>\n'
        f"<dc:date>{it['date']}</dc:date>\n<description>{escape(_paragraphs(it))}</description>\n</item>"
        for it in items
    )
    head = "<title>Site</title><link>https://site.example/</link><description>All of it</description>"
    return (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" {NAMESPACES} xmlns="http://purl.org/rss/1.0/">'
        f'<channel rdf:about="https://site.example/">{head}</channel>\n{inner}\n</rdf:RDF>'
    )


def _atom(items: list[Entry], content: Callable[[Entry], str], *, old: bool = False) -> str:
    date = "issued" if old else "published"
    inner = "\n".join(
        f'<entry>\n<title>{escape(it["title"])}</title>\n<link rel="alternate" href="{escape(it["link"])}"/>\n'
        f"<id>{it['id']}</id>\n<{date}>{it['date']}</{date}>\n{content(it)}\n</entry>"
        for it in items
    )
    kind = 'version="0.3" xmlns="http://purl.org/atom/ns#"' if old else 'xmlns="http://www.w3.org/2005/Atom"'
    return f"<feed {kind}><title>Site</title><id>urn:site</id>\n{inner}\n</feed>"


def _json(items: list[Entry]) -> str:
    said = [
        {
            "id": it["id"],
            "url": it["link"],
            "title": it["title"],
            "date_published": it["date"],
            "content_html": _paragraphs(it),
        }
        for it in items
    ]
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Site", "items": said}, ensure_ascii=False
    )


FORMATS: dict[str, Callable[[list[Entry]], str]] = {
    "rss": lambda items: _rss(items, lambda it: f"<description>{escape(_paragraphs(it))}</description>"),
    "rss-cdata": lambda items: _rss(
        items, lambda it: f"<content:encoded><![CDATA[{_paragraphs(it)}]]></content:encoded>"
    ),
    "rdf": _rdf,
    "atom-html": lambda items: _atom(items, lambda it: f'<content type="html">{escape(_paragraphs(it))}</content>'),
    "atom-xhtml": lambda items: _atom(
        items,
        lambda it: f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{_paragraphs(it)}</div></content>',
    ),
    "atom-03": lambda items: _atom(
        items, lambda it: f'<content type="text/html" mode="escaped">{escape(_paragraphs(it))}</content>', old=True
    ),
    "json": _json,
}
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "windows-1251": "cp1251",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "x-mac-cyrillic": "mac_cyrillic",
    "iso-8859-5": "iso8859_5",
    "ibm866": "cp866",
}
"""Labels, and Python's names; quotes and dashes that an encoding lacks become references."""


def well_formed() -> Iterator[Case]:
    """Every format in every encoding, rightly labelled; JSON in Unicode alone."""
    for kind, write in FORMATS.items():
        for label, codec in ENCODINGS.items():
            if kind == "json" and not label.startswith("utf"):
                continue
            name = f"{kind} in {label}"
            random = Random(name)
            truth = entries(random, random.choice((RUSSIAN, ENGLISH)))
            declaration = "" if kind == "json" else DECLARATION.replace("utf-8", label)
            body = (declaration + write(truth)).encode(codec, "xmlcharrefreplace")
            differs = "json-feed" if kind == "json" else "encodings" if label == "x-mac-cyrillic" else ""
            yield Case(name, "well-formed", body, truth, differs=differs)


def _each_leaf(text: str, change: Callable[[str], str]) -> str:
    """The text with every title changed that is an entry's."""
    return re.sub(r"(?<=\n<title>)[^<]*", lambda found: change(found[0]), text)


def _without_one(random: Random, text: str, tag: str) -> str:
    """The text without one of the occurrences of a tag, the last excepted."""
    places = [found.start() for found in re.finditer(re.escape(tag), text)]
    place = random.choice(places[1:-1])
    return text[:place] + text[place + len(tag) :]


def _entry_end(text: str) -> str:
    return "</item>" if "</item>" in text else "</entry>"


def _cut(random: Random, text: str, truth: list[Entry]) -> tuple[str, list[Entry]]:
    begin = text.rfind("<item") if "</item>" in text else text.rfind("<entry")
    return text[: random.randrange(begin + 60, text.rfind(_entry_end(text)))], truth[:-1]


def _spoilt(random: Random, text: str, truth: list[Entry]) -> tuple[str, list[Any]]:
    """One entry is garbage: nothing is expected of it, and everything of the others."""
    place = random.randrange(1, len(truth) - 1)
    title = escape(truth[place]["title"])
    garbage = random.choice(("<b><i>x</b> &&& <<", "</p></title></x>", '<a href="x>y', "]]> <!-> &#xFFFFFF; <"))
    return text.replace(title, garbage), [None if it is truth[place] else it for it in truth]


def _same(change: Callable[[Random, str], str]) -> Callable[[Random, str, list[Entry]], tuple[str, list[Any]]]:
    return lambda random, text, truth: (change(random, text), truth)


DAMAGES: dict[str, tuple[str, Callable[[Random, str, list[Entry]], tuple[str, list[Any]]]]] = {
    "bare ampersands": ("", _same(lambda _, text: re.sub("&amp;(?![a-z]+;)", "&", text))),
    "entities of HTML": (
        "",
        _same(lambda _, text: text.replace("«", "&laquo;").replace("»", "&raquo;").replace("—", "&mdash;")),
    ),
    "control characters": (
        "",
        _same(lambda random, text: _each_leaf(text, lambda it: f"{chr(random.randrange(1, 9))}{it}\x1f")),
    ),
    "punctuation as C1": ("", _same(lambda _, text: text.replace("—", "\x97"))),
    "cut off": ("cut-off", _cut),
    "junk before": (
        "",
        _same(lambda random, text: random.choice(("Notice: x in y.php\n", "\n\n<br>\n", "<!-- cache -->ok\n")) + text),
    ),
    "junk behind": (
        "",
        _same(lambda random, text: text + random.choice(("<!-- 0.1 s -->", "</html>", "\nDone & gone", "\0\0"))),
    ),
    "no end": ("", _same(lambda _, text: re.sub(r"(?:</channel></rss>|</rdf:RDF>|</feed>)$", "", text))),
    "no quotes": ("", _same(lambda _, text: re.sub(r'="([\w:./#-]*[\w#])"', r"=\1", text))),
    "undeclared prefixes": ("", _same(lambda _, text: re.sub(r' xmlns:(?!rdf)\w+="[^"]*"', "", text))),
    "an open title": ("unclosed", _same(lambda random, text: _without_one(random, text, "</title>\n"))),
    "an open entry": ("unclosed", _same(lambda random, text: _without_one(random, text, _entry_end(text)))),
    "stray end tags": (
        "",
        _same(lambda random, text: _each_leaf(text, lambda it: it + random.choice(("</p>", "</b></i>", "")))),
    ),
    "names in two cases": ("unclosed", _same(lambda _, text: text.replace("</title>", "</TITLE>"))),
    "two marks": ("", _same(lambda _, text: f"\ufeff\ufeff{text}")),
    "a document type of HTML": ("", _same(lambda _, text: f"<!DOCTYPE html>\n{text}")),
    "one entry is garbage": ("signs", _spoilt),
}
"""Kinds of damage: the row of the table that says why feedparser may read something else, and what is done."""


def broken() -> Iterator[Case]:
    """Every format of XML with every kind of damage, in two languages."""
    for kind, write in FORMATS.items():
        if kind == "json":
            continue
        for damage, (differs, change) in DAMAGES.items():
            for words in (RUSSIAN, ENGLISH):
                name = f"{kind} with {damage}, {'Russian' if words is RUSSIAN else 'English'}"
                random = Random(name)
                items = entries(random, words)
                text, truth = change(random, DECLARATION + write(items), items)
                yield Case(name, "broken", text.encode(), truth, differs=differs)
