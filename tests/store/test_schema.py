"""Upgrading: a database of every earlier shape opens with all that is in it.

Whoever adds a migration keeps a database of the shape that it makes, as SQL, once, with the code that made it:

    python tests/store/test_schema.py

What is kept is never written anew: it stands for the databases that people have.
"""

import itertools
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlite_utils import Database

from syndicator.dedup import place, substance
from syndicator.model.article import Article, Copy, Enclosure, Entry, Person, Story, Text
from syndicator.model.decision import Decision, Verdict
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.lease import Lease, Offer
from syndicator.model.manners import Debt, Hints, Move, Pace, Robots
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh, Shown, Wish
from syndicator.model.overview import Fault, Trouble
from syndicator.model.placement import BEGINNING, Joins, Merges, Opens, Repeats
from syndicator.model.presence import Credited, Evidence, Profile
from syndicator.model.social import Credit, RemovedLine, Repeated, SocialLink
from syndicator.model.source import Select, Source
from syndicator.model.state import FeedInfo, Habits, KeyedBy, SourceState
from syndicator.model.subscription import Subscription
from syndicator.model.web import Validators
from syndicator.social.repeats import Verdict as LineVerdict
from syndicator.store import Store
from syndicator.store.door import tune
from syndicator.store.schema import migrate, migrations
from syndicator.store.shown import pack
from syndicator.text.keys import text_key, title_key, url_key
from syndicator.text.likeness import sketch

pytestmark = pytest.mark.usefixtures("made_anew")

KEPT = sorted((Path(__file__).parent / "schemas").glob("*.sql"))
MADE = [migration.name for migration in migrations._migrations]

# -- what every kept database holds: written out, for what is kept does not change when a builder does

NOW = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)

DAILY = Source(id="daily", url="https://daily.example/", kind="page", select=Select(item="li", follow=True))
CLUB = Source(id="club", url="https://club.example/rss?token=hunter2", title="Клуб", private=True, republish="full")
LIST = Source(id="moscow", url="file:///etc/syndicator/moscow.opml", kind="list")
LISTED = Source(id="metro", url="https://metro.example/rss", title="Метро", parent="moscow")

TELEGRAM = SocialLink(platform="telegram", label="Телеграм", handle="club", url="https://t.me/club", confidence=0.9)
PROFILE = Profile(
    source_id="club",
    key="telegram:club",
    platform="telegram",
    handle="club",
    url="https://t.me/club",
    label="Телеграм",
    seen_urls=("https://t.me/club",),
    evidence=(Evidence(place="", confidence=0.9, first_seen=LATER, last_seen=LATER, count=1),),
    first_seen=LATER,
    last_seen=LATER,
    articles=1,
)
CREDITED = Credited(
    title="Всё ещё снег: «ёлки» стоят", url="https://club.example/8", names=(("photographer", "Владимир Ефимов"),)
)
INFO = FeedInfo(title="The Daily", site_url="https://daily.example/", language="en")
VALIDATORS = Validators(etag='W/"1"', last_modified="Thu, 05 Mar 2026 13:00:00 GMT")
FAILURE = Failure(kind=FailureKind.STATUS, message="It answered 503.", remedy="Wait.", status=503, retry_after=60.0)


def keyed(article: Article) -> Article:
    return replace(
        article,
        url_key=url_key(article.canonical_url),
        text_key=text_key(article.text),
        title_key=title_key(article.title),
        sketch=sketch(article.text),
    )


