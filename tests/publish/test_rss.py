import tomllib
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from support import rss_rules
from support.builders import MOMENT, make_document, make_item
from syndicator.model.article import Enclosure, Origin, Person
from syndicator.model.document import Link
from syndicator.model.noun import replace
from syndicator.model.social import Credit
from syndicator.publish.rss import render_rss

HERE = Path(__file__).parent
RULES: list[dict[str, Any]] = tomllib.loads((HERE / "rss_profile.toml").read_text(encoding="utf-8"))["rule"]
GOOD = (HERE / "good.rss").read_text(encoding="utf-8")


def test_every_rule_of_the_table_is_checked_and_the_good_document_breaks_none() -> None:
    assert [rule["number"] for rule in RULES] == list(rss_rules.CHECKS)
    assert rss_rules.violations(GOOD.encode()) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["number"])
def test_each_rule_catches_a_document_that_breaks_it(rule: dict[str, Any]) -> None:
    assert rule["find"] in GOOD
    assert rule["number"] in rss_rules.violations(GOOD.replace(rule["find"], rule["put"], 1).encode())


def items_of(xml: bytes) -> list[etree._Element]:
    return etree.fromstring(xml).findall("channel/item")


def test_a_reader_finds_the_landing_page_behind_the_channel_and_the_feed_itself() -> None:
    feed = feedparser.parse(render_rss(make_document(make_item()))).feed
    assert feed.link == "http://127.0.0.1:8008/feeds/all"
    assert [link.href for link in feed.links if link.rel == "self"] == ["http://127.0.0.1:8008/feeds/all.rss"]


def test_the_build_date_is_that_of_the_newest_change_not_of_the_rendering() -> None:
    root = etree.fromstring(render_rss(make_document(make_item(updated=MOMENT))))
    assert root.findtext("channel/lastBuildDate") == format_datetime(MOMENT, usegmt=True)


def test_items_keep_their_order() -> None:
    xml = render_rss(make_document(*(make_item(id=f"urn:x:{n}", title=f"Story {n}") for n in range(3))))
    assert [item.findtext("title") for item in items_of(xml)] == ["Story 0", "Story 1", "Story 2"]


def test_a_summary_is_text_and_reads_as_such_although_descriptions_are_html() -> None:
    summary = "1 < 2 & <script>alert(1)</script> is no tag"
    entry = feedparser.parse(render_rss(make_document(make_item(summary=summary)))).entries[0]
    assert entry.summary == "1 &lt; 2 &amp; &lt;script&gt;alert(1)&lt;/script&gt; is no tag"


def test_a_full_body_follows_the_summary() -> None:
    xml = render_rss(make_document(make_item(summary="Short", html="<p>Long</p>")))
    entry = feedparser.parse(xml).entries[0]
    assert (entry.summary, entry.content[0].value) == ("Short", "<p>Long</p>")


def test_a_body_without_summary_is_the_description() -> None:
    (item,) = items_of(render_rss(make_document(make_item(summary="", html="<p>Long</p>"))))
    assert item.findtext("description") == "<p>Long</p>"
    assert item.find(rss_rules.CONTENT) is None


def test_an_id_is_a_permalink_only_when_it_is_the_link() -> None:
    url = "https://daily.example/2026/river"
    same, other = items_of(render_rss(make_document(make_item(id=url, url=url), make_item(id="urn:x:1", url=url))))
    assert same.find("guid").attrib == {"isPermaLink": "true"}  # type: ignore[union-attr]
    assert other.find("guid").attrib == {"isPermaLink": "false"}  # type: ignore[union-attr]


def test_the_source_is_named_unless_it_has_no_public_feed() -> None:
    public = make_item()
    private = make_item(id="urn:x:2", origin=Origin(id="urn:x:club", title="The Club"))
    first, second = items_of(render_rss(make_document(public, private)))
    assert (first.findtext("source"), first.find("source").get("url")) == (  # type: ignore[union-attr]
        "The Daily",
        "https://daily.example/rss.xml",
    )
    assert second.find("source") is None
    assert second.findtext("{http://purl.org/dc/elements/1.1/}publisher") == "The Club"


def test_a_page_that_is_read_is_no_feed_to_subscribe_to() -> None:
    """RSS 2.0: the address of `source` is that of a feed."""
    address = "https://town.example/news"
    origin = Origin(id=address, title="Town", feed_url=address, is_feed=False, site_url=address)
    (item,) = items_of(render_rss(make_document(make_item(origin=origin))))
    assert item.find("source") is None
    assert item.findtext("{http://purl.org/dc/elements/1.1/}publisher") == "Town"


def test_one_enclosure_stands_alone_and_further_ones_are_media() -> None:
    enclosures = (
        Enclosure(url="https://daily.example/1.mp3"),
        Enclosure(url="https://daily.example/2.mp4", type="video/mp4", length=7),
    )
    (item,) = items_of(render_rss(make_document(make_item(enclosures=enclosures))))
    assert [dict(each.attrib) for each in item.findall("enclosure")] == [
        {"url": "https://daily.example/1.mp3", "length": "0", "type": "audio/mpeg"}
    ]
    assert [dict(each.attrib) for each in item.findall("{*}content")] == [
        {"url": "https://daily.example/2.mp4", "type": "video/mp4", "fileSize": "7"}
    ]


def test_a_picture_carries_its_credits() -> None:
    credits_ = (
        Credit(role="photographer", name="Владимир Ефимов", agency="Мэрия"),
        Credit(role="agency", name="", agency="Фотобанк"),
    )
    (item,) = items_of(render_rss(make_document(make_item(image="https://daily.example/1.jpg", credits=credits_))))
    picture = item.find("{http://search.yahoo.com/mrss/}content")
    assert picture is not None
    assert [(each.text, dict(each.attrib)) for each in picture] == [
        ("Владимир Ефимов / Мэрия", {"role": "photographer", "scheme": "urn:ebu"}),
        ("Фотобанк", {}),
    ]


