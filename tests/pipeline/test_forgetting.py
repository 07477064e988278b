"""What is old goes, if the operator wants it and nothing shows it: no feed changes by that, and nothing comes twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.builders import MOMENT, make_article
from support.simulation import LISTED, LISTING, A, B, World, item, make_config, page, rss
from syndicator.model.failure import FailureKind
from syndicator.model.manners import Pace
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh, Shown
from syndicator.model.placement import Opens
from syndicator.model.settings import Channel, Config, Keep
from syndicator.model.social import SocialLink
from syndicator.pipeline import decisions, forgetting, landed, outputs, record
from syndicator.pipeline.forgetting import EVERY, STEADY, Retention, Round
from syndicator.pipeline.publishing import publish
from syndicator.store import Store
from syndicator.store import forgetting as stored

DAY = timedelta(days=1)
KEEP = Keep(stories=30 * 86400.0)
SMALL = Channel(id="all", limit=2)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each source, the newest two stay; the front page shows one story."""
    monkeypatch.setattr(stored, "NEWEST", 2)
    for room in (forgetting, outputs):
        monkeypatch.setattr(room, "FRONT_PAGE", replace(outputs.FRONT_PAGE, limit=1))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, A, B)
    yield made
    made.pump.store.close()


def let_go(world: World, channel: Channel = SMALL, keep: Keep = KEEP) -> int:
    """A whole round; how many stories went."""
    config = replace(world.pump.config, channels=(channel,), keep=keep)
    return gone(Retention(world.pump.store), world, config)


def gone(forgetting: Retention, world: World, config: Config) -> int:
    world.pump.store.note_time(world.now - DAY)  # the clock is known
    for _ in range(1000):
        it = forgetting.step(config, world.pump.sources, world.now)
        if it is None or it.is_over:
            return 0 if it is None else it.gone
    raise AssertionError("it never ends")


def show(world: World, *numbers: int, host: str = "a.example") -> None:
    """Let a source show these entries, and poll it."""
    address = f"https://{host}/rss"
    world.network.clear(address)
    world.network.serve(address, rss(*(item(number, host) for number in numbers)))
    world.later(hours=30)


def titles(world: World) -> list[str]:
    return sorted(title for title, _ in world.stories())


def test_what_is_old_and_nowhere_to_be_seen_goes(world: World) -> None:
    show(world, 1, 2, 3)
    show(world, 3, 4, 5, 6)
    show(world, 7, 8)
    world.now += 40 * DAY
    show(world, 8, 9, 10, 11)
    assert let_go(world) == 7
    # 8 is shown by its source; the others are young, and among them what the channel shows
    assert titles(world) == ["Title 10", "Title 11", "Title 8", "Title 9"]
    assert let_go(world) == 0


def test_nothing_goes_unless_the_operator_wants_it(world: World) -> None:
    show(world, 1, 2, 3)
    show(world, 4)
    world.now += 4000 * DAY
    assert let_go(world, keep=Keep()) == 0
    assert let_go(world, keep=Keep(stories=4002 * 86400.0)) == 0
    assert len(world.stories()) == 4


def test_what_its_source_still_shows_stays_and_does_not_come_again(world: World) -> None:
    show(world, 1, 2, 3, 4, 5)
    world.now += 400 * DAY
    show(world, 1, 2, 3, 4, 5, 6, 7, 8)
    assert let_go(world) == 0
    show(world, 1, 2, 3, 4, 5, 6, 7, 8, 9)
    assert len(world.stories()) == 9


def test_of_a_source_that_nobody_has_looked_at_since_the_upgrade_all_stays(world: World) -> None:
    show(world, 1, 2, 3)
    show(world, 4)
    world.now += 400 * DAY
    world.pump.store._db.execute("UPDATE sources SET shown = NULL")
    show(world, 1, 2, host="b.example")
    assert let_go(world) == 0


def test_a_document_that_was_cut_short_does_not_tell_what_is_shown(world: World) -> None:
    show(world, 1, 2, 3, 4)
    world.now += 40 * DAY
    world.network.clear(A.url)
    world.network.serve(A.url, rss(item(8), item(9), item(1), item(2)).partition("<title>Title 2")[0])
    world.later(hours=30)
    assert let_go(world) == 0


def test_of_a_source_whose_documents_are_cut_short_now_all_stays(world: World) -> None:
    show(world, 1, 2)
    for number in (8, 9):
        world.network.clear(A.url)
        world.network.serve(A.url, rss(*map(item, range(1, number))).partition(f"<title>Title {number - 1}")[0])
        world.later(hours=30)
        world.now += 40 * DAY
        assert let_go(world, replace(SMALL, sources=("b",))) == 0
    show(world, 1, 2, 20)
    assert let_go(world, replace(SMALL, sources=("b",))) == 4  # 3 to 6


