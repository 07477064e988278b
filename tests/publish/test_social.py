"""The publishers' document: what it tells, what it keeps to itself, and that its own schema holds."""

import json
from typing import Any

import jsonschema
import pytest

from support.builders import MOMENT, make_info, make_profile, make_source
from syndicator.model.noun import replace
from syndicator.model.presence import Evidence, Presence, Profile
from syndicator.model.settings import Site
from syndicator.publish.social import Publisher, render_jsonld, render_schema, render_social

SCHEMA = json.loads(render_schema())
TELEGRAM = make_profile(
    label="Телеграм",
    seen_urls=("https://telegram.me/daily", "https://t.me/daily"),
    evidence=(
        Evidence(
            place="subscription line",
            locator="line 7",
            confidence=0.8500001,
            article="The river",
            url="https://daily.example/river",
            first_seen=MOMENT,
            last_seen=MOMENT,
            count=2,
        ),
    ),
    confidence=0.8500001,
    first_seen=MOMENT,
    last_seen=MOMENT,
    articles=2,
)


def publisher_of(*profiles: Profile, **changes: Any) -> Publisher:
    return Publisher(source=make_source(**changes), info=make_info(), presence=Presence(profiles=profiles))


def published(*profiles: Profile, site: Site | None = None, **changes: Any) -> list[dict[str, Any]]:
    document = json.loads(render_social(site or Site(), [publisher_of(*profiles, **changes)]))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return document["publishers"]  # type: ignore[no-any-return]


def test_the_schema_is_a_schema_and_knows_our_version() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    document = json.loads(render_social(Site(), []))
    jsonschema.validate(document, SCHEMA)
    assert document["schema_version"] == "1.0"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document | {"schema_version": "0.1"}, SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document | {"publishers": [{"source": "a", "title": "A"}]}, SCHEMA)


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("feed", ["url", "feed"]),
        ("auto", ["url", "feed"]),
        ("page", ["url"]),
        ("sitemap", ["url"]),
        ("telegram", ["url"]),
    ],
)
def test_what_cannot_be_subscribed_to_is_no_feed(kind: str, named: list[str]) -> None:
    (found,) = published(TELEGRAM, kind=kind)
    assert [name for name in ("url", "feed") if name in found] == named


def test_a_publisher_is_shown_with_its_channels_and_what_shows_them() -> None:
    assert published(TELEGRAM) == [
        {
            "source": "daily",
            "title": "The Daily",
            "url": "https://daily.example/",
            "feed": "https://daily.example/rss.xml",
            "profiles": [
                {
                    "key": "telegram:daily",
                    "platform": "telegram",
                    "kind": "profile",
                    "owner": "publisher",
                    "handle": "daily",
                    "url": "https://t.me/daily",
                    "label": "Телеграм",
                    "status": "active",
                    "confidence": 0.85,
                    "seen_urls": ["https://telegram.me/daily"],
                    "first_seen": "2026-03-05T14:00:00Z",
                    "last_seen": "2026-03-05T14:00:00Z",
                    "articles": 2,
                    "evidence": [
                        {
                            "place": "subscription line",
                            "locator": "line 7",
                            "confidence": 0.85,
                            "article": "https://daily.example/river",
                            "first_seen": "2026-03-05T14:00:00Z",
                            "last_seen": "2026-03-05T14:00:00Z",
                            "count": 2,
                        }
                    ],
                }
            ],
            "labels": [],
        }
    ]


