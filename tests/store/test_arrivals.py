"""What is stored comes once more: all of it, in its order, and as it would be compared today."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from support.arrivals import arrive, article, keyed, opened
from support.builders import MOMENT
from syndicator.model.noun import replace
from syndicator.store import Store, arrivals
from syndicator.store.rows import to_ms
from syndicator.text.keys import text_key

HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "syndicator.db", "a") as store:
        yield store


def times(store: Store) -> list[tuple[str, int]]:
    """Which article comes, and how many hours after the first moment."""
    found = arrivals.arrivals(store._db)
    return [(it.article.title, (now - to_ms(MOMENT)) // 3_600_000) for it, now in found]


def fill(store: Store, *hours: int) -> None:
    for hour in hours:
        arrive(store, article("a", f"{hour}", title=f"{hour}"), now=MOMENT + hour * HOUR)


def test_all_come_in_their_order_however_few_are_read_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, 1, 2, 3, 4, 5)
    monkeypatch.setattr(arrivals, "_BATCH", 2)
    assert times(store) == [(f"{hour}", hour) for hour in range(1, 6)]


def test_what_came_while_a_clock_was_ahead_came_before_the_next(store: Store) -> None:
    fill(store, 1, 99, 2, 3)
    assert times(store) == [("1", 1), ("99", 2), ("2", 2), ("3", 3)]


def test_it_has_all_that_placing_looks_at(store: Store) -> None:
    whole = replace(
        article("a", "1", title="A headline", published=MOMENT - HOUR, claimed=True),
        external_url="https://other.example/page",
        html='<p>Words, <a href="https://c.example/">linked</a>.</p>',
        own="Words of its own. " * 30,
    )
    arrive(store, keyed(whole), replace(article("a", "2"), sketch=b""))
    first, second = (it.article for it, _ in arrivals.arrivals(store._db))
    compared = "source_id key canonical_url claimed external_url title html text own published url_key title_key sketch"
    assert {it: getattr(first, it) for it in compared.split()} == {
        it: getattr(keyed(whole), it) for it in compared.split()
    }
    assert first.text_key == text_key(whole.own)
    assert second.sketch == article("a", "2").sketch, "one of another version is made anew"


def test_it_is_compared_by_the_rules_of_today_and_tells_what_it_was_compared_by_where_that_is_another(
    store: Store,
) -> None:
    usual = article("a", "1")
    arrive(store, usual, replace(article("a", "2"), text_key=b"by other rules"))
    same, other = (it for it, _ in arrivals.arrivals(store._db))
    assert (same.article.text_key, same.former) == (usual.text_key, b"")
    assert other.article.text_key == article("a", "2").text_key
    assert b"by other rules" in other.former
    assert arrivals.article_of(store._db, other.number) == other.article
    assert arrivals.article_of(store._db, 99) is None
