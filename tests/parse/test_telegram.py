from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.builders import MOMENT
from support.feeds import read, source
from support.telegram import NOT_SHOWN, PREVIEW, Message, preview
from syndicator.model.article import Entry, Person, Text
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Parsed
from syndicator.model.state import FeedInfo
from syndicator.parse.failures import Unreadable
from syndicator.parse.normalize import normalize
from syndicator.parse.telegram import MOST, TITLE
from syndicator.text.markup import plain
from syndicator.text.sanitiser import clean

PAGE = (Path(__file__).parent / "data" / "telegram" / "channel.html").read_bytes()


def parsed(body: bytes | str = PAGE) -> Parsed:
    return read(body, "telegram", url=PREVIEW)


def entry(number: int, body: bytes | str = PAGE) -> Entry:
    (found,) = (it for it in parsed(body).entries if it.url.endswith(f"/{number}"))
    return found


def one(text: str, more: str = "") -> Entry:
    return entry(1, preview(Message(1, text, more)))


def test_a_channel_tells_who_it_is() -> None:
    assert parsed().info == FeedInfo(
        title="Вестник & Ко",
        site_url="https://t.me/vestnik_mos",
        description="Новости города\nСайт: vestnik.example",
    )


def test_messages_left_open_say_what_they_say_and_no_more_and_take_a_moment() -> None:
    opened = (f'<div class="tgme_widget_message" data-post="a/{n + 1}">{words(n)}' for n in range(MOST))
    started = process_time()
    entries = parsed(f"<html><body>{''.join(opened)}").entries
    assert process_time() - started < 4
    assert [it.url.rpartition("/")[2] for it in entries] == [str(MOST - n) for n in range(MOST)]
    assert all(
        it.content and plain(it.content.value) == f"Новость {MOST - 1 - n} " + "а" * 500 for n, it in enumerate(entries)
    )


def test_an_address_escaped_many_times_takes_a_moment() -> None:
    started = process_time()
    found = one(f'<a href="https://a.example/?a=1&{"amp;" * 100_000}b=2">a</a>')
    assert process_time() - started < 2
    assert found.external_url == "https://a.example/?a=1&b=2"


def words(number: int) -> str:
    return f'<div class="tgme_widget_message_text">Новость {number} {"<b>а</b>" * 500}</div>'


def test_each_message_is_an_entry_the_newest_first_and_an_album_is_one() -> None:
    numbers = [int(it.url.rpartition("/")[2]) for it in parsed().entries]
    assert numbers == [111, 110, 109, 108, 107, 106, 105, 104, 102, 101]  # 100 says that something was pinned
    album = entry(102)
    assert album.images == ("https://cdn4.telesco.pe/file/102.jpg", "https://cdn4.telesco.pe/file/103.jpg")
    assert album.content
    assert album.content.value.count("<img") == 2  # behind the text


def test_a_message_is_known_by_its_permalink_and_dated() -> None:
    found = entry(104)
    assert found.key == found.guid == found.url == "https://t.me/vestnik_mos/104"
    assert found.published == "2026-03-05T13:30:00+00:00"
    assert b"tgme_widget_message" in found.raw


def test_text_keeps_its_markup_and_emoji_and_mended_links() -> None:
    content = entry(101).content
    assert content
    html = clean(content.value)
    assert html.startswith("⚡️<b>Трамвайное депо станет музеем</b>")
    assert '<a href="https://vestnik.example/tram?a=1&amp;b=2">Подробнее</a>' in html
    assert "<blockquote>Мы этого ждали.</blockquote>" in entry(104).content.value  # type: ignore[union-attr]


def test_hashtags_are_categories_and_no_links() -> None:
    found = entry(101)
    assert found.categories == ("город", "трамвай")
    assert found.content
    assert "?q=" not in found.content.value
    assert "#город" in plain(found.content.value)


def test_the_one_page_that_a_message_links_to_is_what_it_is_about() -> None:
    assert entry(101).external_url == "https://vestnik.example/tram?a=1&b=2"
    assert entry(109).external_url == ""  # there are two
    assert entry(110).external_url == "https://vestnik.example/most"


def test_links_inside_telegram_are_not_what_it_is_about() -> None:
    assert one('<a href="https://t.me/other/5">там</a>').external_url == ""
    both = '<a href="https://t.me/other">@other</a> <a href="https://vestnik.example/a">вот</a>'
    assert one(both).external_url == "https://vestnik.example/a"
    preview_only = '<a class="tgme_widget_message_link_preview" href="https://vestnik.example/a"></a>'
    assert one("Смотрите", preview_only).external_url == "https://vestnik.example/a"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("⚡️ <b>Депо станет музеем</b><br/><br/>Подробности ниже.", "⚡️ Депо станет музеем"),
        ("#утро #город<br/>Доброе утро, город", "Доброе утро, город"),
        ("https://vestnik.example/a<br/>Так решили вчера", "Так решили вчера"),
        ("«Цитата» остаётся в кавычках", "«Цитата» остаётся в кавычках"),
        ("🔥🔥🔥", ""),
    ],
)
def test_the_first_line_that_says_something_is_the_title(text: str, title: str) -> None:
    found = one(text)
    assert (found.title.value if found.title else "") == title


