"""What commands ask of the daemon, while this thread is its writer."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from support.simulation import A, B, World, item, make_config, rss
from syndicator.daemon.commands import Commands
from syndicator.errors import StoreError, UsageError
from syndicator.model.lease import Call
from syndicator.model.noun import asdict
from syndicator.model.subscription import SubscriptionRequest
from syndicator.pipeline.pump import Pump


@dataclass
class Writer:
    """Does one thing after another, when it is told to."""

    jobs: SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = field(default_factory=SimpleQueue)

    def __call__(self, act: Callable[[], Any]) -> Any:
        done = Future[Any]()
        self.jobs.put((act, done))
        return done.result()

    def work(self) -> None:
        act, done = self.jobs.get(timeout=30)
        done.set_result(act())


@dataclass
class Clock:
    """The world's time."""

    world: World

    def now(self) -> datetime:
        return self.world.now

    def monotonic(self) -> float:
        return self.world.now.timestamp()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, A, B)
    made.network.serve(A.url, rss(item(1)))
    made.network.serve(B.url, rss(item(2, "b.example")))
    yield made
    made.pump.store.close()


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def commands(world: World, writer: Writer) -> Commands:
    return Commands(world.pump, Clock(world), writer, lambda _: False, lambda _: False)


def test_once_is_answered_when_its_sources_are_polled_and_published(
    world: World, writer: Writer, commands: Commands
) -> None:
    with ThreadPoolExecutor(1) as door:
        answer = door.submit(commands.answer, {"do": "once", "sources": ["a"]})
        writer.work()
        commands.landed([])
        assert writer.jobs.empty(), "nothing was polled yet"
        commands.landed(world.settle())
        writer.work()
        told = answer.result(timeout=30)
    assert [(it["source_id"], it["new"]) for it in told["reports"]] == [("a", 1)]
    assert "feeds/all.rss" in told["changed"]


def test_nobody_waits_for_a_source_that_was_removed_meanwhile(world: World, writer: Writer, commands: Commands) -> None:
    world.settle()
    with ThreadPoolExecutor(1) as door:
        answer = door.submit(commands.answer, {"do": "once", "sources": ["a"]})
        writer.work()
        world.pump.adopt(make_config(world.pump.config.root, B), world.now, spread=False)
        commands.landed([])
        writer.work()
        assert answer.result(timeout=30)["reports"] == []


