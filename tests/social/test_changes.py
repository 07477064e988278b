"""What becomes of a source's profiles over time, and what is told of it."""

from datetime import timedelta

import pytest

from support.builders import MOMENT
from syndicator.model.noun import replace
from syndicator.model.social import SocialLink
from syndicator.social.changes import REPLACED_ARTICLES, Known, gone, guid, observe
from syndicator.social.profiles import Identity, sightings

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def link(handle, *, platform="telegram", host="t.me", evidence="subscription line", **changes):
    made = SocialLink(platform=platform, handle=handle, url=f"https://{host}/{handle}", confidence=0.85)
    return replace(made, evidence=evidence, **changes)


def see(known, *links, now=MOMENT, heard=1):
    """What becomes of what is known, all told, and the events as event and key."""
    after, events = observe("nsn", known, sightings(links), now, heard)
    left = {it.identity: it for it in known} | {it.identity: it for it in after}
    return list(left.values()), [(it.event, it.key) for it in events]


def test_what_is_new_is_told_once():
    known, told = see([], link("nsnfm"))
    assert told == [("profile.added", "telegram:nsnfm")]
    known, told = see(known, link("nsnfm"), now=MOMENT + DAY)
    assert told == []
    assert (known[0].first_seen, known[0].last_seen) == (MOMENT, MOMENT + DAY)


def test_a_name_alone_and_the_own_site_are_no_news():
    label = SocialLink(platform="dzen", label="Дзен", status="label_only", confidence=0.3, evidence="subscription line")
    site = link("news", platform="site", host="nsn.fm")
    known, told = see([], label, site)
    assert told == []
    assert [it.status for it in known] == ["label_only", "active"]


def test_another_name_in_the_same_place_is_a_change_when_many_articles_show_it_and_not_the_former():
    known, _ = see([], link("old_name"))
    for day in range(1, REPLACED_ARTICLES):
        known, told = see(known, link("new_name"), now=MOMENT + day * HOUR)
        assert told == [], "it may be the channel of a section"
    known, told = see(known, link("new_name"), now=MOMENT + DAY)
    assert told == [("profile.changed", "telegram:new_name")]
    old = next(it for it in known if it.handle == "old_name")
    assert (old.status, old.successor) == ("changed", "telegram:new_name")
    _, told = see(known, link("new_name"), now=MOMENT + 2 * DAY)
    assert told == []


@pytest.mark.parametrize(
    ("missed", "days", "expected"),
    [(10, 7, "profile.changed"), (9, 7, None), (10, 6, None), (60, 13, "profile.changed"), (0, 99, None)],
)
def test_another_name_is_a_change_at_once_when_the_former_was_missing_for_long(missed, days, expected):
    known, _ = see([], link("old_name"), heard=5)
    _, told = see(known, link("new_name"), now=MOMENT + days * DAY, heard=5 + missed)
    assert [event for event, _ in told] == ([expected] if expected else [])


def test_a_former_that_is_missing_for_long_is_changed_though_few_articles_name_the_new_one():
    known, _ = see([], link("old_name"))
    known, told = see(known, link("new_name"), now=MOMENT + DAY, heard=5)
    assert told == []
    _, told = see(known, link("new_name"), now=MOMENT + 8 * DAY, heard=20)
    assert told == [("profile.changed", "telegram:new_name")]


@pytest.mark.parametrize(
    "links",
    [
        pytest.param((link("first_one"), link("other_one")), id="both are shown"),
        pytest.param((link("other_one", evidence="telegram:channel"),), id="in another kind of place"),
        pytest.param((link("other_one", platform="vk", host="vk.com"),), id="on another platform"),
        pytest.param((link("one_other"), link("other_one")), id="two at once"),
        pytest.param((link("other_one", kind="invite", url="https://t.me/+AbCdEfG"),), id="an invitation"),
    ],
)
def test_what_takes_nobodys_place_is_added(links):
    known, _ = see([], link("first_one"))
    _, told = see(known, *links, now=MOMENT + DAY)
    assert {event for event, _ in told} == {"profile.added"}


