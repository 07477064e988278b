from pathlib import Path

import pytest

from support.feeds import cases, expected, read, response, shown, source, stored
from syndicator.model.failure import FailureKind
from syndicator.model.source import Auth, Select
from syndicator.parse import Unreadable, parse


@pytest.mark.parametrize("path", cases("lists"))
def test_lists_are_read_as_written_down(path: Path) -> None:
    assert shown(stored(path)) == expected(path)


def test_sources_inherit_what_the_operator_said_of_the_list_but_no_secret() -> None:
    parent = source(
        "list",
        tags=("ru",),
        republish="headline",
        timezone="Europe/Moscow",
        language="ru",
        interval=900.0,
        private=True,
        auth=Auth(bearer="secret"),
        select=Select(item="article"),
    )
    (child,) = parse(response("https://a.example/rss"), parent).sources
    assert (child.tags, child.republish, child.timezone, child.language) == (("ru",), "headline", "Europe/Moscow", "ru")
    assert (child.interval, child.parent, child.kind) == (900.0, "origin", "auto")
    assert (child.auth, child.select, child.private) == (None, None, True)


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-16", "utf-8-sig"])
def test_titles_are_read_in_every_encoding(encoding: str) -> None:
    opml = '<?xml version="1.0"?><opml><body><outline text="Новости Москвы и области" xmlUrl="https://a.example/"/></body></opml>'
    (child,) = read(opml.encode(encoding), "list").sources
    assert child.title == "Новости Москвы и области"


def test_ids_do_not_depend_on_the_order() -> None:
    lines = ["https://a.example/x?1", "https://a.example/x?2", "https://b.example/"]
    forward = {child.url: child.id for child in read("\n".join(lines), "list").sources}
    backward = {child.url: child.id for child in read("\n".join(reversed(lines)), "list").sources}
    assert forward == backward
    assert len(set(forward.values())) == 3


def test_a_secret_stands_neither_in_an_id_nor_in_a_warning() -> None:
    parsed = read("https://user:hunter2hunter2@a.example/rss\nfile:///hunter2hunter2\nhunter2hunter2", "list")
    (child,) = parsed.sources
    assert child.private
    assert "hunter2" not in f"{child!r} {parsed.warnings}"


def test_the_first_that_are_left_out_are_named_unless_their_list_is_private_or_they_are_called_by_an_address() -> None:
    left = "".join(f"<outline text='{it}' xmlUrl='rsshub://x/y'/>" for it in ["rsshub://x/y", *"abcdef"])
    opml = f"<opml><body><outline xmlUrl='https://a.example/'/>{left}</body></opml>"
    (warning,) = read(opml, "list").warnings
    assert warning.endswith("were left out: 7 (“a”, “b”, “c”, “d”, “e”, …).")
    (warning,) = parse(response(opml), source("list", private=True)).warnings
    assert warning.endswith("were left out: 7.")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FailureKind.EMPTY),
        (b"\xef\xbb\xbf \n", FailureKind.EMPTY),
        (b"# nothing but a comment", FailureKind.EMPTY),
        (b"<opml><body/></opml>", FailureKind.EMPTY),
        (b"<opml", FailureKind.MALFORMED),
        (b"<rss><channel/></rss>", FailureKind.NO_FEED),
        (b"<html><p>login", FailureKind.NO_FEED),
        (b'{"a": 1}', FailureKind.NO_FEED),
        (b"https://a.example/ \n" * 60_000, FailureKind.TOO_LARGE),
    ],
)
def test_a_body_that_is_no_list_says_what_it_is(body: bytes, kind: FailureKind) -> None:
    with pytest.raises(Unreadable) as failure:
        read(body, "list")
    assert failure.value.kind is kind
    assert failure.value.remedy


def test_a_list_is_bounded() -> None:
    parsed = read("\n".join(f"https://a.example/{number}" for number in range(5001)), "list")
    assert len(parsed.sources) == 5000
    assert "5000 of 5001" in parsed.warnings[0]


def test_a_comment_with_markup_is_still_a_comment() -> None:
    assert len(read("# <b>mine</b>\nhttps://a.example/", "list").sources) == 1


def test_a_channel_of_telegram_in_a_list_is_read_from_its_preview() -> None:
    (child,) = read("https://t.me/nsnfm", "list").sources
    assert (child.url, child.kind) == ("https://t.me/s/nsnfm", "telegram")
