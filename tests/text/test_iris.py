"""What identifies can be published, and two that are one are known to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.text.iris import is_iri, uri


@pytest.mark.parametrize(
    "value", ["https://a.example/1", "urn:uuid:1", "tag:a.example,2026:1", "at:x", "https://а.рф/ё"]
)
def test_an_identifier_that_can_be_published_as_it_is(value: str) -> None:
    assert is_iri(value)


@pytest.mark.parametrize(
    "value",
    ["", "12", "a#1", "no scheme", "x: y", "file:///etc", "JavaScript:x", "data:,x", "x:\ud800", "x:" + "y" * 2000],
)
def test_one_that_cannot(value: str) -> None:
    assert not is_iri(value)


@pytest.mark.parametrize(
    ("iri", "found"),
    [
        ("urn:x:новость", "urn:x:%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C"),
        ("urn:x:%zz", "urn:x:%25zz"),
        ("http://[2001:db8::1]/[é]#ё#", "http://[2001:db8::1]/%5B%C3%A9%5D#%D1%91%23"),
    ],
)
def test_an_iri_has_one_uri(iri: str, found: str) -> None:
    assert uri(iri) == found


@given(st.from_regex(r"\A[a-z]{1,5}:(//\[::1\]/)?[^\s#]{1,20}(#\S{0,5})?\Z").filter(is_iri))
def test_the_uri_of_a_uri_is_itself(iri: str) -> None:
    assert uri(uri(iri)) == uri(iri)
    assert uri(iri).isascii()