def test_nobody_waits_for_a_source_that_is_polled_again_while_another_is_not_yet(
    world: World, writer: Writer, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = {"b"}
    monkeypatch.setattr(Pump, "is_busy_with", lambda _, ids: not busy.isdisjoint(ids))
    with ThreadPoolExecutor(1) as door:
        answer = door.submit(commands.answer, {"do": "once", "sources": ["a", "b"]})
        writer.work()
        first, second = sorted(world.settle(), key=lambda it: it.source_id)
        commands.landed([first])
        busy.symmetric_difference_update("ab")  # b's pages have come, and a is asked again: as it goes with many
        commands.landed([second])
        commands.landed([first])
        writer.work()
        told = answer.result(timeout=30)
    assert [it["source_id"] for it in told["reports"]] == ["a", "b"]


def test_where_what_came_cannot_be_written_nobody_waits_for_it(
    world: World, writer: Writer, commands: Commands
) -> None:
    with ThreadPoolExecutor(1) as door:
        answer = door.submit(commands.answer, {"do": "once", "sources": ["a"]})
        writer.work()
        commands.failed(StoreError("The disk is full.", "Free some space."))
        with pytest.raises(StoreError, match="disk is full"):
            answer.result(timeout=30)
    commands.landed(world.settle())


def test_where_nothing_is_due_the_answer_comes_at_once(world: World, writer: Writer, commands: Commands) -> None:
    world.settle()
    with ThreadPoolExecutor(1) as door:
        answer = door.submit(commands.answer, {"do": "once"})
        writer.work()
        writer.work()
        assert answer.result(timeout=30)["reports"] == []


def test_a_request_of_another_version_is_refused_in_words(commands: Commands) -> None:
    with pytest.raises(UsageError, match="does not know the request 'dance'"):
        commands.answer({"do": "dance"})


def test_what_a_hub_says_is_heard_on_the_doors_thread(world: World) -> None:
    heard: list[Call] = []
    answers: Iterator[bool | None] = iter([True, False, None])

    def hear(call: Call) -> bool | None:
        heard.append(call)
        return next(answers)

    commands = Commands(
        world.pump, Clock(world), lambda _: pytest.fail("the writer may be busy"), hear, lambda _: False
    )
    call = Call(token="t", mode="subscribe", seconds=600, reason="x")
    request = {"do": "hear", "call": asdict(call)}
    assert [commands.answer(request)["known"] for _ in range(3)] == [True, False, None]
    assert heard == [call] * 3


@pytest.mark.parametrize(
    "call",
    [
        {},
        {"token": "t"},
        {"token": ["t"], "mode": "news"},
        {"token": "t", "mode": "dance"},
        {"token": "t", "mode": "subscribe", "seconds": "600"},
        {"token": "t", "mode": "denied", "reason": None},
    ],
    ids=repr,
)
def test_what_is_no_call_reaches_nobody(world: World, call: dict[str, object]) -> None:
    commands = Commands(
        world.pump, Clock(world), lambda act: act(), lambda _: pytest.fail("it is none"), lambda _: False
    )
    with pytest.raises(ValueError, match=r"."):
        commands.answer({"do": "hear", "call": call})


def test_what_is_asked_of_our_hub_is_taken_on_the_doors_thread(world: World) -> None:
    taken: list[SubscriptionRequest] = []
    answers = iter([True, False])

    def take(request: SubscriptionRequest) -> bool:
        taken.append(request)
        return next(answers)

    busy = partial(pytest.fail, "the writer may be busy")
    commands = Commands(world.pump, Clock(world), lambda _: busy(), lambda _: False, take)
    asked = SubscriptionRequest(
        mode="subscribe", name="feeds/all.rss", callback="https://a.example/", secret="ё", seconds=9
    )
    request = {"do": "subscribe", "request": asdict(asked)}
    assert [commands.answer(request)["taken"] for _ in range(2)] == [True, False]
    assert taken == [asked] * 2
    with pytest.raises(ValueError, match=r"."):
        commands.answer({"do": "subscribe", "request": asdict(asked) | {"mode": "publish"}})


@pytest.mark.parametrize("call", [None, "news", [1]])
def test_what_is_not_even_like_a_call_is_no_request(commands: Commands, call: object) -> None:
    with pytest.raises(UsageError, match="does not know the request 'hear'"):
        commands.answer({"do": "hear", "call": call})


class TestWhatIsDoneAtOnce:
    """With all that it changes published before the answer, and a line in the log."""

    @pytest.fixture
    def commands(self, world: World, caplog: pytest.LogCaptureFixture) -> Commands:
        world.network.clear(B.url)
        world.network.serve(B.url, rss(item(2, "b.example"), item(3, "b.example")))
        world.settle()
        caplog.set_level(logging.INFO, "syndicator")
        return Commands(world.pump, Clock(world), lambda act: act(), lambda _: False, lambda _: False)

    def shown(self, world: World) -> int:
        """How many items are published."""
        return (world.pump.config.paths.public / "feeds" / "all.rss").read_text().count("<item>")

    def test_publishing(self, world: World, commands: Commands) -> None:
        assert "feeds/all.rss" in commands.answer({"do": "publish"})["changed"]
        assert commands.answer({"do": "publish"}) == {"changed": []}
        (world.pump.config.paths.public / "feeds" / "all.rss").write_text("spoilt by somebody")
        assert commands.answer({"do": "publish"}) == {"changed": ["feeds/all.rss"]}
        assert self.shown(world) == 3

    def test_joining_and_splitting(self, world: World, commands: Commands, caplog: pytest.LogCaptureFixture) -> None:
        joined = commands.answer({"do": "join", "one": "1", "other": "2"})
        assert (joined["story"]["number"], self.shown(world)) == (1, 2)
        split = commands.answer({"do": "split", "story": "1", "article": "2"})
        assert (split["split"]["number"], self.shown(world)) == (4, 3)
        assert caplog.messages == [
            f"joined: story 1; {joined['absorbed']} leads to it",
            "split: a copy of story 1 is now story 4",
        ]

    def test_placing_all_anew(self, world: World, commands: Commands) -> None:
        assert commands.answer({"do": "replay"})["done"]["moved"] == 0
        assert self.shown(world) == 3

    @pytest.mark.parametrize(
        ("word", "told"), [("deny", "is never part"), ("allow", "is part"), ("", "is judged by how often")]
    )
    def test_a_word_on_what_a_source_repeats(
        self, commands: Commands, caplog: pytest.LogCaptureFixture, word: str, told: str
    ) -> None:
        request = {"do": "boilerplate", "source": "a", "text": "Read us " + "each day " * 20, "word": word}
        assert commands.answer(request) == {"having": 0}
        (line,) = caplog.messages
        assert line.startswith("a: the paragraph “Read us each day")
        assert f"…” {told}" in line

    def test_a_word_on_a_profile(self, world: World, commands: Commands) -> None:
        request = {"do": "social", "source": "a", "key": "telegram:daily", "word": "deny"}
        assert commands.answer(request) == {}
        assert world.pump.store.social_words() == {"a": {"telegram:daily": "deny"}}
        assert self.shown(world) == 3

    @pytest.mark.parametrize(
        ("source", "text", "why"), [("x", "Read us", "no source “x”"), ("a", "* * *", "neither letter nor digit")]
    )
    def test_a_word_on_nothing_is_refused(self, commands: Commands, source: str, text: str, why: str) -> None:
        with pytest.raises(UsageError, match=why):
            commands.answer({"do": "boilerplate", "source": source, "text": text, "word": "deny"})

    def test_a_word_on_a_profile_of_no_source_is_refused(self, commands: Commands) -> None:
        with pytest.raises(UsageError, match="no source “x”"):
            commands.answer({"do": "social", "source": "x", "key": "telegram:daily", "word": "deny"})

    @pytest.mark.parametrize("do", ["boilerplate", "social"])
    def test_a_word_that_is_none_is_refused(self, commands: Commands, do: str) -> None:
        with pytest.raises(UsageError, match="does not know the request"):
            commands.answer({"do": do, "source": "a", "text": "x", "key": "x", "word": "perhaps"})
