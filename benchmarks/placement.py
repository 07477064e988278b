"""What placing an article adds to storing it, by how many are stored: its sketch, look-ups, comparisons, writing.

    python benchmarks/placement.py [--stored N ...]        default 25,000 and 1,000,000

One process, CPU time. Texts of 60 to 400 words follow Zipf's law over 30,000 stems; of those measured, one in seven is
a copy of a stored one with a tenth of its words changed, and is joined to it. Batches of articles that are placed take
turns with such that are only stored, each a story of its own: row, packed body, search index. What the placed ones
cost above these is compared with what the plain script (`baseline.py`) takes for an entry in the same run, since
seconds differ from machine to machine. Ends with 1 when a figure is not as docs/performance.md demands.
"""

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from multiprocessing import get_context
from pathlib import Path

import corpus
from contenders import Baseline
from origin import Origin
from tree import measured

from syndicator.dedup import alike, place, place_near, substance
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.outcome import Joins, Opens, Shown
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
SOURCES = 100
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)

_SYLLABLES = "ба ве ги до жу за ки ло му на ре су та фе хи це ша ль ря пы".split()
_STEMS = [
    f"{a}{b}{c}{d}"
    for a in _SYLLABLES
    for b in _SYLLABLES
    for c in _SYLLABLES
    for d in ("", *_SYLLABLES[: 3 if a < "к" else 4])
][:30_000]
_WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(_STEMS))))


def articles(seed: int, stored: list[str]) -> Iterator[Article]:
    """Articles without end; a few texts of theirs are left in `stored`, to be copied."""
    dice = random.Random(seed)
    random.Random(0).shuffle(_STEMS)
    number = 0
    while True:
        number += 1
        words = dice.choices(_STEMS, cum_weights=_WEIGHTS, k=dice.randint(60, 400))
        if seed and number % 7 == 0:
            words = stored[number % len(stored)].split()
            for position in range(0, len(words), 10):
                words[position] = dice.choice(_STEMS)
        text = " ".join(words)
        if not seed and number % 50 == 0 and len(stored) < 5_000:
            stored.append(text)
        url = f"https://site{number % SOURCES}.example/{seed}/{number}"
        title = text[:60]
        yield Article(
            source_id=f"s{(number * 31 + seed) % SOURCES}",
            key=url,
            guid=url,
            url=url,
            canonical_url=url,
            title=title,
            html=f"<p>{text}</p>",
            text=text,
            published=NOW,
            language="ru",
            found_hash=keys.found(text, url, b""),
            url_key=keys.url_key(url),
            title_key=keys.title_key(title),
        )


def placed(recording: Recording, found: list[Article]) -> int:
    """Place articles as `pipeline.record` does; tells how many were joined by likeness."""
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


def measure(stored: int) -> tuple[float, float, int]:
    """Milliseconds that storing an article takes, those that placing adds, and how many of the placed were joined."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.write(Path(folder) / "placement.db")
        sources = [Source(id=f"s{it}", url=f"https://site{it}.example/feed") for it in range(SOURCES)]
        store.adopt(sources, {it.id: NOW for it in sources})
        texts: list[str] = []
        flow = articles(0, texts)
        for batch in range(stored // 2_000):
            with store.recording(NOW + timedelta(seconds=batch)) as recording:
                placed(recording, list(islice(flow, 2_000)))
            if batch % 50 == 49:
                print(f"  {(batch + 1) * 2_000:,} stored", file=sys.stderr)
        ways = {placed: articles(1, texts), stored_only: articles(2, texts)}
        near, spent = 0, dict.fromkeys(ways, 0.0)
        for batch in range(MEASURED // BATCH):
            for way, news in ways.items():
                found = list(islice(news, BATCH))
                began = time.process_time()
                with store.recording(NOW + timedelta(days=1, seconds=batch)) as recording:
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--stored", type=int, nargs="+", default=list(AT_MOST), help="how many are stored before")
    options = parser.parse_args()
    failed = False
    with ProcessPoolExecutor(1, get_context("spawn")) as aside:  # so that its memory is not ours
        entry = aside.submit(script).result()
    print(f"The plain script takes {entry:.3f} ms an entry.\n")
    print("| stored | storing, ms | placing, ms | of the script's | at most | joined of the copies | memory | |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    for stored in options.stored:
        storing, placing, near = measure(stored)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        most = next((limit for size, limit in sorted(AT_MOST.items()) if stored <= size), AT_MOST[1_000_000]) / SCRIPT
        holds = placing / entry <= most and memory <= MOST_MEMORY and near >= 0.97 * (MEASURED // 7)
        failed |= not holds
        print(
            f"| {stored:,} | {storing:.3f} | {placing:.3f} | {placing / entry:.2f}x | {most:.2f}x |"
            f" {near} of {MEASURED // 7} | {memory:.0f} MB | {'holds' if holds else 'DOES NOT HOLD'} |",
            flush=True,
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
