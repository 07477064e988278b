"""Which links are published, and as what."""

import pytest

from support.builders import make_profile, make_source
from syndicator.model.noun import replace
from syndicator.model.presence import Presence
from syndicator.model.social import SocialLink
from syndicator.publish.linking import article_links, interaction, name_of, profile_links, publishable

TELEGRAM = make_profile(label="")
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


def test_a_link_that_is_denied_itself_is_not_shown_though_its_account_is_theirs():
    assert links(replace(POST, handle="daily"), presence=Presence(denied=frozenset({"telegram:daily/1"}))) == ()


def test_that_a_platforms_name_alone_is_denied_does_not_deny_what_is_on_it():
    assert len(links(POST, presence=Presence(denied=frozenset({"telegram:"})))) == 1


def test_what_is_just_sure_enough_is_shown():
    assert len(links(POST, least=POST.confidence)) == 1
    assert len(profile_links(Presence(profiles=(TELEGRAM,)), make_source(), TELEGRAM.confidence)) == 1


def test_two_pieces_of_evidence_are_one_link():
    (link,) = links(POST, replace(POST, evidence="channel post", confidence=0.5))
    assert link.confidence == pytest.approx(1 - 0.15 * 0.5)


def test_no_link_leads_to_where_a_private_source_is():
    home = replace(POST, platform="unknown", kind="discussion", url="https://daily.example/talk?token=1")
    assert links(home, private=True) == ()
    assert len(links(home)) == 1


def test_a_private_sources_site_is_told_under_no_other_host_either():
    site = replace(TELEGRAM, key="site:x", platform="site", url="https://elsewhere.example/")
    for private, count in ((True, 0), (False, 1)):
        assert len(publishable(Presence(profiles=(site,)), make_source(private=private), 0.6)) == count


def test_words_that_name_a_private_sources_host_are_not_told_and_a_public_ones_are():
    link, named = replace(TALK, label="Talk on daily.example"), replace(TELEGRAM, label="daily.example on Telegram")
    for private, label, name in ((True, "", ""), (False, link.label, named.label)):
        assert [it.title for it in links(link, private=private)] == [label]
        shown = publishable(Presence(profiles=(named,)), make_source(private=private), 0.6)
        assert [it.label for it in shown] == [name]


def test_podcast_apps_are_told_of_the_surest_discussion_that_they_know():
    x = replace(TALK, platform="x", url="https://x.com/daily/status/1", confidence=0.7)
    vk = replace(TALK, platform="vk", url="https://vk.com/topic-1_2", confidence=0.99)
    best, protocol = interaction(links(x, vk, TALK)) or (None, "")
    assert (best and best.href, protocol) == (TALK.url, "activitypub")
    assert interaction(links(vk, POST)) is None
    assert interaction(links(replace(x, kind="post"))) is None
