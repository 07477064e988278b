"""What a story is called: once, for ever, and by nobody else."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from support.builders import MOMENT, make_article, make_source
from syndicator.model.placement import Merges, Opens
from syndicator.store import Store

Write = Callable[..., object]
LATER = MOMENT + timedelta(hours=2)


def only_story(store: Store):
    (story,) = store.stories([number for number, _ in store.select(limit=10)])
    return story


def test_a_public_id_is_the_sources_own_where_that_is_an_iri(store: Store, write: Write) -> None:
    write(make_article(guid="tag:daily.example,2026:1"))
    assert only_story(store).guid == "tag:daily.example,2026:1"


@pytest.mark.parametrize(
    "guid", ["", "12345", "news#17", "has space: x", "file:///etc/passwd", "javascript:alert(1)", "x:" + "y" * 3000]
)
def test_a_public_id_is_made_from_source_and_key_where_it_is_not(store: Store, write: Write, guid: str) -> None:
    write(make_article(guid=guid))
    assert only_story(store).guid.startswith("urn:uuid:")


def test_a_public_id_is_not_given_twice(store: Store, write: Write) -> None:
    write(make_article())
    thief = make_article(source_id="other", canonical_url="https://other.example/x", title="Else", text="Else.")
    assert write(thief) == Opens()
    guids = {story.guid for story in store.stories([1, 2])}
    assert len(guids) == 2


def test_ids_that_are_published_alike_are_one(store: Store, write: Write) -> None:
    write(make_article(guid="urn:x:ё"))
    write(make_article(key="2", guid="urn:x:%D1%91", canonical_url="https://daily.example/2", title="Else", text="No."))
    assert sorted(it.guid.partition(":")[2][:2] for it in store.stories([1, 2])) == ["uu", "x:"]


def test_an_id_is_known_to_be_anothers_however_it_is_written(store: Store, write: Write) -> None:
    write(make_article(guid="urn:x:ё"))
    thief = make_article(source_id="other")
    with store.recording(LATER) as recording:
        assert recording.is_taken("urn:x:ё", thief)
        assert recording.is_taken("urn:x:%D1%91", thief)
        assert not recording.is_taken("urn:x:ж", thief)


def test_a_public_id_is_the_same_again_after_the_database_is_lost(store: Store, write: Write, tmp_path: Path) -> None:
    write(make_article(guid="17"))
    again = Store.write(tmp_path / "again" / "syndicator.db")
    again.adopt([make_source()], {"daily": MOMENT})
    with again.recording(LATER) as recording:
        recording.write(make_article(guid="17"), Opens(), b"s")
    assert only_story(again).guid == only_story(store).guid
    again.close()


def test_a_public_id_is_found_also_when_somebody_has_taken_the_one_that_would_be_made(
    store: Store, write: Write
) -> None:
    write(make_article(guid="17"))
    made = only_story(store).guid
    again = Store.write(store.path.parent / "again" / "syndicator.db")
    again.adopt([make_source(), make_source(id="other")], {"daily": MOMENT, "other": MOMENT})
    with again.recording(LATER) as recording:
        recording.write(make_article(guid=made, source_id="other", key="thief"), Opens(), b"s")
        recording.write(make_article(guid="17"), Opens(), b"s")
    guids = [story.guid for story in again.stories([1, 2])]
    again.close()
    assert guids[0] == made
    assert guids[1] not in {made, "17"}


def test_the_id_of_a_story_that_is_gone_leads_on_and_is_given_to_its_own_article_alone(
    store: Store, write: Write
) -> None:
    for number in range(1, 4):
        address = f"https://daily.example/{number}"
        write(make_article(key=f"{number}", guid=f"urn:x:{number}", canonical_url=address))
    with store.recording(LATER) as recording:
        recording.stories.merge(Merges(kept=2, absorbed=3, reason="join"))
        recording.stories.merge(Merges(kept=1, absorbed=2, reason="join"))
        recording.stories.drop(3)
    assert store.find("urn:x:3") == store.find("urn:x:2") == [1], "also what led to a story that is gone as well"
    write(make_article(source_id="other", key="3", guid="urn:x:3", canonical_url="https://other.example/"))
    write(make_article(key="3", guid="urn:x:3", canonical_url="https://daily.example/3"))
    guids = [story.guid for story in store.stories([1, 4, 5])]
    assert guids[0] == "urn:x:1"
    assert guids[1].startswith("urn:uuid:")
    assert guids[2] == "urn:x:3"
    assert store.find("urn:x:3") == [5]
