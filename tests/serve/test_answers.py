import pytest
from lxml import html

from syndicator.serve import answers
from syndicator.serve.answers import Answer

STATIC = {name: it for name, it in vars(answers).items() if isinstance(it, Answer) and it.status >= 400}


@pytest.mark.parametrize("answer", STATIC.values(), ids=STATIC.keys())
def test_every_error_is_complete_harmless_and_kept_by_nobody(answer: Answer) -> None:
    fields = dict(answer.fields)
    assert len(fields) == len(answer.fields)
    assert fields[b"content-length"] == b"%d" % len(answer.body)
    assert fields[b"content-type"] == b"text/html; charset=utf-8"
    assert fields[b"cache-control"] == b"no-store"
    assert fields[b"x-content-type-options"] == b"nosniff"
    assert fields[b"referrer-policy"] == b"no-referrer"
    assert fields[b"content-security-policy"] == b"default-src 'none'; frame-ancestors 'none'; sandbox"
    assert str(answer.status).encode() in answer.body


@pytest.mark.parametrize("answer", STATIC.values(), ids=STATIC.keys())
def test_every_error_can_be_read_on_a_telephone_and_by_a_screen_reader(answer: Answer) -> None:
    page = html.document_fromstring(answer.body.decode())
    assert page.get("lang") == "en"
    assert page.xpath("//meta[@name='viewport']/@content") == ["width=device-width, initial-scale=1"]
    (main,) = page.xpath("/html/body/*")
    assert (main.tag, [it.tag for it in main]) == ("main", ["h1", "p"])


def test_a_refused_method_is_told_which_ones_there_are() -> None:
    assert dict(answers.NOT_ALLOWED.fields)[b"allow"] == b"GET, HEAD, OPTIONS"


def test_a_status_has_the_name_that_the_standard_gives_it() -> None:
    assert answers.TOO_LONG.head.startswith(b"HTTP/1.1 414 URI Too Long\r\n")
    assert b"<h1>413 Content Too Large</h1>" in answers.TOO_LARGE.body


def test_a_redirect_has_no_body_and_runs_nothing() -> None:
    answer = answers.redirect("all")
    fields = dict(answer.fields)
    assert (answer.status, fields[b"location"], answer.body) == (308, b"all", b"")
    assert b"content-security-policy" in fields
