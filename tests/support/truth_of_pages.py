"""Article pages of our own with what is true of them, and how near reading comes to it.

A case is `NAME.html` in `tests/parse/pages` beside `NAME.json`: the truth, written by people. Where a page has a mark
such as `<!--noise:nav-->`, the menus, teasers, comments and small print that real pages are full of are put in.

Texts are compared as in the article-extraction-benchmark: runs of four words, counted; true and false positives and
false negatives add up to one for each page, so that a long page weighs as much as a short one.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from syndicator.model.article import Article, Entry
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse.failures import Unreadable
from syndicator.parse.normalize import normalize
from syndicator.parse.page import parse_article

PAGES = Path(__file__).parents[1] / "parse" / "pages"
NOW = datetime(2022, 5, 1, 20, tzinfo=UTC)
FIELDS = ("title", "published", "updated", "authors", "section", "image", "canonical")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_MARK = re.compile(rb"<!--noise:(\w+)-->")
_TEASERS = (
    "Council votes on the new market hall after a long night",
    "Синоптики рассказали, когда закончатся дожди",
    "Five recipes for people who own one pan",
    "В городском парке высадили тысячу лип",
    "Trains to the north will be late again this week",
    "Учёные объяснили, почему чайки воруют мороженое",
    "What the mayor said about the fountain, and what he meant",
)
_REMARKS = (
    "I have said so for years, and nobody in this town has ever listened to me or to my brother.",
    "Согласен с предыдущим оратором, но хотелось бы увидеть цифры, а не одни обещания.",
    "Could somebody explain to me why this is news? My dog knew about it on Thursday already.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A page and the truth about it."""

    name: str
    body: bytes = field(repr=False)
    truth: dict[str, object]

    @property
    def text(self) -> str:
        """The true text."""
        return "\n".join(map(str, self.truth["text"]))  # type: ignore[call-overload]  # a list, by the form of the files


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How near reading came to the truth.

    Attributes:
        case: Which page.
        right: The fields that are as they should be, of those that the case knows; no title, no date counts, too.
        wrong: What was read for the others.
        shares: True positives, false positives and false negatives of the text, which add up to 1.
    """

    case: Case
    right: frozenset[str]
    wrong: dict[str, object]
    shares: tuple[float, float, float]

    @property
    def f1(self) -> float:
        """Of the text."""
        return _f1([self.shares])[0]


def cases(folder: Path = PAGES) -> list[Case]:
    """The pages of a folder that have a truth beside them."""
    return [
        Case(
            name=path.stem,
            body=_MARK.sub(lambda mark: _noise(mark[1].decode()), path.with_suffix(".html").read_bytes()),
            truth=json.loads(path.read_text(encoding="utf-8")),
        )
        for path in sorted(folder.glob("*.json"))
        if path.with_suffix(".html").exists()
    ]


def read(case: Case) -> Article | None:
    """The article as a subscriber gets it; None: nothing could be read."""
    url = str(case.truth.get("url") or case.truth.get("canonical") or "https://page.example/article")
    source = Source(id="page", url=url, kind="page", timezone=str(case.truth.get("timezone", "UTC")))
    response = Response(url=url, status=200, headers=(("content-type", "text/html"),), body=case.body)
    try:
        (entry,) = parse_article(response, source, Entry(key="key", url=url)).entries
    except Unreadable:
        return None
    return normalize(entry, source, FeedInfo(), NOW)


def score(case: Case) -> Score:
    """Read a case and compare."""
    article = read(case)
    found = dict.fromkeys(FIELDS, "") | (_said(article) if article else {})
    known = [name for name in FIELDS if name in case.truth]
    wrong = {name: found[name] for name in known if not _same(name, case.truth[name], found[name])}
    return Score(
        case=case,
        right=frozenset(known) - set(wrong),
        wrong=wrong,
        shares=_shares(case.text, article.text if article else ""),
    )


def rates(scores: Iterable[Score]) -> dict[str, float]:
    """For each field the part of the pages that know it where it is right; `text`: F1, `precision`, `recall`."""
    scores = list(scores)
    found: dict[str, float] = {}
    for name in FIELDS:
        known = [it for it in scores if name in it.case.truth]
        if known:
            found[name] = sum(name in it.right for it in known) / len(known)
    found["text"], found["precision"], found["recall"] = _f1([it.shares for it in scores])
    return found


def table(scores: Iterable[Score]) -> Iterator[str]:
    """A line for each page that is not all right, then one for each rate."""
    scores = list(scores)
    for it in scores:
        for name, value in it.wrong.items():
            yield f"{it.case.name}: {name} is {value!r}, not {it.case.truth[name]!r}"
        if it.f1 < 0.97:
            yield f"{it.case.name}: text F1 {it.f1:.3f} (too much {it.shares[1]:.2f}, missed {it.shares[2]:.2f})"
    for name, value in rates(scores).items():
        count = len(scores) if name not in FIELDS else sum(name in it.case.truth for it in scores)
        yield f"{name:10} {value:.3f}   of {count} pages"


def _said(article: Article) -> dict[str, object]:
    return {
        "title": article.title,
        "published": article.published.isoformat() if article.published else "",
        "updated": article.updated.isoformat() if article.updated else "",
        "authors": [it.name for it in article.authors],
        "section": article.section,
        "image": article.images[0] if article.images else "",
        "canonical": article.canonical_url,
    }


def _same(name: str, true: object, found: object) -> bool:
    """Dates that the truth knows by the day alone are compared by the day; a list of names has no order."""
    if name in {"published", "updated"} and len(str(true)) == len("2022-04-25"):
        return str(found)[:10] == true
    if isinstance(true, list) and isinstance(found, list):
        return sorted(map(str, true)) == sorted(map(str, found))
    return true == found


def _shares(true: str, found: str) -> tuple[float, float, float]:
    wanted, given = _runs(true), _runs(found)
    both = (wanted & given).total()
    extra, missed = (given - wanted).total(), (wanted - given).total()
    total = both + extra + missed
    return (both / total, extra / total, missed / total) if total else (1.0, 0.0, 0.0)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    """A character of Chinese or Japanese is a word."""
    found = _WORD.findall(text)
    return Counter(tuple(found[at : at + 4]) for at in range(max(1, len(found) - 3))) if found else Counter()


def _f1(shares: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    hits, extra, missed = (sum(it[at] for it in shares) for at in range(3))
    precision, recall = hits / max(hits + extra, 1e-9), hits / max(hits + missed, 1e-9)
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall


def _noise(kind: str) -> bytes:
    """Ten to thirty kilobytes of what stands round articles; ASCII, so that it fits into any page."""
    if kind == "nav":
        parts = [f'<li class="m{n}"><a href="/s/{n}">{_TEASERS[n % 7].split()[0]} {n}</a></li>' for n in range(200)]
        made = f"<ul>{''.join(parts)}</ul>"
    elif kind == "related":
        made = "".join(
            f'<div class="card c{n}"><a href="/r/{n}"><img src="/t/{n}.jpg" alt=""><h3>{_TEASERS[n % 7]}</h3></a>'
            f"<span>{n % 28 + 1:02}.03.2022</span></div>"
            for n in range(150)
        )
    elif kind == "comments":
        made = "".join(
            f'<div class="comment" id="comment-{n}"><b class="author">Reader {n}</b> '
            f'<time datetime="2022-04-30T10:{n % 60:02}">10:{n % 60:02}</time><p>{_REMARKS[n % 3]}</p></div>'
            for n in range(100)
        )
    elif kind == "footer":
        made = "".join(f'<p><a href="/f/{n}">{_TEASERS[n % 7]}</a></p>' for n in range(60)) + "<p>© 2022</p>"
    else:
        raise ValueError(f"no noise is called {kind}")
    return made.encode("ascii", "xmlcharrefreplace")