def test_of_two_accounts_none_has_another_name_when_a_third_comes():
    known, _ = see([], link("first_one"), link("second_one"))
    _, told = see(known, link("third_one"), now=MOMENT + DAY)
    assert told == [("profile.added", "telegram:third_one")]


def test_authors_come_and_go_untold():
    known, told = see([], link("reporter0", owner="author"))
    assert told == []
    for number in range(1, 30):
        known, told = see(known, link(f"reporter{number}", owner="author"), now=MOMENT + number * DAY, heard=number)
        assert told == [], "three pages that differ in their author alone are no new names of one account"
    assert {it.status for it in known} == {"active"}
    assert gone("nsn", known, {}, MOMENT) == []


def test_a_name_that_comes_back_was_no_change_and_the_other_is_one_more():
    known, _ = see([], link("first_one"))
    known, told = see(known, link("other_one"), now=MOMENT + DAY)
    assert told == [], "nobody knows yet what it is"
    known, told = see(known, link("first_one"), now=MOMENT + 2 * DAY)
    assert told == [("profile.added", "telegram:other_one")]
    assert {it.handle: (it.status, it.successor) for it in known} == {
        "first_one": ("active", ""),
        "other_one": ("active", ""),
    }
    for day in range(3, 30):
        known, told = see(known, link("other_one"), now=MOMENT + day * DAY, heard=day)
        assert told == [], "sections that name their own channels change nothing, however often"


def test_what_comes_while_a_change_is_in_doubt_makes_three_accounts():
    known, _ = see([], link("first_one"))
    known, _ = see(known, link("other_one"), now=MOMENT + DAY)
    known, told = see(known, link("third_one"), now=MOMENT + 2 * DAY)
    assert sorted(told) == [("profile.added", "telegram:other_one"), ("profile.added", "telegram:third_one")]
    assert {it.successor for it in known} == {""}


def test_when_one_is_gone_what_came_in_its_place_is_told_if_it_is_still_there():
    known, _ = see([], link("first_one"))
    (first, other), _ = see(known, link("other_one"), now=MOMENT + DAY)
    events = gone("nsn", [first], {other.identity: other}, MOMENT + 20 * DAY)
    assert [(it.event, it.key) for it in events] == [
        ("profile.gone", "telegram:first_one"),
        ("profile.added", "telegram:other_one"),
    ]
    events = gone("nsn", [first, other], {other.identity: other}, MOMENT + 20 * DAY)
    assert [(it.event, it.key) for it in events] == [("profile.gone", "telegram:first_one")]


def test_what_was_gone_begins_anew():
    known, _ = see([], link("nsnfm"))
    (event,) = gone("nsn", known, {}, MOMENT + 20 * DAY)
    assert (event.event, event.at) == ("profile.gone", MOMENT + 20 * DAY)
    known, told = see([replace(known[0], status="gone")], link("nsnfm"), now=MOMENT + 21 * DAY)
    assert told == [("profile.added", "telegram:nsnfm")]
    assert (known[0].status, known[0].first_seen) == ("active", MOMENT + 21 * DAY)


def test_the_same_event_has_the_same_id_and_another_has_another():
    first = guid("nsn", "telegram:nsnfm", "profile.added", MOMENT)
    assert first == guid("nsn", "telegram:nsnfm", "profile.added", MOMENT)
    others = {
        guid("ria", "telegram:nsnfm", "profile.added", MOMENT),
        guid("nsn", "telegram:other", "profile.added", MOMENT),
        guid("nsn", "telegram:nsnfm", "profile.gone", MOMENT),
        guid("nsn", "telegram:nsnfm", "profile.added", MOMENT + DAY),
    }
    assert len(others | {first}) == 5
    assert first.startswith("urn:x-syndicator:event:")


def test_a_clock_that_was_set_back_moves_no_date_back():
    known, _ = see([], link("nsnfm"))
    known, _ = see(known, link("nsnfm"), now=MOMENT - DAY)
    assert (known[0].first_seen, known[0].last_seen) == (MOMENT - DAY, MOMENT)
    assert isinstance(known[0], Known)
    assert known[0].identity == Identity(owner="publisher", author="", kind="profile", key="telegram:nsnfm")