def test_a_removed_source_keeps_its_newest_and_what_it_showed_last_for_it_may_come_again(world: World) -> None:
    show(world, 1, 2, 3, 4)
    show(world, 1, 5, 6)
    both = world.pump.config
    world.pump.adopt(make_config(both.root, B), world.now, spread=False)
    world.now += 40 * DAY
    assert let_go(world, replace(SMALL, sources=("b",))) == 3
    assert titles(world) == ["Title 1", "Title 5", "Title 6"]
    world.pump.adopt(both, world.now, spread=False)
    show(world, 1, 5, 6, 7)
    assert titles(world) == ["Title 1", "Title 5", "Title 6", "Title 7"]
    assert world.pump.store.select(limit=9)[-1][0] == 1


def test_an_empty_document_does_not_tell_that_nothing_is_shown(world: World) -> None:
    show(world, 1, 2, 3, 4)
    world.now += 40 * DAY
    show(world)
    assert let_go(world, replace(SMALL, sources=("b",))) == 0


def test_what_a_channel_shows_stays_in_its_feed_and_in_its_archive(world: World) -> None:
    show(world, 1, 2, 3)
    show(world, 4, 5, 6)
    show(world, 7, 8, 9)
    show(world, 10)
    world.now += 40 * DAY
    archive = replace(SMALL, archive=4)
    config = replace(world.pump.config, channels=(archive,))
    publish(world.pump.store, config, world.pump.sources, now=world.now)
    assert let_go(world, archive) == 4  # of ten: two in the feed, four within reach of its archive
    assert publish(world.pump.store, config, world.pump.sources, now=world.now, anew=True) == []
    world.now += EVERY
    assert let_go(world) == 4  # now that there is no archive


def test_what_the_front_page_shows_stays(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "FRONT_PAGE", replace(outputs.FRONT_PAGE, limit=3))
    show(world, 1, 2, 3, 4)
    show(world, 5)
    world.now += 40 * DAY
    assert let_go(world, replace(SMALL, sources=("b",))) == 2
    assert titles(world) == ["Title 3", "Title 4", "Title 5"]


def test_a_copy_that_is_young_keeps_its_story(world: World) -> None:
    show(world, 1, 2, 3, 4)
    show(world, 5, 6)
    world.now += 40 * DAY
    world.network.serve(B.url, rss(item(1), item(2, "b.example"), item(3, "b.example"), item(4, "b.example")))
    world.later(hours=30)
    assert ("Title 1", ["a", "b"]) in world.stories()
    show(world, 5, 6, host="b.example")
    assert let_go(world) == 3
    assert ("Title 1", ["a", "b"]) in world.stories()


def test_a_story_that_was_changed_is_young(world: World) -> None:
    show(world, 1, 2, 3, 4)
    world.now += 40 * DAY
    world.network.clear(A.url)
    world.network.serve(A.url, rss(item(1, text="It has been found out since."), item(2), item(3), item(4)))
    world.later(hours=30)
    show(world, 5, 6, 7)
    assert let_go(world) == 3
    assert "Title 1" in titles(world)


def test_an_article_whose_page_is_still_asked_for_stays(tmp_path: Path) -> None:
    world = World.open(tmp_path, LISTING)
    world.network.serve(LISTING.url, LISTED)
    world.network.fail("https://p.example/one", FailureKind.CONNECT)
    world.network.serve("https://p.example/two", page("Two headline"))
    world.settle()
    world.pump.store._db.execute("UPDATE sources SET shown = x''")
    with world.pump.store.recording(world.now + 40 * DAY) as recording:
        for number in range(2):
            recording.write(make_article(source_id="page", key=str(number), published=None), Opens(), b"")
    world.now += 40 * DAY
    assert let_go(world, replace(SMALL, limit=1)) == 1
    assert "One headline" in titles(world)
    world.pump.store.close()