RIVER = keyed(
    Article(
        source_id="daily",
        key="https://daily.example/river",
        guid="https://daily.example/river",
        url="https://daily.example/river?utm_source=rss",
        canonical_url="https://daily.example/river",
        title="The river has risen by two metres",
        html="<p>The river has risen by <b>two metres</b>.</p>" + "<p>Bridges stay open.</p>" * 9,
        text="The river has risen by two metres.\n" + "Bridges stay open.\n" * 9,
        published=NOW - timedelta(hours=2),
        published_raw="Thu, 05 Mar 2026 12:00:00 GMT",
        authors=(Person(name="Ann", email="ann@daily.example"),),
        categories=("Rivers",),
        language="en",
        enclosures=(Enclosure(url="https://daily.example/river.mp3", type="audio/mpeg", length=9),),
        found_hash=b"found the river.",
        raw=b"<li>river</li>",
    )
)
REPRINT = keyed(
    replace(
        RIVER,
        source_id="club",
        key="7",
        guid="7",
        url="https://daily.example/river?from=club",
        claimed=True,
        found_hash=b"found a reprint.",
    )
)
SNOW = keyed(
    Article(
        source_id="club",
        key="8",
        url="https://club.example/8",
        title="Всё ещё снег: «ёлки» стоят",
        text="Снег идёт.",
        section="Погода",
        language="ru",
        social=(TELEGRAM,),
        credits=(Credit(role="photographer", name="Владимир Ефимов"),),
        removed=(RemovedLine(position=3, line_class="subscribe", text="Читайте нас в Телеграм", rule="phrase"),),
        found_hash=b"found some snow.",
    )
)
WISH = Wish(
    url="https://daily.example/park",
    entry=Entry(key="https://daily.example/park", url="https://daily.example/park", title=Text(value="A <i>park</i>")),
    fallback=keyed(
        Article(source_id="daily", key="https://daily.example/park", title="A park", found_hash=b"found the park..")
    ),
)
PACE = Pace(
    moments=(1772704800, 1772712000),
    hints=Hints(ttl=3600.0, skip_hours=(1, 2)),
    repeats=2,
    move=Move(url="https://daily.example/new", since=NOW, times=2),
    why="its own <ttl>",
)
DEBT = Debt(host="club.example", since=NOW, until=LATER, times=2, message="The host says that we ask too often (429).")
ROBOTS = Robots(origin="https://daily.example", until=LATER, text="User-agent: *\nDisallow: /private")
CUT, STORY = LineVerdict.CUT, LineVerdict.STORY
GONE = keyed(Article(source_id="daily", key="gone", guid="tag:daily.example,2026:gone", title="Gone"))
DECISION = Decision(one=("club", "7"), other=("club", "8"), verdict=Verdict.SPLIT, decided_at=NOW)
FOOTER = Repeated(
    digest=7, text="More in our review.", stories=9, among=9, verdict=LineVerdict.CUT, word="", last_seen=NOW
)
DENIED = Repeated(
    digest=-9, text="Реклама", stories=0, among=0, verdict=LineVerdict.STORY, word="deny", last_seen=LATER
)
SHOWN = Shown(keys=frozenset(["https://daily.example/river"]))
HUB = "https://hub.example/"
PUBLISHED = {"feeds/all.rss": b"a fingerprint..."}
LEASE = Lease(
    source_id="moscow",
    offer=Offer(hub=HUB, topic="https://moscow.example/list"),
    callback="https://news.example/push/token",
    again_at=LATER,
    until=LATER,
    failures=1,
    message="The hub does not answer.",
)
SUBSCRIPTION = Subscription(
    callback="https://reader.example/called?a=1", name="feeds/all.rss", secret="s", until=LATER, told=b"digest"
)
TROUBLE = Trouble(kind="silent", subject="club", message="It has brought nothing new for 9 days.", remedy="Look there.")


def fill(store: Store) -> None:
    """Write it all, as the daemon would."""
    sources = (DAILY, CLUB, LIST)
    store.adopt(sources, {source.id: NOW for source in sources})
    with store.recording(NOW) as recording:
        recording.write(RIVER, Opens(), substance(RIVER))
        recording.wishes.add("daily", WISH)
        recording.wishes.postponed("daily", WISH.entry.key, LATER)
        recording.polls.succeeded(
            "daily", Fresh(info=INFO, validators=VALIDATORS, body_hash=b"a hash of a body", shown=SHOWN), LATER, PACE
        )
    with store.recording(LATER) as recording:
        recording.write(REPRINT, Joins(story=1, reason="url"), substance(REPRINT))
        recording.write(replace(SNOW, paragraphs=(7, -8)), Opens(), substance(SNOW))
        recording.polls.failed("club", FAILURE, LATER, Pace())
        recording.habits.note(SNOW)  # since the migration `habits`
        recording.habits.showed("daily", 1)
        recording.polls.listed("moscow", [LISTED])
        recording.polls.keyed_by("moscow", KeyedBy.LINK, 5)  # since 0003
        recording.paragraphs.heard("daily", 1)  # since the migration `boilerplate`, as are paragraphs and words on them
        recording.paragraphs.judge("daily", [FOOTER], [])
    store.set_paragraph_word("club", DENIED)
    with store.recording(LATER) as recording:
        recording.write(GONE, Opens(), substance(GONE))  # since 0006, as all that is left of it
        recording.stories.merge(Merges(kept=1, absorbed=3, reason="join"))
        recording.stories.drop(4)
        recording.decide([DECISION])
    store.set_profile_word("club", "vk:club", "deny")  # since the migration `presence`
    store.keep_hosts({DEBT.host: DEBT}, [ROBOTS], NOW)
    store.has_published(PUBLISHED, [])
    store.note_notified(HUB, "feeds/all.rss", PUBLISHED["feeds/all.rss"])  # since the migration `hubs`
    store.archive("all", [[1], [2]], BEGINNING)  # since the migration `archives`
    store.note_faults([TROUBLE], [], NOW)  # since the migration `faults`
    store.write_leases([LEASE])  # since the migration `leases`
    store.subscribe([SUBSCRIPTION])  # since the migration `subscriptions`


