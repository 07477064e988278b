"""Who publishes a feed, and where its entries are discussed."""

from typing import Any

import pytest

from support.feeds import response, source
from syndicator.model.outcome import Parsed
from syndicator.model.social import SocialLink
from syndicator.parse import parse

NAMESPACES = (
    'xmlns:source="https://source.scripting.com/" xmlns:podcast="https://podcastindex.org/namespace/1.0" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
    'xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:cc="http://backend.userland.com/creativeCommonsRssModule"'
)


def feed(channel: str = "", item: str = "") -> Parsed:
    text = f'<rss version="2.0" {NAMESPACES}><channel><title>T</title><link>https://a.example/</link>{channel}'
    return parse(response(f"{text}<item><title>A</title><guid>1</guid>{item}</item></channel></rss>"), source())


def links(channel: str = "", item: str = "") -> list[SocialLink]:
    return list(feed(channel, item).entries[0].social)


def brief(found: list[SocialLink]) -> list[tuple[str, str, str, str, str]]:
    return [(it.owner, it.kind, it.platform, it.handle, it.locator) for it in found]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            '<source:account service="telegram">jane</source:account>',
            ("author", "profile", "telegram", "jane", "source:account"),
        ),
        (
            '<source:account service="mastodon">@jane@social.example</source:account>',
            ("author", "profile", "fediverse", "jane@social.example", "source:account"),
        ),
        (
            "<comments>https://t.me/paper/5?comment=1</comments>",
            ("article", "discussion", "telegram", "paper", "comments"),
        ),
        (
            '<atom:link rel="replies" href="https://t.me/paper/5"/>',
            ("article", "discussion", "telegram", "paper", "atom:link rel=replies"),
        ),
        (
            '<atom:link rel="via" href="https://t.me/other/5"/>',
            ("third_party", "post", "telegram", "other", "atom:link rel=via"),
        ),
        (
            '<atom:link rel="related" href="https://t.me/other/5"/>',
            ("third_party", "post", "telegram", "other", "atom:link rel=related"),
        ),
        (
            '<atom:link rel="me" href="https://t.me/jane"/>',
            ("author", "profile", "telegram", "jane", "atom:link rel=me"),
        ),
        (
            '<thr:in-reply-to ref="x" href="https://t.me/other/5"/>',
            ("third_party", "post", "telegram", "other", "thr:in-reply-to"),
        ),
        (
            '<podcast:person role="host" href="https://x.com/jane">Jane</podcast:person>',
            ("author", "profile", "x", "jane", "podcast:person"),
        ),
        (
            '<podcast:person role="guest" href="https://x.com/bob">Bob</podcast:person>',
            ("third_party", "profile", "x", "bob", "podcast:person"),
        ),
        (
            "<wfw:commentRss>https://a.example/1/feed</wfw:commentRss>",
            ("article", "feed", "site", "", "wfw:commentRss"),
        ),
        (
            '<podcast:socialInteract protocol="activitypub" uri="https://social.example/@a/1" accountId="@a"/>',
            ("article", "discussion", "fediverse", "a", "podcast:socialInteract"),
        ),
        ('<podcast:socialInteract protocol="disabled" uri="https://t.me/a/1"/>', None),
        ("<comments>https://a.example/1#comments</comments>", None),
        ('<atom:link rel="related" href="https://t.me/share/url?url=x"/>', None),
        ('<atom:link rel="me" href="javascript:x"/>', None),
        ('<atom:link rel="payment" href="https://www.patreon.com/somebody"/>', None),
        ('<atom:link rel="comments" href="https://t.me/somebody"/>', None),
        ("<source:account>jane</source:account>", None),
    ],
)
def test_extensions_of_an_entry(item: str, expected: tuple[str, ...] | None) -> None:
    found = links(item=item)
    assert brief(found) == ([expected] if expected else [])
    assert {it.evidence for it in found} <= {"source feed"}


def test_a_related_post_on_the_feeds_own_account_is_the_articles() -> None:
    account = '<source:account service="telegram">paper</source:account>'
    found = links(account, '<atom:link rel="related" href="https://t.me/paper/5"/>')
    assert [(it.owner, it.kind) for it in found] == [("article", "post"), ("publisher", "profile")]


def test_a_handle_on_a_service_nobody_knows_has_no_address() -> None:
    [link] = links(item='<source:account service="friendfeed">jane</source:account>')
    assert (link.platform, link.url, link.status) == ("unknown", "", "label_only")


