"""What was agreed upon with hubs is remembered, and a source's polls know of it."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from support.builders import MOMENT
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.lease import Lease, Offer
from syndicator.model.manners import Pace
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh
from syndicator.model.state import FeedInfo
from syndicator.store import Store

HUB = "https://hub.example/"
LATER = MOMENT + timedelta(days=10)
LEASE = Lease(
    source_id="daily",
    offer=Offer(hub=HUB, topic="https://daily.example/rss"),
    callback="https://news.example/push/x",
    again_at=MOMENT,
)


def polled(store: Store, source_id: str = "daily", pace: Pace = Pace(), **info: object) -> None:
    with store.recording(MOMENT) as recording:
        recording.polls.succeeded(source_id, Fresh(info=replace(FeedInfo(), **info)), LATER, pace)


def pace_of(store: Store) -> Pace:
    return store.paces(["daily"])["daily"][1]


def test_the_key_is_made_once_and_each_database_has_its_own(store: Store, tmp_path: Path) -> None:
    key = store.callback_key()
    assert len(key) == 32
    assert store.callback_key() == key
    with closing(Store.write(tmp_path / "other" / "syndicator.db")) as other:
        assert other.callback_key() != key


def test_only_polled_sources_with_hubs_are_offered(store: Store) -> None:
    polled(store, hubs=(HUB, "https://two.example/"), topic="https://daily.example/rss", title='"hubs"')
    polled(store, "other", title='It writes "hubs" into its title')
    assert store.hubs_of_sources() == {"daily": ((HUB, "https://two.example/"), "https://daily.example/rss", "")}
    polled(store, pace=Pace(address="https://moved.example/"), hubs=(HUB,))
    assert store.hubs_of_sources() == {"daily": ((HUB,), "", "https://moved.example/")}
    store.adopt([], {})
    assert store.hubs_of_sources() == {}


def test_a_lease_is_there_after_a_restart_and_known_to_the_sources_polls(store: Store) -> None:
    before = pace_of(store)
    held = replace(LEASE, until=LATER, asked=True, failures=3, message="It was slow.")
    store.write_leases([LEASE, replace(LEASE, source_id="other")])
    assert pace_of(store) == before
    store.write_leases([held])
    with closing(Store.read(store.path)) as again:
        assert again.leases() == {"daily": held, "other": replace(LEASE, source_id="other")}
    assert pace_of(store) == replace(before, told_until=LATER)
    store.end_leases(["daily", "nobody"])
    assert store.leases().keys() == {"other"}
    assert pace_of(store) == before


def test_a_source_with_news_is_due_and_one_that_fails_waits_its_time(store: Store) -> None:
    polled(store)
    with store.recording(MOMENT) as recording:
        recording.polls.failed("other", Failure(kind=FailureKind.DNS, message="No."), LATER, Pace())
    store.expect(dict.fromkeys(["daily", "other", "nobody"], (3, MOMENT)))
    states = store.states()
    assert (states["daily"].due_at, states["daily"].pace.expecting) == (MOMENT, 3)
    assert (states["other"].due_at, states["other"].pace.expecting) == (LATER, 0)
    store.expect({"daily": (3, MOMENT + timedelta(hours=1))})
    assert store.states()["daily"].due_at == MOMENT, "it was to be polled before that"
    store.expect({"daily": (0, MOMENT)})
    assert pace_of(store).expecting == 3, "what was told of is still looked for"
