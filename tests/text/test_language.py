"""A wrong language is worse than none: readers filter, speak and hyphenate by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.text.language import guess_language, normal_tag


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Президент встретился с Ёлкиным", "ru"),
        ("Россия и ЕС", "ru"),
        ("Он процитировал газету «Наша Ніва», а потом ещё долго рассказывал о том, что было вчера " * 3, "ru"),
        ("Президент України заявив про це", "uk"),
        ("Прэзідэнт Беларусі заявіў", "be"),
        ("Министърът на външните работи се върна тъй", "bg"),
        ("Премијер Србије је рекао да ће бити", "sr"),
        ("Қазақстан Республикасының үкіметі", "kk"),
        ("東京で地震がありました", "ja"),
        ("中国新闻网报道", "zh"),
        ("대한민국 대통령", "ko"),
        ("שלום עולם", "he"),
        ("مرحبا بالعالم", "ar"),
        ("سلام چطوری گل پژمرده", "fa"),
        ("ไทยรัฐ", "th"),
        ("ქართული", "ka"),
        ("Հայերեն", "hy"),
        ("हिन्दी समाचार", "hi"),
        ("Καλημέρα κόσμε", "el"),
        ("Hello world", ""),
        ("Привет hello world Moscow", ""),
        ("да", ""),
        ("12345 — !!!", ""),
        ("", ""),
    ],
)
def test_the_script_tells_the_language(text: str, expected: str) -> None:
    assert guess_language(text) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en_US", "en-US"),
        ("RU", "ru"),
        ("ru-ru", "ru-RU"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("EN-us-X-foo-BAR", "en-US-x-foo-bar"),
        ("de-ch-1996", "de-CH-1996"),
        ("de-u-co-phonebk-x-a", "de-u-co-phonebk-x-a"),
        ("en-x", ""),
        ("en-a-x-b", ""),
        (" ru_RU.UTF-8 ", "ru-RU"),
        ("rus", "ru"),
        ("eng-us", "en-US"),
        ("ger", "de"),
        ("deu", "de"),
        ("iw", "he"),
        ("haw", "haw"),
        ("cmn-Hans", "cmn-Hans"),
        ("russian", ""),
        ("x-default", ""),
        ("und", ""),
        ("C", ""),
        ("en-", ""),
        ("ру", ""),
        ("", ""),
    ],
)
def test_a_tag_has_one_spelling(tag: str, expected: str) -> None:
    assert normal_tag(tag) == expected


@given(st.text(st.characters(codec=None)))
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert normal_tag(guess_language(text)) == guess_language(text)
    assert normal_tag(normal_tag(text)) == normal_tag(text)
