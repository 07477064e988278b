"""What became of profiles, and of articles' own posts: told once, and never without end."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from support.builders import MOMENT, make_article
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.social import SocialLink
from syndicator.store import Store, events

Write = Callable[..., object]


def article(number: int, *links: SocialLink, found_hash: bytes = b"found") -> Article:
    url = f"https://daily.example/{number}"
    return make_article(
        key=url, guid=url, url=url, canonical_url=url, title=f"Title {number}", social=links, found_hash=found_hash
    )


def told(store: Store) -> list[tuple[str, str]]:
    return [(it.event, it.key) for it in reversed(store.social_events(99))]


POST = SocialLink(
    platform="telegram",
    handle="daily",
    confidence=0.85,
    evidence="subscription line",
    kind="post",
    owner="article",
    url="https://t.me/daily/17",
)


def test_a_post_is_told_with_its_article(store: Store, write: Write) -> None:
    write(article(1, POST))
    (event,) = store.social_events(9)
    assert (event.event, event.url, event.article, event.article_url) == (
        "post.linked",
        "https://t.me/daily/17",
        "Title 1",
        "https://daily.example/1",
    )
    assert event.confidence == pytest.approx(0.85)
    assert store.profiles() == {}


def test_a_post_that_comes_later_is_told_then_and_once(store: Store, write: Write) -> None:
    write(article(1))
    for hour in range(1, 4):
        write(article(1, POST, found_hash=b"%d." % hour), MOMENT + hour * timedelta(hours=1))
    assert told(store) == [("post.linked", "telegram:daily/17")]


def test_a_post_of_others_is_not_told(store: Store, write: Write) -> None:
    write(article(1, replace(POST, owner="third_party")))
    assert told(store) == []


def test_the_oldest_events_are_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MOST_EVENTS", 3)
    for number in range(5):
        with store.recording(MOMENT) as recording:
            recording.events.note_post("daily", replace(POST, url=f"https://t.me/daily/{number}"), 1, MOMENT)
    assert [key for _, key in told(store)] == ["telegram:daily/2", "telegram:daily/3", "telegram:daily/4"]
