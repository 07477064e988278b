import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.model.article import Person
from syndicator.parse.feeds.authors import person


@pytest.mark.parametrize(
    ("written", "name", "email"),
    [
        ("lawyer@boyer.example (Lawyer Boyer)", "Lawyer Boyer", "lawyer@boyer.example"),
        ("mailto:a@b.example (Имя Фамилия)", "Имя Фамилия", "a@b.example"),
        ("Name Surname <a@b.example>", "Name Surname", "a@b.example"),
        ('"Surname, Name" <a@b.example>', "Surname, Name", "a@b.example"),
        ("Name (a@b.example)", "Name", "a@b.example"),
        ("a@b.example", "a@b.example", "a@b.example"),
        ("<a@b.example>", "a@b.example", "a@b.example"),
        ("a@b.example ()", "a@b.example", "a@b.example"),
        ("  Two\n words ", "Two words", ""),
        ("Name (agency)", "Name (agency)", ""),
        ("@handle", "@handle", ""),
        ("@user@social.example", "@user@social.example", ""),
        ("Name a@b.example", "Name", "a@b.example"),
        ("Name [mailto:a@b.example]", "Name", "a@b.example"),
        ("Name (mailto:a@b.example?subject=On%20it&cc=c@d.example)", "Name", "a@b.example"),
        ("mailto:a@b.example?subject=On", "a@b.example", "a@b.example"),
        ("a@b.example <Name (agency)>", "Name (agency)", "a@b.example"),
        ("Name (editor) <a@b.example>", "Name (editor)", "a@b.example"),
        ("(A) a@b.example (B)", "(A) (B)", "a@b.example"),
        ('By <a href="/x">Jane Doe</a> (University),<br/><b>John Roe</b>', "By Jane Doe (University), John Roe", ""),
        ("Jos&eacute; &amp; Söhne <a@b.example>", "José & Söhne", "a@b.example"),
        ("&lt;b&gt; &amp; Co", "&lt;b&gt; &amp; Co", ""),
        ("AT&T <A Smith>", "AT&T <A Smith>", ""),
        ("a@b.example, Name Surname", "Name Surname", "a@b.example"),
        ("Name Surname - a@b.example", "Name Surname", "a@b.example"),
        ("a@b.example | Surname, Name", "Surname, Name", "a@b.example"),
        ("Desk: a@b.example", "Desk", "a@b.example"),
        ("a@b.example,", "a@b.example", "a@b.example"),
        ("Name, Jr. <a@b.example>", "Name, Jr.", "a@b.example"),
        ("One (a@b.example), Two (c@d.example)", "One (a@b.example), Two (c@d.example)", ""),
    ],
)
def test_an_author_line_is_taken_apart(written: str, name: str, email: str) -> None:
    assert person(written) == Person(name=name, email=email)


@pytest.mark.parametrize(
    ("written", "name", "email"),
    [
        ("Name (https://a.example/x)", "Name", ""),
        ("https://a.example/x Name <a@b.example>", "Name", "a@b.example"),
        ("<https://a.example/x>", "https://a.example/x", ""),
    ],
)
def test_an_author_s_page_is_known(written: str, name: str, email: str) -> None:
    assert person(written) == Person(name=name, email=email, url="https://a.example/x")


def test_an_empty_author_line_is_nobody() -> None:
    assert person(" \n") is None


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from('a@.<>[]() "'), max_size=60))
def test_any_author_line_has_a_name(written: str) -> None:
    found = person(written)
    assert found is None or found.name
