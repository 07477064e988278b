import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from syndicator.parse.decoding.charsets import codec
from syndicator.parse.decoding.decode import decode_html, decode_xml

RUSSIAN = (
    "Столичные власти расширят программу поддержки: об этом сообщил «НСН» Владимир Ефимов. Ещё 12 % — в 2022 году."
)
FEED = f"<rss><channel><title>{RUSSIAN}</title><link>https://a.example/</link></channel></rss>"
LABELS = ["", "utf-8", "iso-8859-1", "us-ascii", "windows-1251", "koi8-r", "x-mac-cyrillic", "utf-16", "nonsense"]
CYRILLIC = ["windows-1251", "koi8-r", "mac-cyrillic", "cp866", "iso-8859-5"]
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("encoding", [*CYRILLIC, *UNICODE])
@pytest.mark.parametrize("label", LABELS)
def test_russian_is_read_right_whatever_the_label_says(encoding: str, label: str) -> None:
    text = FEED if encoding != "iso-8859-5" else FEED.replace("«", '"').replace("»", '"').replace("—", "-")
    text = text if encoding != "koi8-r" else text.replace("«", '"').replace("»", '"').replace("—", "-")
    text = text if encoding != "cp866" else text.replace("«", '"').replace("»", '"').replace("—", "-")
    body = text.encode(encoding)
    assert decode_xml(body, f"text/xml; charset={label}" if label else "") == text
    declared = f'<?xml version="1.0" encoding="{label}"?>' + text
    assert decode_xml(declared.encode(encoding), "application/rss+xml") == declared
    page = f'<html><head><meta charset="{label}"></head><body>{text}</body></html>'
    assert decode_html(page.encode(encoding), "text/html") == page


@pytest.mark.parametrize(
    "text", ["ВЛАСТИ МОСКВЫ СООБЩИЛИ О НОВЫХ МЕРАХ", "новости дня", "Экономика Москвы", "Привет, мир"]
)
@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r"])
def test_a_few_words_without_a_label_are_enough(text: str, encoding: str) -> None:
    assert decode_xml(f"<title>{text}</title>".encode(encoding), "") == f"<title>{text}</title>"


@pytest.mark.parametrize("text", ["Україна: їжак і ґанок, новини країни", "Беларусь: навіны, у якіх ёсць літара ў"])
def test_ukrainian_and_belarusian_are_read(text: str) -> None:
    assert decode_xml(text.encode("windows-1251"), "") == text
    assert decode_xml(text.encode("koi8-u", "replace"), "text/xml; charset=koi8-u").startswith(text[:10])


@pytest.mark.parametrize("label", ["", "utf-8", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("text", ["café élève à Noël — “déjà vu”", "größere Straße, Übermaß", "¿Qué? El niño señaló"])
def test_latin_text_is_windows_1252_when_it_is_not_what_it_says(text: str, label: str) -> None:
    assert decode_xml(text.encode("windows-1252"), f"text/xml; charset={label}") == text


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        ("これはテストです", "cp932", "Shift_JIS"),
        ("これはテストです", "iso2022_jp", "iso-2022-jp"),
        ("中文新闻标题", "gb18030", "gb2312"),
        ("안녕하세요", "cp949", "euc-kr"),
        ("안녕하세요", "cp949", "MS949"),
        ("สะพานเปิด", "cp874", "TIS620"),
        ("這座橋", "big5", "cp950"),
        ("橋は月曜日に", "euc_jp", "EUCJP"),
        ("Łódź", "cp1250", "win-1250"),
        ("Γειά σου Κόσμε", "cp1253", "windows-1253"),
        ("שלום עולם", "cp1255", "windows-1255"),
        ("שלום עולם", "iso8859_8", "csISO88598I"),
        ("أهلا بالعالم", "iso8859_6", "csISOLatinArabic"),
        ("źródło żółć", "cp1250", "windows-1250"),
        ("İstanbul ığdır", "cp1254", "iso-8859-9"),
    ],
)
def test_other_encodings_are_believed_when_they_fit(text: str, encoding: str, label: str) -> None:
    assert decode_xml(text.encode(encoding), f"text/xml; charset={label}") == text


