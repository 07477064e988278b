"""The operator's pages: for the operator, and for nobody else."""

import base64

import pytest

from syndicator.serve.operator import Operator

PLACES = ["/operator/", "/operator/faults.atom", "/operator/metrics"]


def basic(credentials, scheme="Basic"):
    return f"{scheme} {base64.b64encode(credentials.encode()).decode()}"


GOOD = basic("анна:s3:cret")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "operator"
    made.mkdir()
    for name in ("index.html", "faults.atom", "metrics"):
        (made / name).write_bytes(name.encode())
    return made


@pytest.fixture
def operator(folder, clock):
    return Operator(folder, "анна", "s3:cret", clock)


@pytest.mark.parametrize(
    ("path", "name", "media_type"),
    [
        ("/operator/", "index.html", "text/html; charset=utf-8"),
        ("/operator/faults.atom", "faults.atom", "application/atom+xml; charset=utf-8"),
        ("/operator/metrics", "metrics", "text/plain; version=0.0.4; charset=utf-8"),
    ],
)
def test_the_operator_sees_them(client, path, name, media_type):
    reply = client.get(path, authorization=GOOD)
    assert (reply.status, reply.body) == (200, name.encode())
    assert reply.fields["content-type"] == media_type
    assert "access-control-allow-origin" not in reply.fields, "no script of another site may read them"
    assert reply.fields["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", [*PLACES, "/operator"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "Basic",
        "Basic !!!",
        "Basic YQ",  # no padding
        "Bearer " + GOOD.partition(" ")[2],
        basic("анна:"),
        basic("анна:s3:cre"),
        basic("анна:s3:cret "),
        basic("anna:s3:cret"),
        f"{GOOD}, {GOOD}",
    ],
)
def test_nobody_else_sees_any_of_them(client, path, method, given):
    reply = client.request(path, method, () if given is None else (("Authorization", given),))
    assert reply.status == 401
    assert reply.fields["www-authenticate"] == 'Basic realm="operator", charset="UTF-8"'
    assert reply.fields["cache-control"] == "no-store"
    assert b"index" not in reply.body


def test_whoever_guesses_waits_and_the_operator_does_not(client, clock):
    client.peer = "8.8.8.8"
    replies = [client.get("/operator/", authorization=basic(f"анна:{number}")) for number in range(11)]
    assert [it.status for it in replies] == [401] * 10 + [429]
    assert (replies[10].fields["retry-after"], replies[10].fields["cache-control"]) == ("60", "no-store")
    assert client.get("/operator/", authorization=GOOD).status == 429, "or it could go on guessing"
    assert client.get("/operator/").status == 401, "which is no guess"
    client.peer = "127.0.0.1"
    assert client.get("/operator/", authorization=GOOD, x_forwarded_for="8.8.8.8").status == 429
    assert client.get("/operator/", authorization=GOOD, x_forwarded_for="9.9.9.9").status == 200
    assert client.get("/operator/", authorization=GOOD).status == 200
    client.peer = "8.8.8.8"
    clock.wait(60)
    assert client.get("/operator/", authorization=GOOD).status == 200


def test_where_the_operator_comes_from_is_known(client):
    client.peer = "9.9.9.9"
    assert client.get("/operator/", authorization=GOOD).status == 200
    for number in range(200):
        client.peer = f"8.8.{number}.8"
        assert client.get("/operator/", authorization=basic(f"анна:{number}")).status == 401
    assert client.get("/operator/", authorization=basic("анна:x")).status == 429
    client.peer = "9.9.9.9"
    assert client.get("/operator/", authorization=GOOD).status == 200


def test_the_scheme_may_be_written_in_any_case(client):
    assert client.get("/operator/", authorization=basic("анна:s3:cret", "bAsIc")).status == 200


def test_without_its_slash_the_page_leads_to_itself(client):
    reply = client.get("/operator", authorization=GOOD)
    assert (reply.status, reply.fields["location"]) == (308, "operator/")


def test_a_reader_that_has_the_feed_is_told_so(client, folder):
    tag = client.get("/operator/faults.atom", authorization=GOOD).fields["etag"]
    assert client.get("/operator/faults.atom", authorization=GOOD, if_none_match=tag).status == 304
    (folder / "faults.atom").write_bytes(b"news")
    reply = client.get("/operator/faults.atom", authorization=GOOD, if_none_match=tag)
    assert (reply.status, reply.body) == (200, b"news")


def test_as_long_as_they_are_not_written_the_operator_is_told_to_wait(client, folder):
    (folder / "metrics").unlink()
    reply = client.get("/operator/metrics", authorization=GOOD)
    assert (reply.status, reply.fields["retry-after"]) == (503, "10")


@pytest.mark.parametrize("path", ["/operator/other", "/operator/../status.json", "/operator/index.html", "/operators/"])
def test_there_is_nothing_else(client, publish, path):
    publish("index.html", b"x")
    assert client.get(path, authorization=GOOD).status == 404


@pytest.mark.parametrize("path", [*PLACES, "/operator"])
@pytest.mark.parametrize("operator", [None])
def test_where_there_is_no_operator_there_are_no_such_pages(client, publish, path):
    publish("index.html", b"x")
    assert client.get(path, authorization=GOOD).status == 404