def test_a_picture_that_is_a_file_too_is_shown_once() -> None:
    episode, picture = "https://daily.example/1.mp3", "https://daily.example/1.jpg"
    enclosures = (
        Enclosure(url=episode),
        Enclosure(url=picture, type="image/jpeg", length=7),
        Enclosure(url=picture[:-1]),
    )
    (item,) = items_of(render_rss(make_document(make_item(image=picture, enclosures=enclosures))))
    assert [dict(each.attrib) for each in item.findall("{http://search.yahoo.com/mrss/}content")] == [
        {"url": picture, "type": "image/jpeg", "fileSize": "7", "medium": "image"},
        {"url": picture[:-1], "type": "application/octet-stream"},
    ]


def test_further_copies_and_authors_reach_a_reader() -> None:
    item = make_item(
        links=(Link(rel="via", href="https://other.example/1", type="text/html", title="Other"),),
        authors=(Person(name="Анна Петрова", url="https://daily.example/anna"),),
        language="ru",
        rights="© The Daily",
    )
    entry = feedparser.parse(render_rss(make_document(item))).entries[0]
    assert [link.href for link in entry.links if link.rel == "via"] == ["https://other.example/1"]
    assert entry.author == "Анна Петрова"
    assert (entry.language, entry.rights) == ("ru", "© The Daily")


def test_an_item_without_a_copyright_line_has_that_of_its_feed() -> None:
    origin = replace(make_item().origin, rights="© The Daily & Co")
    entry = feedparser.parse(render_rss(make_document(make_item(origin=origin)))).entries[0]
    assert entry.rights == "© The Daily & Co"


def test_a_copy_at_the_items_own_address_is_no_further_link() -> None:
    item = make_item()
    same = Link(rel="via", href=item.url, type="text/html", title="Other")
    assert b"atom:link" not in render_rss(make_document(replace(item, links=(same,)))).partition(b"<item>")[2]


def test_ampersands_and_angles_in_plain_text_are_hexadecimal_and_elsewhere_named() -> None:
    xml = render_rss(make_document(make_item(title="AT&T <b>", url="https://daily.example/?a=1&b=2")))
    assert b"<title>AT&#x26;T &#x3C;b&#x3E;</title>" in xml
    assert b"<link>https://daily.example/?a=1&amp;b=2</link>" in xml


def test_podcast_apps_are_told_of_the_discussion_that_they_can_show() -> None:
    talk = Link(
        rel="replies", href="https://mastodon.social/@daily/1", platform="fediverse", kind="discussion", confidence=0.9
    )
    found = [
        [dict(it.attrib) for it in element.findall("{https://podcastindex.org/namespace/1.0}socialInteract")]
        for links in ((talk,), (replace(talk, handle="@daily@mastodon.social"),), (replace(talk, platform="vk"),), ())
        for element in items_of(render_rss(make_document(make_item(links=links))))
    ]
    told = {"protocol": "activitypub", "uri": talk.href}
    assert found == [[told], [told | {"accountId": "@daily@mastodon.social"}], [], []]


def test_a_publishers_profiles_are_links_of_its_feed_and_accounts_where_they_have_a_name() -> None:
    profile = Link(rel="me", href="https://t.me/daily", platform="telegram", kind="profile", handle="daily")
    nameless = replace(profile, href="https://youtube.com/channel/UCx", platform="youtube", handle="")
    invite = replace(profile, href="https://t.me/+xyz", kind="invite", handle="xyz")
    xml = render_rss(make_document(make_item(), profiles=(profile, nameless, invite)))
    assert rss_rules.violations(xml) == []
    channel = etree.fromstring(xml)[0]
    links = channel.findall("{http://www.w3.org/2005/Atom}link[@rel='me']")
    assert [it.get("href") for it in links] == [profile.href, nameless.href, invite.href]
    accounts = channel.findall("{https://source.scripting.com/}account")
    assert [(it.get("service"), it.text) for it in accounts] == [("telegram", "daily")]


def test_an_empty_channel_is_a_feed() -> None:
    xml = render_rss(make_document())
    assert rss_rules.violations(xml) == []
    assert feedparser.parse(xml).bozo == 0


def test_a_feed_leads_to_where_one_is_told_of_its_changes() -> None:
    xml = render_rss(make_document(make_item(), hubs=("https://hub.example/",)))
    assert rss_rules.violations(xml) == []
    found = [(link.rel, link.href) for link in feedparser.parse(xml).feed.links]
    assert ("hub", "https://hub.example/") in found
    assert ("self", "http://127.0.0.1:8008/feeds/all.rss") in found


def test_an_archive_document_says_that_it_is_one_of_which_feed_and_what_came_before() -> None:
    feed = "http://127.0.0.1:8008/feeds/all"
    places = {"feed_url": f"{feed}/2.rss", "current_url": f"{feed}.rss", "older_url": f"{feed}/1.rss"}
    xml = render_rss(make_document(make_item(), **places))
    assert rss_rules.violations(xml) == []
    (channel,) = etree.fromstring(xml)
    assert channel.find("{http://purl.org/syndication/history/1.0}archive") is not None
    links = channel.findall("{http://www.w3.org/2005/Atom}link")
    assert [(link.get("rel"), link.get("href")) for link in links] == [
        ("self", f"{feed}/2.rss"),
        ("current", f"{feed}.rss"),
        ("prev-archive", f"{feed}/1.rss"),
        ("next", f"{feed}/1.rss"),
    ]
    assert channel.findtext("link") == feed
