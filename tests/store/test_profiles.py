"""What articles show of publishers, written down: counted once, bounded, and told once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from support.builders import MOMENT, make_article
from syndicator.model.article import Article, Origin, Person
from syndicator.model.noun import replace
from syndicator.model.placement import Repeats, Updates
from syndicator.model.presence import Profile
from syndicator.model.rights import Rights
from syndicator.model.social import Credit, SocialLink
from syndicator.social.profiles import OFTEN
from syndicator.store import Store
from syndicator.store.profiles import MOST_PROFILES
from syndicator.text.keys import text_key, title_key, url_key

Write = Callable[..., object]
DAY = timedelta(days=1)
TELEGRAM = SocialLink(
    platform="telegram",
    handle="daily",
    url="https://t.me/daily",
    label="Telegram",
    confidence=0.85,
    evidence="subscription line",
    locator="line 7",
)


def article(number: int, *links: SocialLink, **changes: Any) -> Article:
    url = f"https://daily.example/{number}"
    made = make_article(
        key=url, guid=url, url=url, canonical_url=url, title=f"Title {number}", text=f"Text {number}", social=links
    )
    made = replace(made, **({"found_hash": b"%d" % number} | changes))
    return replace(
        made, url_key=url_key(made.canonical_url), text_key=text_key(made.text), title_key=title_key(made.title)
    )


def only(store: Store) -> Profile:
    ((profile,),) = store.profiles().values()
    return profile


def told(store: Store) -> list[tuple[str, str]]:
    return [(it.event, it.key) for it in reversed(store.social_events(99))]


def heard(store: Store, count: int, source_id: str = "daily") -> None:
    """The source has had so many articles more."""
    with store.recording(MOMENT) as recording:
        recording.paragraphs.heard(source_id, count)


def test_a_profile_has_all_that_its_articles_show(store: Store, write: Write) -> None:
    meta = replace(TELEGRAM, label="", confidence=0.9, evidence="telegram:channel", locator="meta")
    write(article(1, TELEGRAM, meta))
    write(article(2, replace(TELEGRAM, locator="line 9", seen="https://telegram.me/daily")), MOMENT + DAY)
    profile = only(store)
    assert (profile.key, profile.url, profile.label, profile.articles) == (
        "telegram:daily",
        TELEGRAM.url,
        "Telegram",
        2,
    )
    assert (profile.first_seen, profile.last_seen) == (MOMENT, MOMENT + DAY)
    assert profile.seen_urls == ("https://t.me/daily", "https://telegram.me/daily")
    assert [(it.place, it.locator, it.count, it.first_seen, it.last_seen, it.url) for it in profile.evidence] == [
        ("telegram:channel", "meta", 1, MOMENT, MOMENT, "https://daily.example/1"),
        ("subscription line", "line 9", 2, MOMENT, MOMENT + DAY, "https://daily.example/2"),
    ]


def test_the_same_article_again_changes_nothing(store: Store, write: Write) -> None:
    write(article(1, TELEGRAM))
    before, state = store.profiles(), store.social_state()
    assert isinstance(write(article(1, TELEGRAM), MOMENT + DAY), Repeats)
    assert (store.profiles(), store.social_state()) == (before, state)
    assert told(store) == [("profile.added", "telegram:daily")]


def test_an_article_that_is_edited_is_counted_once_however_often(store: Store, write: Write) -> None:
    write(article(1, TELEGRAM))
    for hours in range(1, 6):
        changed = article(1, TELEGRAM, found_hash=b"edit %d" % hours)
        assert isinstance(write(changed, MOMENT + hours * timedelta(hours=1)), Updates)
    profile = only(store)
    assert (profile.articles, profile.evidence[0].count) == (1, 1)
    assert profile.last_seen == MOMENT + timedelta(hours=5), "it has been seen since"
    vk = replace(TELEGRAM, platform="vk", url="https://vk.com/daily", label="VK")
    write(article(1, TELEGRAM, vk, found_hash=b"more"), MOMENT + DAY)
    assert {it.key: it.articles for it in store.profiles()["daily"]} == {"telegram:daily": 1, "vk:daily": 1}


def test_articles_without_links_write_nothing(store: Store, write: Write) -> None:
    before = store.social_state()
    write(article(1))
    assert (store.profiles(), store.social_events(9), store.social_state()) == ({}, [], before)


@pytest.mark.parametrize("terms", [Rights(robots=("noindex",)), Rights(unavailable_after="2026-04-01")], ids=repr)
def test_an_article_that_must_not_be_shown_is_named_nowhere(store: Store, write: Write, terms: Rights) -> None:
    post = replace(TELEGRAM, kind="post", owner="article", url="https://t.me/daily/17")
    credit = Credit(role="photographer", name="Jane Doe")
    write(article(1, TELEGRAM, post, terms=terms, credits=(credit,)))
    assert (only(store).evidence[0].url, only(store).evidence[0].article) == ("", "")
    assert store.credited(9) == {}
    assert told(store) == [("profile.added", "telegram:daily")]


@pytest.mark.parametrize("changes", [{"title": "Corrected"}, {"url": "https://daily.example/moved"}], ids=str)
def test_an_article_that_is_called_or_found_otherwise_is_told_where_it_is_named(
    store: Store, write: Write, changes: dict[str, str]
) -> None:
    for number in range(OFTEN + 1):
        write(article(number, TELEGRAM))
    write(article(100))
    before = store.social_state()
    write(article(100, found_hash=b"new", **changes))
    assert store.social_state() == before, "nothing names that one"
    write(article(0, TELEGRAM, found_hash=b"the same"))
    assert store.social_state() == before
    named = next(it for it in range(OFTEN + 1) if f"Title {it}" == only(store).evidence[0].article)
    write(article(named, TELEGRAM, found_hash=b"new", **changes))
    assert store.social_state() != before, "pages tell its former title"


def test_quoted_and_shared_links_are_nobodys_profiles(store: Store, write: Write) -> None:
    write(article(1, replace(TELEGRAM, owner="third_party"), replace(TELEGRAM, kind="share")))
    assert store.profiles() == {}


def test_what_was_taken_from_another_publisher_shows_that_ones_channels(store: Store, write: Write) -> None:
    write(article(1, TELEGRAM, origin=Origin(id="", title="НСН")))
    assert store.profiles() == {}
    write(article(2, TELEGRAM))
    assert only(store).key == "telegram:daily"


def test_an_authors_account_is_the_authors(store: Store, write: Write) -> None:
    author = replace(TELEGRAM, owner="author", handle="anna", url="https://t.me/anna_p")
    write(article(1, author, authors=(Person(name="Анна Петрова"),)))
    assert (only(store).owner, only(store).author) == ("author", "Анна Петрова")


def test_what_a_feed_says_of_itself_is_evidence_without_an_article(store: Store) -> None:
    account = replace(TELEGRAM, evidence="source:account", confidence=0.9)
    for day in range(3):
        with store.recording(MOMENT + day * DAY) as recording:
            recording.profiles.note_feed("daily", [account])
    profile = only(store)
    assert (profile.articles, profile.evidence[0].count, profile.evidence[0].url) == (0, 0, "")
    assert profile.last_seen == MOMENT + 2 * DAY
    assert told(store) == [("profile.added", "telegram:daily")]


class TestGone:
    def silent(self, store: Store, write: Write, articles: int, days: int) -> None:
        write(article(1, TELEGRAM))
        heard(store, articles)
        write(article(2), MOMENT + days * DAY)

    @pytest.mark.parametrize(("articles", "days"), [(29, 60), (300, 13), (29, 13)])
    def test_is_not_what_was_not_shown_for_a_while_alone(
        self, store: Store, write: Write, articles: int, days: int
    ) -> None:
        self.silent(store, write, articles, days)
        assert only(store).status == "active"
        assert told(store) == [("profile.added", "telegram:daily")]

    def test_is_what_thirty_articles_and_fourteen_days_do_not_show(self, store: Store, write: Write) -> None:
        self.silent(store, write, 30, 14)
        assert only(store).status == "gone"
        write(article(3), MOMENT + 99 * DAY)
        assert told(store) == [("profile.added", "telegram:daily"), ("profile.gone", "telegram:daily")]

    def test_is_told_again_after_it_came_back(self, store: Store, write: Write) -> None:
        self.silent(store, write, 30, 14)
        write(article(3, TELEGRAM), MOMENT + 15 * DAY)
        profile = only(store)
        assert (profile.status, profile.first_seen, profile.articles) == ("active", MOMENT + 15 * DAY, 1)
        assert profile.evidence[0].count == 1
        assert [event for event, _ in told(store)] == ["profile.added", "profile.gone", "profile.added"]

    def test_is_told_with_what_came_in_its_place_while_that_is_there(self, store: Store, write: Write) -> None:
        other = replace(TELEGRAM, handle="daily_sport", url="https://t.me/daily_sport")
        write(article(1, TELEGRAM))
        write(article(2, other), MOMENT + DAY)
        assert [(it.key, it.successor) for it in store.profiles()["daily"]] == [
            ("telegram:daily", ""),
            ("telegram:daily_sport", ""),
        ], "whether it is a new name is not known yet"
        assert told(store) == [("profile.added", "telegram:daily")]
        heard(store, 30)
        write(article(3), MOMENT + 14 * DAY)
        assert told(store)[1:] == [("profile.gone", "telegram:daily"), ("profile.added", "telegram:daily_sport")]

    def test_is_nothing_of_another_source(self, store: Store, write: Write) -> None:
        write(article(1, TELEGRAM))
        heard(store, 99, "other")
        write(replace(article(2), source_id="other"), MOMENT + 99 * DAY)
        assert only(store).status == "active"


def test_of_many_profiles_at_once_each_is_told_and_of_authors_none(store: Store, write: Write) -> None:
    accounts = [replace(TELEGRAM, handle=f"h{it}", url=f"https://t.me/h{it}") for it in range(150)]
    with store.recording(MOMENT) as recording:
        recording.profiles.note_feed("daily", accounts)
    assert len(store.social_events(999)) == 150
    author = replace(TELEGRAM, owner="author", evidence="twitter:creator")
    for number in range(70):
        name = Person(name=f"Author {number}")
        shown = replace(author, handle=f"a{number}", url=f"https://t.me/a{number}")
        write(article(number, TELEGRAM, shown, authors=(name,)))
    assert len(store.profiles()["daily"]) == 150 + 71
    assert len(store.social_events(999)) == 151, "the publisher's own one is the only one more"


def test_no_source_fills_the_database_with_profiles(store: Store, write: Write) -> None:
    links = [replace(TELEGRAM, handle=f"h{it:05}", url=f"https://t.me/h{it:05}") for it in range(1000)]
    write(article(0, TELEGRAM))
    for number in range(1, 6):
        write(article(number, TELEGRAM, *links[150 * number : 150 * number + 150]), MOMENT + number * DAY)
    profiles = store.profiles()["daily"]
    assert len(profiles) == MOST_PROFILES
    assert "telegram:daily" in {it.key for it in profiles}, "what is shown again and again stays"
    with store.recording(MOMENT) as recording:
        orphans = "SELECT count(*) FROM evidence WHERE profile NOT IN (SELECT id FROM profiles)"
        assert recording._db.execute(orphans).fetchone()[0] == 0


def test_the_operators_word_is_kept_and_taken_back(store: Store) -> None:
    before = store.social_state(), store.revision()
    store.set_profile_word("daily", "telegram:daily", "deny")
    store.set_profile_word("daily", "telegram:daily", "allow")
    assert store.social_words() == {"daily": {"telegram:daily": "allow"}}
    assert store.social_state() != before[0], "or nothing would be published anew"
    assert store.revision() > before[1]
    store.set_profile_word("daily", "telegram:daily", "")
    assert store.social_words() == {}


def test_a_profile_whose_address_is_written_otherwise_by_now_is_the_same(store: Store, write: Write) -> None:
    long = SocialLink(platform="whatsapp", handle="79991234567", url="https://whatsapp.com/send?phone=79991234567")
    write(article(1, replace(long, evidence="subscription line", confidence=0.85)))
    before = only(store)
    store.set_profile_word("daily", before.key, "allow")
    short = SocialLink(platform="whatsapp", handle="79991234567", url="https://wa.me/79991234567")
    write(article(2, replace(short, evidence="subscription line", confidence=0.85)))
    profile = only(store)
    assert (profile.key, profile.url, profile.status) == ("whatsapp:79991234567", short.url, "active")
    assert (profile.first_seen, profile.articles) == (before.first_seen, 2)
    assert store.social_words() == {"daily": {profile.key: "allow"}}
    assert told(store) == [("profile.added", profile.key)]
