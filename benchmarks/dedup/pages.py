"""Whole pages taken for articles' texts: what is said of them before their sites' furniture has been learned.

    python -m benchmarks.dedup.pages [--show KIND]

Two stories of one site share its menus, lists and notices; two sites that have one story put their own round it. Each
pair is judged as the program does: do their sketches meet, and do the texts then hold? Ends with 1 when more is joined
that is two stories, or less that is one, than docs/deduplication.md demands.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import combinations, product
from typing import Any, NamedTuple

from syndicator.dedup.compared import Content
from syndicator.dedup.near import compare
from syndicator.text.likeness import hashes, sketch, words

from .lexicon import table

LANGUAGES = ("ru", "en", "de", "es", "zh")
PLACES = ("start", "end", "both", "between")
LONG, SHORT = (0, 1), (2, 3)
"""Articles of a language's four."""
MOST = {"two stories: no headline": 3}
"""Pairs of strangers that may be joined; of other kinds, none."""
LEAST = 0.5
"""Share of the pairs that are one story which must be joined."""
_WHEN = datetime(2026, 3, 5, 9, tzinfo=UTC)
_MET = 2  # hashes that two sketches share


class Page(NamedTuple):
    """What an extractor took for an article.

    Attributes:
        story: The article that is in it.
        said: As it is compared.
        share: What part of its words is its site's.
    """

    story: str
    said: Content
    share: float


@dataclass(frozen=True)
class Case:
    """Two pages, of one kind of pairs."""

    kind: str
    pages: tuple[Page, Page]

    @property
    def is_one(self) -> bool:
        """Whether they tell one story."""
        return self.pages[0].story == self.pages[1].story

    @property
    def joined(self) -> bool:
        """Whether the program would take them for one: they meet, and what they say holds."""
        one, other = (it.said for it in self.pages)
        met = len({*hashes(sketch(one.text))}.intersection(hashes(sketch(other.text)))) >= _MET
        return met and compare(one, other).holds


@cache
def _language(code: str) -> Any:
    return table("pages")[code]


def page(
    code: str, article: int, site: int, place: str = "", share: float = 0, *, also: int | None = None, title: str = ""
) -> Page:
    """An article on a page of a site.

    Args:
        code: Its language.
        article: Which of the language's.
        site: Which of the language's.
        place: Where the site's own is: one of `PLACES`; empty: nowhere.
        share: About so much of the words shall be the site's, as far as it has as many.
        also: The site whose lists of other stories it has, if they are not its own.
        title: Its headline: empty for the article's own, "other" for its other one, else as it is.
    """
    it, frame = _language(code)["articles"][article], _language(code)["sites"][site]
    lists = _language(code)["sites"][site if also is None else also]["also"]
    above, below = [*frame["head"]], [*lists, *frame["foot"]]
    pool = below + above if place == "end" else above + below
    counts = [0]
    for paragraph in pool:
        counts.append(counts[-1] + len(words(paragraph)))
    own = len(words("\n".join(it["text"])))
    taken = min(range(len(counts)), key=lambda number: abs(counts[number] / (counts[number] + own) - share))
    own_title = {"": it["title"], "other": it["other"]}.get(title, title)
    text = "\n".join(_framed(it["text"], pool[:taken], place, above))
    said = Content(title=own_title, text=text, published=_WHEN, url=f"https://{site}.example/{code}/{article}")
    return Page(f"{code} {article}", said, counts[taken] / (counts[taken] + own))


def _framed(text: Sequence[str], furniture: Sequence[str], place: str, above: Sequence[str]) -> list[str]:
    match place:
        case "start":
            return [*furniture, *text]
        case "end":
            return [*text, *furniture]
        case "both":
            before = [it for it in furniture if it in above]
            return [*before, *text, *furniture[len(before) :]]
        case "between":
            found = list[str]()
            for number in range(max(len(text), len(furniture))):
                found += [*furniture[number : number + 1], *text[number : number + 1]]
            return found
        case _:
            return list(text)