@pytest.mark.parametrize("cut", range(1, 8))
def test_a_body_cut_inside_a_character_stays_utf_8(cut: int) -> None:
    whole = (RUSSIAN + "€").encode()
    text = decode_xml(whole[:-cut], "text/xml; charset=windows-1251")
    assert RUSSIAN.startswith(text.rstrip("€"))
    assert "\ufffd" not in text


def test_an_emoji_that_a_database_wrote_as_two_surrogates_is_one() -> None:
    body = "<t>rain 😀</t>".encode().replace("😀".encode(), b"\xed\xa0\xbd\xed\xb8\x80")
    assert decode_xml(body, "text/xml") == "<t>rain 😀</t>"
    assert decode_xml(body.replace(b"\xed\xb8\x80", b""), "text/xml") == "<t>rain \ufffd</t>"


@pytest.mark.parametrize("text", ["Сегодня «в мире»", "Nueva versión", "It’s “fine”…", "LIBERTÉ\u00a0!", "日本語"])
@pytest.mark.parametrize("taken_for", ["latin-1", "cp1252"])
def test_what_was_encoded_twice_is_decoded_twice(text: str, taken_for: str) -> None:
    twice = "".join(bytes([it]).decode(taken_for, "ignore") or chr(it) for it in text.encode()).encode()
    assert decode_xml(twice, "") == decode_html(twice, "") == text


@pytest.mark.parametrize("text", ["LIBERTÉ\u00a0!", "CAFFÈ»", "Ã", "Ã© et é", "Ñ Я", "ÉTÉ\u00a0: «\u00a0É\u00a0»"])
def test_what_was_encoded_once_is_decoded_once(text: str) -> None:
    assert decode_xml(text.encode(), "") == text


def test_a_broken_byte_spoils_one_character() -> None:
    first, second = RUSSIAN[:20].encode(), RUSSIAN[20:].encode()
    assert decode_xml(first + b"\xff" + second, "") == f"{RUSSIAN[:20]}\ufffd{RUSSIAN[20:]}"


def test_http_goes_before_meta_and_a_commented_meta_says_nothing() -> None:
    page = "<html><!-- <meta charset=windows-1251> --><meta charset=windows-1252>é</html>"
    assert decode_html(page.encode("cp1257"), "text/html; charset=windows-1257") == page
    assert decode_html(page.encode("cp1252"), "text/html") == page


@pytest.mark.parametrize("first", ["bogus", "utf-7", "iso-8859-' + '2"])
def test_a_label_that_nobody_knows_hides_none_that_somebody_does(first: str) -> None:
    page = f"<html><script>'<meta charset=\"{first}\">'</script><meta charset=windows-1257>Ėė</html>"
    assert "Ėė" in decode_html(page.encode("windows-1257"), "")


def test_a_parameter_that_ends_in_charset_is_another() -> None:
    text = "<title>źródło żółć</title>"
    assert decode_xml(text.encode("cp1250"), "text/xml; x-charset=cp1257; charset=cp1250") == text


def test_a_meta_behind_the_first_kilobyte_is_found() -> None:
    page = (
        "<html><style>"
        + "x" * 2000
        + "</style><meta http-equiv=Content-Type content='text/html; charset=windows-1257'>Ė</html>"
    )
    assert decode_html(page.encode("cp1257"), "") == page


def test_a_label_is_no_way_to_other_codecs() -> None:
    for label in ("base64", "rot13", "unicode_escape", "utf-7", "idna", "punycode", "undefined", "../x", "zip"):
        assert codec(label) == ""
    assert decode_xml(b"+ADw-script+AD4-", "text/xml; charset=utf-7") == "+ADw-script+AD4-"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([*LABELS, "shift_jis", "gb2312", "iso-2022-jp", "big5", "euc-jp"]))
@example(b"\xff\xfe\x00", "")
@example(b"\x00", "")
@example(b"\xef\xbb\xbf\xef\xbb\xbf", "")
def test_any_bytes_give_some_text(body: bytes, label: str) -> None:
    for decode in (decode_xml, decode_html):
        text = decode(body, f"text/html; charset={label}")
        text.encode()


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufeff\0\x1b"), max_size=100), st.sampled_from(LABELS))
def test_utf_8_is_utf_8_under_any_label(text: str, label: str) -> None:
    assume(not re.search(r"[\xc2-\xf4][^\0-\x7f]", text))  # what was encoded twice looks like that
    assert decode_xml(text.encode(), f"text/xml; charset={label}") == text