def test_what_the_channel_says_belongs_to_the_source_and_to_each_entry() -> None:
    parsed = feed('<atom:link rel="me" href="https://t.me/paper"/>')
    assert brief(list(parsed.info.social)) == [("publisher", "profile", "telegram", "paper", "atom:link rel=me")]
    assert parsed.entries[0].social == parsed.info.social


def test_a_licence_is_a_term() -> None:
    url = "https://creativecommons.org/licenses/by/4.0/"
    assert feed(item=f"<cc:license>{url}</cc:license>").entries[0].terms.license == url
    assert feed(channel=f'<atom:link rel="license" href="{url}"/>').entries[0].terms.license == url


def test_a_credit_without_a_role_is_its_pictures() -> None:
    media = '<media:content url="https://a.example/1.jpg" medium="{}"><media:credit>Jane</media:credit></media:content>'
    assert [(it.role, it.name) for it in feed(item=media.format("image")).entries[0].credits] == [
        ("photographer", "Jane")
    ]
    assert feed(item=media.format("audio")).entries[0].credits == ()


def json_feed(item: dict[str, Any]) -> Parsed:
    import json  # noqa: PLC0415 - only here

    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "items": [{"id": "1", "content_text": "x", **item}],
    }
    return parse(response(json.dumps(document)), source())


def test_authors_of_a_json_feed_may_be_profiles() -> None:
    [link] = json_feed({"authors": [{"name": "Jane", "url": "https://x.com/jane"}]}).entries[0].social
    assert (link.owner, link.handle, link.label, link.locator) == ("author", "jane", "Jane", "authors")


def test_what_this_program_publishes_is_read_back() -> None:
    social = [
        {"platform": "telegram", "kind": "profile", "url": "https://t.me/paper", "confidence": 0.99},
        {"platform": "vk", "kind": "post", "url": "https://vk.com/wall-1_2", "confidence": 0.6},
        {"platform": "telegram", "kind": "profile", "url": "https://evilt.me/paper"},
        "nonsense",
    ]
    found = json_feed({"_syndicator": {"social": social}}).entries[0].social
    assert [(it.owner, it.kind, it.confidence) for it in found] == [
        ("publisher", "profile", 0.9),
        ("article", "post", 0.6),
    ]


@pytest.mark.parametrize(
    ("protocol", "uri", "platform"),
    [
        ("twitter", "https://x.com/nsn/status/1", "x"),
        ("twitter", "https://x.com.evil.example/nsn/status/1", None),
        ("Twitter", "https://evil.example/nsn/status/1", None),
        ("telegram", "https://t.me.evil.example/nsn/1", None),
        ("activitypub", "https://social.example/@a/1", "fediverse"),
        ("activitypub", "https://social.example/notes-of/1", "fediverse"),
        ("activitypub", "http://social.example/notes-of/1", None),
        ("activitypub", "https://10.0.0.1/@a/1", None),
        ("activitypub", "https://[::1]/@a/1", None),
        ("activitypub", "https://localhost/@a/1", None),
        ("atproto", "https://sky.example/x/1", "bluesky"),
        ("matrix", "https://room.example/x", "matrix"),
        ("nostr", "https://169.254.169.254/x", None),
        ("forum", "https://forum.example/x", "unknown"),
    ],
)
def test_a_protocol_alone_makes_no_address_one_of_a_service(protocol: str, uri: str, platform: str | None) -> None:
    found = links(item=f'<podcast:socialInteract protocol="{protocol}" uri="{uri}"/>')
    assert [it.platform for it in found] == ([platform] if platform else [])


@pytest.mark.parametrize(
    ("name", "url"),
    [
        *(("nsn", "https://x.com/nsn"), ("@nsn", "https://x.com/nsn"), ("x.com/nsn", "https://x.com/nsn")),
        *(("../../evil", None), ("..", None), ("a/../evil", None), ("nsn?x=1", None), ("nsn#x", None), ("a b", None)),
        *(("evil.example/nsn", None), ("https://evil.example/nsn", "")),
    ],
)
def test_the_name_of_an_account_is_a_name(name: str, url: str | None) -> None:
    found = links(item=f'<source:account service="x">{name}</source:account>')
    assert [it.url for it in found] == ([] if url is None else [url])


def test_a_discussion_is_called_as_its_platform() -> None:
    item = '<podcast:socialInteract protocol="activitypub" uri="https://social.example/@a/1"/>'
    assert [it.label for it in links(item=item)] == ["Fediverse"]
