"""A private source's address stays ours, whatever the feed says."""

import base64
import pickle
import time
from pathlib import Path
from typing import Any

import pytest

from support.builders import MOMENT, make_article, make_info, make_source
from support.simulation import A
from syndicator.fetch.files import read_file
from syndicator.model.article import Enclosure, Entry
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed, Fresh, Reading, Unchanged, Wish
from syndicator.model.source import Auth, Source
from syndicator.model.state import SourceMemory
from syndicator.model.web import Request, Response
from syndicator.pipeline.redaction import redacted, redacted_response, scrubbed, secrets_of

TOKEN = "s3cr3t-T0ken-9f8e7d6c"
PRIVATE = make_source(
    url=f"https://reader:{TOKEN}@feeds.example/private/rss?key={TOKEN}&page=1",
    private=True,
    auth=Auth(username="reader", password=TOKEN + "-pass"),
)


DECLARED = make_source(url="https://feeds.example/feed/quietfolder/rss?page=1", private=True)
"""Private by the operator's word alone: its path is the secret."""


def scrubbed_text(text: str, source: Source = PRIVATE, *addresses: str) -> str:
    outcome = scrubbed(Fresh(warnings=(text,)), source, *addresses)
    assert isinstance(outcome, Fresh)
    return outcome.warnings[0]


def test_a_reader_gets_no_secret() -> None:
    response = Response(url=PRIVATE.url, status=200, body=b"")
    reading = Reading(
        response=redacted_response(response, PRIVATE), source=redacted(PRIVATE), memory=SourceMemory(), now=MOMENT
    )
    assert TOKEN.encode() not in pickle.dumps(reading)
    assert reading.response.url.startswith("https://feeds.example/"), "relative links still find their host"


def test_a_reader_gets_no_field_of_requests_and_none_is_shown() -> None:
    fields = (("X-Key", TOKEN), ("Cookie", f"lang=ru; session={TOKEN[::-1]}"))
    for private in (True, False):
        source = make_source(private=private, headers=fields)
        assert redacted(source).headers == ()
        assert redacted(source).id == source.id
    for secret in (TOKEN, TOKEN[::-1]):
        assert secret not in scrubbed_text(f"It says: {secret}", make_source(private=True, headers=fields))


def test_words_that_are_sent_to_a_private_source_ruin_no_text() -> None:
    fields = (("Accept", "text/html"), ("Cookie", f"consent=true; city=Moscow; session={TOKEN}"))
    text = "Is it true? Moscow votes on text/html"
    assert scrubbed_text(text, make_source(private=True, headers=fields)) == text


def test_what_a_reader_brings_is_cleaned() -> None:
    own = f"https://feeds.example/private/rss?key={TOKEN}&amp;page=1"
    article = make_article(
        key=own,
        guid=PRIVATE.url,
        url=f"https://feeds.example/post/1?key={TOKEN}",
        title=f"Leaked {TOKEN}",
        html=f'<p>See <a href="{own}">this</a> and <img src="/x?key={TOKEN}" alt="a"> {TOKEN}</p>',
        text=f"See this and {TOKEN}",
        enclosures=(Enclosure(url=f"https://cdn.example/{TOKEN}.mp3"),),
        raw=f"<item>{TOKEN}</item>".encode(),
    )
    entry = Entry(key=own, url=article.url, raw=article.raw)
    wish = Wish(url=f"https://feeds.example/p?key={TOKEN}", entry=entry, fallback=article)
    outcome = Fresh(
        articles=(article,),
        wishes=(wish,),
        info=make_info(title=TOKEN, site_url=PRIVATE.url),
        warnings=(f"odd: {TOKEN}",),
    )
    clean = scrubbed(outcome, PRIVATE)
    assert isinstance(clean, Fresh)
    (out,), (fallback,) = clean.articles, [wish.fallback for wish in clean.wishes]
    for one in (out, fallback):
        assert one is not None
        assert one.key == own, "the key is not shown, and tells entries apart"
        shown = repr([getattr(one, name) for name in one.__slots__ if name != "key"])
        assert TOKEN not in shown
        assert one.raw == b""
        assert (one.guid, one.url) == ("", "")
        assert "href=" not in one.html
        assert "src=" not in one.html
        assert "See" in one.html
    assert clean.wishes[0].url == wish.url, "we do ask for it"
    assert clean.wishes[0].entry == Entry(key=own), "its page completes it after this answer"
    assert TOKEN not in repr((clean.info, clean.warnings))


