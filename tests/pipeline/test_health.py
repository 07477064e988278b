"""A source's health, in sentences."""

from datetime import timedelta

from support.builders import MOMENT, make_source
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import NEVER, Debt, Pace
from syndicator.model.noun import replace
from syndicator.model.state import SourceState
from syndicator.pipeline.health import health, hub_sentences

DUE = MOMENT + timedelta(hours=1)


def test_before_the_first_poll_a_source_is_new() -> None:
    assert health(make_source(), None).status == "new"
    assert health(make_source(), SourceState(source_id="daily", due_at=DUE)).next_try == DUE


def test_a_source_that_answers_is_ok() -> None:
    state = SourceState(source_id="daily", due_at=DUE, polled_at=MOMENT)
    assert (health(make_source(), state).status, health(make_source(), state).next_try) == ("ok", DUE)


def test_a_source_that_fails_says_why_how_often_what_to_do_and_when_it_is_tried_next() -> None:
    failure = Failure(kind=FailureKind.DNS, message="No such host.", remedy="Look at the address.")
    state = SourceState(source_id="daily", due_at=DUE, polled_at=MOMENT, failures=3, failure=failure)
    found = health(make_source(), state)
    assert found.status == "failing"
    assert found.sentence == "No such host. (3 times in a row)"
    assert (found.remedy, found.next_try) == ("Look at the address.", DUE)


def test_a_source_that_was_removed_is_not_polled() -> None:
    assert health(None, SourceState(source_id="daily", due_at=DUE)).next_try is None


def test_a_source_whose_host_wants_to_be_left_alone_waits_and_has_not_failed() -> None:
    debt = Debt(host="daily.example", since=MOMENT, until=DUE + timedelta(hours=5), message="We ask too often (429).")
    state = SourceState(source_id="daily", due_at=DUE, polled_at=MOMENT)
    found = health(make_source(), state, debt)
    assert (found.status, found.next_try) == ("waiting", debt.until)
    assert "429" in found.sentence
    assert health(make_source(), SourceState(source_id="daily", due_at=DUE), debt).status == "waiting"
    assert health(None, state, debt).status == "removed"


def test_a_source_that_has_moved_says_where_to() -> None:
    pace = Pace(address="https://new.example/rss")  # from which another id would be made
    found = health(make_source(), SourceState(source_id="daily", due_at=DUE, polled_at=MOMENT, pace=pace))
    assert found.status == "ok"
    assert "https://new.example/rss" in found.sentence
    assert found.remedy == 'Please change its url, and keep its id: id = "daily".'


def test_a_source_in_quarantine_says_so() -> None:
    failure = Failure(kind=FailureKind.STALLED, message="It took too long.")
    for stalls, quarantined in ((2, False), (3, True)):
        state = SourceState(
            source_id="daily", due_at=DUE, polled_at=MOMENT, failures=3, failure=failure, pace=Pace(stalls=stalls)
        )
        assert ("quarantine" in health(make_source(), state).sentence) is quarantined


def test_a_source_that_was_not_found_for_a_week_should_be_looked_after() -> None:
    failure = Failure(kind=FailureKind.STATUS, message="There is nothing (404).", remedy="Wait.", status=404)
    for days, told in ((6, False), (8, True)):
        state = SourceState(
            source_id="daily",
            due_at=DUE,
            polled_at=MOMENT,
            failures=9,
            failure=failure,
            pace=Pace(failing_since=MOMENT - timedelta(days=days)),
        )
        found = health(make_source(), state)
        assert (f"for {days} days" in found.sentence) is told
        assert ("remove" in found.remedy) is told
        down = health(make_source(), replace(state, failure=replace(failure, status=500)))
        assert (down.sentence, down.remedy) == ("There is nothing (404). (9 times in a row)", "Wait."), (
            "it may come back"
        )


def test_a_source_that_is_gone_is_not_tried_again_and_says_how_it_could_be() -> None:
    failure = Failure(kind=FailureKind.GONE, message="Withdrawn (410).", remedy="Remove the source.", status=410)
    state = SourceState(source_id="daily", due_at=NEVER, polled_at=MOMENT, failures=1, failure=failure)
    for debt in (None, Debt(host="daily.example", since=MOMENT, until=DUE)):
        found = health(make_source(), state, debt)
        assert (found.status, found.next_try) == ("failing", None)
        assert found.sentence == "Withdrawn (410). It is no longer polled."
        assert found.remedy == "Remove the source. `syndicator once daily` polls it once more."


def of_moments(*hours: float, source=None, since: float | None = None):
    """The health of a source whose newest entries came so many hours ago, and which was polled `since` then."""
    moments = tuple(sorted(int((MOMENT - timedelta(hours=it)).timestamp()) for it in hours))
    pace = Pace(moments=moments, since=None if since is None else MOMENT - timedelta(hours=since))
    state = SourceState(source_id="daily", due_at=DUE, polled_at=MOMENT, pace=pace)
    return health(source or make_source(), state)


def test_a_source_that_answers_and_brings_nothing_any_more_is_silent() -> None:
    found = of_moments(200, 202, 203, 210, 211)
    assert (found.status, found.next_try) == ("silent", DUE)
    assert found.sentence == (
        "It answers, but has brought nothing new for 8 days; its newest entries are 7 hours apart at most."
    )
    assert found.remedy


def test_a_pause_that_a_source_is_known_to_make_is_no_silence() -> None:
    assert of_moments(167, 168, 169, 170, 171).status == "ok"  # less than a week
    assert of_moments(200, 201, 202, 203, 244).status == "ok"  # of 41 hours, once
    assert of_moments(205, 206, 207, 208, 249).status == "silent"
    assert of_moments(1000, 1001, 1002, 1003).status == "ok"  # too few to tell
    assert of_moments().status == "ok"


def test_a_source_of_old_entries_is_not_silent_before_it_was_polled_for_as_long_as_that_takes() -> None:
    old = (2000, 2001, 2002, 2003, 2004)
    assert [of_moments(*old, since=it).status for it in (0, 167, 168)] == ["ok", "ok", "silent"]
    slow = (2000, 2001, 2002, 2003, 2044)  # a pause of 41 hours
    assert [of_moments(*slow, since=it).status for it in (204, 205)] == ["ok", "silent"]


def test_a_file_and_a_list_need_not_change() -> None:
    ago = (1000, 1001, 1002, 1003, 1004)
    assert of_moments(*ago).status == "silent"
    assert of_moments(*ago, source=make_source(url="file:a.xml")).status == "ok"
    assert of_moments(*ago, source=make_source(kind="list")).status == "ok"


def test_what_a_hub_does_is_told() -> None:
    hub = "https://hub.example/"
    assert hub_sentences(hub, "", "") == (), "it was asked, and has not answered yet"
    assert hub_sentences(hub, "noon", "") == (f"Its hub {hub} announces its news.",)
    assert hub_sentences(hub, "", "It is busy.") == (f"Its hub {hub} does not announce its news: It is busy.",)
    assert hub_sentences(hub, "noon", "It is busy.") == (
        f"Its hub {hub} announces its news until noon.",
        f"Its hub {hub} could not be asked to continue: It is busy.",
    )
