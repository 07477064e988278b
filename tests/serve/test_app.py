import gzip
from typing import ClassVar

import pytest

NOON = 1772366400.0
PAGE = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
DATA = "default-src 'none'; frame-ancestors 'none'; sandbox"
FILES = {
    "index.html": ("/", "text/html; charset=utf-8", PAGE, False),
    "feeds/all.html": ("/feeds/all", "text/html; charset=utf-8", PAGE, False),
    "style.css": ("/style.css", "text/css; charset=utf-8", DATA, False),
    "feeds/all.rss": ("/feeds/all.rss", "application/rss+xml; charset=utf-8", DATA, True),
    "feeds/all.atom": ("/feeds/all.atom", "application/atom+xml; charset=utf-8", DATA, True),
    "feeds/all.json": ("/feeds/all.json", "application/feed+json", DATA, True),
    "social.json": ("/social.json", "application/json", DATA, True),
    "sources.opml": ("/sources.opml", "text/x-opml; charset=utf-8", DATA, True),
}


@pytest.fixture
def published(publish):
    for name in FILES:
        publish(name, f"«{name}» ".encode() * 50, NOON - 3600)


def expected(name):
    """The fields of a 200 with the plain body, but for its tag."""
    _, media_type, policy, shared = FILES[name]
    return {
        "content-type": media_type,
        "content-length": str(len(f"«{name}» ".encode() * 50)),
        "accept-ranges": "none",
        "last-modified": "Sun, 01 Mar 2026 11:00:00 GMT",
        "cache-control": "no-cache",
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "content-security-policy": policy,
        **({"access-control-allow-origin": "*", "access-control-expose-headers": "ETag, Link"} if shared else {}),
    }


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("name", FILES)
class TestEveryFile:
    def test_is_served_whole_with_every_field(self, client, name):
        reply = client.get(FILES[name][0])
        assert reply.status == 200
        assert reply.body == f"«{name}» ".encode() * 50
        etag = reply.fields.pop("etag")
        assert etag[0] == etag[-1] == '"'
        assert reply.fields == expected(name)

    def test_is_served_compressed_with_a_tag_of_its_own(self, client, name):
        plain = client.get(FILES[name][0])
        reply = client.get(FILES[name][0], accept_encoding="gzip")
        assert gzip.decompress(reply.body) == plain.body
        etag = reply.fields.pop("etag")
        assert etag == plain.fields["etag"][:-1] + '-gz"'
        assert reply.fields == expected(name) | {"content-encoding": "gzip", "content-length": str(len(reply.body))}

    @pytest.mark.parametrize("accept", ["identity", "gzip"])
    def test_is_not_sent_again_to_who_has_it(self, client, name, accept):
        path = FILES[name][0]
        etag = client.get(path, accept_encoding=accept).fields["etag"]
        reply = client.get(path, accept_encoding=accept, if_none_match=f'"other", W/{etag}')
        assert (reply.status, reply.body) == (304, b"")
        whole = expected(name)
        for field in ("content-type", "content-length", "accept-ranges"):
            del whole[field]
        assert reply.fields == whole | {"etag": etag}

    @pytest.mark.parametrize("accept", ["identity", "gzip"])
    def test_has_the_same_head_without_a_body(self, client, name, accept):
        path = FILES[name][0]
        head = client.request(path, "HEAD", (("accept-encoding", accept),))
        assert head.body == b""
        assert (head.status, head.fields) == (200, client.get(path, accept_encoding=accept).fields)
        conditional = (("accept-encoding", accept), ("if-none-match", "*"))
        assert client.request(path, "HEAD", conditional).status == 304


