"""Why, in words that need no knowledge of the rules."""

import re

import pytest

from support.arrivals import article
from support.builders import make_copy
from syndicator.dedup.explaining import joined, leads
from syndicator.model.article import Article, Copy
from syndicator.model.decision import Bid
from syndicator.model.noun import replace

A, B = article("a", url="river"), article("b", url="river")


def held(it: Article, number: int, reason: str = "first") -> tuple[Copy, Article]:
    return replace(make_copy(it, reason), number=number, key=it.key), it


@pytest.mark.parametrize(
    ("reason", "other", "partner", "words"),
    [
        ("url", A, 1, "the same address as {}"),
        ("url", article("a", url="lake"), 0, "the same address as a copy that has changed since"),
        ("text", article("a", text="b" + "river"), 1, "the same text as {}"),
        ("text", A, 0, "the same text as a copy that has changed since"),
        ("join", A, 0, "you joined it by hand"),
        ("split", A, 0, "you made it a story of its own"),
        ("first", A, 0, "the story began with it"),
        ("a new layer", A, 0, "a new layer"),
    ],
)
def test_each_layer_is_told_in_words(reason: str, other: Article, partner: int, words: str) -> None:
    copy, _ = held(B, 2, reason)
    found = joined(copy, B, [held(other, 1)], {})
    assert (found.partner, found.words) == (partner, words)


def test_a_claimed_address_is_told_as_such() -> None:
    claim = replace(B, claimed=True)
    found = joined(held(claim, 2, "url")[0], claim, [held(A, 1)], {})
    assert found.words == "the same address as {}, which is on another site than its source's; and what it says agrees"


POST = replace(B, claimed=True)


@pytest.mark.parametrize(
    ("it", "other", "partner", "said"),
    [
        (POST, A, 1, "a post of the publisher's own account with little beside the link: it belongs to {}"),
        (A, POST, 1, "the publisher's own account announces it: {}"),
        (POST, replace(A, claimed=True), 0, "a post of the publisher's own account, and the article that it announces"),
        (POST, article("a", url="lake"), 0, "a post of the publisher's own account, and the article that it announces"),
    ],
)
def test_a_post_and_its_article_are_told_from_either_side(it: Article, other: Article, partner: int, said: str) -> None:
    found = joined(held(it, 2, "post")[0], it, [held(other, 1)], {})
    assert (found.partner, found.words.partition(": one of them")[0]) == (partner, said)


def test_what_a_layer_has_measured_is_told_with_its_partner() -> None:
    copy, _ = held(B, 2, "near")
    found = joined(copy, B, [held(A, 1)], {"with": [A.source_id, A.key], "shorter": 0.934, "longer": 0.9})
    assert found.words == (
        "nearly the same text as {}: 93% of the shorter text's words have the same neighbours in the other,"
        " and 90% of the longer one's"
    )
    assert found.partner == 1


def test_what_a_merge_has_joined_is_told_without_a_partner_and_one_that_is_gone_is_not_made_up() -> None:
    copy, _ = held(B, 2, "near")
    merged = joined(copy, B, [held(A, 1)], {})
    assert (merged.partner, merged.words) == (
        0,
        "its story turned out to be this one: two copies had nearly the same text",
    )
    gone = joined(copy, B, [held(A, 1)], {"with": ["c", "c"], "shorter": 1.0, "longer": 1.0})
    assert (gone.partner, gone.words.partition(":")[0]) == (0, "nearly the same text as a copy that is gone")


def bid(number: int, *, claimed: bool = False, priority: int = 0, length: int = 1000) -> Bid:
    return Bid(article=number, claimed=claimed, priority=priority, length=length)


@pytest.mark.parametrize(
    ("lead", "others", "words"),
    [
        (bid(1), [], "only copy"),
        (bid(1), [bid(2, claimed=True)], "the address is its own"),
        (bid(2, priority=3), [bid(1), bid(3, priority=1)], r"the highest priority \(3\)"),
        (bid(2, length=5000), [bid(1)], r"far more of the text \(5,000 characters against 1,000\)"),
        (bid(2, length=500), [bid(1, claimed=True, length=3000), bid(3, length=600)], "it took the lead.*no other has"),
        (
            bid(2, priority=3),
            [bid(1, length=5000), bid(3, priority=3)],
            "took the lead when it arrived, and no other has",
        ),
        (bid(2, priority=3), [bid(1, claimed=True, priority=5), bid(3)], r"the highest priority \(3\)"),
        (bid(1), [bid(2)], "seen first, and no other"),
        (bid(1), [bid(2, claimed=True), bid(3)], "seen first, and no other"),
        (bid(1, priority=2), [bid(2), bid(3, priority=2)], "seen first, and no other"),
        (bid(1), [bid(2), bid(3, length=5000)], "seen first: another copy has had a better claim only since then"),
        (bid(1), [bid(2, priority=1)], "seen first: another copy has had a better claim only since then"),
        (bid(1), [bid(2), bid(3, priority=1)], "seen first: another copy has had a better claim only since then"),
        (
            bid(2),
            [bid(1, length=5000)],
            "took the lead when it arrived: another copy has had a better claim only since then",
        ),
        (bid(1, claimed=True), [bid(2)], "seen first: another copy has had a better claim only since then"),
        (bid(1, claimed=True), [bid(2, claimed=True)], "seen first, and no other"),
        (bid(1, claimed=True), [bid(2, claimed=True, priority=5)], "another site's never takes the lead, whatever"),
    ],
)
def test_why_a_copy_leads(lead: Bid, others: list[Bid], words: str) -> None:
    assert re.search(words, leads(lead, others))
