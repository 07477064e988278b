"""Each subscriber has each change of his feed, signed, until he wants no more, and costs nobody else anything."""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from support.builders import MOMENT
from support.simulation import make_config
from syndicator.errors import StoreError
from syndicator.model.noun import replace
from syndicator.model.subscription import SubscriptionRequest
from syndicator.model.web import Request, Response
from syndicator.pipeline.websub import distribution
from syndicator.pipeline.websub.distribution import AT_ONCE, FAILING, OF_A_DOMAIN, REST, Distribution
from syndicator.pipeline.websub.pausing import FIRST_PAUSE
from syndicator.pipeline.websub.verification import Verified
from syndicator.store import Store

RSS, ATOM, JSON = "feeds/all.rss", "feeds/all.atom", "feeds/all.json"
CALLBACK = "https://reader.example/x?a=1"
MANY = 10_000


class Hub:
    """A hub, what it has published, and what it sends."""

    def __init__(self, root: Path) -> None:
        self.store = Store.write(root / "var" / "syndicator.db")
        config = make_config(root)
        self.config = replace(
            config,
            site=replace(
                config.site,
                base_url="https://news.example/s/",
                own_hub="https://news.example/s/hub",
                hubs=("https://other.example/",),
            ),
            serve=replace(config.serve, hub=True),
        )
        self.public = self.config.paths.public
        (self.public / "feeds").mkdir(parents=True)
        self.it = Distribution(self.store)
        self.time = 0.0
        for name in (RSS, ATOM, JSON):
            self.publish(name, "0")

    def publish(self, name: str, text: str) -> None:
        (self.public / name).write_text(text)
        self.store.has_published({name: text.encode()}, [])

    def remove(self, name: str) -> None:
        (self.public / name).unlink()
        self.store.has_published({}, [name])

    def subscribe(self, callback: str = CALLBACK, name: str = RSS, secret: str = "", seconds: float = 1e6) -> None:
        request = SubscriptionRequest(mode="subscribe", name=name, callback=callback, secret=secret)
        self.it.carry_out(Verified(request, MOMENT + timedelta(seconds=seconds)), self.public)

    def leave(self, callback: str = CALLBACK, name: str = RSS) -> None:
        request = SubscriptionRequest(mode="unsubscribe", name=name, callback=callback)
        self.it.carry_out(Verified(request, MOMENT), self.public)

    def sends(self, seconds: float = 0.0, room: int = MANY) -> list[Request]:
        self.time += seconds
        return list(self.it.deliveries(room, self.config, self.time))

    def answers(self, request: Request, status: int = 204, **headers: str) -> None:
        fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        answer = Response(url=request.url, status=status, headers=fields)
        self.it.answered(request, answer, MOMENT, self.time)

    def bodies(self, seconds: float = 0.0) -> list[str]:
        """What is sent now, and taken."""
        found = self.sends(seconds)
        for request in found:
            self.answers(request)
        return [it.content.decode() for it in found]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = Hub(tmp_path)
    yield made
    made.store.close()


def test_a_feed_that_changes_is_sent_whole_with_its_type_and_where_it_leads(hub: Hub) -> None:
    hub.subscribe()
    assert hub.sends() == [], "he has what was there when he came"
    hub.publish(RSS, "<rss>зима</rss>")
    hub.publish(ATOM, "1")
    (request,) = hub.sends()
    assert (request.url, request.content) == (CALLBACK, "<rss>зима</rss>".encode())
    assert dict(request.headers) == {
        "Content-Type": "application/rss+xml; charset=utf-8",
        "Link": '<https://news.example/s/hub>; rel="hub", <https://other.example/>; rel="hub",'
        ' <https://news.example/s/feeds/all.rss>; rel="self"',
    }
    assert hub.sends() == [], "it is under way"
    hub.answers(request)
    assert hub.sends(9999.0) == [], "once is enough"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        (ATOM, "application/atom+xml; charset=utf-8"),
        (JSON, "application/feed+json"),
        (RSS, "application/rss+xml; charset=utf-8"),
    ],
)
def test_what_he_is_sent_is_signed_with_his_secret(hub: Hub, name: str, media_type: str) -> None:
    hub.subscribe(name=name, secret="ключ")
    hub.publish(name, "1")
    (request,) = hub.sends()
    signature = hmac.new("ключ".encode(), b"1", hashlib.sha256).hexdigest()
    assert dict(request.headers)["X-Hub-Signature"] == f"sha256={signature}"
    assert dict(request.headers)["Content-Type"] == media_type