@pytest.mark.usefixtures("published")
class TestOptions:
    """RFC 9110, section 9.3.7; and the Fetch standard's preflight, which scripts of other sites cause."""

    GUARDED: ClassVar = {
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "content-security-policy": DATA,
    }

    @pytest.mark.parametrize("name", FILES)
    def test_what_scripts_of_other_sites_may_read_they_may_ask_for_on_conditions(self, client, name):
        path, _, _, shared = FILES[name]
        asked = (
            ("Origin", "https://reader.example"),
            ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "if-none-match"),
        )
        reply = client.request(path, "OPTIONS", asked)
        permitted = {
            "access-control-allow-origin": "*",
            "access-control-allow-methods": "GET, HEAD",
            "access-control-allow-headers": "*",
            "access-control-max-age": "86400",
        }
        assert (reply.status, reply.body) == (204, b"")
        assert reply.fields == {"allow": "GET, HEAD, OPTIONS", **self.GUARDED, **(permitted if shared else {})}
        assert client.get(path).fields.get("access-control-allow-origin") == ("*" if shared else None)

    @pytest.mark.parametrize("path", ["*", "/healthz"])
    def test_what_is_no_file_tells_its_methods_alone(self, client, path):
        reply = client.request(path, "OPTIONS")
        assert (reply.status, reply.fields) == (204, {"allow": "GET, HEAD, OPTIONS", **self.GUARDED})

    def test_conditions_and_codings_do_not_matter(self, client):
        fields = (("If-None-Match", "*"), ("Accept-Encoding", "identity;q=0"))
        assert client.request("/feeds/all.rss", "OPTIONS", fields).status == 204

    def test_of_nothing_there_are_no_options(self, client):
        assert client.request("/none", "OPTIONS").status == 404
        assert client.request("/feeds/all.html", "OPTIONS").status == 308
        assert client.request("*", "GET").status == 404


@pytest.mark.usefixtures("published")
class TestConditions:
    def test_a_tag_of_the_other_coding_is_not_the_clients_copy(self, client):
        etag = client.get("/feeds/all.rss").fields["etag"]
        assert client.get("/feeds/all.rss", accept_encoding="gzip", if_none_match=etag).status == 200

    def test_a_field_sent_twice_is_one_list(self, client):
        etag = client.get("/feeds/all.rss").fields["etag"]
        fields = (("If-None-Match", '"other"'), ("If-None-Match", etag))
        assert client.request("/feeds/all.rss", "GET", fields).status == 304
        fields = (("Accept-Encoding", "br"), ("Accept-Encoding", "gzip"))
        assert client.request("/feeds/all.rss", "GET", fields).fields["content-encoding"] == "gzip"

    def test_dates_serve_those_who_keep_no_tags(self, client):
        date = client.get("/feeds/all.rss").fields["last-modified"]
        assert client.get("/feeds/all.rss", if_modified_since=date).status == 304
        assert client.get("/feeds/all.rss", if_modified_since="Sun, 01 Mar 2026 10:59:59 GMT").status == 200

    def test_a_change_within_the_same_second_is_not_hidden_by_a_date(self, client, publish):
        date = client.get("/feeds/all.rss").fields["last-modified"]
        publish("feeds/all.rss", b"newer", NOON - 3600)
        assert client.get("/feeds/all.rss", if_modified_since=date).body == b"newer"

    def test_who_insists_on_another_version_is_told(self, client):
        assert client.get("/feeds/all.rss", if_unmodified_since="Sun, 01 Mar 2026 10:59:59 GMT").status == 412
        reply = client.get("/feeds/all.rss", if_match='"other"')
        assert reply.status == 412
        assert reply.fields["content-security-policy"] == DATA

    def test_who_refuses_both_codings_is_told(self, client):
        reply = client.get("/feeds/all.rss", accept_encoding="*;q=0")
        assert (reply.status, reply.fields["vary"]) == (406, "Accept-Encoding")

    @pytest.mark.parametrize("fields", [{"range": "bytes=0-3"}, {"range": "bytes=0-3", "if_range": '"x"'}])
    def test_a_range_gets_the_whole(self, client, fields):
        reply = client.get("/feeds/all.rss", **fields)
        assert reply.status == 200
        assert len(reply.body) == int(reply.fields["content-length"])

    def test_a_precondition_does_not_turn_an_error_into_something_else(self, client):
        assert client.get("/none", if_none_match="*").status == 404
        assert client.get("/none", if_match='"x"').status == 404

    def test_the_query_changes_nothing(self, client):
        assert client.get("/feeds/all.rss?utm_source=x&%00").body == client.get("/feeds/all.rss").body


