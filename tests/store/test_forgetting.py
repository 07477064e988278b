"""Of a story that is let go nothing is left that names it, and all others are as they were."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest

from support.builders import MOMENT, make_article
from syndicator.model.article import Article, Entry
from syndicator.model.manners import Pace
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh, Shown, Wish
from syndicator.model.placement import Merges, Placement
from syndicator.model.social import Credit, SocialLink
from syndicator.store import Store, forgetting, search
from syndicator.store.shown import name, pack
from syndicator.text.keys import folded, text_key, url_key
from syndicator.text.likeness import sketch

Write = Callable[..., Placement]
DAY = timedelta(days=1)
LATER = MOMENT + 40 * DAY
POST = SocialLink(
    platform="telegram", kind="post", handle="daily", url="https://t.me/daily/7", owner="publisher", confidence=0.9
)
PROFILE = SocialLink(
    platform="telegram", handle="daily", url="https://t.me/daily", owner="publisher", confidence=0.9, evidence="footer"
)


def article(number: int, source: str = "daily", **changes: object) -> Article:
    text = " ".join(f"word{number}x{it}" for it in range(60))
    link = f"https://{source}.example/{number}"
    made = make_article(
        source_id=source,
        key=link,
        guid=link,
        url=link,
        canonical_url=link,
        title=f"Title {number}",
        text=text,
        html=f"<p>{text}</p>",
        published=None,
        url_key=url_key(link),
        text_key=text_key(folded(text)),
        sketch=sketch(folded(text)),
        social=(PROFILE,),
        credits=(Credit(role="photographer", name="Ann Lee"),),
        paragraphs=(7, number),
    )
    return replace(made, **changes)


def references(store: Store) -> dict[str, set[int]]:
    """Every table and column that names stories or articles by number, with those."""
    found = {}
    for (table,) in store._db.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"):
        for column in [row[1] for row in store._db.execute(f"PRAGMA table_info({table})")]:
            of_stories = column == "story" or (table, column) == ("stories", "id")
            of_articles = column in {"article", "lead"} or (table, column) == ("articles", "id")
            if of_stories or of_articles:
                rows = store._db.execute(f"SELECT {column} FROM {table} WHERE {column} > 0").fetchall()
                found[f"{table}.{column}"] = {row[0] for row in rows}
    return found


def test_nothing_names_what_was_forgotten_and_the_rest_is_as_it_was(store: Store, write: Write) -> None:
    write(article(1))
    write(article(1, "other", canonical_url="https://daily.example/1", url_key=article(1).url_key))
    write(article(2))
    with store.recording(MOMENT) as recording:
        recording.events.note_post("daily", POST, 1, MOMENT)
        recording.stories.merge(Merges(kept=1, absorbed=2, reason="join", article=2, measured=None))
    write(article(3))
    store.archive("all", [[1], [3]], MOMENT)
    kept = store.stories([3])
    assert {it for them in references(store).values() for it in them} == {1, 2, 3, 4}
    store.forget([1])
    # But what it began and ended with: that is counted for its source.
    left = {where: them for where, them in references(store).items() if where != "paragraphs.article"}
    assert {it for them in left.values() for it in them} == {3, 4}
    assert left["archived.story"] == {3}
    assert store.stories([1, 3]) == kept
    assert store.social_events(9) == [it for it in store.social_events(9) if it.event != "post.linked"]
    for word, stories in (("word1x3", []), ("word2x3", []), ("word3x3", [3])):
        assert [number for number, _ in store.select(match=word, limit=9)] == stories
    assert store._db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_who_shows_publishers_learns_of_it_if_that_told_something(store: Store, write: Write) -> None:
    write(article(1, social=(), credits=()))
    write(article(2))
    before = store.social_state()
    store.forget([1])
    assert store.social_state() == before
    store.forget([2])
    assert store.social_state() != before
    assert [piece.article for it in store.profiles()["daily"] for piece in it.evidence] == [""]


def test_what_waits_for_a_new_index_is_forgotten_as_well(store: Store, write: Write) -> None:
    for number in (1, 2):
        write(article(number))
    search.create_index(store._db)
    store.forget([1])
    while store.index(1):
        pass
    assert [number for number, _ in store.select(match="word1x1 OR word2x1", limit=9)] == [2]
    store._db.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    assert store._db.execute("SELECT count(*) FROM words_data").fetchone()[0] < 9


def test_its_number_is_never_given_again(store: Store, write: Write) -> None:
    write(article(1))
    store.forget([1])
    write(article(2))
    assert references(store)["stories.id"] == {2}
    assert references(store)["articles.id"] == {2}


def test_shown_once_more_it_is_new_under_the_id_that_it_had(store: Store, write: Write) -> None:
    write(article(1))
    (before,) = store.stories([1])
    store.forget([1])
    write(article(1), now=LATER)
    (after,) = store.stories([2])
    assert after.guid == before.guid


def test_a_copy_that_comes_later_is_no_copy_of_what_is_forgotten(store: Store, write: Write) -> None:
    write(article(1))
    store.forget([1])
    write(article(1, "other", guid="other"), now=LATER)
    assert [it.source_id for it in store.stories([2])[0].copies] == ["other"]
    with store.recording(LATER) as recording:
        assert recording.neighbours(article(1, "third")) != []  # of the one that is there
        assert len(recording.neighbours(article(1, "third"))) == 1


def test_its_paragraphs_still_tell_what_its_source_repeats(store: Store, write: Write) -> None:
    for number in range(1, 5):
        write(article(number))
    store.forget([1, 2])
    with store.recording(LATER) as recording:
        assert sorted(recording.paragraphs.counted("daily")) == [1, 2, 3, 4]
        recording.paragraphs.judge("daily", [], {7})
    assert [number for number, _ in store.stale(9)] == [3, 4]
    store.forget([3])
    assert [number for number, _ in store.stale(9)] == [4]
    # Whoever looks for stale ones passes over none, time and again, that are no more.
    assert store._db.execute("SELECT count(*) FROM paragraphs WHERE stale = 1").fetchone()[0] == 1


def test_the_file_has_room_for_others_then(store: Store, write: Write) -> None:
    for number in range(1, 200):
        write(article(number))
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store.forget(range(1, 150))
    while store.compact():
        pass
    (free,) = store._db.execute("PRAGMA freelist_count").fetchone()
    assert free > pages / 3


def test_the_index_is_sparse_when_much_of_it_is_gone_until_it_is_compacted(store: Store, write: Write) -> None:
    for number in range(1, 40):
        write(article(number))
    for number in range(1, 5):
        assert not store.is_sparse()
        store.forget([number])
    store.forget([5])
    assert store.is_sparse()
    store.forget(range(6, 15))
    size = "SELECT sum(length(block)) FROM words_data"
    (before,) = store._db.execute(size).fetchone()
    for _ in range(20):
        if not store.compact():
            break
    assert not store.is_sparse()
    assert store._db.execute(size).fetchone()[0] < before * 0.9
    assert [number for number, _ in store.select(match="word20x1", limit=9)] == [20]


def test_a_large_index_is_compacted_in_pieces(store: Store, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_PAGES", 2)
    for number in range(1, 60):
        write(article(number))
    store.forget(range(1, 30))
    steps = next(step for step in count(1) if not store.compact())
    assert 2 < steps < 200
    assert [number for number, _ in store.select(match="word40x1", limit=9)] == [40]


def test_stories_are_looked_at_in_turn_the_old_ones_of_them(store: Store, write: Write) -> None:
    for number in range(1, 8):
        write(article(number), now=MOMENT + number * DAY)
    write(article(9), now=LATER + 99 * DAY)  # the clock was ahead
    write(article(2, title="Changed", text="Changed"), now=LATER)
    write(article(10), now=MOMENT + DAY)
    write(article(11, published=MOMENT), now=LATER)
    for number in range(12, 16):
        write(article(number), now=LATER)
    before, now = MOMENT + 5 * DAY + DAY / 2, LATER + DAY
    seen, after = [], 0
    for _ in range(20):
        past, last = store.past(after, 2, before, now)
        seen += past
        if last is None:
            break
        after = last
    assert seen == [1, 3, 4, 5, 9]
    assert last is None
    assert store.past(10, 2, before, now) == ([], None)  # those behind are younger still


def test_a_story_is_held_by_each_of_its_copies(store: Store, write: Write) -> None:
    write(article(1))
    write(article(1, "other", canonical_url="https://daily.example/1", url_key=article(1).url_key), now=LATER)
    write(article(2))
    entry = Entry(key="https://daily.example/2", url="https://daily.example/2")
    with store.recording(LATER) as recording:
        recording.wishes.add("daily", Wish(url="https://daily.example/2", entry=entry))
    held = store.holding([1, 2])
    assert [(it.article, it.source_id, it.first_seen, it.awaited) for it in held[1]] == [
        (1, "daily", MOMENT, False),
        (2, "other", LATER, False),
    ]
    assert [(it.article, it.name, it.awaited) for it in held[2]] == [(3, name("https://daily.example/2"), True)]


def test_what_a_source_shows_is_known_once_somebody_has_looked(store: Store) -> None:
    assert store.showing(["daily", "other", "nobody"]) == {"daily": None, "other": None}
    outcome = Fresh(shown=Shown(keys=frozenset("ab")), doubtful=(("b", "b of its own"),))
    with store.recording(MOMENT) as recording:
        recording.polls.succeeded("daily", outcome, LATER, Pace())
        recording.polls.succeeded("other", Fresh(), LATER, Pace())  # cut short: who knows what is behind
    assert store.showing(["daily", "other"]) == {"daily": pack(["a", "b", "b of its own"]), "other": None}
    with store.recording(MOMENT) as recording:
        recording.polls.succeeded("daily", Fresh(), LATER, Pace())
        recording.polls.succeeded("daily", Fresh(shown=Shown()), LATER, Pace())  # it is empty, as after a mishap
    assert store.showing(["daily"])["daily"] != b""  # it still shows what it was seen to show
    store.adopt([], {})
    assert store.showing(["daily", "other"]) == {"daily": pack(["a", "b", "b of its own"])}


def test_the_newest_of_a_source_are_told_by_their_number(
    store: Store, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "NEWEST", 2)
    write(article(1))
    assert store.oldest_of_newest("daily") == 0
    for number, source in ((2, "other"), (3, "daily"), (4, "daily"), (5, "other")):
        write(article(number, source))
    assert store.oldest_of_newest("daily") == 3
    assert store.oldest_of_newest("other") == 2


def test_a_round_is_remembered(store: Store) -> None:
    assert store.last_round()[1] == 0
    store.had_round(LATER, 30 * 86400.0)
    assert store.last_round() == (LATER, 30 * 86400)
    assert store.told_time() == LATER
    store.note_time(MOMENT)
    assert store.told_time() == MOMENT
    assert store.last_round()[0] == LATER


def test_an_id_leads_to_the_story_that_took_its_own_in(store: Store, write: Write) -> None:
    for number in range(1, 4):
        write(article(number))
    with store.recording(LATER) as recording:
        recording.stories.merge(Merges(kept=1, absorbed=2, reason="join", article=2, measured=None))
        recording.stories.withdraw(3)
    guids = [guid for guid, _ in store.gone(limit=9)]
    assert len(guids) == 2
    assert store.led_to(guids) == [1]
    assert store.led_to([]) == []


def test_the_newest_events_tell_of_stories(store: Store, write: Write) -> None:
    for number in range(1, 4):
        write(article(number))
        with store.recording(MOMENT + number * DAY) as recording:
            recording.events.note_post("daily", replace(POST, url=f"https://t.me/daily/{number}"), number, MOMENT)
    assert store.lately_told(0) == []
    assert sorted(store.lately_told(2)) == [2, 3]
    assert {1, 2, 3} == {*store.lately_told(99)}


def test_no_table_that_grows_is_looked_through_as_a_whole(store: Store, write: Write) -> None:
    for number in range(1, 4):
        write(article(number))
    asked: list[str] = []
    store._db.set_trace_callback(asked.append)
    store.past(0, 9, LATER, LATER)
    store.holding([1, 2])
    store.showing(["daily"])
    store.lately_told(9)
    store.forget([1])
    store._db.set_trace_callback(None)
    looks = [it for it in asked if it.lstrip().startswith(("SELECT", "DELETE", "UPDATE"))]
    steps = [row["detail"] for it in looks for row in store._db.execute(f"EXPLAIN QUERY PLAN {it}")]
    scanned = {step.split()[1] for step in steps if step.startswith("SCAN")}
    assert scanned <= {"json_each", "social_events", "v"}  # of events, some thousands are kept at most
    assert len(looks) > 10
