"""Writing down: identity for ever, dates that do not go back, nothing twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from support.arrivals import FULL, told
from support.builders import MOMENT, make_article
from syndicator.model.noun import replace
from syndicator.model.placement import Joins, Opens, Repeats, Updates
from syndicator.model.social import SocialLink
from syndicator.store import Recording, Store
from syndicator.store.rekeying import Likeness, former
from syndicator.text.keys import text_key, title_key, url_key
from syndicator.text.likeness import sketch

Write = Callable[..., object]
LATER = MOMENT + timedelta(hours=2)


def keyed(**changes: object):
    made = make_article(**changes)
    return replace(
        made, url_key=url_key(made.canonical_url), text_key=text_key(made.text), title_key=title_key(made.title)
    )


def only_story(store: Store):
    (story,) = store.stories([number for number, _ in store.select(limit=10)])
    return story


def test_an_article_comes_back_as_it_went_in(store: Store, write: Write) -> None:
    article = keyed(raw=b"<item/>", found_hash=b"h", enclosures=(), authors=())
    assert write(article) == Opens()
    story = only_story(store)
    assert story.lead == article
    assert story.guid == article.guid
    assert [copy.source_id for copy in story.copies] == ["daily"]


def test_the_same_article_again_changes_nothing(store: Store, write: Write) -> None:
    article = keyed(found_hash=b"h")
    write(article)
    before = only_story(store)
    assert isinstance(write(article, LATER), Repeats)
    assert only_story(store) == before


def test_a_day_without_a_time_does_not_put_a_story_below_all_that_came_that_day(store: Store, write: Write) -> None:
    day = MOMENT.replace(hour=0)
    last = day + timedelta(days=1, seconds=-1)
    for number, (first_seen, ordered) in enumerate(
        [
            (MOMENT, MOMENT),  # it came on that day
            (day + timedelta(days=1, hours=9), last),  # on the next one
            (day + timedelta(days=2), day),  # later: it may have been anywhere in it
            (day - timedelta(hours=2), day - timedelta(hours=2)),  # before: where it is that day already
        ]
    ):
        article = keyed(key=f"{number}", guid=f"urn:x:{number}", url="", canonical_url="", text="", published=day)
        write(replace(article, whole_day=True), first_seen)
        (story,) = store.stories([number + 1])
        assert (story.sort_at, story.updated) == (ordered, ordered)
    write(replace(article, key="m", guid="urn:x:m"), MOMENT)  # midnight, to the second, and not as a day
    assert store.stories([5])[0].sort_at == day


def test_a_copy_joins_and_keeps_its_own_address_and_id(store: Store, write: Write) -> None:
    write(keyed())
    copy = keyed(source_id="other", key="o", guid="o", url="https://daily.example/2026/river?from=other")
    assert write(copy, LATER) == Joins(story=1, reason="url")
    story = only_story(store)
    assert story.lead.source_id == "daily"
    assert [(it.source_id, it.url, it.guid, it.reason) for it in story.copies][1] == (
        "other",
        "https://daily.example/2026/river?from=other",
        "o",
        "url",
    )
    assert story.updated == MOMENT - timedelta(hours=1), "a further copy is no update"


def test_what_is_published_of_a_story_is_made_anew_when_a_copy_comes_or_is_edited(store: Store, write: Write) -> None:
    edited = keyed(source_id="other", key="o", html="<p>new markup</p>", found_hash=b"2")
    seen = []
    for article in (keyed(), keyed(source_id="other", key="o", found_hash=b"1"), edited):
        write(article, LATER)
        seen += [revision for _, revision in store.select(limit=9)]
    assert len(seen) == 3
    assert seen == sorted(set(seen))


class TestUpdated:
    def test_moves_when_the_words_change(self, store: Store, write: Write) -> None:
        write(keyed(found_hash=b"1"))
        assert write(keyed(found_hash=b"2", title="The river has fallen"), LATER) == Updates(
            article=1, substantive=True
        )
        story = only_story(store)
        assert story.updated == LATER
        assert story.lead.title == "The river has fallen"

    def test_stays_when_only_markup_changes_yet_the_markup_is_kept(self, store: Store, write: Write) -> None:
        write(keyed(found_hash=b"1"))
        before = only_story(store).updated
        write(keyed(found_hash=b"2", html="<p>new markup</p>"), LATER)
        assert only_story(store).updated == before
        assert only_story(store).lead.html == "<p>new markup</p>"

    def test_never_goes_back_when_the_clock_does(self, store: Store, write: Write) -> None:
        write(keyed(found_hash=b"1"), LATER)
        write(keyed(found_hash=b"2", title="x"), MOMENT - timedelta(days=400))
        assert only_story(store).updated >= MOMENT - timedelta(hours=1)


class TestTheDate:
    def test_of_a_story_is_never_later_than_its_arrival(self, store: Store, write: Write) -> None:
        write(keyed(published=MOMENT + timedelta(days=3000)))
        assert only_story(store).sort_at == MOMENT

    def test_of_a_story_that_names_none_is_its_arrival(self, store: Store, write: Write) -> None:
        write(keyed(published=None))
        assert only_story(store).sort_at == MOMENT

    def test_does_not_move_when_the_source_changes_it(self, store: Store, write: Write) -> None:
        write(keyed(found_hash=b"1"))
        before = only_story(store).sort_at
        write(keyed(found_hash=b"2", published=MOMENT - timedelta(days=9)), LATER)
        assert only_story(store).sort_at == before

    def test_of_an_article_whose_page_came_later_is_that_of_its_listing(self, store: Store, write: Write) -> None:
        write(keyed(published=None), LATER, MOMENT)
        assert only_story(store).first_seen == MOMENT


def test_a_new_lead_with_the_same_words_is_no_update(store: Store, write: Write) -> None:
    write(keyed(claimed=True, source_id="other", key="o", guid="urn:x:claim"))
    before = only_story(store).updated
    write(keyed(), LATER)
    assert only_story(store).updated == before


def test_a_new_lead_brings_its_words_but_not_its_id(store: Store, write: Write) -> None:
    write(keyed(claimed=True, source_id="other", key="o", guid="urn:x:claim"))
    assert write(keyed(), LATER) == Joins(story=1, reason="url", leads=True)
    story = only_story(store)
    assert story.lead.source_id == "daily"
    assert story.guid == "urn:x:claim"


def test_a_publishers_channels_are_gathered_from_its_articles(store: Store, write: Write) -> None:
    telegram = SocialLink(platform="telegram", handle="daily", url="https://t.me/daily", label="Telegram")
    quoted = SocialLink(platform="vk", owner="third_party", url="https://vk.com/someone")
    write(keyed(social=(telegram, quoted)))
    write(keyed(key="2", guid="urn:x:2", canonical_url="https://daily.example/2", social=(telegram,)))
    (profile,) = store.profiles()["daily"]
    assert (profile.key, profile.url, profile.label, profile.articles) == (
        "telegram:daily",
        telegram.url,
        telegram.label,
        2,
    )


def test_what_is_interrupted_is_not_written_at_all(store: Store) -> None:
    before = store.revision()

    def interrupted() -> None:
        with store.recording(MOMENT) as recording:
            recording.write(keyed(), Opens(), b"s")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert store.select(limit=9) == []
    assert store.revision() == before


def test_a_deleted_story_changes_what_is_shown(store: Store, write: Write) -> None:
    write(keyed())
    before = store.revision()
    with store.recording(LATER) as recording:
        recording.stories.withdraw(1)
    assert store.revision() > before


def test_an_article_under_another_key_is_the_same_one(store: Store, write: Write) -> None:
    write(keyed(key="old"))
    write(keyed(source_id="other", key="old"))
    before = store.stories([1])
    with store.recording(LATER) as recording:
        recording.renamed("daily", [("old", "new"), ("none", "any")])
        assert recording.known("daily", "old") is None
        known = recording.known("daily", "new")
        assert known is not None
        assert known.article == 1
        assert recording.known("other", "old") is not None
    assert store.stories([1]) == before
    assert store.memory("daily").entries.keys() == {"new"}


def test_a_key_that_is_taken_is_not_given_again(store: Store, write: Write) -> None:
    write(keyed(key="one"))
    write(keyed(key="two", canonical_url="https://daily.example/2"))
    with store.recording(LATER) as recording:
        recording.renamed("daily", [("one", "two")])
    assert store.memory("daily").entries.keys() == {"one", "two"}


BEFORE = make_article(sketch=sketch(told("before")))
AFTER = replace(BEFORE, html=f"<p>{FULL}</p>", text=FULL, sketch=sketch(FULL))
COMPARED_BY = former({it: getattr(BEFORE, it) for it in ("found_hash", "url_key", "text_key", "title_key", "sketch")})


@pytest.mark.parametrize(
    "give",
    [
        lambda recording: recording.write(AFTER, Updates(article=1, substantive=True), b""),
        lambda recording: recording.renew(1, AFTER, b""),
        lambda recording: recording.rekey([Likeness(1, COMPARED_BY, b"", b"", b"", AFTER.sketch)]),
    ],
    ids=["edited", "renewed", "rekeyed"],
)
def test_an_article_is_found_by_the_words_that_it_has_now(
    store: Store, write: Write, give: Callable[[Recording], None]
) -> None:
    write(BEFORE)
    with store.recording(LATER) as recording:
        give(recording)
        found = [len(recording.neighbours(replace(it, source_id="other"))) for it in (BEFORE, AFTER)]
    assert found == [0, 1]