def test_a_long_first_line_is_cut_at_a_word() -> None:
    found = one("слово " * 200)
    assert found.title
    assert len(found.title.value) <= TITLE
    assert found.title.value.endswith("слово…")


def test_a_bare_link_has_the_title_and_the_picture_of_its_page() -> None:
    found = entry(110)
    assert found.title == Text(value="Мост закрыт до мая", html=False)
    assert found.images == ("https://cdn4.telesco.pe/file/most.jpg",)


def test_who_wrote_it() -> None:
    assert entry(101).authors == (Person(name="Вестник & Ко", url="https://t.me/vestnik_mos"),)
    assert entry(105).authors == (Person(name="Соседи", url="https://t.me/sosedi_mos/7"),)
    assert entry(109).authors == (Person(name="Анна Белова"),)


def test_what_a_message_answers_is_not_part_of_it() -> None:
    content = entry(104).content
    assert content
    assert "Трамвайное" not in content.value


def test_a_poll_is_its_question_and_answers_without_the_votes_that_change() -> None:
    found = entry(107)
    assert found.content
    assert plain(found.content.value) == "Нужен ли музей трамвая?\nДа & скорее\nНет"


def test_media_that_cannot_be_shown_leave_the_permalink() -> None:
    assert entry(108).content is None
    assert clean(entry(106).content.value) == '<p><img src="https://cdn4.telesco.pe/file/still.jpg"></p>'  # type: ignore[union-attr]
    assert entry(106).images == ("https://cdn4.telesco.pe/file/still.jpg",)
    assert entry(106).enclosures == ()  # its address changes each time: the story would seem updated
    assert plain(entry(111).content.value) == "Программа.pdf"  # type: ignore[union-attr]


def test_views_and_reactions_do_not_make_a_message_another() -> None:
    before, after = parsed(PAGE).entries[0], parsed(PAGE.replace(b"1.2K", b"9.9K")).entries[0]
    assert before.raw != after.raw
    assert (before.title, before.content, before.images) == (after.title, after.content, after.images)


@pytest.mark.parametrize(
    "body", [NOT_SHOWN, "<html><body>If you have <b>Telegram</b>, you can contact @x</body></html>"]
)
def test_a_channel_without_a_preview_is_told_as_that_and_not_as_missing(body: str) -> None:
    with pytest.raises(Unreadable, match="no public preview") as refusal:
        parsed(body)
    assert refusal.value.kind is FailureKind.NO_PREVIEW
    assert "t.me/s/" in refusal.value.remedy


def test_a_channel_without_messages_is_one() -> None:
    found = parsed(preview())
    assert (found.info.title, found.entries) == ("Вестник", ())


def test_a_message_without_a_number_is_none() -> None:
    assert parsed(preview(Message(1, "a", name='x" onclick="y'))).entries == ()
    assert parsed(preview(Message(1, "a", name="../../x"))).entries == ()


def test_no_address_but_one_of_the_web_comes_of_a_message() -> None:
    photo = '<a class="tgme_widget_message_photo_wrap" style="background-image:url(\'{}\')"></a>'
    assert one("a", photo.format("javascript:alert(1)")).images == ()
    assert one("a", photo.format("//cdn4.telesco.pe/x.jpg")).images == ("https://cdn4.telesco.pe/x.jpg",)
    assert one('<a href="javascript:alert(1)">вот</a>').external_url == ""
    assert one('<a href="file:///etc/passwd">вот</a>').external_url == ""


def test_a_page_of_very_many_messages_is_read_in_part() -> None:
    found = parsed(preview(*(Message(number, "Так") for number in range(1, MOST + 50))))
    assert len(found.entries) == MOST
    assert found.entries[0].url.endswith(f"/{MOST + 49}")


@given(st.text(alphabet=st.sampled_from("<>/ab\"=&;#' tgme_widget_message text"), max_size=80), st.text(max_size=30))
def test_no_markup_makes_it_raise_anything_else(text: str, more: str) -> None:
    with suppress(Unreadable):
        parsed(preview(Message(1, text, more)))


def test_the_headline_is_not_repeated_in_the_body() -> None:
    found = one("⚡️<b>Депо станет музеем</b><br/><br/>Ремонт начнётся весной.")
    article = normalize(found, source("telegram", url=PREVIEW), FeedInfo(), MOMENT)
    assert (article.title, article.text) == ("⚡️Депо станет музеем", "Ремонт начнётся весной.")
