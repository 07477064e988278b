"""What the daemon does with a changed configuration, when something is in the way."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from support.builders import MOMENT
from support.simulation import A, B, Network, World, item, make_config, rss
from syndicator.daemon import acts, making
from syndicator.daemon.notify import Supervisor
from syndicator.daemon.relays import Relays
from syndicator.daemon.run import Daemon
from syndicator.errors import ConfigError, ExitCode, LockedError, PublishError
from syndicator.model.noun import replace
from syndicator.model.settings import Config, Keep, ServeSettings
from syndicator.model.social import SocialLink
from syndicator.model.source import Auth
from syndicator.pipeline.forgetting import Retention, Round
from syndicator.pipeline.websub.hubs import Hubs


class Clock:
    time = 0.0

    def now(self) -> object:
        return MOMENT

    def monotonic(self) -> float:
        return self.time


class Child:
    restarts = 0
    settled = True

    def look(self, monotonic: float) -> None:
        """It lives."""

    def has_settled(self, monotonic: float) -> bool:
        return self.settled

    def restart(self, monotonic: float, orders: str) -> None:
        self.restarts += 1


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, A)
    yield made
    made.pump.store.close()


def daemon(world: World, *configs: Config) -> Daemon:
    """One at work that finds these configurations, one at each look."""
    changed = iter(configs)
    made = Daemon(world.pump.config, Clock(), reload=lambda: next(changed, None), server=[], supervisor=Supervisor(""))
    made._pump, made._child = world.pump, Child()
    made._retention = Retention(world.pump.store)
    made._relays = Relays(world.pump, made._clock, made._child.has_settled)
    return made


def failing_once(error: Exception, done: object) -> object:
    """Something that fails the first time."""
    errors = [error]

    def act(*args: object, **named: object) -> object:
        if errors:
            raise errors.pop()
        return done(*args, **named)

    return act


def look(made: Daemon, times: int) -> None:
    for _ in range(times):
        made._writer.run(made._look_at_config)


@pytest.mark.parametrize("what", ["adopt", "pull_in", "hasten", "reschedule"])
def test_a_configuration_that_cannot_be_taken_while_the_database_is_locked_is_taken_later(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.settle()
    quick = make_config(tmp_path, replace(A, interval=600.0), B)
    made = daemon(world, replace(quick, serve=replace(quick.serve, port=8999)))
    store = type(world.pump.store)
    monkeypatch.setattr(store, what, failing_once(LockedError("It is locked."), getattr(store, what)))
    look(made, 1)
    assert list(made._writer.complaints.values()) == ["It is locked."]
    look(made, 2)
    assert [it.id for it in world.pump.sources] == ["a", "b"]
    assert world.pump.store.active() == {"a", "b"}
    assert world.pump.store.states()["a"].due_at <= MOMENT + timedelta(seconds=661), "its interval is shorter now"
    assert made._child.restarts == 1
    assert made._writer.complaints == {}


def test_the_server_is_started_anew_also_when_not_all_can_be_published(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = replace(make_config(tmp_path, A).serve, port=8999)
    made = daemon(world, replace(make_config(tmp_path, A), serve=served))
    monkeypatch.setattr(acts, "publish_all", failing_once(PublishError("A file cannot be written."), acts.publish_all))
    look(made, 1)
    assert made._child.restarts == 1


def test_what_is_wrong_with_the_configuration_is_in_the_status_until_it_is_mended(world: World, tmp_path: Path) -> None:
    def told() -> object:
        made._write_status()
        return json.loads(world.pump.config.paths.status.read_bytes())["configuration"]

    def reload() -> Config | None:
        found = next(looks)
        if isinstance(found, ConfigError):
            raise found
        return found

    looks = iter([None, ConfigError(["a.toml:3: No."]), None, make_config(tmp_path, A, B)])
    made = daemon(world)
    made._reload = reload
    seen = []
    for _ in range(4):
        look(made, 1)
        seen.append(told())
    assert seen == ["", "a.toml:3: No.", "a.toml:3: No.", ""]


def test_a_mistake_stays_in_the_status_when_an_earlier_change_is_taken_after_it(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reload() -> Config | None:
        found = next(looks)
        if isinstance(found, ConfigError):
            raise found
        return found

    looks = iter([make_config(tmp_path, A, B), ConfigError(["a.toml:3: No."]), None])
    made = daemon(world)
    made._reload = reload
    store = type(world.pump.store)
    monkeypatch.setattr(store, "adopt", failing_once(LockedError("It is locked."), store.adopt))
    look(made, 3)
    assert [it.id for it in world.pump.sources] == ["a", "b"]
    assert made._mistakes == "a.toml:3: No."


def test_a_server_that_a_bad_change_keeps_from_serving_is_in_the_status_and_the_daemon_goes_on(world: World) -> None:
    made = daemon(world)
    made._serves_anew = True
    made._child.look = lambda _: ExitCode.USAGE  # it has said that its port is taken
    for _ in range(2):
        made._writer.run(made._look_at_server)
        made._writer.run(made._write_status)
    found = json.loads(world.pump.config.paths.status.read_bytes())
    assert (found["ok"], len(found["complaints"])) == (False, 1)
    assert "Nothing is served" in found["complaints"][0]
    assert not made._end.is_called


def test_what_is_taken_of_a_changed_configuration_and_what_is_told(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other, config = Network(), make_config(tmp_path, A, B)
    monkeypatch.setattr(making, "transport", lambda _: other)
    quick = replace(config, warnings=("It is odd.",), fetch=replace(config.fetch, concurrency=3))
    elsewhere = replace(quick.paths, store=tmp_path / "elsewhere.db", public=tmp_path / "elsewhere")
    moved = replace(quick, paths=elsewhere)
    made = daemon(world, quick, moved)
    made._publishing._published = (7, 0, 0)
    look(made, 1)
    assert world.pump.transport is other
    assert made._publishing._published == (), "all is published anew"
    look(made, 1)
    assert world.pump.config.paths.store == config.paths.store
    odd, store, public = (it.message for it in caplog.records if it.levelname == "WARNING")
    assert odd == "It is odd."
    assert store.startswith(f"[paths] store takes effect at the next start; until then it stays {config.paths.store}. ")
    assert public.startswith(f"[paths] public: the files in {config.paths.public} stay there")


def test_a_source_under_another_id_is_told_to_begin_anew(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    look(daemon(world, make_config(tmp_path, replace(A, id="other"))), 1)
    (told,) = (it.message for it in caplog.records if it.levelname == "WARNING")
    assert told.startswith("other counts as a new source")
    assert told.endswith(f'write id = "{A.id}".')


def test_a_mistake_in_the_configuration_is_told(world: World, caplog: pytest.LogCaptureFixture) -> None:
    def reload() -> Config | None:
        raise ConfigError(["a.toml:3: No."])

    made = daemon(world)
    made._reload = reload
    look(made, 1)
    assert caplog.messages == ["a.toml:3: No.\nThe last good configuration stays in force."]


def test_commands_do_not_wait_for_what_cannot_be_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(type(world.pump), "step", failing_once(LockedError("It is locked."), world.pump.step))
    made = daemon(world)
    made._commands = SimpleNamespace(failed=told.append, landed=told.append)
    made._writer.run(made._step)
    assert [str(it) for it in told] == ["It is locked."]


@pytest.mark.parametrize(
    ("changes", "restarts"),
    [({"title": "Новости"}, 0), ({"base_url": "https://n.example/"}, 1), ({"hubs": ("https://h.example/",)}, 1)],
)
def test_the_server_is_started_anew_for_what_it_tells(
    world: World, tmp_path: Path, changes: dict[str, object], restarts: int
) -> None:
    config = make_config(tmp_path, A)
    made = daemon(world, replace(config, site=replace(config.site, **changes)))
    look(made, 1)
    assert made._child.restarts == restarts


def test_what_the_operator_is_to_see_is_written_if_there_is_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hubs, "troubles", lambda _: {"https://hub.example/": "The hub is away."})
    folder = world.pump.config.paths.operator
    world.network.serve(A.url, rss(item(1)))
    made = daemon(world)
    made._writer.run(made._oversee)
    assert not folder.exists()
    world.pump.config = replace(world.pump.config, serve=ServeSettings(operator=Auth(username="me", password="x")))
    made._commands = SimpleNamespace(landed=lambda _: None)
    made._writer.complaints["_publish"], made._mistakes = "The disk is full.", "a.toml:3: No."
    made._writer.bugs = 2
    made._relays.leasing.forgeries.note("a", 5)
    for _ in range(3):
        made._step()
    made._clock.time = 4.0
    made._publish()
    made._clock.time = 20.0
    made._writer.run(made._oversee)
    page, metrics = (folder / "index.html").read_text(), (folder / "metrics").read_text()
    for words in ("The disk is full.", "a.toml:3: No.", "The hub is away."):
        assert words in page
    for line in (
        'syndicator_requests_total{of="source",result="read"} 1.0',
        'syndicator_articles_total{change="new"} 1.0',
        "syndicator_publish_delay_seconds_sum 4.0",
        "syndicator_bugs_total 2.0",
        "syndicator_hub_calls_forged_total 5.0",
        "syndicator_complaints 1.0",
    ):
        assert f"\n{line}\n" in metrics


def test_the_operators_pages_take_a_twentieth_of_the_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made, looks = daemon(world), []

    def oversee(*_: object) -> None:
        looks.append(made._clock.time)
        made._clock.time += 3.0

    monkeypatch.setattr(acts, "oversee", oversee)
    for made._clock.time in (1.0, 15.0, 60.0, 61.0, 75.0):
        made._writer.run(made._oversee)
    assert looks == [1.0, 61.0]


def test_pages_that_cannot_be_written_are_tried_as_seldom_and_told_once(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def oversee(*_: object) -> None:
        looks.append(made._clock.time)
        if made._clock.time < 30.0:
            raise PublishError("The disk is full.")

    made, looks, complaints = daemon(world), [], []
    monkeypatch.setattr(acts, "oversee", oversee)
    for made._clock.time in (1.0, 2.0, 15.0, 16.0, 17.0, 31.0, 32.0):
        made._writer.run(made._oversee)
        complaints.append(len(made._writer.complaints))
    assert looks == [1.0, 16.0, 31.0]
    assert complaints == [1, 1, 1, 1, 1, 0, 0]
    assert caplog.messages == ["The disk is full."]
    assert made._writer.bugs == 0


def test_the_operators_pages_are_as_old_as_a_quarter_of_a_minute(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made, looks = daemon(world, replace(world.pump.config, keep=Keep(stories=1e9))), []
    monkeypatch.setattr(acts, "oversee", lambda *_: looks.append(made._clock.time))
    for made._clock.time in (1.0, 15.0, 16.0, 17.0):
        made._writer.run(made._oversee)
    assert looks == [1.0, 16.0]
    look(made, 1)
    made._writer.run(made._oversee)
    assert looks == [1.0, 16.0, 17.0], "another configuration shows at once"


def test_what_was_forgotten_is_told_once_all_has_been_looked_at(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, rounds = daemon(world), [Round(kept=1, began=MOMENT, published=(), gone=9), None]
    rounds += [Round(kept=1, began=MOMENT, published=(), gone=gone, is_over=True) for gone in (1, 0)]
    monkeypatch.setattr(Retention, "step", lambda *_: rounds.pop(0))
    caplog.set_level("INFO")
    while rounds:
        made._writer.run(made._forget)
    assert caplog.messages == ["forgot 1 old story, as set in [keep] stories"]


class TestPublishing:
    @pytest.fixture
    def made(self, world: World, monkeypatch: pytest.MonkeyPatch) -> Daemon:
        """A daemon that takes a second to publish."""

        def publish(*_: object, sparing: bool) -> list[str]:
            made._clock.time += 1.0
            self.sparing.append(sparing)
            return []

        self.sparing: list[bool] = []
        made = daemon(world)
        monkeypatch.setattr(acts, "publish_all", publish)
        world.pump.config.paths.public.mkdir()
        return made

    def published(self, made: Daemon, *times: float) -> list[bool]:
        """How it publishes at these times."""
        self.sparing.clear()
        for time in times:
            made._clock.time = time
            made._writer.run(made._publish)
        return self.sparing

    def test_makes_what_is_dear_anew_a_twentieth_of_the_time_at_most_and_does_not_forget_it(
        self, world: World, made: Daemon
    ) -> None:
        assert self.published(made, 0.0, 2.0, 4.0) == [False]
        world.network.serve(A.url, rss(item(1)))
        world.settle()
        assert self.published(made, 5.0, 6.0, 19.0) == [True]
        assert self.published(made, 21.0, 50.0) == [False]

    def test_takes_a_fifth_of_the_time_at_most_unless_the_configuration_has_changed(
        self, world: World, made: Daemon
    ) -> None:
        times = []
        for second in range(12):
            world.network.clear(A.url)
            world.network.serve(A.url, rss(*map(item, range(second + 1))))
            assert [it.new for it in world.later(days=1)] == [1]
            if second == 11:
                made._publishing.hasten()
            times += [second] if self.published(made, float(second)) else []
        assert times == [0, 5, 10, 11]

    def test_is_tried_again_at_once_while_it_fails(
        self, made: Daemon, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        published = acts.publish_all
        monkeypatch.setattr(acts, "publish_all", failing_once(PublishError("It is full."), published))
        assert self.published(made, 0.0) == []
        assert made._writer.complaints
        assert self.published(made, 1.0) == [False]
        assert not made._writer.complaints
        assert caplog.messages == ["It is full."]

    def test_has_nothing_to_do_after_polls_that_bring_nothing(self, world: World, made: Daemon) -> None:
        """Of ten thousand sources some are polled each second, and to look what changed takes half of one."""
        world.network.serve(A.url, rss(item(1)))
        world.settle()
        assert self.published(made, 0.0) == [False]
        for body, status in (("", 304), ("", 500), (f"{rss(item(1))}<!-- as new -->", 200)):
            world.network.clear(A.url)
            world.network.serve(A.url, body, status)
            assert [it.new for it in world.later(days=1)] == [0]
            assert self.published(made, 60.0) == []
        world.network.clear(A.url)
        world.network.serve(A.url, rss(item(1), item(2)))
        assert [it.new for it in world.later(days=1)] == [1]
        assert self.published(made, 90.0) == [False]
        with world.pump.store.recording(world.now) as recording:
            recording.profiles.note_feed("a", [SocialLink(platform="telegram", handle="a", url="https://t.me/a")])
        assert self.published(made, 120.0) == [False], "its publisher's profile"

    def test_goes_on_when_something_is_to_have_disappeared_by_now(
        self, made: Daemon, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert self.published(made, 0.0, 30.0) == [False]
        monkeypatch.setattr(acts, "is_overdue", lambda *_: True)
        assert self.published(made, 60.0) == [False]

    def test_goes_on_when_a_file_is_gone(self, world: World, made: Daemon) -> None:
        file = world.pump.config.paths.public / "all.rss"
        file.write_text("a feed")
        world.pump.store.has_published({file.name: b"made from"}, [])
        assert self.published(made, 0.0, 30.0) == [False]
        file.unlink()
        assert self.published(made, 60.0) == [False]
