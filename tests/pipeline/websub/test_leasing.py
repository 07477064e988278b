"""A source with a hub is told of its news at once, and loses nothing where the hub is slow, silent, or lies."""

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from support.builders import MOMENT, make_source
from support.simulation import A, B, Network, World, item, rss
from syndicator.errors import StoreError
from syndicator.model.failure import FailureKind
from syndicator.model.lease import Call, Lease
from syndicator.model.manners import Pace
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh
from syndicator.model.settings import Config
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.pipeline.waits import KEPT
from syndicator.pipeline.websub.agreements import LEAST, MOST
from syndicator.pipeline.websub.leasing import AT_ONCE, IN_ALL, LOOK, Leasing
from syndicator.pipeline.websub.nudges import POLLS, REST
from syndicator.text.callbacks import is_for, secret_of

HUB, OTHER = "https://hub.example/", "https://other.example/hub"
TOPIC = "https://a.example/feed"
DAY = 86400.0


def with_hub(feed: str, hub: str = HUB, topic: str = TOPIC) -> str:
    links = f"<atom:link rel='hub' href='{hub}'/>" + (f"<atom:link rel='self' href='{topic}'/>" if topic else "")
    return feed.replace("<channel>", f"<channel xmlns:atom='http://www.w3.org/2005/Atom'>{links}")


