"""Days of polling in a moment: the real pump and store, hosts in memory that know the truth, and a judge of their log.

A rule that no deliberately broken program violates is not tested: `MUTANTS` are such programs.

`SYNDICATOR_SOURCES` and `SYNDICATOR_DAYS` make the long run longer, by hand; `-s` shows its figures.
"""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from support.judge import Verdict, judge
from support.virtual import BEHAVIOURS, DAY, HOUR, START, Exchange
from support.weeks import DOWN, Run, restarts, sites
from syndicator.model.article import Article
from syndicator.model.manners import Debt
from syndicator.model.noun import replace
from syndicator.model.web import Validators
from syndicator.pipeline import errand, hosts, lessons, pump, queues, record, robots, waits
from syndicator.pipeline.errand import Errand
from syndicator.store import Recording, Store

SEED = 1
KIND = len(BEHAVIOURS)
SOURCES, DAYS = (int(os.environ.get(f"SYNDICATOR_{name}", usual)) for name, usual in (("SOURCES", 200), ("DAYS", 7)))


def lost_or_doubled(run: Run, end: float) -> list[str]:
    """Entries that a good answer showed and that are not stored, or more than once, or were never shown."""
    wrong, stored = [], run.stored()
    showing: defaultdict[str, list[Exchange]] = defaultdict(list)
    for it in run.hosts.log:
        if it.newest is not None:
            showing[it.request.source_id].append(it)
    for site in run.sites:
        until = end - (2 * HOUR if site.is_page else 1.0)
        shown = showing[site.source.id]
        newest = max((it.newest for it in shown if not it.lost and it.done < until), default=-13)
        found = Counter(stored.get(site.source.id, []))
        wanted = [f"Entry {number} of {site.number}" for number in range(-12, newest + 1)]
        wrong += [f"{title}: stored {found[title]} times" for title in wanted if found[title] != 1]
        known = {
            f"Entry {number} of {site.number}"
            for number in range(-12, max((it.newest for it in shown), default=-13) + 1)
        }
        wrong += [f"{title}: nobody was shown it" for title in found.keys() - known]
    return wrong


@contextmanager
def run_for(root: Path, count: int, end: float, starts: list[float], **more: Any) -> Iterator[tuple[Run, Verdict]]:
    run = Run(root, sites(count, SEED), SEED, **more)
    run.until(end, starts)
    yield run, judge(run.hosts, end, starts)
    run.close()


def test_a_week_of_two_hundred_sources_is_polite_misses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    end, scale = DAYS * DAY, DAYS * SOURCES / 1_400
    with run_for(tmp_path, SOURCES, end, restarts(12, end, SEED)) as (run, verdict):
        everything = {title for titles in run.stored().values() for title in titles}
        sys.stdout.write(
            f"{verdict.polls} polls, {verdict.unchanged} of what had not changed, {verdict.spared} spared, "
            f"{len(everything)} entries, {len(verdict.breaches)} breaches, {run.steps} steps\n"
        )
        assert verdict.breaches == []
        assert lost_or_doubled(run, end) == []
        assert verdict.polls > 15_000 * scale
        assert verdict.unchanged > 10_000 * scale
        assert verdict.spared / verdict.unchanged >= 0.99
        assert len(everything) > 25 * SOURCES
        moved = [it for it in run.pump.store.states().values() if it.pace.address]
        moves = sum(site.behaviour == "moved" for site in run.sites)
        assert len(moved) == moves, "what has moved for good is asked for where it is now"


def test_the_same_seed_leaves_the_same_trace(tmp_path: Path) -> None:
    traces = []
    for name in ("one", "two"):
        with run_for(tmp_path / name, KIND, DAY, restarts(4, DAY, SEED)) as (run, _):
            traces.append(run.trace)
    assert traces[0] == traces[1]


def test_a_clock_that_is_set_makes_no_storm_and_starves_nobody(tmp_path: Path) -> None:
    years = 10 * 365 * DAY
    wrong = {6 * HOUR: years, 12 * HOUR: 0.0, 18 * HOUR: -years, 24 * HOUR: 0.0, 30 * HOUR: HOUR, 31 * HOUR: -HOUR}
    end, starts = 2 * DAY, [8 * HOUR, 20 * HOUR, 30.5 * HOUR]
    run = Run(tmp_path, tuple(it for it in sites(KIND, SEED) if it.behaviour != "skips"), SEED, sets=wrong)
    run.until(end, starts)
    verdict = judge(run.hosts, end, starts)
    run.close()
    assert verdict.breaches == []
    assert verdict.polls > 500


def test_a_clock_that_was_set_back_while_the_daemon_was_down_starves_nobody(tmp_path: Path) -> None:
    end, starts = 2 * DAY, [20 * HOUR]
    chosen = tuple(it for it in sites(KIND, SEED) if it.behaviour != "skips")
    run = Run(tmp_path, chosen, SEED, sets={20 * HOUR + DOWN: -9000 * DAY})
    run.until(end, starts)
    verdict = judge(run.hosts, end, starts, patience=2.1)
    run.close()
    assert verdict.breaches == []


