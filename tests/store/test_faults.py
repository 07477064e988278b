"""Faults are remembered, and forgotten when many newer ones have come."""

from contextlib import closing
from datetime import timedelta

import pytest

from support.builders import MOMENT
from syndicator.model.noun import replace
from syndicator.model.overview import Fault, Trouble
from syndicator.store import Store
from syndicator.store import faults as module

TROUBLE = Trouble(kind="failing", subject="daily", message="No such host.", remedy="Look at its address.")
LATER = MOMENT + timedelta(hours=1)


def test_a_fault_is_open_until_it_is_over(store: Store) -> None:
    store.note_faults([TROUBLE, replace(TROUBLE, subject="other")], [], MOMENT)
    first, second = store.open_faults()
    assert first == Fault(number=1, trouble=TROUBLE, began=MOMENT)
    store.note_faults([], [first], LATER)
    assert store.open_faults() == [second]
    assert store.faults() == [second, replace(first, ended=LATER)], "the newest first"
    assert store.faults(1) == [second]


def test_it_is_there_after_a_restart_and_changes_nothing_that_is_published(store: Store) -> None:
    before = store.revision()
    store.note_faults([TROUBLE], [], MOMENT)
    assert store.revision() == before
    with closing(Store.read(store.path)) as again:
        assert [it.trouble for it in again.open_faults()] == [TROUBLE]


def test_old_ones_that_are_over_are_forgotten_and_open_ones_are_not(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    store.note_faults([replace(TROUBLE, subject=str(it)) for it in range(4)], [], MOMENT)
    store.note_faults([], store.open_faults()[1:], LATER)
    store.note_faults([replace(TROUBLE, subject="new"), replace(TROUBLE, subject="newer")], [], LATER)
    assert [it.trouble.subject for it in store.faults()] == ["newer", "new", "3", "0"]
