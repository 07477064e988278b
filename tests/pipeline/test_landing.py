"""What has come is written together, wholly or in parts, and a bad source harms itself alone."""

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import pytest

from support.simulation import LISTED, LISTING, A, B, World, item, rss
from syndicator.errors import StoreError
from syndicator.model.article import Article
from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh, Outcome, Unchanged
from syndicator.pipeline import landing
from syndicator.pipeline.errand import Errand
from syndicator.pipeline.landed import PART, Landed
from syndicator.pipeline.landing import BATCH, PATIENCE, Landing
from syndicator.pipeline.pump import Pump
from syndicator.store import Recording, Store


def test_a_step_that_could_not_be_written_is_written_by_the_next(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    recording = Store.recording

    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Store, "recording", full)
    with pytest.raises(StoreError):
        world.settle()
    monkeypatch.setattr(Store, "recording", recording)
    world.settle()
    assert len(world.stories()) == 2


@pytest.mark.parametrize(("bad", "good"), ["ab", "ba"])
def test_an_article_that_cannot_be_written_costs_its_source_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, bad: str, good: str
) -> None:
    write = Recording.write

    def broken(self: Recording, article: Article, *rest: object, **more: object) -> None:
        if article.source_id == bad:
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "a bug")
        write(self, article, *rest, **more)

    monkeypatch.setattr(Recording, "write", broken)
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    reports = world.settle()
    assert [sources for _, sources in world.stories()] == [[good]]
    assert [(it.source_id, it.failure.kind) for it in reports if it.failure] == [(bad, FailureKind.BUG)]
    assert world.pump.store.states()[bad].due_at > world.now
    assert len(world.network.asked) == 2, "what has come is not asked for again"


def test_what_a_listing_says_and_cannot_be_written_costs_that_entry_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Recording.write

    def broken(self: Recording, article: Article, *rest: object, **more: object) -> None:
        if article.title == "Two headline":
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "a bug")
        write(self, article, *rest, **more)

    monkeypatch.setattr(Recording, "write", broken)
    world = World.open(tmp_path, LISTING)
    world.network.serve(LISTING.url, LISTED)
    world.network.fail("https://p.example/two")  # else its listing's words would not be needed
    reports = world.settle()
    assert [title for title, _ in world.stories()] == ["One headline"]
    assert FailureKind.BUG in [it.failure.kind for it in reports if it.failure]
    world.pump.store.close()


def test_what_has_come_and_waits_to_be_written_is_not_asked_for_again(world: World) -> None:
    """Outcomes are written together: the slow ones hold the quick ones' record up, but for half a second at most."""
    world.network.serve(A.url, rss(item(1)))
    world.network.silent.add(B.url)
    for _ in range(5):
        assert world.pump.step(world.now, 0.0) == []
    assert sorted(request.url for request in world.network.asked) == [A.url, B.url]
    (report,) = world.pump.step(world.now, PATIENCE)
    assert report.new == 1


def test_outcomes_are_written_when_they_are_many_or_have_waited_or_none_is_to_come(world: World) -> None:
    waiting = Landing(world.pump.store)
    assert not waiting.is_time(1000.0, more=True)
    waiting.waiting = [Landed(errand=Errand(A), outcome=Unchanged())] * (BATCH - 1)
    assert not waiting.is_time(1000.0 + 0.9 * PATIENCE, more=True)
    assert waiting.is_time(1000.0, more=False)
    assert waiting.is_time(1000.0 + PATIENCE, more=True)
    waiting.waiting *= 2
    assert waiting.is_time(1000.0, more=True)


@pytest.mark.parametrize(("first", "told"), [(Fresh(), True), (Unchanged(), False)])
def test_a_list_that_was_read_is_told_of_however_much_is_written_after_it(
    world: World, first: Outcome, told: bool
) -> None:
    others = [Landed(errand=Errand(B), outcome=Fresh())] * BATCH
    written = Landing(
        world.pump.store, waiting=[Landed(errand=Errand(replace(A, kind="list")), outcome=first), *others]
    )
    written.write(world.pump.config.schedule, world.now)
    assert (len(written.reports), written.has_new_lists) == (BATCH + 1, told)