def assert_all_is_there(store: Store, shape: int = len(MADE)) -> None:
    """See that nothing is lost of what a database of that shape, counted from 1, can hold."""
    knows_manners = shape > MADE.index("manners")
    knows_boilerplate = shape > MADE.index("boilerplate")
    knows_habits = shape > MADE.index("habits")
    assert store.repeated("daily") == ([FOOTER] if knows_boilerplate else [])
    assert store.repeated("club") == ([DENIED] if knows_boilerplate else [])
    assert store.sources() == {"club": replace(CLUB, url=""), "daily": DAILY, "moscow": LIST}
    states = store.states()
    assert states["daily"] == SourceState(
        source_id="daily",
        due_at=LATER,
        polled_at=NOW,
        succeeded_at=NOW,
        validators=VALIDATORS,
        body_hash=b"a hash of a body",
        info=INFO,
        articles=1,
        pace=PACE if knows_manners else Pace(),
        boilerplate=int(knows_boilerplate),
        habits=Habits(sizes=(1,)) if knows_habits else Habits(),
    )
    knows_decisions = shape > MADE.index("decisions")
    assert store.decisions() == ([DECISION] if knows_decisions else [])
    assert store.find(GONE.guid) == ([1] if knows_decisions else [])
    assert store.debts() == ({DEBT.host: DEBT} if knows_manners else {})
    assert store.robots(ROBOTS.origin) == (ROBOTS if knows_manners else None)
    assert states["club"] == SourceState(
        source_id="club",
        due_at=LATER,
        polled_at=LATER,
        failures=1,
        failure=FAILURE,
        articles=2,
        boilerplate=int(knows_boilerplate),
        habits=Habits(titled=(True,), dated=(SNOW.published is not None,), worded=(False,))
        if knows_habits
        else Habits(),
    )
    assert store.stories([1, 2, 3]) == [
        Story(
            id=1,
            guid="https://daily.example/river",
            lead=RIVER,
            copies=(copy(RIVER, "first", NOW), copy(REPRINT, "url", LATER)),
            first_seen=NOW,
            sort_at=NOW - timedelta(hours=2),
            updated=NOW - timedelta(hours=2),
        ),
        Story(
            id=2,
            guid="urn:uuid:7bab3858-0b81-55d2-a00d-6df46d37d9a7",
            lead=SNOW,
            copies=(copy(SNOW, "first", LATER),),
            first_seen=LATER,
            sort_at=LATER,
            updated=LATER,
        ),
    ]
    assert store.due_wishes(LATER, limit=9) == [("daily", WISH, 1)]
    (profile,) = store.profiles()["club"]
    (piece,) = profile.evidence
    assert replace(profile, evidence=(replace(piece, article="", url=""),)) == PROFILE  # which article is known now
    knows_presence = shape > MADE.index("presence")
    assert [(it.event, it.key) for it in store.social_events(9)] == (
        [("profile.added", "telegram:club")] if knows_presence else []
    )
    assert store.social_words() == ({"club": {"vk:club": "deny"}} if knows_presence else {})
    assert store.credited(9) == ({"club": (CREDITED,)} if knows_presence else {})
    assert store.archived("all", [1, 2]) == ({1: 1, 2: 2} if shape > MADE.index("archives") else {})
    shown = pack(SHOWN.keys) if shape > MADE.index("forgetting") else None
    assert store.showing(["daily", "club"]) == {"daily": shown, "club": None}
    assert store.listed() == [LISTED]
    assert store.published() == PUBLISHED
    assert store.notified(HUB) == (PUBLISHED if shape > MADE.index("hubs") else {})
    faults = [Fault(number=1, trouble=TROUBLE, began=NOW)] if shape > MADE.index("faults") else []
    assert store.faults() == store.open_faults() == faults
    assert store.leases() == ({"moscow": LEASE} if shape > MADE.index("leases") else {})
    assert store.subscriptions() == ([SUBSCRIPTION] if shape > MADE.index("subscriptions") else [])
    assert store.revision() >= 2


