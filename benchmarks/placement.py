"""What placing an article adds to storing it, by how many are stored: its sketch, look-ups, comparisons, writing.

    python benchmarks/placement.py [--stored N ...] [--window]        default 25,000 and 1,000,000

One process, CPU time. The archive has grown by a million a year: some 38,000 articles lie within the window in which
copies are looked for, and as many sketches are forgotten as come. With `--window`, all that are stored lie in it.

Texts of 60 to 400 words follow Zipf's law over 30,000 stems, and can be made again from their numbers, so that none is
kept; of those measured, one in seven is a copy of one from the window with a tenth of its words changed, and is joined
to it. Batches of articles that are placed take turns with such that are only stored, each a story of its own: row,
packed body, search index. What the placed ones cost above these is compared with what the plain script (`baseline.py`)
takes for an entry in the same run, since seconds differ from machine to machine. Ends with 1 when a figure is not as
docs/performance.md demands.
"""

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import accumulate, count, islice, product
from multiprocessing import get_context
from pathlib import Path

import corpus
from contenders import Baseline
from origin import Origin
from tree import measured

from syndicator.dedup import alike, place, place_near, substance
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.outcome import Shown
from syndicator.model.placement import Joins, Opens
from syndicator.model.source import Source
from syndicator.store import Recording, Store
from syndicator.text import keys
from syndicator.text.likeness import sketch

AT_MOST = {25_000: 0.22, 1_000_000: 0.50}
"""Milliseconds of CPU that placing an article may add, by how many are stored …"""
SCRIPT = 0.70
"""… where the plain script takes so many for an entry."""
POLLED = 300
"""Sources that it is given to tell what it takes here."""
MOST_MEMORY = 150
"""MB of the whole process, however many are stored."""
MEASURED = 2_000
BATCH = 200
BUILT = 500
"""Articles in one transaction, before any is measured."""
SOURCES = 100
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
PACE = timedelta(days=365) / 1_000_000
"""Between two articles."""
COPIED = timedelta(days=13)
"""How old an original may be when its copy comes: young enough until the last one is measured."""
CHANGED = 10
"""Of the words of a copy, one in so many is another."""
COPIES = 7
"""One in so many of those measured is one."""

_SYLLABLES = "ба ве ги до жу за ки ло му на ре су та фе хи це ша ль ря пы".split()
_SHORT = [*_SYLLABLES, *map("".join, product(_SYLLABLES, repeat=2))][:200]
"""As in a language, the commonest words are short: these are 45 % of all, like the commonest 200 of real news."""
_STEMS = [
    f"{a}{b}{c}{d}"
    for a in _SYLLABLES
    for b in _SYLLABLES
    for c in _SYLLABLES
    for d in ("", *_SYLLABLES[: 3 if a < "к" else 4])
][: 30_000 - len(_SHORT)]
random.Random(0).shuffle(_STEMS)
_STEMS[:0] = _SHORT
_WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(_STEMS))))


def text(seed: int, number: int, original: int = 0) -> str:
    """The words of an article: always the same for one number; or a copy of that one's of seed 0."""
    dice = random.Random(seed * 1_000_000_000 + number)
    if not original:
        return " ".join(dice.choices(_STEMS, cum_weights=_WEIGHTS, k=dice.randint(60, 400)))
    words = text(0, original).split()
    for position in range(0, len(words), CHANGED):
        words[position] = dice.choice(_STEMS)
    return " ".join(words)


def articles(seed: int, originals: Sequence[int] = ()) -> Iterator[Article]:
    """Articles without end; some are copies of others, if numbers of such are given."""
    dice = random.Random(seed)
    for number in count(1):
        copied = dice.choice(originals) if originals and number % COPIES == 0 else 0
        said = text(seed, number, copied)
        url = f"https://site{number % SOURCES}.example/{seed}/{number}"
        title = said[:60]
        yield Article(
            source_id=f"s{(number * 31 + seed) % SOURCES}",
            key=url,
            guid=url,
            url=url,
            canonical_url=url,
            title=title,
            html=f"<p>{said}</p>",
            text=said,
            published=NOW,
            language="ru",
            found_hash=keys.found(said, url, b""),
            url_key=keys.url_key(url),
            title_key=keys.title_key(title),
        )