def test_a_bare_label_has_no_address_for_none_is_invented() -> None:
    dzen = replace(TELEGRAM, key="dzen:", platform="dzen", label="Дзен", url="", handle="", status="label_only")
    (publisher,) = published(dzen)
    assert publisher["profiles"] == []
    assert [(it["label"], it["url"]) for it in publisher["labels"]] == [("Дзен", None)]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "share"},
        {"kind": "other"},
        {"kind": "post"},
        {"kind": "discussion"},
        {"status": "rejected"},
        {"owner": "third_party"},
        {"confidence": 0.59},
        {"url": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_what_is_shared_quoted_rejected_unsure_or_dangerous_is_never_published(changes: dict[str, Any]) -> None:
    site = replace(TELEGRAM, **changes)
    assert published(site) == []
    assert b"telegram" not in render_jsonld(Site(), [publisher_of(site)])


def test_how_sure_it_must_be_is_the_operators_choice() -> None:
    assert published(TELEGRAM, site=Site(social_confidence=0.9)) == []
    assert published(replace(TELEGRAM, confidence=0.1), site=Site(social_confidence=0.0)) != []


def test_the_publishers_own_site_is_one_of_its_places_and_no_other_name_of_it() -> None:
    site = replace(
        TELEGRAM, key="site:daily.example/news", platform="site", url="https://daily.example/news", handle=""
    )
    assert published(site)[0]["profiles"][0]["url"] == "https://daily.example/news"
    assert json.loads(render_jsonld(Site(), [publisher_of(site)]))["@graph"] == []


def test_a_private_source_shows_no_address_of_its_own() -> None:
    site = replace(TELEGRAM, key="site:x", platform="site", url="https://daily.example/news")
    feed = replace(TELEGRAM, key="telegram:x", kind="feed", url="https://daily.example/other?token=x")
    (publisher,) = published(TELEGRAM, site, feed, private=True)
    assert [it["key"] for it in publisher["profiles"]] == ["telegram:daily"]
    assert "daily.example" not in json.dumps(publisher)


def test_two_sources_of_one_site_are_one_publisher_to_schema_org() -> None:
    vk = replace(TELEGRAM, key="vk:daily", platform="vk", url="https://vk.com/daily")
    both = [publisher_of(TELEGRAM), publisher_of(TELEGRAM, vk, id="daily-2")]
    (node,) = json.loads(render_jsonld(Site(), both))["@graph"]
    assert node == {
        "@type": "NewsMediaOrganization",
        "@id": "https://daily.example/",
        "name": "The Daily",
        "url": "https://daily.example/",
        "sameAs": ["https://t.me/daily", "https://vk.com/daily"],
    }


def test_lone_surrogates_do_not_stop_the_document() -> None:
    nasty = replace(TELEGRAM, label="\ud800 Дзен\x00", handle="\ud800", key="telegram:\ud800x")
    (publisher,) = published(nasty)
    assert publisher["profiles"][0]["label"] == "Дзен"


def test_nothing_passes_as_it_came() -> None:
    bad, far, near = "\x01a\ufffe\n b ", "https://Daily.example/a b", "https://daily.example/a%20b"
    piece = Evidence(place=bad, locator=bad, confidence=0.9, article=bad, url=far)
    profile = replace(
        TELEGRAM, key=bad, handle=bad, label=bad, author=bad, url=far, seen_urls=(near, "data:x"), successor=bad,
        evidence=(piece, replace(piece, place="\x01", url="data:x")), first_seen=None,
    )  # fmt: skip
    label = replace(profile, url="", status="label_only")
    site = Site(title=bad, base_url="https://новости.рф/")
    document = json.loads(render_social(site, [publisher_of(profile, replace(profile, kind="feed"), label, title=bad)]))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    root = "https://xn--b1amnebsh.xn--p1ai/social"
    assert [document[it] for it in ("title", "schema", "url")] == ["a b", f"{root}.schema.json", root]
    (publisher,) = document["publishers"]
    assert publisher["title"] == "a b"
    for it in publisher["profiles"]:
        told = {name: it[name] for name in ("key", "handle", "label", "author", "successor")}
        assert told == dict.fromkeys(told, "a b")
        assert it["url"] == near
        assert not {"first_seen", "seen_urls"} & it.keys()
        assert [(each["place"], each["locator"], each.get("article")) for each in it["evidence"]] == [
            ("a b", "a b", near), ("unknown", "a b", None),
        ]  # fmt: skip
    assert publisher["profiles"][1]["feed"] == near
    assert [it["label"] for it in publisher["labels"]] == ["a b"]


def test_schema_org_knows_of_the_publishers_own_profiles_alone() -> None:
    author = replace(TELEGRAM, key="x:anna", owner="author", url="https://x.com/anna")
    invite = replace(TELEGRAM, key="telegram:+x", kind="invite", url="https://t.me/+x")
    own = replace(TELEGRAM, url="https://T.me/a b")
    it = replace(publisher_of(own, author, invite), info=make_info(site_url=""))
    (node,) = json.loads(render_jsonld(Site(), [it]))["@graph"]
    assert (node["@id"], node["sameAs"]) == ("urn:x-syndicator:source:daily", ["https://t.me/a%20b"])
    assert "url" not in node


def test_what_has_taken_a_profiles_place_is_named_only_where_it_is_published() -> None:
    old = replace(TELEGRAM, key="telegram:old", url="https://t.me/old", status="changed", successor="telegram:daily")
    (publisher,) = published(old, TELEGRAM)
    assert [it.get("successor") for it in publisher["profiles"]] == ["telegram:daily", None]
    (publisher,) = published(old, replace(TELEGRAM, status="rejected"))
    assert "telegram:daily" not in json.dumps(publisher)


def test_no_address_as_seen_carries_more_than_the_profile() -> None:
    seen = ("https://vk.ru/daily?from=https://daily.example/?id=1", "https://telegram.me/daily#top")
    ((profile,),) = (it["profiles"] for it in published(replace(TELEGRAM, seen_urls=seen)))
    assert profile["seen_urls"] == ["https://vk.ru/daily", "https://telegram.me/daily"]


def test_a_private_source_is_given_away_by_no_word_of_its_pages() -> None:
    url = "https://priv-secret.example/?token=SECRETTOKEN"
    label = replace(
        TELEGRAM, key="dzen:", platform="dzen", url="", status="label_only", label="Дзен priv-secret.example"
    )
    profile = replace(
        TELEGRAM,
        label="Читайте priv-secret.example",
        seen_urls=(
            f"https://vk.com/privtg?from={url}",
            "https://priv-secret.example.t.me/x",
            "https://telegram.me/SECRETTOKEN",
            "https://telegram.me/daily",
        ),
    )
    elsewhere = replace(TELEGRAM, key="feed:x", kind="feed", url="https://feeds.example/?of=www.PRIV-secret.example")
    (found,) = published(profile, elsewhere, label, url=url, private=True, title="Private")
    assert [it["key"] for it in found["profiles"]] == ["telegram:daily"]
    assert found["profiles"][0]["seen_urls"] == ["https://vk.com/privtg", "https://telegram.me/daily"]
    assert found["labels"] == []
    said = json.dumps(found, ensure_ascii=False).lower()
    assert "secret" not in said
