"""What a poll of 1,000 sources costs, as a ratio to a plain script's cost for the same, in one run.

    python benchmarks/ingest.py [--quick] [--sources N] [--repeats N] [--profile]

Both ask an origin on loopback for a corpus with known truth. What is compared is the CPU of the whole family of
processes, the median of the repeats. Ends with 1 when a figure does not hold, and with 2 when the work was not done:
entries, stories, answers of the origin and the published file are counted.
"""

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import corpus
import hotspots
from contenders import Baseline, Syndicator, WorkUndoneError, expect, readable
from lag import Lag
from origin import Origin
from tree import Measured, measured


class Workload(NamedTuple):
    """One poll of every source.

    Attributes:
        name: For people.
        target: The ratio that must not be exceeded.
        tell: What the origin becomes before it.
        unchanged: The status with which sources that have nothing new answer.
        moment: The index of the truth that holds after it.
    """

    name: str
    target: float
    tell: str
    unchanged: int
    moment: int


COLD = Workload("cold: everything is new", 0.50, "base", 200, 0)
STILL = Workload("nothing new: 304", 0.70, "validators", 304, 0)
NEWS = Workload("news in 20 % of the sources", 0.45, "tick1", 304, 1)
SAME = Workload("nothing new, no validators: 200", 0.08, "plain", 200, 1)
WORKLOADS = (COLD, STILL, NEWS, SAME)

MOST_ABOVE_IDLE = 0.3
"""Milliseconds that a source may cost that answers 304."""
MOST_PSS = 350.0
"""MB, under load."""
MOST_LAG = 5.0
"""Seconds that a story may wait until it can be searched for."""


class Row(NamedTuple):
    """A line of the table."""

    what: str
    ours: str
    theirs: str
    ratio: str
    target: str
    holds: bool


@dataclass(slots=True)
class Bench:
    """All runs over one corpus.

    Attributes:
        folder: To work in.
        origin: Of the corpus.
        sources: As the corpus describes them.
        truth: Its moments.
        polls: With nothing new, in each repeat: they are cheap, and it is their difference that counts.
        runs: What each run used, by workload and contender.
        lags: Seconds that search was behind, in each cold run.
    """

    folder: Path
    origin: Origin
    sources: list[dict[str, Any]]
    truth: list[dict[str, Any]]
    polls: int
    runs: dict[tuple[str, str], list[Measured]] = field(default_factory=lambda: defaultdict(list))
    lags: list[float] = field(default_factory=list)

    def repeat(self, number: int) -> None:
        """Every workload, by both in turn, with nothing stored at first."""
        home = self.folder / f"{number}"
        ours = Syndicator(home, self.sources, self.origin.port)
        theirs = Baseline(home, self.sources, self.origin.port)
        self.origin.tell("validators")
        for workload in WORKLOADS:
            self.origin.tell(workload.tell)
            for _ in range(self.polls if workload is STILL else 1):
                for each in (theirs, ours) if number % 2 else (ours, theirs):
                    with Lag(ours.database) as lag:
                        self._run(workload, each)
                    if workload is COLD and each is ours:
                        expect(lag.looks > 0, True, "the search index was watched")
                        self.lags.append(lag.seconds)
                if workload is STILL:
                    self.runs["idle", ours.name].append(measured(ours.idle))
            for each in (ours, theirs):
                each.check(self.truth[workload.moment])

    def _run(self, workload: Workload, who: Syndicator | Baseline) -> None:
        self.origin.tell("counts")
        used = measured(who.poll)
        self.runs[workload.name, who.name].append(used)
        print(f"{workload.name}, {who.name}: {used.cpu:.2f} s", file=sys.stderr)
        news = self.truth[1]["changed"] if workload is NEWS else 0
        answers = {"200": news, f"{workload.unchanged}": len(self.sources) - news}
        found = self.origin.tell("counts")
        expect(found, {status: count for status, count in answers.items() if count}, f"answers to {who.name}")

    def rows(self) -> Iterator[Row]:
        """What came of it."""
        for name, target, *_ in WORKLOADS:
            ours, theirs = self._cpu(name, "syndicator"), self._cpu(name, "baseline")
            ratio = ours / theirs
            yield Row(name, f"{ours:.2f} s", f"{theirs:.2f} s", f"{ratio:.3f}x", f"{target:.2f}x", ratio <= target)
        idle = self._cpu("idle", "syndicator")
        above = 1000 * (self._cpu(STILL.name, "syndicator") - idle) / len(self.sources)
        name = f"304, above a poll with nothing due ({idle:.2f} s)"
        yield Row(name, f"{above:.3f} ms a source", "", "", f"{MOST_ABOVE_IDLE} ms", above <= MOST_ABOVE_IDLE)
        ours, theirs = (max(it.pss for it in self.runs[COLD.name, who]) for who in ("syndicator", "baseline"))
        name = "cold: memory of the whole family (PSS)"
        yield Row(name, f"{ours:.0f} MB", f"{theirs:.0f} MB", "", f"{MOST_PSS:.0f} MB", ours <= MOST_PSS)
        lag = max(self.lags)
        yield Row(
            "cold: until a story can be searched for", f"{lag:.1f} s", "", "", f"{MOST_LAG:.0f} s", lag <= MOST_LAG
        )

    def _cpu(self, workload: str, who: str) -> float:
        return median(it.cpu for it in self.runs[workload, who])


def machine() -> str:
    """What the figures were measured on."""
    models = [it for it in Path("/proc/cpuinfo").read_text().splitlines() if it.startswith("model name")]
    model = models[0].partition(": ")[2] if models else platform.machine()
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{model}, {os.cpu_count()} cores, {versions}, load {os.getloadavg()[0]:.1f}"


def table(bench: Bench, repeats: int) -> bool:
    """Print it; whether every figure holds."""
    truth = bench.truth[0]
    print(
        f"{len(bench.sources)} sources, {sum(truth['entries'].values())} entries (for the baseline: "
        f"{readable(bench.sources, truth)}), {len(truth['stories'])} stories; {repeats} x; {machine()}\n"
    )
    print("| CPU | syndicator | baseline | ratio | at most | |\n| --- | ---: | ---: | ---: | ---: | --- |")
    rows = list(bench.rows())
    for *cells, holds in rows:
        print(f"| {' | '.join(cells)} | {'holds' if holds else 'DOES NOT HOLD'} |")
    return all(row.holds for row in rows)


def main() -> int:
    options = argparse.ArgumentParser(description="What a poll of many sources costs, beside a plain script.")
    options.add_argument("--quick", action="store_true", help="100 sources, everything once: to see that it works")
    options.add_argument("--sources", type=int, help="default: 1000")
    options.add_argument("--repeats", type=int, help="default: 3")
    options.add_argument("--profile", action="store_true", help="where a cold poll's time goes, instead (needs py-spy)")
    chosen = options.parse_args()
    repeats = chosen.repeats or (1 if chosen.quick else 3)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus.write(folder / "corpus", chosen.sources or (100 if chosen.quick else 1000))
        sources, truth = (json.loads((folder / "corpus" / f"{it}.json").read_text()) for it in ("sources", "truth"))
        with Origin(folder / "corpus") as origin:
            if chosen.profile:
                hotspots.show(Syndicator(folder / "profile", sources, origin.port).poll)
                return 0
            bench = Bench(folder, origin, sources, truth, polls=1 if chosen.quick else 3)
            try:
                for number in range(repeats):
                    bench.repeat(number)
            except WorkUndoneError as error:
                print(error, file=sys.stderr)
                return 2
            return 0 if table(bench, repeats) else 1


if __name__ == "__main__":
    sys.exit(main())
