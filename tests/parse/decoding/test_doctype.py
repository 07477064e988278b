import pytest

from syndicator.parse.decoding.doctype import without_doctype

UNEXPANDED = ("Entities that the document declares were not expanded.",)


@pytest.mark.parametrize(
    ("doctype", "rest", "warnings"),
    [
        ("", "<r>&a;</r>", ()),
        ("<!DOCTYPE r>", "<r>&a;</r>", ()),
        ('<!doctype r PUBLIC "-//x" "http://a.example/>.dtd">', "<r>&a;</r>", ()),
        ('<!DOCTYPE r [<!ENTITY a "b">]>', "<r>b</r>", ()),
        ("<!DOCTYPE r [<!ENTITY a 'b'><!ENTITY a 'c'>]>", "<r>b</r>", ()),
        ('<!DOCTYPE r [<!ENTITY a "&#169;">]>', "<r>&#169;</r>", ()),
        ('<!DOCTYPE r [<!-- ]> --><!ENTITY % p "q"><!ENTITY a "b"> %p; ]>', "<r>b</r>", ()),
        ('<!-- by <tool> --><!DOCTYPE r [<!ENTITY a "b">]>', "<!-- by <tool> --><r>b</r>", ()),
        ('<?by <tool>?><!DOCTYPE r [<!ENTITY a "b">]>', "<?by <tool>?><r>b</r>", ()),
        ("<!-- <!DOCTYPE r> -->", "<!-- <!DOCTYPE r> --><r>&a;</r>", ()),
        ('<!DOCTYPE r [<!ENTITY b "c"><!ENTITY a "&b;">]>', "<r>&a;</r>", UNEXPANDED),
        ('<!DOCTYPE r [<!ENTITY a "<b/>">]>', "<r>&a;</r>", UNEXPANDED),
        ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "<r>&a;</r>", UNEXPANDED),
    ],
)
def test_a_document_type_goes_and_its_plain_entities_are_put_in(
    doctype: str, rest: str, warnings: tuple[str, ...]
) -> None:
    assert without_doctype(f"{doctype}<r>&a;</r>") == (rest, warnings)


def test_what_stands_in_cdata_stays() -> None:
    document = '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;<![CDATA[&a;]]>&a;<![CDATA[&a;'
    assert without_doctype(document)[0] == "<r>b<![CDATA[&a;]]>b<![CDATA[&a;"


def test_entities_fill_no_more_than_a_million_characters() -> None:
    text, _ = without_doctype(f'<!DOCTYPE r [<!ENTITY a "{"x" * 1000}">]>' + "&a;" * 5000)
    assert text == "x" * 1_000_000 + "&a;" * 4000


def test_a_document_type_behind_the_root_is_none() -> None:
    assert without_doctype("<r><!DOCTYPE r></r>") == ("<r><!DOCTYPE r></r>", ())
