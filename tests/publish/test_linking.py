"""Which links are published, and as what."""

import pytest

from support.builders import make_source
from syndicator.model.noun import replace
from syndicator.model.presence import Presence, Profile
from syndicator.model.social import SocialLink
from syndicator.publish.linking import article_links, interaction, name_of, profile_links

TELEGRAM = Profile(
    source_id="daily",
    key="telegram:daily",
    platform="telegram",
    handle="daily",
    url="https://t.me/daily",
    confidence=0.85,
)
POST = SocialLink(platform="telegram", kind="post", owner="article", url="https://t.me/daily/1", confidence=0.85)
TALK = SocialLink(
    platform="fediverse", kind="discussion", owner="article", url="https://mastodon.social/@daily/1", confidence=0.9
)


def links(*found, presence=None, least=0.6, **changes):
    return article_links(found, presence or Presence(), make_source(**changes), least)


def test_a_profile_is_related_and_me_only_to_its_owner():
    profiles = Presence(
        profiles=(TELEGRAM, replace(TELEGRAM, key="x:daily", platform="x", url="https://x.com/daily", owned=True))
    )
    found = profile_links(profiles, make_source(), 0.6)
    assert [(it.rel, it.title, it.platform) for it in found] == [("related", "Telegram", "telegram"), ("me", "X", "x")]


def test_a_profile_without_a_label_is_called_as_its_platform_or_as_its_host():
    bare = replace(TELEGRAM, label="")
    assert name_of(bare) == "Telegram"
    assert name_of(replace(bare, platform="unknown", url="https://www.elsewhere.example/nsn")) == "elsewhere.example"


@pytest.mark.parametrize(
    "changes",
    [{"status": "gone"}, {"status": "changed"}, {"platform": "site"}, {"owner": "author"}, {"confidence": 0.59}],
    ids=str,
)
def test_what_is_past_or_unsure_or_an_authors_is_not_at_the_head_of_a_feed(changes):
    assert profile_links(Presence(profiles=(replace(TELEGRAM, **changes),)), make_source(), 0.6) == ()


def test_an_article_is_linked_with_its_posts_discussions_and_authors():
    author = SocialLink(platform="x", owner="author", handle="anna", url="https://x.com/anna", confidence=0.9)
    assert [(it.rel, it.kind, it.owner) for it in links(author, POST, TALK)] == [
        ("replies", "discussion", "article"),
        ("related", "post", "article"),
        ("related", "profile", "author"),
    ]


@pytest.mark.parametrize(
    "link",
    [
        replace(POST, owner="third_party"),
        replace(POST, kind="share"),
        replace(POST, kind="other"),
        replace(POST, status="rejected"),
        replace(POST, confidence=0.3),
        replace(POST, url="javascript:alert(1)"),
        replace(POST, kind="profile", owner="publisher"),
    ],
    ids=lambda it: f"{it.kind} {it.owner} {it.status} {it.confidence}",
)
def test_what_is_quoted_shared_rejected_or_unsure_is_in_no_item(link):
    assert links(link) == ()


def test_the_operators_word_counts_for_items_too():
    assert links(POST, presence=Presence(denied=frozenset({"telegram:daily/1"}))) == ()
    assert links(replace(POST, handle="daily"), presence=Presence(denied=frozenset({"telegram:daily"}))) == (), (
        "nor what is on a denied account"
    )
    assert (
        len(links(replace(POST, handle="daily"), presence=Presence(denied=frozenset({"vk:daily", "telegram:other"}))))
        == 1
    )
    (link,) = links(replace(POST, confidence=0.1), presence=Presence(allowed=frozenset({"telegram:daily/1"})))
    assert link.confidence == 1.0


def test_two_pieces_of_evidence_are_one_link():
    (link,) = links(POST, replace(POST, evidence="channel post", confidence=0.5))
    assert link.confidence == pytest.approx(1 - 0.15 * 0.5)


def test_no_link_leads_to_where_a_private_source_is():
    home = replace(POST, platform="unknown", kind="discussion", url="https://daily.example/talk?token=1")
    assert links(home, private=True) == ()
    assert len(links(home)) == 1


def test_podcast_apps_are_told_of_the_surest_discussion_that_they_know():
    x = replace(TALK, platform="x", url="https://x.com/daily/status/1", confidence=0.7)
    vk = replace(TALK, platform="vk", url="https://vk.com/topic-1_2", confidence=0.99)
    best, protocol = interaction(links(x, vk, TALK)) or (None, "")
    assert (best and best.href, protocol) == (TALK.url, "activitypub")
    assert interaction(links(vk, POST)) is None
