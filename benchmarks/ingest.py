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
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import corpus
import hotspots
import tree
from origin import Origin
from tree import Measured, measured

HERE = Path(__file__).parent
SETTINGS = """
[fetch]
allow_networks = ["127.0.0.0/8"]
host_spacing = 0

[[channel]]
id = "all"
title = "Everything"
"""
READ_BY_BASELINE = frozenset({"rss", "atom", "rdf"})
MOST_PSS = 350.0
MOST_MILLISECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Workload:
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
SAME = Workload("nothing new, no validators: 200", 0.08, "plain", 200, 1)
STILL = Workload("nothing new: 304", 0.70, "validators", 304, 0)
NEWS = Workload("news in 20 % of the sources", 0.45, "tick1", 304, 1)
WORKLOADS = (COLD, STILL, NEWS, SAME)


@dataclass(slots=True)
class Bench:
    """A folder to work in, a corpus, and its origin."""

    folder: Path
    origin: Origin
    sources: list[dict[str, Any]]
    truth: list[dict[str, Any]]
    polls: int  # with nothing new, in each repeat: they are cheap, and their difference counts
    runs: dict[tuple[str, str], list[Measured]] = field(default_factory=lambda: defaultdict(list))

    # -- the two, each in a folder of its own

    def begin(self, name: str) -> None:
        """Both with nothing stored."""
        home = self.folder / name
        (home / "config").mkdir(parents=True)
        urls = [f"http://{it['host']}:{self.origin.port}{it['path']}" for it in self.sources]
        tables = (f'[[source]]\nurl = "{url}"\nid = "{it["id"]}"\n' for url, it in zip(urls, self.sources, strict=True))
        (home / "urls.txt").write_text("\n".join(urls))
        (home / "config" / "syndicator.toml").write_text(SETTINGS + "".join(tables))

    def words(self, who: str, name: str, *options: str) -> list[str]:
        """The command with which it polls."""
        home = self.folder / name
        if who == "baseline":
            return [sys.executable, str(HERE / "baseline.py"), str(home / "urls.txt"), str(home / "baseline.db")]
        return [sys.executable, "-m", "syndicator", *options, "--config", str(home / "config")]

    def repeat(self, name: str, *, baseline_first: bool) -> None:
        """Every workload once, or several times, by both in turn."""
        self.begin(name)
        who = ("baseline", "syndicator") if baseline_first else ("syndicator", "baseline")
        self.origin.tell("base")
        self.origin.tell("validators")
        for workload in WORKLOADS:
            self.origin.tell(workload.tell)
            for time in range(self.polls if workload is STILL else 1):
                for each in who:
                    self.origin.tell("counts")
                    used = measured(self.words(each, name, "once", "--all"))
                    self.runs[workload.name, each].append(used)
                    self.check_answers(each, workload)
                    if time == 0:
                        CHECKS[each](self, name, workload)
                    print(f"{workload.name}, {each}: {used.cpu:.2f} s", file=sys.stderr)
                if workload is STILL:
                    self.runs["empty", "syndicator"].append(measured(self.words("syndicator", name, "once")))

    # -- was the work done?

    def check_answers(self, who: str, workload: Workload) -> None:
        """What the origin answered."""
        news = self.truth[1]["changed"] if workload is NEWS else 0
        expected = {"200": news, str(workload.unchanged): len(self.sources) - news}
        found = self.origin.tell("counts")
        expect(
            found, {status: count for status, count in expected.items() if count}, f"{workload.name}: {who}, answers"
        )

    def check_syndicator(self, name: str, workload: Workload) -> None:
        """Its stories are the truth's, and the newest are published."""
        home, truth = self.folder / name, self.truth[workload.moment]
        told = subprocess.run(self.words("syndicator", name, "stories", "--json"), check=True, stdout=subprocess.PIPE)
        found = {frozenset((it["source"], it["url"]) for it in story["copies"]) for story in _rows(told.stdout)}
        stories = {frozenset(map(tuple, story)) for story in truth["stories"]}
        expect(sum(map(len, found)), sum(truth["entries"].values()), f"{workload.name}: entries stored")
        expect(len(found), len(stories), f"{workload.name}: stories")
        expect(len(found ^ stories), 0, f"{workload.name}: stories that are not the truth's")
        published = json.loads((home / "var" / "public" / "feeds" / "all.json").read_bytes())
        expect(len(published["items"]), min(200, len(stories)), f"{workload.name}: items published")

    def check_baseline(self, name: str, workload: Workload) -> None:
        """It has stored what feedparser reads: neither JSON Feed nor pages."""
        with closing(sqlite3.connect(self.folder / name / "baseline.db")) as database:
            (found,) = database.execute("SELECT count(*) FROM entries").fetchone()
        expect(found, self.readable(workload.moment), f"{workload.name}: entries that the baseline stored")

    def readable(self, moment: int) -> int:
        """How many entries there are in the formats that the baseline reads."""
        entries = self.truth[moment]["entries"]
        return sum(entries[it["id"]] for it in self.sources if it["format"] in READ_BY_BASELINE)

    # -- what came of it

    def report(self) -> Iterator[tuple[str, str, bool]]:
        """Lines of a table, each with what is said of it, and whether it holds."""
        for workload in WORKLOADS:
            ours, theirs = (self.cpu(workload.name, who) for who in ("syndicator", "baseline"))
            ratio = ours / theirs
            told = f"{workload.name} | {ours:.2f} s | {theirs:.2f} s | {ratio:.3f}x | <= {workload.target:.2f}x"
            yield workload.name, told, ratio <= workload.target
        empty = self.cpu("empty", "syndicator")
        above = 1000 * (self.cpu(STILL.name, "syndicator") - empty) / len(self.sources)
        told = f"304, above an empty poll ({empty:.2f} s) | {above:.3f} ms a source | | | <= {MOST_MILLISECONDS} ms"
        yield "above", told, above <= MOST_MILLISECONDS
        peak = max(it.pss for it in self.runs[COLD.name, "syndicator"])
        theirs = max(it.pss for it in self.runs[COLD.name, "baseline"])
        told = f"cold: peak PSS of the family | {peak:.0f} MB | {theirs:.0f} MB | | <= {MOST_PSS:.0f} MB"
        yield "memory", told, peak <= MOST_PSS

    def cpu(self, workload: str, who: str) -> float:
        """Seconds, the median of the repeats."""
        return median(it.cpu for it in self.runs[workload, who])