def test_a_round_is_due_now_and_then_and_when_less_is_to_be_kept(world: World) -> None:
    show(world, 1, 2, 3)
    show(world, 4)
    world.now += 31 * DAY
    config = replace(world.pump.config, channels=(SMALL,), keep=Keep(stories=60 * 86400.0))
    one = Retention(world.pump.store)
    assert gone(one, world, config) == 0
    assert one.step(config, world.pump.sources, world.now) is None
    assert Retention(world.pump.store).step(config, world.pump.sources, world.now) is None  # nor after a restart
    less = replace(config, keep=KEEP)
    assert gone(one, world, less) == 2
    world.now += EVERY - timedelta(seconds=1)
    assert one.step(less, world.pump.sources, world.now) is None
    world.now += timedelta(seconds=1)
    assert one.step(less, world.pump.sources, world.now) is not None
    world.now -= 300 * DAY  # the clock was ahead
    for due in (False, True):
        assert (Retention(world.pump.store).step(less, world.pump.sources, world.now) is not None) == due
        world.now += STEADY


def test_a_clock_that_is_far_ahead_is_not_believed_at_once(world: World) -> None:
    show(world, 1, 2, 3)
    show(world, 4)
    config = replace(world.pump.config, channels=(SMALL,), keep=KEEP)

    def goes(**ahead: float) -> bool:
        """Whether anything would, by a clock that is so much ahead, with a service that has just been started."""
        now = world.now + timedelta(**ahead)
        return Retention(world.pump.store).step(config, world.pump.sources, now) is not None

    assert not goes()
    assert not goes(minutes=59)
    assert not goes(days=4000)
    assert not goes(days=4000, minutes=59)
    assert not goes(minutes=60)  # it was set
    assert not goes(minutes=119)
    assert goes(minutes=120)
    assert goes(days=27)
    assert not goes(days=60)
    assert len(world.stories()) == 4
    assert goes(days=60, hours=1)
    assert len(world.stories()) < 4


def test_a_clock_that_is_set_far_ahead_in_a_round_makes_nothing_older(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "LOOKED_AT", 1)
    show(world, *range(1, 9))
    config = replace(world.pump.config, channels=(SMALL,), keep=KEEP)
    one = Retention(world.pump.store)
    show(world, 9)
    world.pump.store._db.execute("UPDATE stories SET first_seen = 0, updated = 0 WHERE id < 3")
    world.pump.store._db.execute("UPDATE articles SET first_seen = 0 WHERE id < 3")
    began = world.now
    world.pump.store.note_time(began - DAY)
    assert one.step(config, world.pump.sources, world.now) is not None
    world.now += 4000 * DAY
    for _ in range(20):
        it = one.step(config, world.pump.sources, world.now)
        if it is None or it.is_over:
            break
    assert len(world.stories()) == 7
    assert world.pump.store.told_time() == began.replace(microsecond=0)
    assert one.step(config, world.pump.sources, world.now) is None


def test_a_round_goes_on_in_pieces_and_ends_when_it_is_wanted_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "LOOKED_AT", 4)
    monkeypatch.setattr(forgetting, "MOST", 3)
    show(world, *range(1, 21))
    show(world, 21)
    world.now += 40 * DAY
    config = replace(world.pump.config, channels=(SMALL,), keep=KEEP)
    one = Retention(world.pump.store)
    went = []
    world.pump.store.note_time(world.now - DAY)
    while (it := one.step(config, world.pump.sources, world.now)) and not it.compacts:
        went.append(it.gone)
    assert went[:5] == [3, 6, 9, 12, 15]
    assert (it and it.gone) == 19
    assert gone(one, world, config) == 19  # the index comes together
    assert not world.pump.store.is_sparse()
    world.now += DAY
    show(world, 30, 31)
    one.step(config, world.pump.sources, world.now)
    world.now += 40 * DAY
    world.pump.store.note_time(world.now - DAY)
    shorter = replace(config, keep=Keep(stories=31 * 86400.0))
    begun = one.step(shorter, world.pump.sources, world.now)
    assert begun is not None
    assert begun.kept == 31 * 86400.0
    world.now += DAY
    assert isinstance(one.step(config, world.pump.sources, world.now), Round)
    assert one.step(replace(config, keep=Keep()), world.pump.sources, world.now) is None


@pytest.mark.parametrize(("limit", "deletes", "goes"), [(5, False, 4), (2, True, 6)])
def test_what_is_shown_only_since_a_round_began_stays(
    world: World, monkeypatch: pytest.MonkeyPatch, limit: int, deletes: bool, goes: int
) -> None:
    monkeypatch.setattr(forgetting, "LOOKED_AT", 1)
    show(world, *range(1, 9))
    show(world, 9)
    world.now += 40 * DAY
    config = replace(world.pump.config, channels=(SMALL,), keep=KEEP)
    one = Retention(world.pump.store)
    world.pump.store.note_time(world.now - DAY)
    one.step(config, world.pump.sources, world.now)
    config = replace(config, channels=(replace(SMALL, limit=limit),))
    if deletes:
        with world.pump.store.recording(world.now) as recording:
            recording.stories.withdraw(9)
    publish(world.pump.store, config, world.pump.sources, now=world.now)
    assert gone(one, world, config) == goes
    assert publish(world.pump.store, config, world.pump.sources, now=world.now, anew=True) == []


