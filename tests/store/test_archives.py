"""What an archive document holds, it holds for ever."""

from datetime import timedelta

from support.builders import MOMENT
from syndicator.model.placement import BEGINNING
from syndicator.store import Store


def test_documents_are_counted_on_and_each_channel_has_its_own(store: Store) -> None:
    store.archive("all", [[3, 1], [2]], BEGINNING)
    store.archive("all", [[7]], BEGINNING)
    store.archive("ru", [[3]], BEGINNING)
    assert store.archived("all", [1, 2, 3, 7]) == {1: 1, 3: 1, 2: 2, 7: 3}
    assert store.archived("ru", [1, 2, 3, 7]) == {3: 1}
    assert store.archived("none", [1, 2, 3, 7]) == {}


def test_what_is_asked_for_comes_with_all_that_its_document_holds_and_nothing_else(store: Store) -> None:
    store.archive("all", [[1, 2, 3], [4, 5], [6]], BEGINNING)
    assert store.archived("all", [2, 6]) == {1: 1, 2: 1, 3: 1, 6: 3}
    assert store.archived("all", [9]) == store.archived("all", []) == {}


def test_what_is_in_a_document_stays_there(store: Store) -> None:
    store.archive("all", [[1, 2]], BEGINNING)
    store.archive("all", [[2, 3]], BEGINNING)
    assert store.archived("all", [1, 2, 3]) == {1: 1, 2: 1, 3: 2}


def test_a_document_has_a_number_that_no_other_can_have_had(store: Store) -> None:
    ms = int(MOMENT.timestamp() * 1000)
    store.archive("all", [[1], [2], [3]], MOMENT)
    store.archive("all", [[4]], MOMENT + timedelta(milliseconds=1))
    store.archive("all", [[5]], MOMENT + timedelta(hours=1))
    store.archive("all", [[6]], MOMENT - timedelta(hours=1))  # the clock was set back
    assert store.archived("all", range(9)) == {
        **{number: ms + number - 1 for number in (1, 2, 3, 4)},
        5: ms + 3_600_000,
        6: ms + 3_600_001,
    }


def test_a_database_that_was_lost_counts_on_behind_a_long_archive(store: Store) -> None:
    store.archive("all", [[number] for number in range(1000)], MOMENT)
    store.archive("lost", [[1]], MOMENT + timedelta(minutes=1))
    assert store.archived("lost", [1])[1] > max(store.archived("all", range(1000)).values())
