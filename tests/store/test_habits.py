"""What a source's newest articles and documents were like: so many, and no more."""

from support.builders import MOMENT, make_article
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.state import Habits
from syndicator.store import Store
from syndicator.store.habits import MARKS, SIZES, WORDY

BARE = make_article(title="", published=None, text="")
TITLED, DATED, WORDED = replace(BARE, title="A"), replace(BARE, published=MOMENT), replace(BARE, text="a" * WORDY)


def noted(store: Store, *articles: Article, sizes: tuple[int, ...] = ()) -> Habits:
    with store.recording(MOMENT) as recording:
        for article in articles:
            recording.habits.note(article)
        for size in sizes:
            recording.habits.showed("daily", size)
    return store.states()["daily"].habits


def test_each_article_is_remembered_by_what_it_had_in_the_order_in_which_they_came(store: Store) -> None:
    assert noted(store) == Habits()
    noted(store, BARE, TITLED)
    found = noted(store, DATED, WORDED, replace(WORDED, text="a" * (WORDY - 1)))
    assert found.titled == (False, True, False, False, False)
    assert found.dated == (False, False, True, False, False)
    assert found.worded == (False, False, False, True, False)


def test_old_ones_fall_off(store: Store) -> None:
    noted(store, *[BARE] * MARKS, sizes=(5,) * SIZES)
    found = noted(store, *[TITLED] * 3, sizes=(6, 70_000))
    assert found.titled == (False,) * (MARKS - 3) + (True,) * 3
    assert found.sizes == (5,) * (SIZES - 2) + (6, 0xD7FF)
    assert noted(store, *[TITLED] * (MARKS + 9)).titled == (True,) * MARKS


def test_an_empty_document_tells_nothing(store: Store) -> None:
    assert noted(store, sizes=(3, 0, 4)).sizes == (3, 4)


def test_sources_are_told_apart(store: Store) -> None:
    noted(store, TITLED, replace(BARE, source_id="other"))
    assert [store.states()[it].habits.titled for it in ("daily", "other")] == [(True,), (False,)]