def cases() -> Iterator[Case]:
    """All pairs."""
    for code in LANGUAGES:
        yield from _strangers(code)
        yield from _copies(code)
        four = [page(code, article, site, "both", 0.6) for article, site in product(LONG, (0, 1))]
        yield from (Case("groups of four", pair) for pair in combinations(four, 2))


def _strangers(code: str) -> Iterator[Case]:
    """Two stories of one site; the last ones have no headline of their own."""
    for place, share in product(PLACES, (0.4, 0.55, 0.7)):
        one, other = (page(code, it, 0, place, share) for it in LONG)
        yield Case(f"two stories: {place}", (one, other))
    for place, share in product(PLACES, (0.6, 0.7, 0.85)):
        one, other = (page(code, it, 0, place, share) for it in SHORT)
        yield Case("two stories: short", (one, other))
    for place, share in product(PLACES, (0.55, 0.85)):
        one, other = (page(code, it, 0, place, share) for it in (LONG[0], SHORT[0]))
        yield Case("two stories: long, short", (one, other))
    for (article, another), place in product((LONG, SHORT), PLACES):
        for title in ("-", _language(code)["sites"][1]["head"][0][:20]):
            one, other = (page(code, it, 0, place, 0.6, title=title) for it in (article, another))
            yield Case("two stories: no headline", (one, other))


def _copies(code: str) -> Iterator[Case]:
    """One story at two sites, with the furniture of both or of one; and twice at one, with other lists."""
    for place, share in product(PLACES, (0.3, 0.45, 0.6)):
        title = "other" if share == 0.45 else ""
        yield Case(f"one story: {place}", (page(code, 0, 0, place, share), page(code, 0, 1, place, share, title=title)))
    for place, share in product(PLACES, (0.5, 0.7)):
        yield Case("one story: short", (page(code, 2, 0, place, share), page(code, 2, 1, place, share)))
    for article, place, share in product((1, 3), PLACES, (0.3, 0.5, 0.65)):
        kind = "clean and page" if article in LONG else "clean and page: short"
        title = "other" if share == 0.3 else ""
        yield Case(f"one story: {kind}", (page(code, article, 1, title=title), page(code, article, 0, place, share)))
    for article, place in product((0, 2), PLACES):
        one, other = page(code, article, 0, place, 0.6), page(code, article, 0, place, 0.6, also=1, title="other")
        yield Case("one story: one site", (one, other))


class Score(NamedTuple):
    """Of one kind: pairs that are one story and were joined, or not; that are two and were joined, or not."""

    right: int
    lost: int
    wrong: int
    apart: int


def scores(of: Sequence[Case]) -> dict[str, Score]:
    """What becomes of the pairs, by kind."""
    found: defaultdict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for case in of:
        found[case.kind][case.is_one, case.joined] += 1
    outcomes = [*product((True, False), repeat=2)]
    return {kind: Score(*(counts[it] for it in outcomes)) for kind, counts in found.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks.dedup.pages", description=__doc__.partition("\n")[0])
    options.add_argument("--show", metavar="KIND", help="tell each pair of kinds that begin so")
    chosen = options.parse_args(arguments)
    made = list(cases())
    if chosen.show is not None:
        for it in made:
            if it.kind.startswith(chosen.show):
                found = compare(*(page.said for page in it.pages))
                whose = ", ".join(f"{page.story} {page.share:.0%}" for page in it.pages)
                what = "joined" if it.joined else "apart"
                print(f"{it.kind}: {whose}: {what}; {found.shorter:.2f} {found.longer:.2f} {found.against}")
        return 0
    judged = scores(made)
    print("| whole pages | one story | joined | two stories | joined | at most |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    overall = Score(*map(sum, zip(*judged.values(), strict=True)))
    for kind, it in {**judged, "every pair": overall}.items():
        most = sum(MOST.values()) if it is overall else MOST.get(kind, 0)
        print(f"| {kind} | {it.right + it.lost} | {it.right} | {it.wrong + it.apart} | {it.wrong} | {most} |")
    holds = all(it.wrong <= MOST.get(kind, 0) for kind, it in judged.items())
    return 0 if holds and overall.right >= LEAST * (overall.right + overall.lost) else 1


if __name__ == "__main__":
    sys.exit(main())
