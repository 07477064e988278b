"""The feed of what happens to publishers' profiles."""

import json
from typing import Any

import feedparser
import pytest

from support.builders import MOMENT, make_info, make_profile, make_source
from syndicator.model.noun import replace
from syndicator.model.presence import Presence, SocialEvent
from syndicator.model.settings import Site
from syndicator.publish import FORMATS
from syndicator.publish.social_events import LIMIT, compose_events

TELEGRAM = make_profile()
FORMER = replace(TELEGRAM, key="telegram:old", handle="old", url="https://t.me/old", status="changed")
ADDED = SocialEvent(
    guid="urn:x-syndicator:event:1",
    source_id="daily",
    event="profile.added",
    key="telegram:daily",
    at=MOMENT,
    platform="telegram",
    handle="daily",
    url="https://t.me/daily",
)
POST = replace(
    ADDED,
    guid="urn:x-syndicator:event:2",
    event="post.linked",
    key="telegram:daily/1",
    kind="post",
    owner="article",
    url="https://t.me/daily/1",
    article="The river",
    article_url="https://daily.example/river",
    confidence=0.9,
)


def items(*events: SocialEvent, presence: Presence | None = None, **changes: Any) -> list[Any]:
    known = Presence(profiles=(FORMER, TELEGRAM)) if presence is None else presence
    found = compose_events(Site(), events, {"daily": make_source(**changes)}, {"daily": make_info()}, {"daily": known})
    return list(found.items)


@pytest.mark.parametrize(
    ("event", "title"),
    [
        (ADDED, "The Daily is on Telegram (daily)"),
        (
            replace(ADDED, event="profile.changed", former="telegram:old"),
            "The Daily has another name on Telegram (daily)",
        ),
        (replace(ADDED, event="profile.gone"), "The Daily no longer names Telegram (daily)"),
        (POST, "The Daily on Telegram (daily): The river"),
    ],
)
def test_each_event_is_told_in_words_and_for_programs(event: SocialEvent, title: str) -> None:
    (item,) = items(event)
    assert (item.title, item.id, item.categories, item.url) == (title, event.guid, (event.event,), event.url)
    assert (item.published, item.links[0].platform, item.links[0].kind) == (MOMENT, "telegram", event.kind)