def copy(article: Article, reason: str, first_seen: datetime) -> Copy:
    return Copy(
        source_id=article.source_id,
        url=article.url,
        canonical_url=article.canonical_url,
        guid=article.guid,
        first_seen=first_seen,
        reason=reason,
    )


# -- a database as text, and back


def dump(path: Path) -> str:
    """The SQL that makes it anew.

    FTS5 keeps its index in tables of its own: it is built from its content instead, unless it has none.
    """
    with closing(sqlite3.connect(path)) as connection:
        kinds = dict(connection.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main'"))
        lines = dict[str, list[str]](table=[], row=[], index=[], virtual=[], trigger=[])
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"):
            if kind != "table":
                lines[kind].append(f"{sql};")
            elif kinds[name] == "virtual":
                lines["virtual"].append(f"{sql};")
                if "content=''" not in sql:
                    lines["virtual"].append(f"INSERT INTO {name}({name}) VALUES ('rebuild');")
                else:
                    for shadow in [it for it in kinds if it.startswith(f"{name}_")]:
                        lines["virtual"] += [f"DELETE FROM {shadow};", *inserts(connection, shadow)]
            elif kinds[name] == "table":
                lines["table"].append(f"{sql};")
                lines["row"] += inserts(connection, name)
        return "\n".join(["BEGIN;", *itertools.chain.from_iterable(lines.values()), "COMMIT;", ""])


def inserts(connection: sqlite3.Connection, table: str) -> list[str]:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    columns = ", ".join(f"quote({name})" for name in names)
    rows = connection.execute(f"SELECT {columns} FROM {table} ORDER BY {names[0]}").fetchall()
    return [f"INSERT INTO {table} VALUES ({', '.join(map(str, row))});" for row in rows]


def restore(kept: Path, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(kept.read_text(encoding="utf-8"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "syndicator.db"


@pytest.fixture(params=KEPT, ids=lambda kept: kept.stem)
def kept(request: pytest.FixtureRequest, path: Path) -> Path:
    """A kept database, made anew at `path`."""
    restore(request.param, path)
    return Path(request.param)


@pytest.fixture
def upgraded(kept: Path, path: Path) -> Iterator[Store]:
    store = Store.write(path)
    yield store
    store.close()


def test_a_database_of_every_shape_is_kept() -> None:
    assert [kept.stem for kept in KEPT] == [f"{number:04}-{name}" for number, name in enumerate(MADE, 1)]


def test_a_kept_database_has_the_shape_it_is_named_after(kept: Path, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        applied = [row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY rowid")]
    assert applied == MADE[: shape_of(kept)]


def test_an_upgrade_loses_nothing(kept: Path, upgraded: Store) -> None:
    assert_all_is_there(upgraded, shape_of(kept))


def test_what_was_stored_before_an_upgrade_is_found_by_its_words(upgraded: Store) -> None:
    while upgraded.index(1):
        pass
    for query, story in (("river", 1), ("bridges", 1), ("все еще", 2), ("ЁЛКИ", 2), ("идет", 2)):
        assert [number for number, _ in upgraded.select(match=query, limit=9)] == [story], query


def test_what_tells_entries_apart_outlives_an_upgrade(kept: Path, upgraded: Store) -> None:
    memory = upgraded.memory("moscow")
    expected = (KeyedBy.LINK, 5) if int(kept.stem[:4]) >= 4 else (KeyedBy.GUID, 0)
    assert (memory.keyed_by, memory.churn) == expected
    assert upgraded.states()["moscow"].keyed_by == expected[0]


def test_what_comes_again_after_an_upgrade_is_no_news(upgraded: Store) -> None:
    with upgraded.recording(LATER) as recording:
        for article in (RIVER, REPRINT, SNOW):
            known = recording.known(article.source_id, article.key)
            assert isinstance(place(article, known, []), Repeats)
            assert known is not None
            assert known.substance == substance(article)
        for changes in ({"text": "", "text_key": b""}, {"canonical_url": "", "url_key": b""}):
            newcomer = replace(RIVER, source_id="third", key="9", **changes)
            assert isinstance(place(newcomer, None, recording.candidates(newcomer)), Joins), changes


def test_an_upgraded_database_has_the_shape_of_a_new_one(upgraded: Store, path: Path, tmp_path: Path) -> None:
    Store.write(tmp_path / "new" / "new.db").close()
    shapes = []
    for database in (path, tmp_path / "new" / "new.db"):
        with closing(sqlite3.connect(database)) as connection:
            shapes.append(sorted(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()))
    assert shapes[0] == shapes[1]


def test_an_upgrade_gives_what_it_frees_back_to_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for room, shrinks in ((10**12, True), (10**6, False)):
        path.unlink(missing_ok=True)
        restore(KEPT[1], path)
        with closing(sqlite3.connect(path)) as connection, connection:
            texts = ((number, "Title", f"{number} " * 2000) for number in range(1000, 1200))
            connection.executemany("INSERT INTO searchable (id, title, body) VALUES (?, ?, ?)", texts)
        before = path.stat().st_size
        monkeypatch.setattr(shutil, "disk_usage", lambda _, room=room: SimpleNamespace(free=room))
        with closing(Store.write(path)) as store:
            assert_all_is_there(store, shape_of(KEPT[1]))
        assert (path.stat().st_size < before / 2) == shrinks


@pytest.mark.usefixtures("kept")
def test_opening_again_changes_nothing(path: Path) -> None:
    with closing(Store.write(path)) as store:
        store.index(9)
    before = dump(path)
    Store.write(path).close()
    assert dump(path) == before


@pytest.mark.parametrize("last", MADE)
def test_an_upgrade_that_ended_before_any_migration_goes_on(kept: Path, path: Path, last: str) -> None:
    if last not in MADE[: shape_of(kept)]:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            migrations.apply(Database(connection), stop_before=last)
    with closing(Store.write(path)) as store:
        assert_all_is_there(store, shape_of(kept))


def test_an_upgrade_that_is_killed_at_any_moment_goes_on(kept: Path, path: Path) -> None:
    for steps in itertools.count(1, 3):
        path.unlink()
        restore(kept, path)
        finished = migrate_for(path, steps)
        with closing(Store.write(path)) as store:
            assert_all_is_there(store, shape_of(kept))
            store.index(9)
            assert len(store.select(match="river OR снег", limit=9)) == 2
        if finished:
            break


def test_a_first_start_that_is_killed_at_any_moment_is_a_start_all_the_same(path: Path) -> None:
    for steps in itertools.count(1, 20):
        path.unlink(missing_ok=True)
        finished = migrate_for(path.with_name(path.name + ".new"), steps)
        with closing(Store.write(path)) as store:
            fill(store)
            assert_all_is_there(store)
        if finished:
            break


def shape_of(kept: Path) -> int:
    return int(kept.stem[:4])


def migrate_for(path: Path, steps: int) -> bool:
    """Whether that many steps of SQLite, a hundred operations each, are enough to migrate; then it is cut off."""
    left = iter(range(steps))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        tune(connection, write=True)
        connection.set_progress_handler(lambda: next(left, None) is None, 100)
        try:
            migrate(connection)
        except sqlite3.OperationalError:
            return False
        return True


def keep() -> None:
    """Write the newest shape's dump, if there is none yet."""
    target = Path(__file__).parent / "schemas" / f"{len(MADE):04}-{MADE[-1]}.sql"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "syndicator.db"
        with closing(Store.write(path)) as store:
            fill(store)
            store.index(9)
        with target.open("x", encoding="utf-8") as file:
            file.write(dump(path))


if __name__ == "__main__":
    try:
        keep()
    except FileExistsError as error:
        sys.exit(f"{error.filename} is kept already, and stands for what people have: it is not written anew.")