def test_what_changes_within_a_rest_he_is_sent_together(hub: Hub) -> None:
    hub.subscribe()
    hub.publish(RSS, "1")
    assert hub.bodies() == ["1"]
    hub.publish(RSS, "2")
    assert hub.bodies(REST - 0.1) == []
    hub.publish(RSS, "3")
    assert hub.bodies(0.2) == ["3"]


def test_what_changes_while_he_is_sent_something_he_is_sent_after_it(hub: Hub) -> None:
    hub.subscribe()
    hub.publish(RSS, "1")
    (request,) = hub.sends()
    hub.publish(RSS, "2")
    assert hub.sends() == []
    hub.answers(request)
    assert hub.bodies(REST) == ["2"]


def test_a_restart_forgets_nobody_and_nothing(hub: Hub) -> None:
    hub.subscribe(secret="s")
    hub.subscribe("https://other.example/")
    hub.publish(RSS, "1")
    first, _ = hub.sends()
    hub.answers(first)
    hub.it = Distribution(hub.store)
    assert [it.url for it in hub.sends()] == [({CALLBACK, "https://other.example/"} - {first.url}).pop()]


@pytest.mark.parametrize("status", [500, 404, 301, 302, 304, 100])
def test_one_that_does_not_take_it_is_sent_it_later_and_later_and_the_newest(hub: Hub, status: int) -> None:
    hub.subscribe()
    hub.publish(RSS, "1")
    (request,) = hub.sends()
    hub.answers(request, status)
    assert hub.it.count() == (1, 1)
    assert hub.sends(FIRST_PAUSE - 1) == []
    (request,) = hub.sends(1.0)
    hub.answers(request, status)
    hub.publish(RSS, "2")
    assert hub.sends(FIRST_PAUSE) == []
    assert hub.bodies(FIRST_PAUSE) == ["2"]
    assert hub.it.count() == (1, 0)


def test_it_waits_as_long_as_it_is_asked_to(hub: Hub) -> None:
    hub.subscribe()
    hub.publish(RSS, "1")
    (request,) = hub.sends()
    hub.answers(request, 503, retry_after="3600")
    assert hub.sends(3599.0) == []
    assert hub.bodies(1.0) == ["1"]


def test_410_ends_it(hub: Hub) -> None:
    hub.subscribe()
    hub.subscribe(name=ATOM)
    hub.publish(RSS, "1")
    (request,) = hub.sends()
    hub.answers(request, 410)
    hub.publish(RSS, "2")
    hub.publish(ATOM, "2")
    assert hub.bodies(9999.0) == ["2"]
    assert [it.name for it in hub.store.subscriptions()] == [ATOM]


def test_who_leaves_and_whose_time_is_over_is_told_no_more(hub: Hub) -> None:
    hub.subscribe()
    hub.subscribe("https://b.example/", seconds=60)
    hub.publish(RSS, "1")
    first, second = hub.sends()
    hub.leave()
    hub.it.end_overdue(MOMENT + timedelta(seconds=59))
    assert hub.it.knows(("https://b.example/", RSS))
    hub.it.end_overdue(MOMENT + timedelta(seconds=60))
    hub.answers(first)
    hub.answers(second, 500)
    hub.publish(RSS, "2")
    assert hub.sends(9999.0) == []
    assert hub.store.subscriptions() == []
    hub.leave()


def test_who_renews_has_what_he_has_and_goes_by_his_new_secret(hub: Hub) -> None:
    hub.subscribe(secret="old", seconds=60)
    hub.publish(RSS, "1")
    hub.subscribe(secret="new")
    hub.it.end_overdue(MOMENT + timedelta(seconds=60))
    (request,) = hub.sends()
    assert dict(request.headers)["X-Hub-Signature"].endswith(hmac.new(b"new", b"1", hashlib.sha256).hexdigest())


def test_one_whose_feed_is_gone_hears_so_once(hub: Hub) -> None:
    hub.subscribe()
    hub.subscribe("https://b.example/", ATOM)
    hub.remove(RSS)
    (request,) = hub.sends()
    assert dict(parse_qsl(urlsplit(request.url).query)) == {
        "a": "1",
        "hub.mode": "denied",
        "hub.topic": "https://news.example/s/feeds/all.rss",
        "hub.reason": "This feed is not published any more.",
    }
    assert not request.content
    hub.answers(request, 500)
    hub.publish(RSS, "1")
    assert hub.sends(9999.0) == []
    assert [it.name for it in hub.store.subscriptions()] == [ATOM]


