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
    over = replace(first, number=3, ended=LATER)
    assert store.faults() == [over, second], "what happened last comes first"
    assert store.faults(1) == [over]
    assert (store.last_fault("failing"), store.last_fault("network")) == (over, None)


def test_it_is_there_after_a_restart_and_changes_nothing_that_is_published(store: Store) -> None:
    before = store.revision()
    store.note_faults([TROUBLE], [], MOMENT)
    assert store.revision() == before
    with closing(Store.read(store.path)) as again:
        assert [it.trouble for it in again.open_faults()] == [TROUBLE]


def test_old_ones_that_are_over_are_forgotten_and_open_ones_are_not(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    store.note_faults([replace(TROUBLE, subject=str(it)) for it in range(5)], [], MOMENT)
    store.note_faults([], store.open_faults()[1:4], LATER)
    assert [it.trouble.subject for it in store.faults()] == ["3", "2", "4", "0"]
    store.note_faults([], store.open_faults()[:1], LATER)
    assert [it.trouble.subject for it in store.faults()] == ["0", "3", "4"], "it began first, and was over last"


def test_they_stand_in_order_when_the_clock_was_set_back(store: Store) -> None:
    store.note_faults([TROUBLE, replace(TROUBLE, subject="other")], [], MOMENT + timedelta(days=999))
    store.note_faults([], store.open_faults()[:1], MOMENT)
    assert [(it.trouble.subject, it.ended) for it in store.faults()] == [("daily", MOMENT), ("other", None)]
