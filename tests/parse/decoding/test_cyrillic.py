"""Russian in every encoding under every label: what the bytes say goes before what anybody says of them.

Below ten letters there is no telling: `эмв` in ISO-8859-5 is `Мэр` in KOI8-R, byte for byte. Then the label decides, if
there is one, and the commoner encoding if there is none.
"""

import pytest

from support.corpus import Case, mistakes
from syndicator.parse.decoding.decode import decode_xml

HEADLINES = (
    "Собянин открыл новую станцию метро",
    "Курс доллара превысил 100 рублей",
    "«Спартак» обыграл «Зенит» со счётом 2:1",
    "ЦБ сохранил ключевую ставку на уровне 21%",
    "ВЛАСТИ МОСКВЫ СООБЩИЛИ О НОВЫХ МЕРАХ",
    "Чемпионат мира по футболу",
    "Ёлка на Красной площади",
    "Илон Маск купил Twitter за $44 млрд",
    "Матч ЦСКА — «Динамо» перенесли",
    "Как сварить борщ: рецепт",
)
WORDS = ("Мэр", "Спорт", "Экономика", "Погода", "США", "ДТП на МКАД")
CYRILLIC = {
    "windows-1251": "cp1251",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "x-mac-cyrillic": "mac_cyrillic",
    "iso-8859-5": "iso8859_5",
    "ibm866": "cp866",
}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
LABELS = ("", "utf-8", *CYRILLIC, "iso-8859-1", "windows-1252", "windows-1250", "utf-16", "us-ascii", "x-our-own")


def document(text: str, declared: str, codec: str) -> tuple[str, bytes]:
    """A feed of one headline, as text and as bytes; what an encoding lacks stands there as references."""
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    whole = f"{head}<rss version='2.0'><channel><item><title>{text}</title></item></channel></rss>"
    body = whole.encode(codec, "xmlcharrefreplace")
    return body.decode(codec).removeprefix("\ufeff"), body


def wrong(codec: str, headlines: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Every headline and pair of labels, in the header and in the document, with which it is misread."""
    return [
        (headline, header, declared)
        for headline in headlines
        for declared in LABELS
        for text, body in [document(headline, declared, codec)]
        for header in LABELS
        if decode_xml(body, f"text/xml; charset={header}" if header else "text/xml") != text
    ]


@pytest.mark.parametrize("codec", [*CYRILLIC.values(), *UNICODE])
def test_one_headline_is_read_right_whatever_header_and_document_say(codec: str) -> None:
    assert wrong(codec, HEADLINES) == []


@pytest.mark.parametrize("codec", UNICODE)
def test_of_unicode_three_letters_are_enough(codec: str) -> None:
    assert wrong(codec, WORDS) == []


@pytest.mark.parametrize("label", CYRILLIC)
@pytest.mark.parametrize("word", WORDS)
def test_a_right_label_is_believed_of_a_single_word(word: str, label: str) -> None:
    text, unlabelled = document(word, "", CYRILLIC[label])
    assert decode_xml(unlabelled, f"text/xml; charset={label}") == text
    text, labelled = document(word, label, CYRILLIC[label])
    for header in ("", label, "utf-8"):
        assert decode_xml(labelled, f"text/xml; charset={header}") == text


@pytest.mark.parametrize("word", ["Спорт", "Экономика", "Погода", "США"])
@pytest.mark.parametrize("codec", ["cp1251", "koi8_r"])
def test_a_single_word_without_a_label_is_read_as_the_commoner_encodings_have_it(word: str, codec: str) -> None:
    text, body = document(word, "", codec)
    assert decode_xml(body, "text/xml") == text


@pytest.mark.parametrize("text", ["Η κυβέρνηση ανακοίνωσε νέα μέτρα", "הממשלה הודיעה על צעדים חדשים"])
@pytest.mark.parametrize("label", ["", "utf-8"])
def test_other_alphabets_are_not_taken_for_russian(text: str, label: str) -> None:
    body = text.encode("cp1253" if text[0] == "Η" else "cp1255")
    assert not any("\u0400" < letter < "\u0500" for letter in decode_xml(body, f"text/xml; charset={label}"))


@pytest.mark.parametrize("text", ["Zażółć gęślą jaźń, źródło żółci", "Příliš žluťoučký kůň úpěl ďábelské ódy"])
def test_an_encoding_of_latin_letters_is_believed(text: str) -> None:
    for label, codec in (("windows-1250", "cp1250"), ("iso-8859-2", "iso8859_2")):
        assert decode_xml(text.encode(codec), f"text/xml; charset={label}") == text


@pytest.mark.parametrize("text", ["äöüß", "åäö ÅÄÖ", "æøå ÆØÅ", "éàùç, ïî", "ÀÉÈÙ", "éêëè"])
@pytest.mark.parametrize("label", ["iso-8859-1", "iso-8859-15", "windows-1252"])
def test_a_few_latin_letters_in_a_row_are_believed(text: str, label: str) -> None:
    whole, body = document(text, label, label)
    assert decode_xml(body, "text/xml") == whole


@pytest.mark.parametrize("word", ["Привет", "Новости дня", "Київ", "ПОГОДА"])
@pytest.mark.parametrize("codec", ["cp1251", "koi8_u"])
def test_a_few_plainly_russian_letters_are_not_latin(word: str, codec: str) -> None:
    text, body = document(word, "iso-8859-1", codec)
    assert decode_xml(body, "text/xml") == text


@pytest.mark.parametrize("codec", [*CYRILLIC.values(), "utf-16", "utf-8"])
def test_a_mislabelled_feed_gives_its_entries(codec: str) -> None:
    _, body = document("Новый мост через реку откроют осенью", "iso-8859-1", codec)
    case = Case(
        codec,
        "broken",
        body,
        [{"title": "Новый мост через реку откроют осенью"}],
        content_type="text/xml; charset=utf-8",
    )
    assert mistakes(case) == []