def test_a_body_with_very_many_articles_is_written_in_parts_and_nobody_waits_for_all(world: World) -> None:
    dated = item("dated").replace("</item>", "<pubDate>Wed, 04 Mar 2026 14:00:00 GMT</pubDate></item>")
    world.network.serve(A.url, rss(dated, *map(item, range(3 * PART))))
    world.network.serve(B.url, rss(item(1, "b.example")))
    reports = [world.pump.step(world.now, 0.0) for _ in range(6)]
    assert [[it.source_id for it in found] for found in reports] == [[], ["b"], [], [], ["a"], []]
    assert reports[4][0].new == 3 * PART + 1
    state = world.pump.store.states()["a"]
    assert len(state.pace.moments) == 2, "the dates of all parts count: of the first one, and now"
    assert len(world.stories()) == 3 * PART + 2


def test_two_such_bodies_are_written_to_their_ends(world: World) -> None:
    world.network.serve(A.url, rss(*map(item, range(2 * PART))))
    world.network.serve(B.url, rss(*(item(number, "b.example") for number in range(2 * PART))))
    assert sorted((it.source_id, it.new) for it in world.settle()) == [("a", 2 * PART), ("b", 2 * PART)]
    assert len(world.network.asked) == 2


@pytest.mark.parametrize("articles", [1, 2 * PART], ids=["whole", "parts"])
def test_what_the_store_refuses_once_is_no_fault_of_the_source(
    world: World, monkeypatch: pytest.MonkeyPatch, articles: int
) -> None:
    world.network.serve(A.url, rss(*map(item, range(articles))))
    world.network.silent.add(B.url)
    world.pump.step(world.now, 0.0)
    recording, errors = Store.recording, [StoreError("It is locked.")]

    def locked_once(store: Store, now: datetime) -> AbstractContextManager[Recording]:
        if errors:
            raise errors.pop()
        return recording(store, now)

    monkeypatch.setattr(Store, "recording", locked_once)
    with pytest.raises(StoreError):
        world.pump.step(world.now, PATIENCE)
    reports = [it for second in range(1, 4) for it in world.pump.step(world.now, PATIENCE + second)]
    assert [(it.new, it.failure) for it in reports] == [(articles, None)]


def test_what_was_cut_off_between_two_parts_is_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.network.fail(B.url)
    world.network.serve(A.url, rss(*map(item, range(2 * PART))), etag='"1"')
    world.pump.step(world.now, 0.0)
    world.pump.step(world.now, PATIENCE)
    assert len(world.stories()) == PART
    world.pump = Pump(
        store=world.pump.store, transport=world.network, engine=world.pump.engine, config=world.pump.config
    )
    world.pump.adopt(world.pump.config, world.now, spread=False)
    (report,) = [it for it in world.settle() if it.source_id == "a"]
    assert report.new == PART
    assert world.network.asked[-1].validators.etag == ""
    assert len(world.stories()) == 2 * PART


def test_a_bug_in_the_first_part_costs_the_source_its_poll(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "a bug")

    monkeypatch.setattr(Recording, "write", broken)
    world.network.serve(A.url, rss(*map(item, range(2 * PART))))
    world.network.fail(B.url)
    assert {it.failure.kind for it in world.settle() if it.failure} == {FailureKind.BUG, FailureKind.CONNECT}


def test_what_was_written_before_the_disk_was_full_is_told_by_the_next_step(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    recording, calls = Store.recording, iter([True])

    def full_after_one(store: Store, now: datetime) -> AbstractContextManager[Recording]:
        if next(calls, False):
            return recording(store, now)
        raise StoreError("The disk is full.")

    monkeypatch.setattr(landing, "BATCH", 1)
    with monkeypatch.context() as small:
        small.setattr(Store, "recording", full_after_one)
        with pytest.raises(StoreError):
            world.settle()
    assert len(world.stories()) == 1
    assert sorted(report.source_id for report in world.settle()) == ["a", "b"]
