"""A site that is built otherwise now is noticed, and one that is as it always was is left alone."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from support.simulation import A, World
from syndicator.model.noun import replace
from syndicator.model.source import JsonPaths, Select, Source
from syndicator.model.state import Habits
from syndicator.pipeline.drift import drift
from syndicator.pipeline.health import health

YES, NO = (True,), (False,)
FEW = "Its newest documents show 2 entries at most; before, there were {} at least."
WORDS = " ".join(f"word{it}" for it in range(60))


@pytest.mark.parametrize(
    ("habits", "told"),
    [
        (Habits(), ""),
        (Habits(dated=YES * 30), ""),
        (Habits(dated=YES * 20 + NO * 10), "None of its newest 10 articles has a date; of 20 before, 20 had."),
        (Habits(dated=YES * 19 + NO * 10), ""),  # too few to tell
        (Habits(dated=YES * 20 + NO * 9), ""),
        (Habits(dated=YES * 20 + NO * 9 + YES), ""),
        (Habits(dated=NO * 2 + YES * 18 + NO * 10), "None of its newest 10 articles has a date; of 20 before, 18 had."),
        (Habits(dated=NO * 3 + YES * 17 + NO * 10), ""),  # it never was the rule
        (Habits(dated=NO * 60), ""),
        (Habits(dated=NO * 30 + YES * 10), ""),  # better is nothing to be told
        (Habits(dated=YES * 100 + NO * 100), "None of its newest 10 articles has a date; of 95 before, 95 had."),
        (Habits(dated=YES * 80 + NO * 120), ""),  # it has become its way
        (Habits(titled=YES * 20 + NO * 10), "None of its newest 10 articles has a title; of 20 before, 20 had."),
        (
            Habits(worded=YES * 20 + NO * 10),
            "None of its newest 10 articles has more than a few words; of 20 before, 20 had.",
        ),
        (
            Habits(sizes=(30,) * 10 + (2,) * 3),
            "Its newest documents show 2 entries at most; before, there were 30 at least.",
        ),
        (Habits(sizes=(30,) * 9 + (2,) * 3), ""),
        (Habits(sizes=(30,) * 10 + (2,) * 2), ""),
        (Habits(sizes=(30,) * 10 + (2, 2, 8)), ""),
        (Habits(sizes=(30,) * 9 + (7,) + (1,) * 3), ""),  # it was that short before
        (
            Habits(sizes=(8,) * 10 + (2,) * 3),
            "Its newest documents show 2 entries at most; before, there were 8 at least.",
        ),
        (Habits(sizes=(8,) * 10 + (3,) * 3), ""),
        (Habits(sizes=(2,) * 13), ""),
        (Habits(sizes=(30,) * 10 + (2,) * 10), FEW.format(30)),  # as long as that is not its way
    ],
)
def test_what_nearly_all_had_and_none_has_any_more_is_told(habits: Habits, told: str) -> None:
    assert drift(habits) == told


def test_a_source_as_it_always_was_is_left_alone() -> None:
    """Whatever share of its articles has what, and however its documents grow over a day and are short at midnight."""
    chance = random.Random(7)
    alarms = 0
    for _ in range(1000):
        share = chance.choice((0.0, 0.3, 0.7, 0.9, 0.95, 1.0))
        marks = tuple(chance.random() < share for _ in range(200))
        hours = tuple(1 + (start + it) % 24 for start in [chance.randrange(24)] for it in range(30))
        alarms += bool(drift(Habits(titled=marks, dated=marks, worded=marks, sizes=hours)))
    assert alarms <= 10


SELECT = Select(item="li", link="a", title="a", date="time", summary="p")
LISTING = replace(A, url="https://a.example/news", kind="page", select=SELECT)


def listing(first: int, count: int = 12, *, date: str = "time", words: str = "p", item: str = "li") -> str:
    """A page with so many articles, the newest first."""
    items = [
        f'<{item}><a href="/{it}">A headline, number {it}</a><{date} datetime="2026-03-01T10:{it % 60:02}:00Z">'
        f"</{date}><{words}>{it} {WORDS}</{words}></{item}>"
        for it in reversed(range(first, first + count))
    ]
    return f"<html><body><ul>{''.join(items)}</ul></body></html>"


PATHS = JsonPaths(item="list", link="to", title="head", date="time", summary="p")
API = replace(A, url="https://a.example/api", kind="json", paths=PATHS)


def answer(first: int, count: int = 12, *, date: str = "time", words: str = "p") -> str:
    """The same as JSON."""
    items = [
        {"to": f"/{it}", "head": f"A headline, number {it}", date: 1772359200 + it, words: f"{it} {WORDS}"}
        for it in reversed(range(first, first + count))
    ]
    return json.dumps({"list": items})


@pytest.mark.parametrize(("source", "written"), [(LISTING, listing), (API, answer)], ids=["page", "json"])
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, ""),
        ({"date": "span"}, "None of its newest 10 articles has a date"),
        ({"words": "div"}, "None of its newest 10 articles has more than a few words"),
        ({"count": 2}, "Its newest documents show 2 entries at most"),
    ],
)
def test_a_site_that_is_built_otherwise_is_noticed_by_what_is_read_of_it(
    tmp_path: Path, source: Source, written: Callable[..., str], change: dict[str, object], told: str
) -> None:
    world = World.open(tmp_path, source)

    def show(first: int, **how: object) -> str:
        world.network.clear(source.url)
        world.network.serve(source.url, written(first, **how))
        world.later(days=2)
        found = health(source, world.pump.store.states()["a"])
        return found.sentence if found.status == "drifted" else ""

    for first in range(0, 48, 4):
        assert show(first) == ""
    last = [show(first, **change) for first in range(48, 68, 4)]
    assert last[-1].startswith(told)
    assert bool(last[-1]) == bool(told)
    mended = replace(source, select=replace(SELECT, date="time, span"))
    world.pump.adopt(replace(world.pump.config, sources=(mended,)), world.now, spread=False)
    assert world.pump.store.states()["a"].habits == Habits(), "what it was like by other selectors tells nothing"
    world.pump.store.close()
