"""Nobody is told who does not say himself that he wants to be, and whoever is named costs us, and is asked, little."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from support.builders import MOMENT
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed
from syndicator.model.subscription import SubscriptionRequest
from syndicator.model.web import Request, Response
from syndicator.pipeline.websub.verification import (
    A_MINUTE,
    LEAST,
    MOST,
    OF_A_DOMAIN,
    USUAL,
    WAITING,
    Verification,
    Verified,
    neighbourhood,
)

BASE = "https://news.example/s/"
ONE = SubscriptionRequest(mode="subscribe", name="feeds/all.rss", callback="https://reader.example/x?a=1&b=%20")
MANY = 10_000


def verification() -> Verification:
    return Verification(lambda: "зима")


def asked(it: Verification, monotonic: float = 0.0, room: int = MANY) -> list[Request]:
    return list(it.questions(room, BASE, monotonic))


def said(it: Verification, request: Request, body: str = "зима", status: int = 200) -> Verified | None:
    return it.answered(request, Response(url=request.url, status=status, body=body.encode()), MOMENT)


def at(number: int, domain: str = "reader.example") -> SubscriptionRequest:
    return replace(ONE, callback=f"https://{domain}/{number}")


def test_he_is_asked_at_his_callback_as_it_is_written_and_agreed_upon_when_he_says_it_back() -> None:
    it = verification()
    assert it.accept(ONE)
    (question,) = asked(it)
    assert question.url.startswith(f"{ONE.callback}&hub.mode=subscribe&")
    assert dict(parse_qsl(urlsplit(question.url).query)) == {
        "a": "1",
        "b": " ",
        "hub.mode": "subscribe",
        "hub.topic": f"{BASE}feeds/all.rss",
        "hub.challenge": "зима",
        "hub.lease_seconds": str(USUAL),
    }
    assert not question.form
    assert not question.content
    assert asked(it) == [], "once is enough"
    assert said(it, question) == Verified(ONE, MOMENT + timedelta(seconds=USUAL))


@pytest.mark.parametrize(("wanted", "seconds"), [(1, LEAST), (3600, 3600), (999_999_999, MOST)])
def test_he_is_told_for_how_long_it_holds(wanted: int, seconds: int) -> None:
    it = verification()
    it.accept(replace(ONE, seconds=wanted))
    (question,) = asked(it)
    assert dict(parse_qsl(urlsplit(question.url).query))["hub.lease_seconds"] == str(seconds)
    confirmed = said(it, question)
    assert confirmed is not None
    assert confirmed.until == MOMENT + timedelta(seconds=seconds)


def test_who_leaves_is_asked_whether_he_means_it_too() -> None:
    it = verification()
    it.accept(replace(ONE, mode="unsubscribe", callback="https://reader.example/x"))
    (question,) = asked(it)
    parameters = dict(parse_qsl(urlsplit(question.url).query))
    assert (parameters["hub.mode"], "hub.lease_seconds" in parameters) == ("unsubscribe", False)
    assert said(it, question) is not None


@pytest.mark.parametrize(("body", "status"), [("лето", 200), ("", 200), ("зима!", 200), ("зима", 404), ("зима", 302)])
def test_whoever_does_not_say_it_back_has_asked_for_nothing(body: str, status: int) -> None:
    it = verification()
    it.accept(ONE)
    (question,) = asked(it)
    assert said(it, question, body, status) is None
    assert asked(it, 3600.0) == []


def test_nor_has_who_cannot_be_reached() -> None:
    it = verification()
    it.accept(ONE)
    (question,) = asked(it)
    failed = Failed(failure=Failure(kind=FailureKind.CONNECT, message="It does not answer."))
    assert it.answered(question, failed, MOMENT) is None


def test_the_last_word_counts() -> None:
    it = verification()
    it.accept(ONE)
    later = replace(ONE, secret="new")
    it.accept(later)
    (question,) = asked(it)
    confirmed = said(it, question)
    assert confirmed is not None
    assert confirmed.request == later


def test_a_domain_is_asked_one_at_a_time_and_not_too_often_and_that_keeps_nobody_else_waiting() -> None:
    it = verification()
    for number in range(A_MINUTE + 5):
        it.accept(at(number, f"h{number}.victim.example"))
    it.accept(at(0, "reader.example"))
    urls = []
    for _ in range(2 * A_MINUTE):
        questions = asked(it)
        urls += [question.url for question in questions]
        assert len([it for it in questions if "victim" in it.url]) <= 1
        for question in questions:
            said(it, question, "лето")
    assert len(urls) == A_MINUTE + 1
    assert "https://reader.example/0" in urls[1]
    assert asked(it, 59.9) == []
    assert len(asked(it, 60.1)) == 1


def test_there_is_room_for_so_many_and_for_so_many_of_a_domain() -> None:
    it = verification()
    taken = [it.accept(at(number, f"h{number}.victim.example")) for number in range(OF_A_DOMAIN + 1)]
    assert taken == [True] * OF_A_DOMAIN + [False]
    assert it.accept(replace(at(0, "h0.victim.example"), secret="new")), "it takes no more room"
    others = [it.accept(at(0, f"reader{number}.example")) for number in range(WAITING)]
    assert others.count(True) == WAITING - OF_A_DOMAIN
    assert len(asked(it, room=3)) == 3


def test_those_that_are_not_heard_of_are_asked_again_but_for_what_they_have_said_since() -> None:
    it = verification()
    it.accept(at(1, "a.example"))
    it.accept(at(2, "b.example"))
    assert len(asked(it)) == 2
    later = replace(at(1, "a.example"), secret="new")
    it.accept(later)
    it.begin_again()
    questions = asked(it, 61.0)
    found = [said(it, question) for question in questions]
    assert {it.request for it in found if it} == {later, at(2, "b.example")}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.reader.example/", "http://b.reader.example:8080/x", True),
        ("https://reader.example/", "https://reader.test/", False),
        ("http://192.0.2.1/", "http://192.0.2.2/", False),
        ("http://[2001:db8::1]/", "http://[2001:db8::ffff:1]:8080/", True),
        ("http://[2001:db8::1]/", "http://[2001:db8:0:1::1]/", False),
        ("http://3221225985/", "http://192.0.2.1/", True),
    ],
)
def test_who_may_have_as_many_addresses_as_he_likes_is_one(one: str, other: str, same: bool) -> None:
    assert (neighbourhood(one) == neighbourhood(other)) is same
