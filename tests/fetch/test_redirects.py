"""Where a redirect leads, and what may travel along."""

import pytest

from support.door import Door
from support.origin import Origin
from syndicator.fetch.redirects import MAX_HOPS, STATUSES, follow
from syndicator.model.outcome import Failed
from syndicator.model.web import Request, Response, Validators

VALIDATORS = Validators(etag='"1"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT")


def hop(url: str, location: str | None, *, hops: int = 0) -> Request | Failed:
    request = Request(
        source_id="s",
        url=url,
        validators=VALIDATORS,
        authorization="Basic secret",
        headers=(("A", "b"),),
        entry_key="page",
        hops=hops,
    )
    fields = () if location is None else (("location", location),)
    return follow(request, Response(url=url, status=301, headers=fields))


@pytest.mark.parametrize(
    ("url", "location", "target"),
    [
        ("http://a.example/x/feed?q=1", "/new", "http://a.example/new"),
        ("http://a.example/x/feed?q=1", "new", "http://a.example/x/new"),
        ("http://a.example/x/feed?q=1", "?q=2", "http://a.example/x/feed?q=2"),
        ("http://a.example/x/feed", "//b.example/y", "http://b.example/y"),
        ("https://a.example/", "//b.example/y", "https://b.example/y"),
        ("http://a.example/", "https://a.example/#top", "https://a.example/"),
        ("http://a.example/", "HTTP://B.example:80/Y", "http://b.example/Y"),
        ("http://a.example/", "http://user:word@b.example/", "http://b.example/"),
        ("http://a.example/", "/\xd0\xbb\xd1\x91", "http://a.example/%D0%BB%D1%91"),
        ("http://a.example/", "/\xeb?%D0", "http://a.example/%EB?%D0"),
        (
            "http://a.example/",
            "http://\xd0\xbb\xd0\xb5\xd0\xbd\xd1\x82\xd0\xb0.\xd1\x80\xd1\x84/",
            "http://xn--80ajrjz.xn--p1ai/",
        ),
        ("http://a.example/", "/a b", "http://a.example/a%20b"),
        ("http://a.example/a", "", None),
        ("http://a.example/a", None, None),
        ("http://a.example/", "file:///etc/passwd", None),
        ("http://a.example/", "ftp://b.example/", None),
        ("http://a.example/", "javascript:alert(1)", None),
        ("http://a.example/", "gopher://127.0.0.1:6379/_x", None),
        ("http://a.example/", "http://[::1", None),
        ("http://a.example/", "http://b.example:99999/", None),
        ("http://a.example/", "/" + "x" * 1999, "http://a.example/" + "x" * 1999),
        ("http://a.example/", "/" + "x" * 2000, None),
        ("https://a.example/", "http://a.example/", None),
        ("https://a.example/", "http://b.example/", None),
    ],
)
def test_the_next_hop(url: str, location: str | None, target: str | None) -> None:
    found = hop(url, location)
    if target is None:
        assert isinstance(found, Failed)
        assert found.failure.kind == "redirect"
        assert "example" not in found.failure.message + found.failure.remedy
        assert ("does not say where to" in found.failure.message) == (not location)
    else:
        assert isinstance(found, Request)
        assert (found.url, found.hops, found.source_id, found.entry_key) == (target, 1, "s", "page")


@pytest.mark.parametrize(
    ("url", "location", "kept"),
    [
        ("https://a.example/", "/x", True),
        ("https://a.example/", "https://a.example:443/x", True),
        ("https://a.example:443/", "https://A.example/x", True),
        ("https://a.example/", "https://a.example:8443/x", False),
        ("https://a.example/", "https://b.example/x", False),
        ("https://a.example/", "https://www.a.example/x", False),
        ("https://a.example/", "https://a.example@b.example/x", False),
        ("http://a.example/", "https://a.example/x", False),
        ("https://лента.рф/feed", "/x", True),
        ("https://лента.рф/feed", "https://xn--80ajrjz.xn--p1ai/x", True),
        ("https://лента.рф/feed", "https://xn--80ajrjz.xn--p1acf/x", False),
    ],
)
def test_credentials_stay_with_their_origin(url: str, location: str, *, kept: bool) -> None:
    found = hop(url, location)
    assert isinstance(found, Request)
    assert bool(found.authorization) is kept
    assert bool(found.headers) is kept


def test_the_time_that_hops_take_adds_up() -> None:
    request = Request(source_id="s", url="http://a.example/", spent=1.5)
    answer = Response(url=request.url, status=302, headers=(("location", "/x"),), seconds=2.0)
    found = follow(request, answer)
    assert isinstance(found, Request)
    assert found.spent == 3.5


def test_a_source_that_always_redirects_still_gets_its_304() -> None:
    found = hop("http://a.example/", "https://b.example/feed")
    assert isinstance(found, Request)
    assert found.validators == VALIDATORS


def test_a_circle_ends() -> None:
    assert isinstance(hop("http://a.example/", "/", hops=MAX_HOPS - 1), Request)
    assert isinstance(hop("http://a.example/", "/", hops=MAX_HOPS), Failed)


def walk(door: Door, url: str, authorization: str = "") -> Response | Failed:
    """What a caller does."""
    request = Request(source_id="s", url=url, authorization=authorization)
    while True:
        answer = door.ask(request.url, authorization=request.authorization)
        if isinstance(answer, Failed) or answer.status not in STATUSES:
            return answer
        followed = follow(request, answer)
        if isinstance(followed, Failed):
            return followed
        request = followed


def redirect(origin: Origin, path: str, location: str) -> str:
    return origin.serve(path, b"gone", f"Location: {location}", status="302 Found")


@pytest.mark.parametrize("status", ["301 Moved Permanently", "303 See Other", "307 Temporary", "308 Permanent"])
def test_each_status_that_names_another_address_is_followed(door: Door, origin: Origin, status: str) -> None:
    origin.serve("/feed", b"<rss/>")
    found = walk(door, origin.serve("/old", b"gone", "Location: /feed", status=status))
    assert isinstance(found, Response)
    assert found.body == b"<rss/>"


def test_over_the_wire(door: Door, origin: Origin) -> None:
    origin.serve("/feed", b"<rss/>")
    redirect(origin, "/two", "feed")
    found = walk(door, redirect(origin, "/one", "/two"), authorization="Basic abc")
    assert isinstance(found, Response)
    assert (found.body, found.url) == (b"<rss/>", origin.url("/feed"))
    assert [asked.field("authorization") for asked in origin.asked] == ["Basic abc"] * 3


def test_a_loop_over_the_wire_is_refused_at_the_sixth_hop(door: Door, origin: Origin) -> None:
    found = walk(door, redirect(origin, "/loop", "/loop"))
    assert isinstance(found, Failed)
    assert len(origin.asked) == MAX_HOPS + 1


def test_credentials_do_not_leak_to_another_port(door: Door, origin: Origin) -> None:
    other = Origin()
    try:
        other.serve("/feed", b"ok")
        walk(door, redirect(origin, "/feed", other.url("/feed")), authorization="Basic abc")
        assert [asked.field("authorization") for asked in other.asked] == [""]
    finally:
        other.close()


@pytest.mark.parametrize("host", ["[::1]", "10.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]", "0x0a000001"])
def test_a_redirect_does_not_lead_inside(door: Door, origin: Origin, host: str) -> None:
    found = walk(door, redirect(origin, "/feed", f"http://{host}:{origin.port}/inside"))
    assert isinstance(found, Failed)
    assert found.failure.kind == "forbidden"
    assert len(origin.asked) == 1