def test_what_was_joined_and_what_posts_tell_of_stays(world: World) -> None:
    show(world, *range(1, 9))
    show(world, 9)
    post = SocialLink(platform="telegram", kind="post", url="https://t.me/a/7", owner="publisher", confidence=0.9)
    with world.pump.store.recording(world.now) as recording:
        recording.events.note_post("a", post, 3, world.now)
    world.now += 40 * DAY
    config = replace(world.pump.config, channels=(SMALL,), keep=KEEP)
    decisions.join(world.pump.store, "1", "2", world.now)
    changed = publish(world.pump.store, config, world.pump.sources, now=world.now)
    assert {"feeds/all.atom", "social.atom"} <= {*changed}
    assert gone(Retention(world.pump.store), world, config) == 4  # 4 to 7
    assert publish(world.pump.store, config, world.pump.sources, now=world.now, anew=True) == []


def test_entries_that_get_other_ids_in_a_document_that_is_written_in_parts_stay(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (landed, record):
        monkeypatch.setattr(room, "PART", 3)
    show(world, *range(1, 9))
    world.now += 40 * DAY
    anew = rss(*(item(number) for number in range(1, 19))).replace("<guid>https://", "<guid isPermaLink='false'>id ")
    world.network.clear(A.url)
    world.network.serve(A.url, anew)
    while ("Title 10", ["a"]) not in world.stories():
        world.now += timedelta(seconds=1)
        world.pump.step(world.now, world.now.timestamp())
    assert world.pump.busy
    assert let_go(world, replace(SMALL, sources=("b",))) == 0
    world.settle()
    assert len(world.stories()) == 18
    world.network.clear(A.url)
    world.network.serve(A.url, anew.replace("Title 18", "Title 19"))
    assert sum(it.new for it in world.later(days=2)) == 0


AGES = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 60), st.booleans()), max_size=25)


@settings(deadline=None, max_examples=40)
@given(stories=AGES, limit=st.integers(1, 4), archive=st.integers(0, 6), of_one=st.booleans())
def test_no_feed_changes_whatever_goes(
    tmp_path_factory: pytest.TempPathFactory,
    stories: list[tuple[str, int, bool]],
    limit: int,
    archive: int,
    of_one: bool,
) -> None:
    root = tmp_path_factory.mktemp("forgetting")
    channel = Channel(id="all", limit=limit, archive=archive, sources=("a",) if of_one else ())
    config = replace(make_config(root, A, B, channels=(channel,)), keep=KEEP)
    store = Store.write(config.paths.store)
    store.adopt([A, B], {"a": MOMENT, "b": MOMENT})
    now = MOMENT + 60 * DAY
    shows = {"a": set[str](), "b": set[str]()}
    stories.sort(key=lambda it: -it[1])
    for number, (source, age, is_shown) in enumerate(stories, 1):
        link = f"https://{source}.example/{number}"
        article = make_article(source_id=source, key=link, guid=link, url=link, canonical_url=link, published=None)
        with store.recording(now - age * DAY) as recording:
            recording.write(article, Opens(), b"")
        if is_shown:
            shows[source].add(link)
    with store.recording(now) as recording:
        for source, keys in shows.items():  # each shows something
            recording.polls.succeeded(source, Fresh(shown=Shown(keys=frozenset({*keys, "new"}))), now, Pace())
    publish(store, config, [A, B], now=now)
    one = Retention(store)
    store.note_time(now - DAY)
    while (it := one.step(config, [A, B], now)) and not it.is_over:
        pass
    changed = publish(store, config, [A, B], now=now, anew=True)
    assert [name for name in changed if name.startswith("feeds/") or name == "index.html"] == []
    newest = {source: [n for n, it in enumerate(stories, 1) if it[0] == source][-2:] for source in "ab"}
    fitting = [n for n, it in enumerate(stories, 1) if it[0] == "a" or not of_one][::-1]
    left = {number for number, _ in store.select(limit=99)}
    for number, (source, age, is_shown) in enumerate(stories, 1):
        stays = age <= 30 or is_shown or number in newest[source] or number in fitting[: limit + archive]
        assert (number in left) >= stays
        if not archive:  # whose documents may reach further
            assert (number in left) == (stays or number == len(stories))
    store.close()
