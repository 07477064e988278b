import pytest

from syndicator.publish import border


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("https://daily.example/a?b=c&d=e#f", "https://daily.example/a?b=c&d=e#f"),
        ("HTTPS://Daily.Example:443", "https://daily.example/"),
        ("https://daily.example/a b|c?q=[1]^`#ф#g", "https://daily.example/a%20b%7Cc?q=%5B1%5D%5E%60#%D1%84%23g"),
        ("https://daily.example/100%", "https://daily.example/100%25"),
        ("https://daily.example/%d1%84", "https://daily.example/%d1%84"),
        ("https://user:pass@daily.example/", "https://daily.example/"),
        ("https://новости.рф/", "https://xn--b1amnebsh.xn--p1ai/"),
        ("https://[::1]:8080/x", "https://[::1]:8080/x"),
        ("https://daily_1.example./", "https://daily_1.example./"),
        ('https://daily".example/', ""),
        ("https://{daily}.example/", ""),
        ("https://daily`.example/", ""),
        ("/relative", ""),
        ("daily.example/x", ""),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("mailto:a@example.org", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_pass_and_as_uris(found: str, shown: str) -> None:
    assert border.address(found) == shown
    assert border.address(shown) == shown


def test_characters_that_xml_forbids_go_and_all_others_stay() -> None:
    assert border.text("a\x00b\ufdd0\ufffe\U0001ffffc\ud800d\te\r\nf\rg") == "abcd\te\nf\ng"
    assert border.text("👩‍👩‍👧‍👦 «ё»") == "👩‍👩‍👧‍👦 «ё»"
    assert border.line(" a\n b\u2028c ") == "a b c"


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("urn:isbn:1", "urn:isbn:1"),
        ("tag:example.org,2020:новость", "tag:example.org,2020:%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C"),
        ("https://daily.example/é#c", "https://daily.example/%C3%A9#c"),
        ("http://[2001:db8::1]:80/[é]", "http://[2001:db8::1]:80/%5B%C3%A9%5D"),
        ("urn:x://[2001:db8::1]/", "urn:x://%5B2001:db8::1%5D/"),
        ("https://daily.example/a b#c", "urn:uuid:6cc542e8-e3b9-5b04-8416-d89e33408350"),
    ],
)
def test_an_identifier_stays_what_it_is(found: str, shown: str) -> None:
    assert border.iri(found) == shown


def test_what_is_no_identifier_gets_one_of_its_own() -> None:
    made = [border.iri(found) for found in ("4711", "4712", "file:///srv/1", "")]
    assert len(set(made)) == 4
    assert all(each.startswith("urn:uuid:") for each in made)


@pytest.mark.parametrize(
    ("name", "url", "shown"),
    [
        ("Audio/MPEG; codecs=x", "https://daily.example/1", "audio/mpeg"),
        ("", "https://daily.example/a.MP3?x=1.png", "audio/mpeg"),
        ("mp3", "https://daily.example/1.mp3", "audio/mpeg"),
        ("", "https://daily.example/", "application/octet-stream"),
    ],
)
def test_every_enclosure_has_a_media_type(name: str, url: str, shown: str) -> None:
    assert border.media_type(name, url) == shown


def test_bodies_keep_no_address_that_is_relative_or_local() -> None:
    shown = border.body('<p><a href="/x">a</a><a href="file:///etc">b</a><a href="https://x.example/">c</a></p>')
    assert "/x" not in shown.replace("https://x.example/", "")
    assert "file:" not in shown
    assert "https://x.example/" in shown
