import json
from typing import Any

from support.builders import make_info, make_source
from syndicator.model.settings import Site
from syndicator.model.social import SocialLink
from syndicator.publish.social import render_social


def published(*links: SocialLink, **changes: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render_social(Site(), [(make_source(**changes), make_info(), links)]))
    return document


def test_a_publisher_is_shown_with_its_channels() -> None:
    link = SocialLink(
        platform="telegram",
        label="Телеграм",
        handle="daily",
        url="https://t.me/daily",
        confidence=0.8500001,
        evidence="subscription line",
    )
    assert published(link) == {
        "schema_version": "0.1",
        "generator": "syndicator",
        "title": "Syndicator",
        "publishers": [
            {
                "source": "daily",
                "title": "The Daily",
                "url": "https://daily.example/",
                "profiles": [
                    {
                        "platform": "telegram",
                        "kind": "profile",
                        "owner": "publisher",
                        "label": "Телеграм",
                        "handle": "daily",
                        "url": "https://t.me/daily",
                        "status": "active",
                        "confidence": 0.85,
                        "evidence": "subscription line",
                    }
                ],
            }
        ],
    }


def test_a_bare_label_has_no_address_for_none_is_invented() -> None:
    (profile,) = published(SocialLink(platform="dzen", label="Дзен", status="label_only"))["publishers"][0]["profiles"]
    assert (profile["label"], profile["url"]) == ("Дзен", None)


def test_posts_share_buttons_and_rejected_links_are_not_channels() -> None:
    links = (
        SocialLink(platform="vk", kind="share", url="https://vk.com/share.php"),
        SocialLink(platform="telegram", kind="post", url="https://t.me/daily/1"),
        SocialLink(platform="x", status="rejected", url="https://x.com/other"),
    )
    assert published(*links)["publishers"] == []


def test_the_publishers_own_site_is_one_of_its_places() -> None:
    site = SocialLink(platform="site", kind="other", label="Новости", url="https://daily.example/news")
    assert published(site)["publishers"][0]["profiles"][0]["url"] == "https://daily.example/news"


def test_a_private_source_shows_no_address_of_its_own() -> None:
    publisher = published(SocialLink(platform="vk", url="https://vk.com/club"), private=True)["publishers"][0]
    assert "url" not in publisher


def test_lone_surrogates_do_not_stop_the_document() -> None:
    published(SocialLink(platform="unknown", label="\ud800 Дзен\x00"))
