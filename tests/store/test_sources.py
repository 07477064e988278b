"""The sources that there are: adopted, resting, moved; and what is known of each."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from support.builders import MOMENT, make_article, make_source
from syndicator.model.manners import Pace
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh, Unchanged
from syndicator.model.source import Auth, JsonPaths, Select
from syndicator.model.web import Validators
from syndicator.store import Store
from syndicator.text.keys import digest

Write = Callable[..., object]
DAY = timedelta(days=1)


class TestAdopting:
    def test_a_source_that_was_removed_rests_and_resumes_when_put_back(self, store: Store, write: Write) -> None:
        for source_id in ("daily", "other"):
            address = f"https://{source_id}.example/1"
            write(make_article(source_id=source_id, guid=address, canonical_url=address))
        other = make_source(id="other", url="https://other.example/rss")
        store.adopt([other], {"other": MOMENT})
        assert store.due(MOMENT, limit=9) == ["other"]
        assert len(store.select(limit=9)) == 2, "its stories stay"
        store.adopt([other, make_source()], {"other": MOMENT, "daily": MOMENT + DAY})
        assert set(store.due(MOMENT, limit=9)) == {"daily", "other"}, "due as it was, not as if it were new"

    @pytest.mark.parametrize(
        "changes", [{"url": "https://daily.example/moved.xml"}, {"headers": (("Accept-Language", "ru"),)}], ids=str
    )
    def test_another_address_drops_validators_and_is_polled_at_once(
        self, store: Store, changes: dict[str, object]
    ) -> None:
        with store.recording(MOMENT) as recording:
            recording.polls.succeeded(
                "daily", Fresh(validators=Validators(etag='"1"'), body_hash=b"x"), MOMENT + DAY, Pace()
            )
        store.adopt([make_source(**changes)], {"daily": MOMENT})
        assert store.states()["daily"].validators == Validators()
        assert store.memory("daily").body_hash == b""
        assert store.due(MOMENT, limit=9) == ["daily"]

    def test_one_that_comes_under_another_id_is_told_from_one_that_is_new(self, store: Store) -> None:
        old, new = (make_source(id=it, url="https://same.example/rss") for it in ("old", "new"))
        due = {"old": MOMENT, "new": MOMENT}
        store.adopt([old], due)
        assert store.adopt([old, new], due) == {}, "two sources of one address"
        assert store.adopt([old], due) == {}
        assert store.adopt([new], due) == {}, "both are known"
        secret = make_source(id="p", url="https://p.example/rss?token=1", private=True)
        store.adopt([secret], {"p": MOMENT})
        again, first = replace(secret, id="q"), make_source(id="first", url="https://first.example/rss")
        due = {"q": MOMENT, "first": MOMENT}
        assert store.adopt([again, first], due) == {"q": "p"}
        assert store.adopt([again, first], due) == {}, "it is told once"

    def test_is_a_change_of_what_is_shown_only_if_something_is_otherwise(self, store: Store) -> None:
        due = {"daily": MOMENT, "new": MOMENT}
        seen = [store.revision()]
        for sources in ([make_source()], [make_source(title="B")], [make_source(title="B"), make_source(id="new")]):
            for _ in range(2):
                store.adopt(sources, due)
                seen.append(store.revision())
        assert [after > before for before, after in itertools.pairwise(seen)] == [True, False] * 3

    def test_what_adopting_would_mean_is_told_without_adopting(self, store: Store) -> None:
        old = make_source(id="old", url="https://same.example/rss", auth=Auth(username="a", password="b"))
        store.adopt([old, make_source()], {"old": MOMENT, "daily": MOMENT})
        before = store.changes
        new = replace(old, id="new")
        assert store.foreseen([new, make_source()]) == ({"new": "old"}, frozenset())
        assert store.foreseen([old, new, make_source(tags=())]) == ({}, frozenset())
        other = replace(old, auth=Auth(username="a", password="c"))
        moved = make_source(url="https://moved.example/rss")
        assert store.foreseen([other, moved]) == ({}, frozenset({"old", "daily"}))
        assert (store.changes, store.active()) == (before, {"old", "daily"})

    def test_a_private_address_and_credentials_are_not_kept(self, store: Store, tmp_path: Path) -> None:
        secret = make_source(
            id="p",
            url="https://u:hunter2secret@p.example/?token=hunter2secret",
            private=True,
            auth=Auth(bearer="hunter2secret"),
        )
        store.adopt([secret], {"p": MOMENT})
        assert store.sources()["p"] == replace(secret, url="", auth=None)
        assert all(b"hunter2secret" not in path.read_bytes() for path in tmp_path.iterdir())

    def test_one_that_has_become_private_under_another_id_is_not_told_by_what_it_was(self, store: Store) -> None:
        other = make_source(id="other", url="https://other.example/rss")
        store.adopt([make_source(), other], {"daily": MOMENT, "other": MOMENT})
        store.adopt([make_source(id="private-1", private=True)], {"private-1": MOMENT})
        known = store.sources()
        assert (known["daily"].url, known["daily"].private) == ("", True)
        assert known["other"] == other, "it rests, too, but has another address"


def test_what_decides_the_next_poll_comes_back(store: Store) -> None:
    pace = Pace(repeats=3, why="its rhythm")
    with store.recording(MOMENT) as recording:
        recording.polls.succeeded("daily", Unchanged(validators=Validators(etag='"1"')), MOMENT + DAY, pace)
    assert store.paces(["daily", "other", "nobody"]) == {"daily": (0, pace), "other": (0, Pace())}
    assert store.states()["daily"].pace == pace
    asked = store.questions(["other", "nobody", "daily"])
    assert list(asked.items()) == [("other", (Validators(), Pace())), ("daily", (Validators(etag='"1"'), pace))]


def test_another_address_forgets_what_decides_the_next_poll(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        recording.polls.succeeded("daily", Fresh(), MOMENT + DAY, Pace(repeats=3))
    store.adopt([make_source(url="https://elsewhere.example/")], {"daily": MOMENT})
    assert store.paces(["daily"]) == {"daily": (0, Pace())}


def test_a_source_that_is_looked_for_elsewhere_is_another_and_others_stay_what_they_were(store: Store) -> None:
    def validators() -> Validators:
        return store.states()["daily"].validators

    def polled() -> None:
        with store.recording(MOMENT) as recording:
            recording.polls.succeeded("daily", Fresh(validators=Validators(etag='"1"')), MOMENT + DAY, Pace())

    page = make_source(kind="page", select=Select(item="li"))
    store.adopt([page], {"daily": MOMENT})
    polled()
    address = digest(f"{page.url}\0page\0{page.select}\0()")  # as it was written before there were paths
    assert store._db.execute("SELECT address FROM sources WHERE id = 'daily'").fetchone()[0] == address
    first, second = (make_source(kind="json", paths=JsonPaths(item=it, title="title")) for it in ("a", "b"))
    for source in (first, second):
        store.adopt([source], {"daily": MOMENT})
        assert validators() == Validators()
        assert store.sources()["daily"] == source
        polled()
    store.adopt([replace(second, title="Daily")], {"daily": MOMENT})
    assert validators() == Validators(etag='"1"')
