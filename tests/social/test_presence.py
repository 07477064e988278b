"""A source's places, all told: labels with their profiles, conflicts, and the operator's word."""

from datetime import timedelta

import pytest

from support.builders import MOMENT
from syndicator.model.noun import replace
from syndicator.model.presence import Evidence, Profile
from syndicator.social.presence import declared, heeded, joined, named

LINE = Evidence(place="subscription line", confidence=0.85, first_seen=MOMENT, last_seen=MOMENT, count=1)
HOUR = timedelta(hours=1)
NAME = replace(LINE, place="subscription line, a name alone", confidence=0.3)
TELEGRAM = Profile(
    source_id="nsn",
    key="telegram:nsnfm",
    platform="telegram",
    handle="nsnfm",
    url="https://t.me/nsnfm",
    label="Telegram",
    evidence=(LINE,),
    articles=1,
)
LABEL = Profile(
    source_id="nsn", key="telegram:", platform="telegram", label="Телеграм", evidence=(NAME,), status="label_only"
)
NEWS = replace(LABEL, key="unknown:новости", platform="unknown", label="Новости")
SITE = replace(TELEGRAM, key="site:nsn.fm/news", platform="site", handle="", url="https://nsn.fm/news", label="Новости")


def test_a_label_is_evidence_of_the_one_profile_of_its_platform():
    (only,) = joined([TELEGRAM, LABEL])
    assert only.url == TELEGRAM.url
    assert [it.place for it in only.evidence] == ["subscription line", "subscription line, a name alone"]
    assert only.confidence == pytest.approx(1 - 0.15 * 0.7)


def test_a_label_without_a_profile_stays_a_label_and_gets_no_address():
    (only,) = joined([LABEL])
    assert (only.url, only.status, only.confidence) == ("", "label_only", pytest.approx(0.3))


def test_a_label_that_several_platforms_share_joins_what_bears_it():
    assert [it.key for it in joined([SITE, NEWS])] == ["site:nsn.fm/news"]
    assert [it.key for it in joined([TELEGRAM, NEWS])] == ["telegram:nsnfm", "unknown:новости"]


def test_two_labels_of_one_account_are_told_as_one_kind_of_place():
    often = replace(NAME, confidence=0.4, first_seen=MOMENT - HOUR, last_seen=MOMENT - HOUR, count=2)
    (only,) = joined([replace(TELEGRAM, label="Новости"), LABEL, replace(NEWS, evidence=(often,))])
    assert only.evidence == (LINE, replace(often, last_seen=MOMENT, count=3))


def test_a_label_says_nothing_of_two_accounts_and_they_are_flagged():
    other = replace(TELEGRAM, key="telegram:nsn_sport", handle="nsn_sport", url="https://t.me/nsn_sport")
    found = joined([TELEGRAM, other, LABEL])
    assert [(it.key, it.conflict) for it in found] == [
        ("telegram:nsnfm", True),
        ("telegram:nsn_sport", True),
        ("telegram:", False),
    ]
    assert all(len(it.evidence) == 1 for it in found)


def test_accounts_of_authors_without_a_name_are_those_of_several_people():
    first = replace(TELEGRAM, owner="author")
    other = replace(first, key="telegram:other", handle="other", url="https://t.me/other")
    assert [it.conflict for it in joined([first, other])] == [False, False]
    named_ = [replace(it, author="Anna") for it in (first, other)]
    assert [it.conflict for it in joined(named_)] == [True, True]


def test_a_label_joins_the_account_that_is_still_shown():
    gone = replace(TELEGRAM, key="telegram:old", handle="old", url="https://t.me/old", status="gone")
    found = {it.key: it for it in joined([gone, TELEGRAM, LABEL])}
    assert len(found["telegram:nsnfm"].evidence) == 2
    assert not found["telegram:nsnfm"].conflict