def test_a_failure_is_cleaned() -> None:
    failed = Failed(failure=Failure(kind=FailureKind.BUG, message=f"x {PRIVATE.url}", detail=f"Traceback {TOKEN}"))
    assert TOKEN not in repr(scrubbed(failed, PRIVATE))


def test_the_path_of_a_private_file_is_not_told(tmp_path: Path) -> None:
    source = make_source(url=(tmp_path / "cfg" / "my list.xml").as_uri(), private=True)
    failed = scrubbed(read_file(Request(source_id="x", url=source.url), tmp_path, 1), source)
    assert isinstance(failed, Failed)
    assert failed.failure.message == "The file (private) does not exist."


def test_a_cleaned_failure_is_still_of_its_kind() -> None:
    failed = scrubbed(Failed(failure=Failure(kind=FailureKind.FORBIDDEN, message="x")), PRIVATE)
    assert isinstance(failed, Failed)
    assert failed.failure.kind is FailureKind.FORBIDDEN


def test_a_public_source_is_left_alone() -> None:
    source = make_source(url="https://daily.example/?id=12345678901234567890abc")
    outcome = Fresh(articles=(make_article(),))
    assert scrubbed(outcome, source) is outcome
    assert redacted(source) is source
    assert secrets_of(source) == ()
    assert scrubbed(Unchanged(), PRIVATE) == Unchanged()


def test_an_article_stays_its_sources_whose_id_is_a_user_name_too() -> None:
    source = replace(A, id="intranet", private=True, auth=Auth(username="intranet", password="Intr4-net"))
    outcome = Fresh(articles=(make_article(source_id="intranet", title="The intranet is down"),))
    clean = scrubbed(outcome, source)
    assert isinstance(clean, Fresh)
    assert [(it.source_id, it.title) for it in clean.articles] == [("intranet", "The (private) is down")]


@pytest.mark.parametrize("auth", [Auth(username="me"), Auth(bearer="t0ken-t0ken")], ids=["short", "bearer"])
def test_what_stands_everywhere_by_chance_is_no_secret_and_ruins_no_text(auth: Auth) -> None:
    article = make_article(title="Ogden: some extra time", url="https://a.example/OgX")  # "Og" are no user and password
    outcome = Fresh(articles=(article,))
    assert scrubbed(outcome, replace(A, private=True, auth=auth)) == outcome


def test_of_an_address_that_is_private_by_the_operators_word_a_reader_gets_the_host_alone() -> None:
    response = Response(url=DECLARED.url, status=200, body=b"")
    assert redacted(DECLARED).url == redacted_response(response, DECLARED).url == "https://feeds.example/"
    public = replace(DECLARED, private=False)
    assert redacted_response(response, public) is response


@pytest.mark.parametrize(
    "known",
    [
        {"auth": Auth(bearer="t0ken-t0ken")},
        {"parent": "list"},
        {"url": f"https://feeds.example/feed/quietfolder/rss?token={TOKEN}"},
    ],
    ids=["auth", "listed", "token"],
)
def test_a_path_is_no_secret_where_something_else_is(known: dict[str, Any]) -> None:
    source = replace(DECLARED, **known)
    assert redacted(source).url == "https://feeds.example/feed/quietfolder/rss"
    assert scrubbed_text("by quietfolder", source) == "by quietfolder"


def test_the_path_that_is_the_secret_is_shown_nowhere_but_its_common_words_are() -> None:
    assert scrubbed_text("by quietfolder, page 1 of the rss feed", DECLARED) == "by (private), page 1 of the rss feed"
    eight = replace(DECLARED, url="https://feeds.example/eightabc")
    assert scrubbed_text("by eightabc", eight) == "by (private)"


