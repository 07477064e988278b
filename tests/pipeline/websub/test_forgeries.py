"""Calls that are not signed as a hub's: the operator hears of them, and not of each."""

from support.builders import MOMENT
from syndicator.model.lease import Lease, Offer
from syndicator.pipeline.websub.forgeries import REST, Forgeries

LEASES = {
    it: Lease(source_id=it, offer=Offer(hub="https://hub.example/\x1b[2J\n", topic="t"), callback="x", again_at=MOMENT)
    for it in ("a", "b")
}


def test_they_are_told_once_an_hour_for_each_source() -> None:
    forgeries = Forgeries()
    assert forgeries.tell(LEASES, 5.0) == []
    forgeries.note("a", 3)
    (told,) = forgeries.tell(LEASES, 10.0)
    assert told.startswith("3 calls for a had a wrong signature, or none, and were ignored: its hub ")
    forgeries.note("a", 2)
    forgeries.note("b", 1)
    (told,) = forgeries.tell(LEASES, 20.0)
    assert told.startswith("1 call for b ")
    forgeries.note("a", 5)
    assert forgeries.tell(LEASES, 9.0 + REST) == []
    (told,) = forgeries.tell(LEASES, 10.0 + REST)
    assert told.startswith("7 calls for a ")
    assert forgeries.tell(LEASES, 10.0 + 2 * REST) == []
    assert forgeries.total == 11


def test_what_is_no_source_any_more_is_forgotten() -> None:
    forgeries = Forgeries()
    forgeries.note("gone", 1)
    assert forgeries.tell(LEASES, 0.0) == []
    assert not forgeries._new
    assert not forgeries._told_at


def test_what_a_feed_calls_its_hub_does_nothing_to_a_terminal() -> None:
    forgeries = Forgeries()
    forgeries.note("a", 1)
    (told,) = forgeries.tell(LEASES, 0.0)
    assert "https://hub.example/[2J does not sign as agreed" in told
