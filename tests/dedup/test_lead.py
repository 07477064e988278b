"""The lead: one copy's words are published, and it does not go back and forth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.builders import make_article, make_copy
from syndicator.dedup import bid as stored_bid
from syndicator.dedup import leader, takes_lead
from syndicator.model.decision import Bid
from syndicator.model.noun import replace


def bid(number: int = 1, *, claimed: bool = False, priority: int = 0, length: int = 1000) -> Bid:
    return Bid(article=number, claimed=claimed, priority=priority, length=length)


@pytest.mark.parametrize(
    ("newcomer", "leading", "takes"),
    [
        (bid(), bid(), False),
        (bid(length=1200), bid(), False),
        (bid(length=1249), bid(), False),
        (bid(length=1250), bid(), False),
        (bid(length=1300), bid(), True),
        (bid(length=400), bid(length=200), False),
        (bid(length=401), bid(length=200), True),
        (bid(length=250), bid(length=100), False),
        (bid(priority=1, length=10), bid(), True),
        (bid(priority=-1, length=9000), bid(), False),
        (bid(claimed=True, priority=9, length=9000), bid(), False),
        (bid(length=10), bid(claimed=True, priority=9), True),
        (bid(claimed=True, length=9000), bid(claimed=True), False),
    ],
    ids=[
        "equal",
        "a little",
        "not quite",
        "by a quarter",
        "far fuller",
        "by 200",
        "by 201",
        "few letters",
        "prior",
        "less so",
        "claim",
        "owner",
        "claims",
    ],
)
def test_goes_to_the_owner_then_by_priority_then_to_the_far_fuller(newcomer: Bid, leading: Bid, takes: bool) -> None:
    assert takes_lead(newcomer, leading) is takes


@pytest.mark.parametrize("claimed", [False, True])
def test_a_stored_copy_has_its_number_its_sources_priority_and_its_own_text(claimed: bool) -> None:
    stored = make_article(text="x" * 321, claimed=claimed)
    assert stored_bid(replace(make_copy(stored), number=7), stored, 5) == bid(
        7, claimed=claimed, priority=5, length=321
    )


BIDS = st.builds(
    Bid,
    article=st.integers(1, 99),
    claimed=st.booleans(),
    priority=st.integers(-1, 1),
    length=st.integers(0, 3000),
)


@given(BIDS, BIDS)
def test_is_never_taken_back_and_forth(one: Bid, other: Bid) -> None:
    assert not (takes_lead(one, other) and takes_lead(other, one))


@given(st.lists(BIDS, min_size=1, max_size=6))
def test_nobody_who_leads_has_less_right_than_the_first(bids: list[Bid]) -> None:
    best = leader(bids)
    assert best in bids
    assert not takes_lead(bids[0], best)
    assert leader([*bids, best]) == best


def test_of_several_the_one_leads_that_each_before_it_yields_to() -> None:
    plain, prior, fuller = bid(1), bid(2, priority=1), bid(3, length=5000)
    assert leader([plain, prior, fuller]) == prior
    assert leader([plain, fuller]) == fuller
