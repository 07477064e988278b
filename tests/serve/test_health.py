import json

import pytest

FRESH = "2026-03-01T12:00:00Z"


def health(client):
    reply = client.get("/healthz")
    assert reply.fields["content-type"] == "application/json"
    assert reply.fields["cache-control"] == "no-store"
    assert reply.fields["x-content-type-options"] == "nosniff"
    return reply.status, json.loads(reply.body)


def test_nothing_published_is_not_healthy_and_the_first_file_is_seen_at_once(client, publish):
    assert health(client) == (503, {"status": "empty", "published": None, "daemon": None})
    publish("index.html", b"x", 1772366000)
    assert health(client) == (200, {"status": "ok", "published": "2026-03-01T11:53:20Z", "daemon": None})


@pytest.mark.parametrize(
    ("written", "status", "said"),
    [
        ({"at": FRESH, "ok": True}, 200, "ok"),
        ({"at": "2026-03-01T15:00:00+03:00", "ok": True, "more": 1}, 200, "ok"),
        ({"at": "2026-03-01T11:59:30Z", "ok": True}, 200, "ok"),
        ({"at": "2026-03-01T11:59:29Z", "ok": True}, 503, "stale"),
        ({"at": "2026-03-01T12:01:00Z", "ok": True}, 503, "stale"),
        ({"at": "0001-01-01T00:00:00+14:00", "ok": True}, 503, "stale"),
        ({"at": FRESH, "ok": False}, 503, "failing"),
        ({"at": FRESH}, 503, "stale"),
        ({"at": 5, "ok": True}, 503, "stale"),
        ({"at": "soon", "ok": True}, 503, "stale"),
        ([], 503, "stale"),
    ],
)
def test_the_daemons_word_is_passed_on(client, publish, status_file, written, status, said):
    publish("index.html", b"x")
    status_file.write_text(json.dumps(written))
    assert health(client)[0] == status
    assert health(client)[1]["status"] == said


def test_when_the_daemon_last_spoke_is_told_while_it_can_be_read(client, publish, status_file):
    publish("index.html", b"x", 1772366000)
    for written, said in [
        ({"at": "2026-03-01T15:00:00.25+03:00", "ok": True}, ("ok", FRESH)),
        ({"at": "2026-03-01T11:00:00Z", "ok": True}, ("stale", "2026-03-01T11:00:00Z")),
        ({}, ("stale", None)),
    ]:
        status_file.write_text(json.dumps(written))
        assert health(client)[1] == {"status": said[0], "published": "2026-03-01T11:53:20Z", "daemon": said[1]}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"at": FRESH, "ok": True}, "empty"),
        ({"at": FRESH, "ok": False}, "failing"),
        ({"at": "2026-03-01T11:00:00Z", "ok": True}, "stale"),
    ],
)
def test_why_nothing_is_published_goes_before_that_it_is_not(client, status_file, written, said):
    status_file.write_text(json.dumps(written))
    status, found = health(client)
    assert (status, found["status"], found["published"]) == (503, said, None)


@pytest.mark.parametrize("written", [b"", b"{", b"\xff", b"[" * 60_000])
def test_a_status_that_cannot_be_read_is_stale(client, publish, status_file, written):
    publish("index.html", b"x")
    status_file.write_bytes(written)
    assert health(client)[1]["status"] == "stale"


def test_a_status_that_may_not_be_read_is_stale(client, publish, status_file):
    publish("index.html", b"x")
    status_file.mkdir()
    assert health(client)[1]["status"] == "stale"


def test_many_questions_look_through_the_folder_once(client, clock, publish, catalogue, monkeypatch):
    publish("index.html", b"x", 1772366000)
    health(client)
    with monkeypatch.context() as patch:
        patch.setattr(catalogue, "newest", lambda: pytest.fail("looked again"))
        health(client)
    clock.wait(1.0)
    publish("style.css", b"x", 1772366390)
    assert health(client)[1]["published"] == "2026-03-01T11:59:50Z"
