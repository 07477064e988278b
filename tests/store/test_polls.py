"""What a poll came to: what the next one must know is kept, whatever this one was."""

from datetime import timedelta

from support.builders import MOMENT, make_info, make_source
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import Pace
from syndicator.model.outcome import Fresh, Unchanged
from syndicator.model.state import KeyedBy
from syndicator.model.web import Validators
from syndicator.store import Store
from syndicator.store.polls import WARNINGS

LATER = MOMENT + timedelta(hours=2)


def poll(store: Store, outcome: Fresh | Unchanged, due=LATER) -> None:
    with store.recording(MOMENT) as recording:
        recording.polls.succeeded("daily", outcome, due, Pace(why="its rhythm"))


def test_a_poll_that_succeeded_leaves_validators_hash_and_what_the_feed_says(store: Store) -> None:
    validators = Validators(etag='W/"x"', last_modified="Thu, 05 Mar 2026 14:00:00 GMT")
    poll(store, Fresh(validators=validators, body_hash=b"hash", info=make_info()))
    state = store.states()["daily"]
    assert state.validators == validators
    assert (state.due_at, state.polled_at, state.succeeded_at, state.info) == (LATER, MOMENT, MOMENT, make_info())
    assert store.memory("daily").body_hash == b"hash"
    assert store.paces(["daily"]) == {"daily": (0, Pace(why="its rhythm"))}


def test_a_poll_that_said_304_keeps_them(store: Store) -> None:
    poll(store, Fresh(validators=Validators(etag='"1"'), body_hash=b"h"))
    poll(store, Unchanged())
    assert store.states()["daily"].validators == Validators(etag='"1"')
    poll(store, Unchanged(validators=Validators(etag='"2"')))
    assert store.states()["daily"].validators == Validators(etag='"2"')
    dated = Validators(last_modified="Thu, 05 Mar 2026 14:00:00 GMT")
    poll(store, Unchanged(validators=dated))
    assert store.states()["daily"].validators == dated


def test_only_a_poll_that_changes_what_is_shown_of_its_source_counts_as_a_change(store: Store) -> None:
    def changed(outcome: Fresh | Unchanged, *, is_page: bool = False) -> bool:
        before = store.revision()
        with store.recording(MOMENT) as recording:
            recording.polls.succeeded("daily", outcome, LATER, Pace(is_page=is_page))
        return store.revision() > before

    fresh = Fresh(info=make_info())
    assert changed(fresh)
    assert not changed(Unchanged())
    assert not changed(fresh)
    assert changed(Fresh(info=make_info(title="The Evening")))
    assert changed(Fresh(info=make_info(title="The Evening")), is_page=True)
    before = store.revision()
    with store.recording(MOMENT) as recording:
        recording.polls.failed("daily", Failure(kind=FailureKind.DNS, message="No such host."), LATER, Pace())
        recording.polls.rests("daily", LATER, Pace())
        recording.polls.keyed_by("daily", KeyedBy.LINK, 1)
    assert store.revision() == before


def test_a_body_that_came_without_them_leaves_none_of_another(store: Store) -> None:
    poll(store, Fresh(validators=Validators(etag='"1"'), body_hash=b"h"))
    poll(store, Fresh(body_hash=b"i"))
    assert store.states()["daily"].validators == Validators()


def test_a_poll_that_failed_keeps_them_too_and_is_counted(store: Store) -> None:
    poll(store, Fresh(validators=Validators(etag='"1"'), body_hash=b"h"))
    failure = Failure(kind=FailureKind.DNS, message="No such host.", remedy="Look at the address.")
    for count in (1, 2):
        with store.recording(MOMENT) as recording:
            recording.polls.failed("daily", failure, LATER, Pace(why="it failed"))
        assert store.paces(["daily"]) == {"daily": (count, Pace(why="it failed"))}
    assert store.states()["daily"].failure == failure
    assert store.states()["daily"].validators == Validators(etag='"1"')
    poll(store, Unchanged())
    assert (store.states()["daily"].failures, store.states()["daily"].failure) == (0, None)


def test_what_is_wrong_with_pages_is_told_once_beside_what_is_wrong_with_their_listing(store: Store) -> None:
    poll(store, Fresh(warnings=("It has no title.",)))
    with store.recording(MOMENT) as recording:
        for _ in range(2):
            recording.polls.warned("daily", ["No date.", "No date."], "https://daily.example/1")
        recording.polls.warned("daily", ["No text."], "")
    told = ("It has no title.", "https://daily.example/1: No date.", "No text.")
    assert store.states()["daily"].warnings == told
    with store.recording(MOMENT) as recording:
        recording.polls.warned("daily", [f"Oddity {number}." for number in range(99)], "")
    assert len(store.states()["daily"].warnings) == WARNINGS


def test_what_tells_entries_apart_is_told_once_and_forgotten_with_the_address(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        assert recording.polls.keyed_by("daily", KeyedBy.GUID, 5) is False
        assert recording.polls.keyed_by("daily", KeyedBy.LINK, 0) is True
        assert recording.polls.keyed_by("daily", KeyedBy.LINK, 3) is False
    memory = store.memory("daily")
    assert (memory.keyed_by, memory.churn) == (KeyedBy.LINK, 3)
    assert (store.memory("other").keyed_by, store.memory("other").churn) == (KeyedBy.GUID, 0)
    store.adopt([make_source()], {"daily": MOMENT})
    assert store.memory("daily") == memory
    store.adopt([make_source(url="https://daily.example/new.xml")], {"daily": MOMENT})
    memory = store.memory("daily")
    assert (memory.keyed_by, memory.churn) == (KeyedBy.GUID, 0)


def test_a_list_names_its_sources_anew_each_time(store: Store) -> None:
    first, second = make_source(id="1", parent="list"), make_source(id="2", parent="list")
    for named in ([first, second], [second, second]):
        with store.recording(MOMENT) as recording:
            recording.polls.listed("list", named)
    assert store.listed() == [second]


def test_who_rests_is_neither_polled_nor_failed(store: Store) -> None:
    poll(store, Unchanged())
    before = store.states()["daily"]
    with store.recording(MOMENT + timedelta(hours=1)) as recording:
        recording.polls.rests("daily", MOMENT + 9 * timedelta(hours=1), Pace(why="its host"))
    after = store.states()["daily"]
    assert (after.due_at, after.pace.why) == (MOMENT + 9 * timedelta(hours=1), "its host")
    assert (after.polled_at, after.failures, after.failure) == (before.polled_at, 0, None)