def placed(recording: Recording, found: list[Article]) -> int:
    """Place articles as `pipeline.placing` does; tells how many were joined by likeness."""
    near = 0
    made = []
    for it in found:
        said = keys.folded(it.text)
        made.append(replace(it, text_key=keys.text_key(said), sketch=sketch(said)))
    recording.expect(made)
    for it in made:
        known = recording.known(it.source_id, it.key)
        candidates = recording.candidates(it)
        placement = place(it, known, candidates, Shown())
        if isinstance(placement, Opens):
            placement = place_near(it, alike(it, recording.neighbours(it, candidates)))
        near += isinstance(placement, Joins) and placement.reason == "near"
        recording.write(it, placement, substance(it))
    return near


def stored_only(recording: Recording, found: list[Article]) -> int:
    """Store articles, each as a story of its own, looked for nowhere and found by nothing."""
    recording.expect(found)
    for it in found:
        recording.write(it, Opens(), substance(it))
    return 0


def measure(stored: int, pace: timedelta) -> tuple[float, float, int]:
    """Milliseconds that storing an article takes, those that placing adds, and how many of the placed were joined."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.write(Path(folder) / "placement.db")
        sources = [Source(id=f"s{it}", url=f"https://site{it}.example/feed") for it in range(SOURCES)]
        store.adopt(sources, {it.id: NOW for it in sources})
        flow = articles(0)
        for number in range(0, stored, BUILT):
            with store.recording(NOW - pace * (stored - number)) as recording:
                placed(recording, list(islice(flow, BUILT)))
            if (number + BUILT) % 100_000 == 0:
                print(f"  {number + BUILT:,} stored", file=sys.stderr)
        originals = range(max(1, stored - COPIED // pace), stored + 1)
        ways = {placed: articles(1, originals), stored_only: articles(2)}
        near, spent = 0, dict.fromkeys(ways, 0.0)
        for number in range(0, MEASURED, BATCH):
            for way, news in ways.items():
                found = list(islice(news, BATCH))
                began = time.process_time()
                with store.recording(NOW + pace * number) as recording:
                    near += way(recording, found)
                spent[way] += time.process_time() - began
        store.close()
    each = {way: 1000 * it / MEASURED for way, it in spent.items()}
    return each[stored_only], each[placed] - each[stored_only], near


def script() -> float:
    """Milliseconds that the plain script takes for an entry."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus.write(folder / "corpus", POLLED)
        sources, truth = (json.loads((folder / "corpus" / f"{it}.json").read_text()) for it in ("sources", "truth"))
        with Origin(folder / "corpus") as origin:
            (folder / "home").mkdir()
            used = measured(Baseline(folder / "home", sources, origin.port).poll).cpu
    return 1000 * used / sum(truth[0]["entries"].values())


def aside(work: Callable[[], float]) -> float:
    """Do it in another process, so that its memory is not ours."""
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        return other.submit(work).result()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--stored", type=int, nargs="+", default=list(AT_MOST), help="how many are stored before")
    parser.add_argument("--window", action="store_true", help="all of them came in the days before, not in a year")
    options = parser.parse_args()
    failed = False
    print(
        "| stored | storing, ms | placing, ms | the script, ms | placing | at most | joined of the copies | memory | |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |", flush=True)
    for stored in options.stored:
        before = aside(script)
        storing, placing, near = measure(stored, min(PACE, COPIED / stored) if options.window else PACE)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        entry = (before + aside(script)) / 2  # a machine that others use is now quick, now slow
        most = next((limit for size, limit in sorted(AT_MOST.items()) if stored <= size), AT_MOST[1_000_000]) / SCRIPT
        holds = placing / entry <= most and memory <= MOST_MEMORY and near >= 0.97 * (MEASURED // COPIES)
        failed |= not holds
        print(
            f"| {stored:,} | {storing:.3f} | {placing:.3f} | {entry:.3f} | {placing / entry:.2f}x | {most:.2f}x |"
            f" {near} of {MEASURED // COPIES} | {memory:.0f} MB | {'holds' if holds else 'DOES NOT HOLD'} |",
            flush=True,
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