def test_a_file_that_somebody_has_written_into_is_not_sent_again_and_again(hub: Hub) -> None:
    hub.subscribe()
    hub.publish(RSS, "1")
    list(hub.it.deliveries(0, hub.config, 0.0))
    (hub.public / RSS).write_text("by hand")
    assert hub.bodies() == ["by hand"]
    assert hub.sends(9999.0) == []


def test_a_file_that_cannot_be_read_is_sent_when_it_can_be(hub: Hub) -> None:
    hub.subscribe()
    hub.publish(RSS, "1")
    hub.sends(room=0)
    (hub.public / RSS).rename(hub.public / "away")
    assert hub.sends() == []
    (hub.public / "away").rename(hub.public / RSS)
    assert hub.bodies() == ["1"]


def test_a_domain_that_hangs_holds_up_nobody_else(hub: Hub) -> None:
    for number in range(9):
        hub.subscribe(f"https://h{number}.slow.example/")
    hub.subscribe("https://quick.example/")
    hub.publish(RSS, "1")
    urls = [it.url for it in hub.sends()]
    assert len([it for it in urls if "slow" in it]) == AT_ONCE
    assert "https://quick.example/" in urls
    assert hub.sends() == []


def test_all_are_reached_however_little_room_there_is(hub: Hub) -> None:
    callbacks = {f"https://reader{number}.example/" for number in range(50)}
    for callback in callbacks:
        hub.subscribe(callback)
    hub.publish(RSS, "1")
    reached = []
    for _ in range(17):
        sent = hub.sends(room=3)
        assert len(sent) <= 3
        for request in sent:
            reached.append(request.url)
            hub.answers(request)
    assert sorted(reached) == sorted(callbacks)


def test_there_is_room_for_so_many_and_of_a_domain(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(OF_A_DOMAIN + 1):
        hub.subscribe(f"https://h{number}.greedy.example/")
    assert hub.it.count()[0] == OF_A_DOMAIN
    assert not hub.it.has_room("https://new.greedy.example/")
    assert hub.it.has_room(CALLBACK)
    hub.subscribe("https://h0.greedy.example/", secret="renewed")
    assert {it.secret for it in hub.store.subscriptions()} == {"", "renewed"}
    monkeypatch.setattr(distribution, "SUBSCRIBERS", OF_A_DOMAIN)
    assert not hub.it.has_room(CALLBACK)
    hub.leave("https://h1.greedy.example/")
    assert hub.it.has_room("https://new.greedy.example/")


def test_what_is_not_heard_of_is_sent_again(hub: Hub) -> None:
    hub.subscribe()
    hub.publish(RSS, "1")
    (lost,) = hub.sends()
    hub.it.begin_again()
    hub.answers(lost)
    assert hub.bodies() == ["1"]


def test_those_who_fail_hold_up_nobody_who_does_not(hub: Hub) -> None:
    for number in range(FAILING + 2):
        hub.subscribe(f"https://slow{number}.example/")
    hub.publish(RSS, "1")
    for request in hub.sends():
        hub.answers(request, 500)
    hub.subscribe()
    hub.publish(RSS, "2")
    found = hub.sends(FIRST_PAUSE)
    assert (len(found), found[-1].url) == (FAILING + 1, CALLBACK)
    hub.answers(found[0], 500)
    assert len(hub.sends()) == 1, "the next one's turn"


def test_a_feed_that_cannot_be_read_costs_no_subscription(hub: Hub) -> None:
    hub.subscribe()
    hub.publish(RSS, "1")
    (hub.public / RSS).unlink()
    assert hub.sends() == []
    assert hub.it.count() == (1, 0)
    hub.publish(RSS, "2")
    assert hub.bodies() == ["2"]


@pytest.mark.parametrize("status", [204, 410])
def test_what_cannot_be_written_down_is_not_sent_again_at_once(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    def full(*_: object) -> None:
        raise StoreError("full")

    hub.subscribe()
    hub.publish(RSS, "1")
    (request,) = hub.sends()
    monkeypatch.setattr(hub.store, "subscribe", full)
    monkeypatch.setattr(hub.store, "unsubscribe", full)
    with pytest.raises(StoreError):
        hub.answers(request, status)
    assert hub.sends() == []
    assert len(hub.sends(REST)) == 1


def test_who_has_left_is_not_remembered(hub: Hub) -> None:
    hub.subscribe()
    hub.subscribe(name=ATOM)
    hub.leave()
    assert list(hub.it._domains.values()) == [1]
    hub.leave(name=ATOM)
    assert not hub.it._domains
