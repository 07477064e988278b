"""Guessing the operator's password: a guesser waits, and the operator does not."""

import pytest

from syndicator.serve.guesses import ALL, KNOWN, ONE, REMEMBERED, Guesses, guesser


class Time:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def guesses(time: Time) -> Guesses:
    return Guesses(time.monotonic)


def guess(guesses: Guesses, client: str, *numbers: int) -> list[int]:
    """How long each of these wrong passwords would have to wait; they are counted where they need not."""
    waits = []
    for number in numbers:
        waits.append(guesses.wait(client, b"%d" % number))
        if not waits[-1]:
            guesses.was_wrong(client, b"%d" % number)
    return waits


def test_a_guesser_waits_and_nobody_else(guesses: Guesses, time: Time) -> None:
    assert guess(guesses, "one", *range(ONE.guesses + 2)) == [0] * ONE.guesses + [60, 60]
    assert guesses.wait("one", b"right") == 60, "it is not looked at"
    assert guesses.wait("other", b"right") == 0
    time.now += 59.5
    assert guess(guesses, "one", 100) == [1]
    time.now += 0.5
    assert guess(guesses, "one", 101, 102) == [0, 60], "one a minute"
    time.now += 3600
    assert guess(guesses, "one", *range(200, 211)) == [0] * 10 + [60]


def test_the_same_wrong_password_again_is_no_guess(guesses: Guesses) -> None:
    assert guess(guesses, "one", *[7] * 50) == [0] * 50
    assert guess(guesses, "one", *range(8, 8 + ONE.guesses)) == [0] * (ONE.guesses - 1) + [60]
    assert guess(guesses, "one", 8 + ONE.guesses - 2) == [0], "a program that was not told goes on as it did"


def test_guessers_from_everywhere_wait_but_the_operator_does_not(guesses: Guesses, time: Time) -> None:
    guesses.was_right("home")
    for number in range(ALL.guesses):
        assert guess(guesses, f"net {number}", number) == [0]
    assert guesses.wait("elsewhere", b"x") == 6
    assert guesses.wait("home", b"x") == 0
    assert guess(guesses, "home", *range(ONE.guesses + 1)) == [0] * ONE.guesses + [60], "it may be a guesser's, too"
    time.now += 6 * (ONE.guesses + 1)
    assert guesses.wait("elsewhere", b"x") == 0


def test_whoever_cannot_be_told_apart_is_not_refused(guesses: Guesses) -> None:
    assert guess(guesses, "", *range(1000)) == [0] * 1000
    assert guesses.wait("other", b"x") == 0, "nor counted"


def test_memory_has_an_end(guesses: Guesses, time: Time) -> None:
    for number in range(3 * REMEMBERED):
        time.now += ALL.seconds
        guess(guesses, f"net {number}", number)
        guesses.was_right(f"home {number}")
    assert (len(guesses._by_client), len(guesses._known)) == (REMEMBERED, KNOWN)
    assert f"home {3 * REMEMBERED - 1}" in guesses._known, "the newest"
    assert f"net {3 * REMEMBERED - 1}" in guesses._by_client


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("8.8.8.8", "", "8.8.8.8"),
        ("8.8.8.8", "9.9.9.9", "8.8.8.8"),  # it can say what it likes
        ("2a00:1450:4001:80b:1:2:3:4", "", "2a00:1450:4001:80b::/64"),
        ("::ffff:8.8.8.8", "9.9.9.9", "8.8.8.8"),
        ("127.0.0.1", "9.9.9.9", "9.9.9.9"),
        ("::1", "1.1.1.1, 9.9.9.9", "9.9.9.9"),  # the proxy adds the last
        ("::ffff:127.0.0.1", "9.9.9.9", "9.9.9.9"),
        ("10.0.0.7", "2a00:1450:4001:80b:1:2:3:4", "2a00:1450:4001:80b::/64"),
        ("172.17.0.1", "192.168.1.5", "192.168.1.5"),
        ("127.0.0.1", "", ""),
        ("192.168.1.5", "", ""),
        ("127.0.0.1", "unknown", ""),
        ("127.0.0.1", "9.9.9.9,", ""),
        ("127.0.0.1", "9" * 8000, ""),
        ("", "", ""),
    ],
)
def test_who_guesses_is_told_by_the_connection_or_by_a_proxy_that_is_ours(
    peer: str, forwarded: str, client: str
) -> None:
    assert guesser(peer, forwarded) == client