def test_a_storm_of_restarts_asks_nobody_more_often(tmp_path: Path) -> None:
    end, storm = 8 * HOUR, [5 * HOUR + 30 * number for number in range(20)]
    with run_for(tmp_path / "calm", KIND, end, []) as (_, calm):
        pass
    with run_for(tmp_path / "storm", KIND, end, storm) as (_, stormy):
        pass
    assert stormy.breaches == []
    assert stormy.polls <= calm.polls + 20


# -- programs that break a rule, each caught

Mutant = Callable[[pytest.MonkeyPatch], None]


def no_debts(patch: pytest.MonkeyPatch) -> None:
    def owed(host: str, before: object, failure: object, schedule: object, now: datetime) -> Debt:
        return Debt(host=host, since=now, until=now)

    patch.setattr(hosts, "owed", owed)


def backwards(patch: pytest.MonkeyPatch) -> None:
    after = waits.after_failure
    patch.setattr(
        record, "after_failure", lambda *it, **more: replace(after(*it, **more), at=it[-1] + timedelta(minutes=5))
    )


def stripped(patch: pytest.MonkeyPatch) -> None:
    def without_marks(self: Errand, url: str) -> Validators:
        return replace(self.validators, etag=self.validators.etag.removeprefix("W/"))

    patch.setattr(Errand, "validators_for", without_marks)


def forgetful(patch: pytest.MonkeyPatch) -> None:
    adopt = pump.Pump.adopt

    def anew(self: pump.Pump, config: Any, now: datetime, *, spread: bool) -> None:
        adopt(self, config, now, spread=spread)
        self.store.hasten([it.id for it in self.sources], now)

    patch.setattr(pump.Pump, "adopt", anew)


def blind(patch: pytest.MonkeyPatch) -> None:
    due = Store.due
    patch.setattr(Store, "due", lambda *it, **more: [name for name in due(*it, **more) if name != "s10"])


def lossy(patch: pytest.MonkeyPatch) -> None:
    write = Recording.write

    def some(self: Recording, article: Article, *it: Any, **more: Any) -> None:
        if article.title != "Entry 1 of 6":
            write(self, article, *it, **more)

    patch.setattr(Recording, "write", some)


def setting(where: Any, name: str, value: Any) -> Mutant:
    return lambda patch: patch.setattr(where, name, value)


MUTANTS: dict[str, tuple[Mutant, str]] = {
    "a host's demand is ignored": (no_debts, "wanted to be left alone"),
    "no pause": (setting(queues.HostQueues, "_rested", lambda *_: 0.0), "too soon after the request"),
    "two at once": (setting(queues, "host_of", lambda url: url), "too soon after the request"),
    "Crawl-delay is ignored": (setting(robots, "LONGEST_DELAY", 0.0), "too soon after the request"),
    "robots.txt is ignored": (setting(robots.Rules, "refusal", lambda *_: None), "robots.txt forbids"),
    "robots.txt is never asked for": (setting(Errand, "is_for_people", False), "without a look"),
    "validators are dropped": (setting(Errand, "validators_for", lambda *_: Validators()), "unconditional"),
    "validators are tidied up": (stripped, "sent Validators"),
    "validators go anywhere": (setting(Errand, "validators_for", lambda self, _: self.validators), "sent Validators"),
    "hints are ignored": (setting(waits, "_hinted", lambda *_: []), "s after the last answer"),
    "freshness is ignored": (setting(errand, "freshness", lambda *_: None), "s after the last answer"),
    "excluded hours are ignored": (setting(waits, "_open", lambda at, *_: at), "which its feed excludes"),
    "no back-off": (backwards, "s after the last answer"),
    "no mercy with servers without 304": (setting(waits, "REPEATS", 10**9), "s after the last answer"),
    "what is gone is asked again": (setting(waits, "NEVER", START + timedelta(hours=15)), "s after the last answer"),
    "a new address is believed at once": (setting(lessons, "is_proven", lambda *it: it[0]), "took a new address"),
    "a restart forgets due times": (forgetful, "s after the last answer"),
    "a source is forgotten": (blind, "s late"),
    "an entry is lost": (lossy, "stored 0 times"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_the_judge_catches_a_program_that_breaks_a_rule(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant, words = MUTANTS[name]
    mutant(monkeypatch)
    end = 20 * HOUR
    with run_for(tmp_path, KIND, end, [6 * HOUR, 9 * HOUR]) as (run, verdict):
        breaches = verdict.breaches + lost_or_doubled(run, end)
        if verdict.spared < 0.99 * verdict.unchanged:
            breaches.append("unconditional requests for what had not changed")
    assert any(words in it for it in breaches), breaches[:9]


def test_the_judge_has_nothing_to_say_against_the_program_itself(tmp_path: Path) -> None:
    end = 20 * HOUR
    with run_for(tmp_path, KIND, end, [6 * HOUR, 9 * HOUR]) as (run, verdict):
        assert verdict.breaches + lost_or_doubled(run, end) == []
        assert verdict.spared >= 0.99 * verdict.unchanged > 100