@pytest.mark.usefixtures("published")
class TestErrors:
    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/none", 404),
            ("/feeds/none.rss", 404),
            ("/feeds", 404),
            ("/feeds/all/", 404),
            ("/feeds/all.rss/", 404),
            ("/feeds/all.rss/../../index", 404),
            ("//", 404),
            ("/..", 404),
            ("/.", 404),
            ("/feeds/\0.rss", 404),
            ("/<script>alert(1)</script>", 404),
            ("/" + "a" * 1999, 404),
            ("/" + "a" * 7900, 404),
            ("/" + "a/" * 5000, 404),
            ("/none.html", 404),
            ("", 404),
        ],
    )
    def test_have_one_harmless_form_and_repeat_nothing(self, client, path, status):
        reply = client.get(path)
        assert reply.status == status
        assert reply.fields["content-security-policy"] == DATA
        assert reply.fields["x-content-type-options"] == "nosniff"
        assert reply.fields["content-length"] == str(len(reply.body))
        assert b"script" not in reply.body
        assert b"evil.example" not in reply.body
        head = client.request(path, "HEAD")
        assert (head.status, head.fields, head.body) == (status, reply.fields, b"")

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "PATCH", "PROPFIND", "get"])
    @pytest.mark.parametrize("path", ["/", "/feeds/all.rss", "/healthz", "/none"])
    def test_other_methods_are_told_which_ones_there_are(self, client, method, path):
        reply = client.request(path, method)
        assert (reply.status, reply.fields["allow"]) == (405, "GET, HEAD, OPTIONS")
        assert reply.fields["content-security-policy"] == DATA

    @pytest.mark.parametrize(
        ("path", "location"), [("/feeds/all.html", "all"), ("/index.html", "./"), ("/feeds/all.html?x=//evil", "all")]
    )
    def test_a_page_asked_for_by_its_file_is_found_below_any_prefix(self, client, path, location):
        reply = client.get(path)
        assert (reply.status, reply.fields["location"], reply.body) == (308, location, b"")
        assert reply.fields["content-security-policy"] == DATA

    def test_the_page_of_a_channel_that_is_called_index_is_found_at_its_address(self, client, publish):
        publish("feeds/index.html", b"<p>a channel")
        reply = client.get("/feeds/index")
        assert (reply.status, reply.fields["location"]) == (308, "./")
        assert client.get("/feeds/").body == b"<p>a channel"

    def test_a_bug_of_ours_costs_one_answer(self, client, catalogue, monkeypatch, caplog):
        with monkeypatch.context() as patch:
            patch.setattr(catalogue, "find", lambda _: 1 / 0)
            reply = client.get("/")
        assert reply.status == 500
        assert reply.fields["content-security-policy"] == DATA
        assert b"ZeroDivision" not in reply.body
        assert "ZeroDivision" in caplog.text
        assert client.get("/").status == 200

    def test_a_bug_met_while_compressing_costs_one_answer(self, client, monkeypatch, caplog):
        with monkeypatch.context() as patch:
            patch.setattr("syndicator.serve.representation.Representation.compressed", lambda _: 1 / 0)
            assert client.get("/", accept_encoding="gzip").status == 500
        assert "ZeroDivision" in caplog.text
        assert client.get("/", accept_encoding="gzip").status == 200

    def test_a_file_that_never_could_be_read_is_a_failure_of_ours(self, client, monkeypatch):
        def broken(*_):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("syndicator.serve.catalogue._read", broken)
        assert client.get("/feeds/all.rss").status == 503


class TestNothingPublished:
    @pytest.mark.parametrize("path", ["/", "/feeds/all.rss", "/anything"])
    @pytest.mark.parametrize("missing", [False, True])
    def test_is_told_in_a_plain_sentence_so_that_readers_come_back(self, client, public, path, missing):
        if missing:
            public.rmdir()
        reply = client.get(path)
        assert (reply.status, reply.fields["retry-after"]) == (503, "10")
        assert b"Nothing is published yet." in reply.body
        assert reply.fields["content-security-policy"] == DATA

    def test_ends_with_the_first_publish(self, client, public, publish):
        public.rmdir()
        assert client.get("/").status == 503
        publish("index.html", b"<p>home")
        assert client.get("/").body == b"<p>home"
        assert client.get("/anything").status == 404