def test_a_change_says_what_it_was_and_a_post_what_it_is_about() -> None:
    changed = replace(ADDED, event="profile.changed", former="telegram:old", former_url="https://t.me/old")
    assert "https://t.me/old" in items(changed)[0].summary
    assert [(it.rel, it.href) for it in items(POST)[0].links] == [
        ("related", "https://t.me/daily/1"),
        ("via", "https://daily.example/river"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [{"status": "rejected"}, {"confidence": 0.5}, {"owner": "third_party"}],
)
def test_a_name_of_before_that_is_not_published_is_not_told_of(hidden: dict[str, Any]) -> None:
    changed = replace(ADDED, event="profile.changed", former="telegram:old", former_url="https://t.me/old")
    denied = frozenset({"telegram:old"} if "status" in hidden else ())
    presence = Presence(profiles=(replace(FORMER, **hidden), TELEGRAM), denied=denied)
    (item,) = items(changed, presence=presence)
    assert (item.title, item.categories) == ("The Daily is on Telegram (daily)", ("profile.added",))
    assert (item.id, item.url) == (changed.guid, "https://t.me/daily")
    assert "old" not in f"{item.title} {item.summary} {item.links}"


@pytest.mark.parametrize(
    ("event", "title"),
    [
        (ADDED, "{} есть на платформе Telegram (daily)"),
        (
            replace(ADDED, event="profile.changed", former="telegram:old"),
            "{}: новое имя на платформе Telegram (daily)",
        ),
        (replace(ADDED, event="profile.gone"), "{} больше не указывает Telegram (daily)"),
    ],
)
def test_russian_publishers_of_any_gender_are_told_of_in_russian(event: SocialEvent, title: str) -> None:
    known = {"daily": Presence(profiles=(FORMER, TELEGRAM))}
    for name in ("Ярославская газета", "Вестник", "Радио"):
        source = {"daily": make_source(title=name)}
        (item,) = compose_events(Site(), [event], source, {"daily": make_info(language="ru-RU")}, known).items
        assert item.title == title.format(name)


@pytest.mark.parametrize(
    "presence",
    [
        Presence(),
        Presence(profiles=(replace(TELEGRAM, status="rejected"),), denied=frozenset({"telegram:daily"})),
        Presence(profiles=(replace(TELEGRAM, confidence=0.5),)),
        Presence(profiles=(replace(TELEGRAM, kind="share"),)),
    ],
)
def test_of_what_is_not_published_nothing_is_told(presence: Presence) -> None:
    assert items(ADDED, presence=presence) == []


def test_of_posts_on_an_account_that_is_denied_nothing_is_told() -> None:
    rejected = Presence(profiles=(replace(TELEGRAM, status="rejected"),), denied=frozenset({"telegram:daily"}))
    assert items(replace(POST, handle="Daily"), presence=rejected) == []
    assert len(items(POST, presence=replace(rejected, allowed=frozenset({"telegram:daily/1"})))) == 1
    assert len(items(replace(POST, handle="other"), presence=rejected)) == 1


def test_what_the_operator_declares_is_not_gone() -> None:
    declared = Presence(profiles=(replace(TELEGRAM, confidence=1.0),))
    assert items(replace(ADDED, event="profile.gone"), presence=declared) == []
    assert len(items(ADDED, presence=declared)) == 1


def test_of_authors_nothing_is_told() -> None:
    author = replace(TELEGRAM, owner="author", author="Anna")
    assert items(replace(ADDED, owner="author"), presence=Presence(profiles=(author,))) == []


def test_events_of_sources_that_are_no_more_are_not_told() -> None:
    assert compose_events(Site(), [ADDED], {}, {}, {}).items == ()


def test_a_private_source_shows_no_address_of_its_own() -> None:
    (item,) = items(POST, private=True)
    assert "daily.example" not in str(replace(item, id=""))


def test_of_a_post_that_names_a_private_sources_host_nothing_is_told() -> None:
    post = replace(POST, key="fediverse:x", platform="fediverse", url="https://social.daily.example/@daily/1")
    assert items(post, private=True) == []
    assert len(items(post)) == 1


def test_of_a_post_that_is_unsure_or_nowhere_nothing_is_told_unless_the_operator_says_so() -> None:
    unsure = replace(POST, confidence=0.59)
    assert items(unsure) == items(replace(POST, url="javascript:x")) == []
    (item,) = items(unsure, presence=Presence(allowed=frozenset({POST.key})))
    assert item.links[0].confidence == 1.0
    assert len(items(replace(POST, confidence=0.6))) == 1


def test_an_event_is_told_in_the_language_of_its_source_or_of_the_operator() -> None:
    known = {"daily": Presence(profiles=(TELEGRAM,))}
    for info, source, language in (("", "RU", "ru"), ("rus", "", "ru"), ("en", "ru", "en"), ("", "", "")):
        sources = {"daily": make_source(language=source)}
        (item,) = compose_events(Site(), [ADDED], sources, {"daily": make_info(language=info)}, known).items
        assert (item.language, "платформе" in item.title) == (language, language == "ru")


def test_the_feed_is_about_the_page_of_a_site_with_letters_of_its_own() -> None:
    document = compose_events(Site(base_url="https://новости.рф/"), [], {}, {}, {})
    page = "https://xn--b1amnebsh.xn--p1ai/social"
    assert (document.id, document.url, document.feed_url) == (f"{page}#events", page, page)


def test_what_an_article_is_called_stands_on_one_line() -> None:
    (item,) = items(replace(POST, article="\x01The\n river"))
    assert item.title.endswith(": The river")
    assert item.summary.endswith("About: The river")


def test_the_feed_is_bounded_and_a_feed_in_each_format() -> None:
    events = [replace(ADDED, guid=f"urn:x-syndicator:event:{it}") for it in range(LIMIT + 50)]
    document = compose_events(
        Site(), events, {"daily": make_source()}, {"daily": make_info()}, {"daily": Presence(profiles=(TELEGRAM,))}
    )
    assert len(document.items) == LIMIT
    for name in ("rss", "atom"):
        parsed = feedparser.parse(FORMATS[name].render(document))
        assert (parsed.bozo, len(parsed.entries)) == (0, LIMIT)
    (link,) = json.loads(FORMATS["json"].render(document))["items"][0]["_syndicator"]["social"]
    assert (link["platform"], link["kind"], link["confidence"]) == ("telegram", "profile", 0.85)
