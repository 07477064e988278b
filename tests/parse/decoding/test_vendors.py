"""What vendors added to encodings is read as browsers read it (WHATWG Encoding Standard, section 5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.parse.decoding.charsets import codec
from syndicator.parse.decoding.decode import decode_html, decode_xml
from syndicator.parse.decoding.vendors import decoded

ADDED = [
    ("①Ⅳ㍑㈱№℡∑", "ada1adb8adc8adeaade2ade4adf4", "EUC-JP"),
    ("纊髙＂", "f9a1fce2fcfe", "EUC-JP"),
    ("～∥－￠￡￢", "a1c1a1c2a1dda1f1a1f2a2cc", "EUC-JP"),
    ("①㈱髙橋～", "1b24422d212d6a7c62363621411b2842", "ISO-2022-JP"),
    ("价€10", "bcdb803130", "GBK"),
    ("\u3000︙龴", "a3a0a6f3fe59", "GB18030"),
    ("€‧￥～", "a3e1a145a244a1e3", "Big5"),
    ("ўЎ", "aebe", "KOI8-U"),
]
"""As the standard's tables have them, each with its label."""


@pytest.mark.parametrize(("text", "written", "label"), ADDED)
def test_what_vendors_added_is_read(text: str, written: str, label: str) -> None:
    assert decoded(bytes.fromhex(written), codec(label)) == text


@pytest.mark.parametrize("label", ["ISO-2022-JP", "EUC-JP"])
def test_a_circled_number_spoils_no_page(label: str) -> None:
    number = {"ISO-2022-JP": b"\x1b$B-!\x1b(B", "EUC-JP": b"\xad\xa1"}[label]
    words = "橋は月曜日に開く"
    body = b"<title>" + number + words.encode(codec(label)) + b"</title>"
    assert decode_xml(body, f"text/xml; charset={label}") == f"<title>①{words}</title>"
    page = b'<meta charset="' + label.encode() + b'">' + body
    assert decode_html(page, "text/html").endswith(f"<title>①{words}</title>")


def test_damage_in_seven_bits_is_one_character() -> None:
    words = "橋は月曜日に開く" * 8
    body = b"<p>" + words.encode("iso2022_jp") + b"\x1b$B)!\x1b(B</p>"
    assert decode_xml(body, "text/xml; charset=iso-2022-jp") == f"<p>{words}\ufffd</p>"


@given(
    st.binary(max_size=60), st.sampled_from(["EUC-JP", "ISO-2022-JP", "GBK", "Big5", "KOI8-U", "Shift_JIS", "EUC-KR"])
)
def test_any_bytes_give_text(body: bytes, label: str) -> None:
    text = decoded(body, codec(label))
    assert text.encode("utf-8", "strict").decode() == text