def test_an_authors_label_is_no_evidence_of_the_publisher():
    assert len(joined([TELEGRAM, replace(LABEL, owner="author")])) == 2


def test_what_three_articles_show_is_surer():
    (often,) = joined([replace(TELEGRAM, articles=3)])
    assert often.confidence == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("url", "platform", "key"),
    [
        ("https://t.me/s/NSNfm", "telegram", "telegram:nsnfm"),
        ("https://social.example/@news", "fediverse", "fediverse:news@social.example"),
        ("https://nsn.fm/news", "site", "site:nsn.fm/news"),
        ("https://elsewhere.example/nsn", "unknown", "unknown:elsewhere.example/nsn"),
    ],
)
def test_what_is_declared_is_certain(url, platform, key):
    (profile,) = declared("nsn", [url], "https://nsn.fm/")
    assert (profile.platform, profile.key, profile.confidence) == (platform, key, 1.0)
    assert profile.evidence[0].place == "configuration"


def test_what_is_declared_twice_is_one_place():
    urls = ["https://t.me/nsnfm", "https://t.me/s/NSNFM", "https://x.com/nsn", "https://twitter.com/NSN"]
    assert [it.key for it in declared("nsn", urls)] == ["telegram:nsnfm", "x:nsn"]


def test_a_declaration_adds_to_what_articles_show():
    said = list(declared("nsn", ["https://t.me/nsnfm", "https://dzen.ru/nsn"]))
    presence = heeded(joined([replace(TELEGRAM, status="gone")]), said, {})
    assert [(it.key, it.confidence, it.status) for it in presence.profiles] == [
        ("telegram:nsnfm", 1.0, "active"),
        ("dzen:nsn", 1.0, "active"),
    ]
    assert [it.place for it in presence.profiles[0].evidence] == ["configuration", "subscription line"]


def test_what_is_denied_is_rejected_whoever_says_so_and_wins():
    for words, denied in (({"telegram:nsnfm": "deny"}, ()), ({}, ("telegram:nsnfm",))):
        (profile,) = heeded(joined([TELEGRAM]), [], words, denied=denied).profiles
        assert profile.status == "rejected"
    said = list(declared("nsn", ["https://t.me/nsnfm"]))
    assert heeded([], said, {"telegram:nsnfm": "deny"}).profiles[0].status == "rejected"


@pytest.mark.parametrize(
    ("key", "url"),
    [("fediverse:nsn@own.example", "https://own.example/@nsn"), ("site:nsn.fm/news", "https://nsn.fm/news")],
)
def test_what_no_platform_has_is_denied_by_its_address(key, url):
    other = replace(TELEGRAM, key=key, platform=key.partition(":")[0], handle="", url=url)
    presence = heeded(joined([TELEGRAM, other]), list(declared("nsn", [url], "https://nsn.fm/")), {}, denied=(url,))
    assert [it.status for it in presence.profiles] == ["active", "rejected"]
    assert key in presence.denied


def test_what_is_allowed_is_certain_and_owned_is_the_publishers_alone():
    unsure = replace(TELEGRAM, evidence=(replace(LINE, confidence=0.2),))
    author = replace(TELEGRAM, key="telegram:anna", owner="author")
    presence = heeded(joined([unsure, author]), [], {"telegram:nsnfm": "allow"}, owned=True)
    assert [(it.confidence, it.owned) for it in presence.profiles] == [(1.0, True), (pytest.approx(0.85), False)]


def test_a_link_is_named_by_key_or_by_any_of_its_addresses():
    presence = heeded([TELEGRAM, SITE], [], {})
    for word in ("telegram:nsnfm", "https://t.me/nsnfm", "https://telegram.me/s/nsnfm"):
        assert [it.key for it in named(presence, word)] == ["telegram:nsnfm"]
    assert [it.key for it in named(presence, "https://nsn.fm/news")] == ["site:nsn.fm/news"]
    assert named(presence, "https://t.me/other") == []
