"""What robots.txt lets us read, however it is written."""

import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.builders import MOMENT
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import Robots
from syndicator.model.outcome import Failed
from syndicator.model.web import Response
from syndicator.pipeline.robots import FORBIDDEN, MOST, UNREACHABLE, Rules, origin_of, ours, robots_of

ORIGIN = "https://a.example"
DOWN = Failed(failure=Failure(kind=FailureKind.CONNECT, message=""))


def answer(status: int = 200, body: bytes | str = b"", **headers: str) -> Response:
    fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    data = body.encode() if isinstance(body, str) else body
    return Response(url=f"{ORIGIN}/robots.txt", status=status, headers=fields, body=data)


def rules(text: str) -> Rules:
    return Rules(robots_of(ORIGIN, answer(body=text), MOMENT))


def may(text: str, path: str) -> bool:
    return rules(text).refusal(ORIGIN + path) is None


class TestAnAnswer:
    @pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
    def test_that_there_is_none_allows_everything(self, status: int) -> None:
        found = robots_of(ORIGIN, answer(status, "User-agent: *\nDisallow: /"), MOMENT)
        assert Rules(found).refusal(f"{ORIGIN}/x") is None
        assert found.until == MOMENT + timedelta(days=1)

    @pytest.mark.parametrize("given", [answer(500), answer(503), answer(301), answer(0), answer(999), DOWN])
    def test_that_is_none_allows_nothing_for_an_hour(self, given: Response | Failed) -> None:
        found = robots_of(ORIGIN, given, MOMENT)
        assert Rules(found).refusal(f"{ORIGIN}/x") == UNREACHABLE
        assert found.until == MOMENT + timedelta(hours=1)

    @pytest.mark.parametrize(
        ("control", "hours"),
        [("", 24), ("max-age=7200", 2), ("max-age=9999999", 24), ("max-age=1", 1), ("no-store", 1)],
    )
    def test_is_kept_as_long_as_it_says_but_for_a_day_at_most(self, control: str, hours: float) -> None:
        assert robots_of(ORIGIN, answer(cache_control=control), MOMENT).until == MOMENT + timedelta(hours=hours)


class TestRules:
    def test_the_longest_match_wins_and_allow_wins_a_tie(self) -> None:
        text = "User-agent: *\nDisallow: /news\nAllow: /news/today\nDisallow: /same\nAllow: /same"
        assert not may(text, "/news/1")
        assert may(text, "/news/today/1")
        assert may(text, "/same")
        assert may(text, "/")

    def test_patterns_know_stars_and_ends(self) -> None:
        text = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?print="
        assert not may(text, "/a/b.pdf")
        assert may(text, "/a/b.pdf?x")
        assert not may(text, "/a?print=1")

    def test_our_own_group_counts_before_that_for_all(self) -> None:
        text = "User-agent: *\nDisallow: /\n\nuser-agent: Syndicator/2.0\nDisallow: /private"
        assert may(text, "/news")
        assert not may(text, "/private")

    def test_groups_of_others_do_not_concern_us_unless_they_are_ours_too(self) -> None:
        assert may("User-agent: evilbot\nDisallow: /", "/")
        assert not may("User-agent: evilbot\nUser-agent: *\nDisallow: /", "/")
        assert not may("User-agent: *\nUser-agent: evilbot\nDisallow: /", "/")
        assert may("User-agent: *\nDisallow:\nUser-agent: evilbot\nDisallow: /", "/")

    def test_a_group_of_several_others_is_theirs(self) -> None:
        text = "User-agent: *\nDisallow: /private\n\nUser-agent: evilbot\nUser-agent: otherbot\nDisallow: /"
        assert may(text, "/news")
        assert not may(text, "/private")

    @pytest.mark.parametrize("name", ["008", "360Spider", "*SiteBot*", "“a bot”", "", "Бот"])
    def test_groups_of_others_are_theirs_whatever_they_are_called(self, name: str) -> None:
        text = f"User-agent: *\nDisallow: /private\n\nUser-agent: {name}\nDisallow: /"
        assert may(text, "/news")
        assert not may(text, "/private")

    @pytest.mark.parametrize(
        "text",
        [
            "User-agent *\nDisallow /news",
            "user agent: *\nDisallow\t/news",
            "User-agent: *\nDiasllow: /news",
            "User-agent: *\nDissalow: /news",
            "User-agent: *\nUser-agent must match: see below\nDisallow: /news",
        ],
    )
    def test_what_is_misspelt_is_meant(self, text: str) -> None:
        assert not may(text, "/news/1")
        assert may(text, "/sport")

    def test_a_delay_is_kept_up_to_a_minute(self) -> None:
        assert rules("User-agent: *\nCrawl-delay: 7").delay == 7
        assert rules("User-agent: *\nCrawl-delay: 86400").delay == 60
        assert rules("User-agent: *\nCrawl-delay: nan").delay == 0
        assert rules("User-agent: evilbot\nCrawl-delay: 7").delay == 0

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "<html><body>Not found</body></html>",
            "Disallow: /",
            "\ufeffUser-agent: *\nDisallow:",
            "\x00" * 99,
            "::\n#",
        ],
    )
    def test_what_says_nothing_allows_everything(self, text: str) -> None:
        assert may(text, "/x")

    def test_a_byte_order_mark_and_bytes_of_any_kind_do_no_harm(self) -> None:
        body = b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /caf\xc3\xa9\r\nDisallow: /\xff\xfe\rDisallow: /x"
        found = Rules(robots_of(ORIGIN, answer(body=body), MOMENT))
        assert found.refusal(f"{ORIGIN}/caf%C3%A9") == FORBIDDEN
        assert found.refusal(f"{ORIGIN}/x") == FORBIDDEN
        assert found.refusal(f"{ORIGIN}/tea") is None