class Told:
    """A world whose sources have hubs, what hubs were asked, and what they say."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.hub = Network()
        self.hub.serve(HUB, status=202)
        self.config = replace(
            world.pump.config,
            site=replace(world.pump.config.site, base_url="https://news.example/s/"),
            serve=replace(world.pump.config.serve, push=True),
        )
        self.leasing = Leasing(world.pump.store, lambda: self.hub)
        self.news: list[str] = []
        self.source: Source = A

    @property
    def lease(self) -> Lease:
        return self.world.pump.store.leases()[self.source.id]

    @property
    def due(self) -> float:
        """Seconds until it is polled."""
        return (self.world.pump.store.states()[self.source.id].due_at - self.world.now).total_seconds()

    def show(self, *numbers: int, hub: str = HUB) -> None:
        self.world.network.clear(A.url)
        self.world.network.serve(A.url, with_hub(rss(*map(item, numbers)), hub))

    def step(self, seconds: float = 0.0, config: Config | None = None) -> None:
        """Let time pass, and polls be polled, then let it work."""
        self.world.later(seconds=seconds)
        now = self.world.now
        pump = self.world.pump
        self.news += self.leasing.step(config or self.config, pump.sources, pump.is_busy_with, now, now.timestamp())

    def asked(self) -> list[dict[str, str]]:
        """What hubs were asked since the last look."""
        found = [{"": it.url} | {key: one for key, (one,) in parse_qs(it.form).items()} for it in self.hub.asked]
        self.hub.asked.clear()
        return found

    def says(self, mode: str, seconds: int = 0, reason: str = "", token: str = "") -> bool | None:
        token = token or self.lease.callback.rpartition("/")[2]
        return self.leasing.hear(Call(token=token, mode=mode, seconds=seconds, reason=reason))  # type: ignore[arg-type]

    def agreed(self, seconds: int = 0) -> None:
        """Ask, and let the hub agree."""
        self.step()
        self.asked()
        assert self.says("subscribe", seconds)
        self.step()
        assert self.lease.until is not None


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    world = World.open(tmp_path, A, B)
    made = Told(world)
    made.show(1)
    world.network.serve(B.url, rss(item(9, "b.example")))
    world.settle()
    yield made
    world.pump.store.close()


def test_the_hub_is_asked_and_told_where_to_call(told: Told) -> None:
    told.step()
    (form,) = told.asked()
    key = told.world.pump.store.callback_key()
    token = form["hub.callback"].removeprefix("https://news.example/s/push/")
    assert is_for(key, token, TOPIC)
    assert form == {
        "": HUB,
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.callback": f"https://news.example/s/push/{token}",
        "hub.secret": secret_of(key, token),
        "hub.lease_seconds": "864000",
        "hub.verify": "async",
    }
    told.step(LOOK)
    assert told.asked() == [], "once is enough"
    assert told.lease.until is None, "that it took it means nothing yet"
    assert told.says("subscribe", 3600)
    told.step()
    assert told.lease.until == told.world.now + timedelta(seconds=3600)
    assert told.news == []


def test_news_that_the_hub_tells_of_are_polled_at_once(told: Told) -> None:
    told.agreed()
    told.show(1, 2)
    assert told.due > 60
    assert told.says("news")
    told.step()
    assert told.due <= 0
    told.step()
    assert [title for title, _ in told.world.stories()][:1] == ["Title 2"]
    assert told.due > 60, "and then as ever"


def test_what_it_tells_of_again_and_again_is_polled_together_after_a_rest(told: Told) -> None:
    told.agreed()
    told.says("news")
    told.step()
    told.world.settle()
    polls = len(told.world.network.asked)
    for _ in range(20):
        told.says("news")
        told.step(1)
    assert len(told.world.network.asked) == polls
    told.step(REST)
    told.world.settle()
    assert len(told.world.network.asked) == polls + 1
    told.step(REST)
    told.step(REST)
    assert len(told.world.network.asked) == polls + 1


def test_what_is_not_there_yet_is_looked_for_soon_and_then_as_ever(told: Told) -> None:
    told.agreed()
    told.says("news")
    told.step()
    waits = []
    for _ in range(POLLS):
        told.step(max(told.due, 0))
        told.world.settle()
        waits.append(told.due)
    assert waits == [pytest.approx(315, abs=20)] * (POLLS - 1) + [pytest.approx(1890, abs=100)]


def test_a_source_that_is_being_polled_is_polled_once_more(told: Told) -> None:
    told.agreed()
    told.world.network.silent.add(A.url)
    told.world.pump.store.hasten(["a"], told.world.now)
    told.world.pump.step(told.world.now, told.world.now.timestamp())
    assert told.world.pump.is_busy_with(["a"])
    told.says("news")
    pump, now = told.world.pump, told.world.now
    told.leasing.step(told.config, pump.sources, pump.is_busy_with, now, now.timestamp())
    assert pump.store.paces(["a"])["a"][1].expecting == 0, "its answer may be from before"
    told.leasing.step(told.config, pump.sources, lambda _: False, now, now.timestamp())
    assert pump.store.paces(["a"])["a"][1].expecting == POLLS


def test_a_hub_that_has_proven_itself_is_enough_between_two_looks_a_day(told: Told) -> None:
    told.agreed(MOST)
    for number in range(2, 2 + KEPT):
        told.show(*range(1, number + 1))
        assert told.due < DAY / 2
        told.says("news")
        told.step()
        told.step()
        told.step(REST)
    assert told.due == pytest.approx(1.05 * DAY, rel=0.05)
    told.show(*range(1, 20))
    told.step(told.due)
    told.world.settle()
    assert told.due < DAY / 2, "it did not tell of these: it must prove itself anew"
    assert told.world.pump.store.paces(["a"])["a"][1].kept == KEPT - 1


def test_it_is_asked_anew_before_the_time_is_over(told: Told) -> None:
    told.agreed(1000)
    until = told.lease.until
    told.step(899)
    assert told.asked() == []
    told.step(2)
    assert [it["hub.mode"] for it in told.asked()] == ["subscribe"]
    assert told.lease.until == until, "it still tells"
    told.says("subscribe", 1000)
    told.step()
    assert told.lease.until == told.world.now + timedelta(seconds=1000)


@pytest.mark.parametrize(("seconds", "taken"), [(1, LEAST), (0, 864_000), (10**9 - 1, MOST), (5_000, 5_000)])
def test_no_time_is_too_short_or_too_long(told: Told, seconds: int, taken: int) -> None:
    told.agreed(seconds)
    assert told.lease.until == told.world.now + timedelta(seconds=taken)


def test_when_the_time_is_over_what_was_missed_is_looked_for(told: Told) -> None:
    told.agreed(LEAST)
    told.hub.clear(HUB)
    told.hub.fail(HUB)
    told.step(LEAST - 30)
    assert told.lease.until is not None
    told.step(60)
    assert told.lease.until is None
    assert told.due <= 0
    assert told.world.pump.store.paces(["a"])["a"][1].told_until is None


def test_a_hub_that_never_asks_back_is_told_of_and_asked_again_later_and_later(told: Told) -> None:
    told.step()
    told.asked()
    told.step(601)
    (said,) = told.news
    assert said.startswith(
        f"The hub {HUB} does not announce the news of a, which is polled as usual: It has not verified"
    )
    assert told.lease.failures == 1
    told.step(61)
    assert len(told.asked()) == 1
    told.step(601)
    told.step(61)
    assert told.asked() == []
    told.step(61)
    assert len(told.asked()) == 1
    assert len(told.news) == 1, "it was said"
    told.says("subscribe")
    told.step()
    assert told.news[1:] == [f"The hub {HUB} announces news again."]
    assert (told.lease.failures, told.lease.message) == (0, "")


def test_a_hub_that_fails_is_left_alone_by_all_and_one_that_refuses_a_feed_is_not(tmp_path: Path) -> None:
    sources = [make_source(id=f"s{number}", url=f"https://s{number}.example/rss") for number in range(5)]
    world = World.open(tmp_path, *sources)
    told = Told(world)
    told.source = sources[0]
    for number, source in enumerate(sources):
        world.network.serve(source.url, with_hub(rss(item(number)), topic=source.url))
    world.settle()
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=500)
    told.step()
    assert len(told.asked()) == AT_ONCE
    told.step(1)
    told.step(30)
    assert told.asked() == []
    assert len(told.news) == 1
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=403)
    told.step(120)
    for _ in range(5):
        told.step(1)
    assert {it["hub.topic"] for it in told.asked()} == {it.url for it in sources}
    world.pump.store.close()


def test_where_each_source_has_a_hub_of_its_own_they_are_not_asked_all_at_once(tmp_path: Path) -> None:
    sources = [make_source(id=f"s{number}", url=f"https://s{number}.example/rss") for number in range(IN_ALL + 5)]
    world = World.open(tmp_path, *sources)
    told = Told(world)
    for source in sources:
        world.network.serve(source.url, with_hub(rss(item(1)), f"{source.url}/hub", source.url))
        told.hub.serve(f"{source.url}/hub", status=202)
    world.settle()
    told.step()
    assert len(told.asked()) == IN_ALL
    told.step()
    assert len(told.asked()) == 5
    world.pump.store.close()


def test_that_a_hub_tells_again_is_said_once_however_many_sources_it_has(tmp_path: Path) -> None:
    sources = [make_source(id=f"s{number}", url=f"https://s{number}.example/rss") for number in range(5)]
    world = World.open(tmp_path, *sources)
    told = Told(world)
    for source in sources:
        world.network.serve(source.url, with_hub(rss(item(1)), topic=source.url))
    world.settle()
    for seconds in (0, 1, 1, 700):
        told.step(seconds)
    assert [it.failures for it in world.pump.store.leases().values()] == [1] * 5
    for told.source in sources:
        told.says("subscribe")
    told.step()
    first, second = told.news
    assert first.startswith(f"The hub {HUB} does not announce the news of s")
    assert second == f"The hub {HUB} announces news again."
    world.pump.store.close()


def test_a_hub_that_denies_is_asked_a_day_later_and_its_source_polled_now(told: Told) -> None:
    told.agreed()
    told.says("denied", reason="No such feed.")
    told.step()
    assert told.due <= 0
    assert (told.lease.until, told.lease.message) == (None, "It refuses to: No such feed.")
    told.step(DAY - 60)
    assert told.asked() == []
    told.step(120)
    assert len(told.asked()) == 1


@pytest.mark.parametrize("kind", [FailureKind.CONNECT, FailureKind.GONE])
def test_a_hub_that_denies_over_and_over_gets_one_poll_and_of_a_source_that_fails_none(
    told: Told, kind: FailureKind
) -> None:
    told.agreed()
    told.says("denied")
    told.step()
    told.world.settle()
    polls = len(told.world.network.asked)
    for _ in range(20):
        told.says("denied")
        told.step(REST)
    assert len(told.world.network.asked) == polls
    told.world.network.clear(A.url)
    told.world.network.fail(A.url, kind)
    told.world.pump.store.hasten(["a"], told.world.now)
    told.world.settle()
    polls = len(told.world.network.asked)
    told.agreed()
    told.says("denied")
    told.step(REST)
    told.step(REST)
    assert len(told.world.network.asked) == polls


def test_news_of_a_hub_that_does_not_tell_prove_nothing(told: Told) -> None:
    told.step()
    told.show(1, 2)
    told.says("news")
    told.step()
    assert told.due <= 0
    told.world.settle()
    pace = told.world.pump.store.paces(["a"])["a"][1]
    assert (pace.expecting, pace.kept) == (0, 0)


def test_another_hub_or_address_is_agreed_upon_anew_and_the_old_one_is_of_no_use(told: Told) -> None:
    told.agreed()
    before = told.lease.callback.rpartition("/")[2]
    told.hub.serve(OTHER, status=202)
    told.show(1, 2, hub=OTHER)
    told.step(DAY)
    assert told.due <= 0, "what the other may have missed"
    told.step(LOOK)
    told.step(LOOK)
    assert [it[""] for it in told.asked()] == [OTHER]
    assert told.says("news", token=before) is False
    assert told.lease.until is None
    elsewhere = replace(told.config, site=replace(told.config.site, base_url="https://new.example/"))
    told.step(LOOK, elsewhere)
    assert [it["hub.callback"][:25] for it in told.asked()] == ["https://new.example/push/"]


def test_a_hub_that_moves_is_followed(told: Told) -> None:
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=308, location=OTHER)
    told.hub.serve(OTHER, status=202)
    told.step()
    told.step()
    first, second = told.asked()
    assert (first.pop(""), second.pop("")) == (HUB, OTHER)
    assert first == second
    told.says("subscribe")
    told.step()
    assert told.lease.until is not None


def test_of_a_hub_that_no_feed_names_any_more_nothing_is_kept(told: Told) -> None:
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=500)
    told.step()
    told.step()
    assert set(told.leasing._pauses) == {HUB}
    told.hub.serve(OTHER, status=202)
    told.show(1, 2, hub=OTHER)
    told.step(DAY)
    assert told.leasing._pauses == {}


def test_a_hub_that_leads_nowhere_has_failed(told: Told) -> None:
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=302)
    told.step()
    told.step()
    assert told.lease.message.startswith("The host redirects, but")


def test_a_flood_of_calls_takes_no_room_and_is_written_down_once(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    told.agreed()
    written = []
    write = told.world.pump.store.write_leases
    monkeypatch.setattr(told.world.pump.store, "write_leases", lambda it: (written.append(it), write(it)))
    for number in range(1000):
        told.says("subscribe", 1000 + number)
    told.says("news")
    told.step()
    assert len(written) == 1
    assert told.lease.until == told.world.now + timedelta(seconds=1999), "the last word counts"
    assert told.due <= 0


class TestTheDatabase:
    """What it cannot take is not lost, and nobody waits for ever."""

    @pytest.fixture
    def full(self, told: Told, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
        """Let the next call of one of its methods fail."""

        def fail(name: str) -> None:
            def refuse(*_: object) -> None:
                patched.undo()
                raise StoreError("The disk is full.", "Free some space.")

            patched = pytest.MonkeyPatch()
            patched.setattr(told.world.pump.store, name, refuse)

        return fail

    def breaks(self, told: Told) -> None:
        with pytest.raises(StoreError):
            told.step()

    def test_a_hubs_answer(self, told: Told, full: Callable[[str], None]) -> None:
        told.hub.clear(HUB)
        told.hub.serve(HUB, status=403)
        told.step()
        told.asked()
        full("write_leases")
        self.breaks(told)
        told.step()
        assert told.lease.failures == 1
        told.step(61)
        assert len(told.asked()) == 1, "it is not under way any more"

    @pytest.mark.parametrize("mode", ["news", "subscribe", "denied"])
    @pytest.mark.parametrize("method", ["write_leases", "expect"])
    def test_a_hubs_call(self, told: Told, full: Callable[[str], None], mode: str, method: str) -> None:
        told.agreed(5000)
        before = told.lease
        told.says(mode, 9000)
        full(method)
        if (mode, method) not in {
            ("news", "write_leases"),
            ("subscribe", "expect"),
        }:  # which have nothing to do with it
            self.breaks(told)
        told.step()
        assert (told.due <= 0) is (mode != "subscribe")
        assert (told.lease == before) is (mode == "news")

    @pytest.mark.parametrize("method", ["write_leases", "expect"])
    def test_that_the_time_is_over(self, told: Told, full: Callable[[str], None], method: str) -> None:
        told.agreed(LEAST)
        told.world.later(seconds=LEAST)
        full(method)
        self.breaks(told)
        told.step()
        assert told.lease.until is None
        assert told.due <= 0

    def test_that_nobody_has_looked_yet(self, told: Told, full: Callable[[str], None]) -> None:
        told.agreed()
        told.leasing = Leasing(told.world.pump.store, lambda: told.hub)
        full("hubs_of_sources")
        self.breaks(told)
        assert told.says("news") is None
        told.step()
        assert told.says("news")

    @pytest.mark.parametrize("method", ["end_leases", "expect"])
    def test_that_the_operator_wants_no_hubs(self, told: Told, full: Callable[[str], None], method: str) -> None:
        told.agreed()
        full(method)
        with pytest.raises(StoreError):
            told.step(config=told.world.pump.config)
        told.step(config=told.world.pump.config)
        assert told.world.pump.store.leases() == {}
        assert told.due <= 0


def test_when_the_clock_is_set_back_by_a_year_the_hub_is_asked_all_the_same(told: Told) -> None:
    told.world.now += timedelta(days=365)
    told.agreed()
    told.leasing = Leasing(told.world.pump.store, lambda: told.hub)
    told.world.now -= timedelta(days=365)
    told.step()
    assert len(told.asked()) == 1
    assert told.lease.again_at < told.world.now + timedelta(days=1)


def test_no_call_or_lease_shows_the_way_in(told: Told) -> None:
    told.step()
    token = told.lease.callback.rpartition("/")[2]
    for it in (told.lease, Call(token=token, mode="news"), *told.hub.asked):
        assert token not in repr(it)


@pytest.mark.parametrize("changes", [{"private": True}, {"url": "file:///srv/feed.xml"}])
def test_a_private_source_or_a_file_is_told_no_hub(told: Told, changes: dict[str, object]) -> None:
    hidden = [replace(A, **changes)]
    now = told.world.now
    told.leasing.step(told.config, hidden, lambda _: False, now, now.timestamp())
    assert told.asked() == []
    assert told.world.pump.store.leases() == {}


def test_of_a_feed_that_does_not_say_where_it_is_the_address_is_the_sources(told: Told) -> None:
    told.world.network.clear(A.url)
    told.world.network.serve(A.url, with_hub(rss(item(1), item(2)), topic=""))
    told.step(DAY)
    told.step(LOOK)
    assert [it["hub.topic"] for it in told.asked()][-1] == A.url


def test_of_one_that_has_moved_it_is_where_that_has_moved_to(told: Told) -> None:
    pump, now = told.world.pump, told.world.now
    with pump.store.recording(now) as recording:
        moved = Pace(address="https://new.example/rss")
        recording.polls.succeeded("a", Fresh(info=FeedInfo(hubs=(HUB,))), now + timedelta(days=1), moved)
    told.step()
    assert [it["hub.topic"] for it in told.asked()] == ["https://new.example/rss"]


def test_a_hub_that_takes_its_time_to_answer_is_not_asked_twice(told: Told) -> None:
    told.hub.silent.add(HUB)
    told.step()
    told.step(601)
    assert (len(told.asked()), told.lease.failures) == (1, 0)


def test_what_a_hub_says_while_it_is_heard_is_not_lost(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    told.agreed()
    write = told.world.pump.store.write_leases

    def interrupted(leases: Collection[Lease]) -> None:
        monkeypatch.undo()
        write(leases)
        told.says("subscribe", 7000)

    monkeypatch.setattr(told.world.pump.store, "write_leases", interrupted)
    told.says("subscribe", 6000)
    told.step()
    told.step()
    assert told.lease.until == told.world.now + timedelta(seconds=7000)


def test_of_two_hubs_the_one_that_nobody_overhears_is_asked(told: Told) -> None:
    told.show(1, 2, hub="http://plain.example/'/><atom:link rel='hub' href='https://hub.example/")
    told.step(DAY)
    told.step(LOOK)
    assert {it[""] for it in told.asked()} == {HUB}


def test_nobody_is_asked_unless_the_operator_wants_it_and_all_ends_when_that_ends(told: Told) -> None:
    told.step(config=told.world.pump.config)
    assert told.asked() == []
    told.agreed()
    token = told.lease.callback.rpartition("/")[2]
    told.step(config=told.world.pump.config)
    assert told.world.pump.store.leases() == {}
    assert told.world.pump.store.paces(["a"])["a"][1].told_until is None
    assert told.due <= 0, "what may wait for the longest interval must not"
    assert told.says("news", token=token) is None
    assert told.hub.stopped
    told.step(LOOK)
    assert len(told.asked()) == 1, "and begins anew"


def test_a_source_that_is_gone_is_no_hubs_business(told: Told) -> None:
    told.agreed()
    token = told.lease.callback.rpartition("/")[2]
    told.world.pump.adopt(replace(told.world.pump.config, sources=(B,)), told.world.now, spread=False)
    told.step(LOOK)
    assert told.world.pump.store.leases() == {}
    assert not told.says("news", token=token)


def test_what_was_agreed_upon_holds_after_a_restart(told: Told) -> None:
    told.agreed()
    told.leasing = Leasing(told.world.pump.store, lambda: told.hub)
    assert told.says("news") is None, "nobody has looked yet: a hub that was told “no” would not come back"
    told.step()
    assert told.asked() == []
    assert told.says("news")
    told.step()
    assert told.due <= 0


def test_what_is_under_way_when_the_network_is_left_is_asked_once_more_and_is_no_failure(told: Told) -> None:
    told.hub.silent.add(HUB)
    told.step()
    told.leasing.stop()
    told.hub = Network()
    told.hub.serve(HUB, status=202)
    told.step(601)
    assert (len(told.asked()), told.lease.failures) == (1, 0)


@pytest.mark.parametrize("mode", ["news", "subscribe", "denied", "unsubscribe"])
def test_a_token_that_is_nobodys_changes_nothing(told: Told, mode: str) -> None:
    told.agreed()
    before = told.lease
    assert not told.says(mode, token="x" * 32)
    told.step()
    assert told.lease == before
    assert told.world.now >= MOMENT


def test_calls_that_prove_nothing_are_told_and_counted_and_do_nothing(told: Told) -> None:
    told.agreed(seconds=864_000)
    due = told.due
    assert told.says("forged")
    assert told.says("forged", token="x" * 32) is False
    told.step()
    (sentence,) = told.news
    assert sentence == (
        f"1 call for a had a wrong signature, or none, and were ignored: its hub {HUB} does not sign as agreed,"
        " or somebody else knows the callback."
    )
    assert (told.leasing.forgeries.total, told.due) == (1, due)
