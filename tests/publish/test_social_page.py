"""The page for people about publishers."""

from typing import Any

from lxml import html

from support.builders import MOMENT, make_info, make_profile, make_source
from syndicator.model.noun import replace
from syndicator.model.presence import CONFIGURATION, Credited, Evidence, Presence, Profile
from syndicator.model.settings import Site
from syndicator.publish.social import Publisher
from syndicator.publish.social_events import compose_events
from syndicator.publish.social_page import WORDS, render_social_page

SITE = Site(title="News", base_url="https://news.example/")
LINE = Evidence(
    place="subscription line",
    locator="line 7",
    confidence=0.85,
    article="The river",
    url="https://daily.example/river",
    first_seen=MOMENT,
    last_seen=MOMENT,
    count=2,
)
TELEGRAM = make_profile(
    label="Телеграм",
    evidence=(LINE,),
    first_seen=MOMENT,
)
NASTY = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'


def page(*profiles: Profile, made_by: tuple[Credited, ...] = (), **changes: Any) -> Any:
    publisher = Publisher(
        source=make_source(**changes), info=make_info(), presence=Presence(profiles=profiles), credits=made_by
    )
    data = render_social_page(SITE, compose_events(SITE, [], {}, {}, {}), [publisher])
    return html.document_fromstring(data.decode())


def text(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_a_publisher_is_shown_with_its_channels_what_shows_them_and_who_made_its_pictures() -> None:
    credit = Credited(title="The river", url="https://daily.example/river", names=(("photographer", "Jane Doe"),))
    (section,) = page(TELEGRAM, made_by=(credit,)).xpath("//main/section")
    assert text(section) == (
        "The Daily Телеграм daily certainty 85 % subscription line (line 7), certainty 85 %, since 5 March 2026,"
        " articles: 2, last in The river Picture credits Jane Doe (photo): The river"
    )
    assert section.xpath(".//a/@href") == [
        "https://daily.example/",
        "https://t.me/daily",
        "https://daily.example/river",
        "https://daily.example/river",
    ]


def test_what_is_past_known_by_name_or_the_operators_own_is_told_as_such() -> None:
    gone = replace(TELEGRAM, key="x:daily", platform="x", url="https://x.com/daily", status="gone")
    dzen = replace(TELEGRAM, key="dzen:", platform="dzen", label="Дзен", url="", status="label_only", confidence=0.3)
    own = replace(TELEGRAM, owned=True, confidence=1.0, evidence=(Evidence(place=CONFIGURATION, confidence=1.0),))
    root = page(own, gone, dzen)
    assert "the operator of this site says so" in text(root)
    assert "no longer shown" in text(root.xpath("//li[@class='past']")[0])
    assert "Known by name alone, without an address: Дзен" in text(root)
    assert root.xpath("//a[@href='https://t.me/daily']/@rel") == ["me noopener"]


def test_what_is_unsure_rejected_or_shared_is_not_there() -> None:
    unsure, no = replace(TELEGRAM, confidence=0.5), replace(TELEGRAM, status="rejected")
    root = page(unsure, no, replace(TELEGRAM, kind="share"))
    assert root.xpath("//main//a") == []
    assert WORDS["en"]["no_channels"] in text(root)


def test_no_word_of_a_publisher_is_markup() -> None:
    piece = replace(LINE, place=NASTY, locator=NASTY, article=NASTY)
    nasty = replace(TELEGRAM, label=NASTY, handle=NASTY, evidence=(piece,), url='https://t.me/"><script>')
    credit = Credited(title=NASTY, url="javascript:alert(1)", names=(("video", NASTY),))
    root = page(nasty, made_by=(credit,), title=NASTY)
    assert root.xpath("//script|//img|//*[@onerror]|//@style") == []
    assert "{{ 7*7 }}" in text(root)
    assert not [it for it in root.xpath("//@href") if it.startswith("javascript:")]


def test_nothing_passes_as_it_came() -> None:
    bad, far, near = "\x01a\ufffe\x7f\u0085b", "https://Daily.example/a b", "https://daily.example/a%20b"
    piece = replace(LINE, place=bad, locator=bad, article=bad, url=far)
    profile = replace(TELEGRAM, label=bad, handle=f"{bad}h", author=bad, url=far, evidence=(piece,))
    label = replace(TELEGRAM, key="dzen:", platform="dzen", label=bad, url="", status="label_only")
    root = page(profile, label, made_by=(Credited(title=bad, url=far, names=(("video", bad),)),), title=bad)
    data = html.tostring(root, encoding="unicode")
    assert not set(data) & set("\x01\ufffe\x7f\u0085")
    assert root.xpath("//section[@class='publisher']//@href") == ["https://daily.example/", near, near, near]


def test_a_publisher_is_there_for_its_credits_its_channels_or_a_name_alone_and_not_for_nothing() -> None:
    credit = Credited(title="The river", url="https://daily.example/river", names=(("photographer", "Jane Doe"),))
    label = replace(TELEGRAM, key="dzen:", platform="dzen", label="Дзен", url="", status="label_only")
    pages = page(made_by=(credit,)), page(label), page(TELEGRAM), page()
    assert [len(it.xpath("//main/section")) for it in pages] == [1, 1, 1, 0]


def test_the_page_is_in_russian_where_all_that_it_shows_is() -> None:
    languages = ("ru", "ru"), ("", "RU-ru"), ("rus", ""), ("en", "ru"), ("", "")
    made = [
        render_social_page(
            SITE, compose_events(SITE, [], {}, {}, {}),
            [
                Publisher(
                    source=make_source(language=of_source), info=make_info(language=of_info),
                    presence=Presence(profiles=(TELEGRAM,)),
                ),
                Publisher(source=make_source(id="b", language="en"), info=make_info(), presence=Presence()),
            ],
        )
        for of_info, of_source in languages
    ]  # fmt: skip
    assert [html.document_fromstring(it.decode()).get("lang") for it in made] == ["ru", "ru", "ru", "en", "en"]


def test_a_private_source_shows_neither_its_address_nor_its_articles() -> None:
    credit = Credited(title="The river", url="https://daily.example/river", names=(("photographer", "Jane Doe"),))
    root = page(TELEGRAM, made_by=(credit,), private=True)
    assert "daily.example" not in html.tostring(root).decode()
    assert "Jane Doe (photo): The river" in text(root)
    assert root.xpath("//a/@href[contains(., 't.me/daily')]")


def test_of_a_source_that_gives_its_headlines_alone_no_credits_are_told() -> None:
    credit = Credited(title="The river", url="https://daily.example/river", names=(("photographer", "Jane Doe"),))
    assert "Jane Doe" not in text(page(TELEGRAM, made_by=(credit,), republish="headline"))


def test_the_events_and_the_documents_can_be_found_from_it() -> None:
    root = page(TELEGRAM)
    assert root.xpath("//link[@rel='alternate']/@href") == [
        f"https://news.example/{name}" for name in ("social.rss", "social.atom", "social-events.json")
    ]
    found = root.xpath("//aside//a/@href")
    assert {"social.json", "social.schema.json", "social.jsonld", "social.opml"} <= set(found)
