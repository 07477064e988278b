"""Article pages to be asked for: each is remembered until it has come, and asked for no sooner than it may be."""

from datetime import timedelta

from support.builders import MOMENT, make_article
from syndicator.model.article import Entry
from syndicator.model.noun import replace
from syndicator.model.outcome import Wish
from syndicator.store import Store
from syndicator.text.keys import text_key, title_key, url_key

LATER = MOMENT + timedelta(hours=2)
SAID = make_article(key="k", found_hash=b"f")
WISH = Wish(
    url="https://daily.example/page",
    entry=Entry(key="k", url="https://daily.example/page", raw=b"<article/>"),
    fallback=replace(
        SAID, url_key=url_key(SAID.canonical_url), text_key=text_key(SAID.text), title_key=title_key(SAID.title)
    ),
)


def test_one_waits_until_it_is_granted(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        recording.wishes.add("daily", WISH)
    assert store.due_wishes(MOMENT - timedelta(seconds=1), limit=9) == []
    ((source_id, wish, attempts),) = store.due_wishes(MOMENT, limit=9)
    assert (source_id, attempts) == ("daily", 0)
    assert wish == replace(WISH, entry=replace(WISH.entry, raw=b""))
    assert store.memory("daily").entries == {"k": b"f"}, "the next listing must not wish it again"
    assert store.memory("daily", MOMENT).newer == {"k"}
    assert store.memory("daily", LATER).newer == store.memory("daily").newer == frozenset()
    with store.recording(MOMENT) as recording:
        assert recording.wishes.since("daily", "k") == MOMENT
        assert recording.wishes.since("daily", "l") is recording.wishes.since("other", "k") is None
        recording.wishes.granted("daily", "k")
    assert store.due_wishes(LATER, limit=9) == []


def test_one_that_was_not_granted_waits_longer(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        recording.wishes.add("daily", WISH)
        recording.wishes.postponed("daily", "k", LATER)
    assert store.due_wishes(MOMENT, limit=9) == []
    assert [attempts for _, _, attempts in store.due_wishes(LATER, limit=9)] == [1]
    assert store.due_wishes(LATER, limit=9, busy={("daily", "k")}) == []
    assert store.due_wishes(LATER, limit=9, only=["other"]) == []


def test_one_that_leads_nowhere_is_counted_and_waits(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        assert recording.wishes.missed("daily", "k") == 0
        recording.wishes.add("daily", WISH)
        assert [recording.wishes.missing("daily", "k", LATER) for _ in range(2)] == [1, 2]
        assert recording.wishes.missed("daily", "k") == 2
    assert store.due_wishes(MOMENT, limit=9) == []
    assert [attempts for _, _, attempts in store.due_wishes(LATER, limit=9)] == [2]


def test_what_becomes_of_one_leaves_the_others_as_they_are(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        for source_id, key in (("daily", "k"), ("daily", "l"), ("other", "k")):
            recording.wishes.add(source_id, Wish(url=WISH.url, entry=replace(WISH.entry, key=key)))
    for happens in (
        lambda wishes: wishes.postponed("daily", "k", LATER),
        lambda wishes: wishes.missing("daily", "k", LATER),
        lambda wishes: wishes.granted("daily", "k"),
    ):
        with store.recording(MOMENT) as recording:
            happens(recording.wishes)
            assert recording.wishes.missed("daily", "l") == recording.wishes.missed("other", "k") == 0
        waiting = {(source_id, wish.entry.key, tried) for source_id, wish, tried in store.due_wishes(MOMENT, limit=9)}
        assert waiting == {("daily", "l", 0), ("other", "k", 0)}
