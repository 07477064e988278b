"""A private source's address stays ours, whatever the feed says."""

import pickle
from pathlib import Path

import pytest

from support.builders import MOMENT, make_article, make_info, make_source
from support.simulation import A
from syndicator.fetch.files import read_file
from syndicator.model.article import Enclosure, Entry
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed, Fresh, Reading, Unchanged, Wish
from syndicator.model.source import Auth, Failure, FailureKind, SourceMemory
from syndicator.model.web import Request, Response
from syndicator.pipeline.veil import scrubbed, secrets_of, veiled, veiled_response

TOKEN = "s3cr3t-T0ken-9f8e7d6c"
PRIVATE = make_source(
    url=f"https://reader:{TOKEN}@feeds.example/private/rss?key={TOKEN}&page=1",
    private=True,
    auth=Auth(username="reader", password=TOKEN + "-pass"),
)


def test_a_reader_gets_no_secret() -> None:
    response = Response(url=PRIVATE.url, status=200, body=b"")
    reading = Reading(
        response=veiled_response(response, PRIVATE), source=veiled(PRIVATE), memory=SourceMemory(), now=MOMENT
    )
    assert TOKEN.encode() not in pickle.dumps(reading)
    assert reading.response.url.startswith("https://feeds.example/"), "relative links still find their host"


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
    assert veiled(source) is source
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