class TestAHostileFile:
    @pytest.mark.parametrize(
        "text",
        [
            "".join(f"User-agent: a{it}\n" for it in range(9_000))
            + "".join(f"Disallow: /{it}\n" for it in range(9_000)),
            "User-agent: *\n" + "".join(f"Disallow: /{'a*' * 99}{it}\n" for it in range(9_000)),
            "User-agent: *\nDisallow: /" + "a*" * 300_000,
            "User-agent: *\n" * 90_000 + "Disallow: /x",
            "User-agent: *\n" + "Disallow: /" + "$" * 300_000,
        ],
        ids=["agents", "stars", "line", "groups", "dollars"],
    )
    def test_costs_moments(self, text: str) -> None:
        begun = time.process_time()
        rules(text).refusal(f"{ORIGIN}/{'a' * 2000}")
        assert time.process_time() - begun < 2

    def test_is_read_for_half_a_mebibyte(self) -> None:
        filler = "# a comment of some length, to fill the file up\n"
        late = "User-agent: *\n" + filler * ((505 * 1024) // len(filler)) + "Disallow: /late\n"
        assert 500 * 1024 < len(late) < MOST
        assert not may(late, "/late")
        assert len(ours(late)) < 99, "only what concerns us is kept"
        assert may(filler * 99_999 + "User-agent: *\nDisallow: /x", "/x")


@given(st.text(), st.sampled_from(["", "http://", "https://reader:[@", "https://a.example/", "https://\uff20@x/"]))
def test_no_text_and_no_address_is_too_odd(text: str, start: str) -> None:
    address = start + text
    assert origin_of(address) == "" or origin_of(address).startswith("http")
    rules(text).refusal(address)
    rules(f"User-agent: *\nDisallow: /{text}").refusal(address)
    rules("User-agent: *\nDisallow: /").refusal(f"{address}\ud800")


def test_a_query_without_a_path_and_a_double_slash_are_paths() -> None:
    assert not may("User-agent: *\nDisallow: /?x", "?x=1")
    assert not may("User-agent: *\nDisallow: //a", "//a/b")
    assert not may("User-agent: *\nDisallow: /", "")


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin_of("https://me:pw@A.example:8443/x?y") == "https://a.example:8443"
    assert origin_of("file:///etc/passwd") == ""
    assert Rules(Robots(origin="", until=MOMENT)).delay == 0