CHECKS: dict[str, Callable[[Bench, str, Workload], None]] = {
    "syndicator": Bench.check_syndicator,
    "baseline": Bench.check_baseline,
}


def expect(found: object, expected: object, what: str) -> None:
    """Figures of work that was not done are worth nothing."""
    if found != expected:
        print(f"{what}: {found} instead of {expected}", file=sys.stderr)
        sys.exit(2)


def _rows(lines: bytes) -> Iterator[dict[str, Any]]:
    return map(json.loads, lines.splitlines())


def machine() -> str:
    """What the figures were measured on."""
    models = [it for it in Path("/proc/cpuinfo").read_text().splitlines() if it.startswith("model name")]
    model = models[0].partition(": ")[2] if models else platform.machine()
    return (
        f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"load {os.getloadavg()[0]:.1f}"
    )


def main() -> int:
    options = argparse.ArgumentParser(description="What a poll of many sources costs, beside a plain script.")
    options.add_argument("--quick", action="store_true", help="100 sources, everything once: to see that it works")
    options.add_argument("--sources", type=int, help="default: 1000")
    options.add_argument("--repeats", type=int, help="default: 3")
    options.add_argument("--profile", action="store_true", help="where a cold poll's time goes, instead (needs py-spy)")
    chosen = options.parse_args()
    sources = chosen.sources or (100 if chosen.quick else 1000)
    repeats = chosen.repeats or (1 if chosen.quick else 3)
    tree.check()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus.write(folder / "corpus", sources)
        described, truth = (json.loads((folder / "corpus" / f"{it}.json").read_text()) for it in ("sources", "truth"))
        with Origin(folder / "corpus") as origin:
            bench = Bench(folder, origin, described, truth, polls=1 if chosen.quick else 3)
            if chosen.profile:
                bench.begin("profile")
                hotspots.show(bench.words("syndicator", "profile", "once", "--all"))
                return 0
            for number in range(repeats):
                bench.repeat(f"{number}", baseline_first=number % 2 == 0)
        entries = sum(truth[0]["entries"].values())
        print(f"{sources} sources, {entries} entries ({bench.readable(0)} of them for the baseline), ", end="")
        print(f"{len(truth[0]['stories'])} stories; repeats: {repeats}; {machine()}\n")
        print("| CPU | syndicator | baseline | ratio | target | |\n| --- | ---: | ---: | ---: | ---: | --- |")
        verdicts = []
        for _, told, holds in bench.report():
            verdicts.append(holds)
            print(f"| {told} | {'holds' if holds else 'DOES NOT HOLD'} |")
        return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