def test_where_a_private_address_has_led_is_no_more_shown_than_itself() -> None:
    assert scrubbed_text("by s3ssion-9f8e7d6c5b4a now", PRIVATE, "https://x.example/?sid=s3ssion-9f8e7d6c5b4a") == (
        "by (private) now"
    )


@pytest.mark.parametrize(
    "source",
    [
        replace(A, private=True, auth=Auth(username="reader", password="Intr4-net12")),
        replace(A, private=True, url="https://reader:Intr4-net12@a.example/rss"),
        replace(A, private=True, url="https://reader:Intr4%2Dnet12@a.example/rss"),
    ],
    ids=["auth", "address", "escaped"],
)
def test_credentials_are_not_shown_as_they_travel_either(source: Source) -> None:
    travels = base64.b64encode(b"reader:Intr4-net12").decode()
    assert scrubbed_text(f"sent {travels} twice", source) == "sent (private) twice"


def test_a_list_does_not_tell_the_secrets_of_whom_it_names() -> None:
    listed = make_source(id="x", url="https://x.example/rss?token=0ther-T0ken-1a2b3c", private=True, parent="l")
    outcome = scrubbed(Fresh(sources=(listed,), warnings=("odd: 0ther-T0ken-1a2b3c",)), make_source(kind="list"))
    assert isinstance(outcome, Fresh)
    assert (outcome.warnings, outcome.sources) == (("odd: (private)",), (listed,))


@pytest.mark.parametrize(
    "text",
    [
        "escaped " + "".join(f"&amp;#{ord(it)};" for it in TOKEN),
        "escaped " + "".join(f"%2525{ord(it):02x}" for it in TOKEN),
        "shouted " + TOKEN.upper(),
        f"cut off {TOKEN[:9]}…",
        f"cut off {TOKEN[:-1]}",
    ],
)
def test_a_text_in_which_a_secret_shows_all_the_same_goes(text: str) -> None:
    assert scrubbed_text(text) == ""


def test_a_text_that_ends_as_a_secret_begins_stays_while_that_is_short() -> None:
    assert scrubbed_text(f"no more than {TOKEN[:7]}") == f"no more than {TOKEN[:7]}"
    assert scrubbed_text("it begins with https://rea") == "it begins with https://rea"
    assert scrubbed_text(f"{TOKEN[:9]} is not where it ends") == f"{TOKEN[:9]} is not where it ends"


def test_what_holds_no_secret_stays_beside_one() -> None:
    html = f'<p>{TOKEN} <a href="https://b.example/">there</a></p>'
    outcome = scrubbed(Fresh(articles=(make_article(html=html, raw=b"<item/>", found_hash=b"1"),)), PRIVATE)
    assert isinstance(outcome, Fresh)
    (article,) = outcome.articles
    assert article.html == html.replace(TOKEN, "(private)")
    assert (article.raw, article.found_hash) == (b"<item/>", b"1")


def test_a_word_with_a_secret_in_it_stays_but_an_address_goes() -> None:
    assert scrubbed_text(f"x-{TOKEN}") == "x-(private)"
    assert scrubbed_text(f"https://x.example/{TOKEN}") == ""
    assert scrubbed_text(f"see https://x.example/{TOKEN}") == "see https://x.example/(private)"


@pytest.mark.parametrize(
    "hostile",
    [
        ' href="' + "(private)" * 100_000,
        ' href="' + f"{TOKEN} " * 50_000,
        ' href="' * 300_000,
        "&amp;" * 300_000,
        "%25" * 300_000,
        TOKEN[:-1] * 100_000,
        "&#" + "0" * 300_000,
    ],
    ids=["private", "secret", "open", "ampersand", "percent", "nearly", "reference"],
)
def test_no_text_is_too_hostile(hostile: str) -> None:
    begun = time.process_time()
    scrubbed_text(f"{TOKEN} x{hostile}")
    assert time.process_time() - begun < 10
