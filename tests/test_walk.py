"""The whole walk: an article from its source, over the network, to a feed reader; and a daemon's life."""

import hmac
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import feedparser
import orjson
import pytest

from support.origin import HANG, Asked, Origin, answer
from support.service import Service, command, free_port, stories, until, write_config

Start = Callable[[Path], Service]
TEXT = "Совет директоров решил сохранить ключевую ставку, а расчёты с «дальними» рынками вести в рублях. " * 3


def rss(*titles: str, host: str = "a.example", encoding: str = "utf-8") -> bytes:
    items = "".join(
        f"<item><title>{it}</title><link>https://{host}/{n}</link><guid>https://{host}/{n}</guid>"
        f"<pubDate>Thu, 05 Mar 2026 1{n}:00:00 MSK</pubDate><description>{TEXT if n == 1 else it}</description></item>"
        for n, it in enumerate(titles)
    )
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Лента {host}</title>'
        f"<link>https://{host}/</link><description/>{items}</channel></rss>"
    )
    return text.encode(encoding)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def config(tmp_path: Path, origin: Origin, port: int) -> Path:
    one = origin.serve("/one", rss("Снег", "Ставка", "Метро"), 'ETag: "1"')
    two = origin.serve("/two", rss("Парк", "Ставка: все о решении", host="b.example", encoding="windows-1251"))
    return write_config(
        tmp_path,
        port,
        sources__all=f'[[source]]\nid = "one"\nurl = "{one}"\n'
        f'[[source]]\nid = "two"\nurl = "{two}"\nrepublish = "full"\n',
    )


@pytest.fixture
def service(config: Path) -> Iterator[Service]:
    running = Service(config)
    yield running
    running.process.kill()
    running.process.wait()


@pytest.fixture
def service_of() -> Iterator[Start]:
    running: list[Service] = []

    def start(config: Path) -> Service:
        running.append(Service(config))
        return running[-1]

    yield start
    for service in running:
        service.process.kill()
        service.process.wait()


def age(config: Path, days: int) -> None:
    """Make all that is stored so much older."""
    with closing(sqlite3.connect(config.parent / "var" / "syndicator.db")) as database, database:
        ms = days * 86_400_000
        database.execute("UPDATE stories SET first_seen = first_seen - ?, updated = updated - ?", (ms, ms))
        database.execute("UPDATE articles SET first_seen = first_seen - ?", (ms,))
        database.execute("UPDATE counters SET value = value - ? WHERE name = 'round'", (ms,))
        database.execute("UPDATE counters SET value = value - 86400000 WHERE name = 'clock'")  # it is known since then


def test_what_is_old_is_forgotten_by_a_single_run_and_by_the_service(tmp_path: Path, service_of: Start) -> None:
    config, feed = write_config(tmp_path, free_port()), tmp_path / "config" / "sources" / "feed.xml"
    small = "[[source]]\nid = 'one'\nurl = 'file:feed.xml'\n[[channel]]\nid = 'all'\nlimit = 60\n"
    (config / "sources" / "all.toml").write_text(small)
    keep = config / "channels" / "keep.toml"
    keep.write_text('[keep]\nstories = "30d"\n')
    feed.write_bytes(rss(*(f"Morning {number}" for number in range(70))))
    assert "Forgot" not in command(config, "once", "--all").stdout
    age(config, 40)
    feed.write_bytes(rss(*(f"Evening {number}" for number in range(7)), host="b.example"))
    # The channel shows sixty, and its source seven.
    assert "Forgot 10 old stories, as set in [keep] stories." in command(config, "once", "--all").stdout
    assert "Forgot" not in command(config, "once", "--all").stdout
    age(config, 40)
    keep.write_text('[keep]\nstories = "60d"\n')
    (config / "sources" / "all.toml").write_text(small.replace("60", "55"))
    service = service_of(config)
    until(lambda: "forgot 5 old stories, as set in [keep] stories" in service.log.read_text())
    assert service.stop() == 0
    assert len(stories(config)) == 62


def test_a_page_that_is_a_feed_by_its_classes_reaches_a_reader(tmp_path: Path, origin: Origin, port: int) -> None:
    def notes(*numbers: int) -> bytes:
        entries = "".join(
            f'<div class="h-entry"><p class="p-name e-content">Заметка {it}: на реке лёд.</p>'
            f'<time class="dt-published">2026-03-0{it}T10:00:00Z</time> <a class="u-url" href="/n/{it}">#</a></div>'
            for it in numbers
        )
        return f'<meta charset="utf-8"><body class="h-feed"><h1 class="p-name">Записки</h1>{entries}'.encode()

    url = origin.serve("/notes", notes(2, 1))
    page = f'[[source]]\nid = "notes"\nurl = "{url}"\nkind = "page"\nrepublish = "full"\n'
    config = write_config(tmp_path, port, sources__all=page)
    assert command(config, "once").returncode == 0
    origin.serve("/notes", notes(3, 2, 1))
    assert command(config, "once", "notes").returncode == 0
    feed = feedparser.parse((config.parent / "var" / "public" / "feeds" / "all.atom").read_bytes())
    assert [it.link for it in feed.entries] == [origin.url(f"/n/{it}") for it in (3, 2, 1)]
    assert "Заметка 3: на реке лёд." in feed.entries[0].content[0].value


def test_a_hub_is_told_of_each_feed_that_changes_and_every_feed_leads_to_it(
    config: Path, port: int, origin: Origin, service_of: Start
) -> None:
    hub = origin.serve("/hub", b"", status="204 No Content")
    settings = config / "syndicator.toml"
    settings.write_text(settings.read_text().replace("[serve]", f'hubs = ["{hub}"]\n[serve]', 1))
    assert "no hub can fetch the feeds from" in command(config, "check").stdout

    def told() -> list[str]:
        return sorted(parse_qs(it.body.decode())["hub.url"][0].rpartition("/")[2] for it in origin.requests("/hub"))

    all_feeds = ["all.atom", "all.json", "all.rss", "social-events.json", "social.atom", "social.rss"]
    assert "hub" not in command(config, "once", "--all").stdout
    assert told() == all_feeds
    service = service_of(config)
    until(lambda: titles(service, port))
    for name in ("all.rss", "all.json"):
        feed = f"http://127.0.0.1:{port}/feeds/{name}"
        assert service.links(f"/feeds/{name}", port) == [f'<{hub}>; rel="hub"', f'<{feed}>; rel="self"']
        assert hub.encode() in service.get(f"/feeds/{name}", port)[2]
    origin.serve("/one", rss("Снег", "Ставка", "Метро", "Мост"), 'ETag: "2"')
    command(config, "once", "one")
    until(lambda: len(told()) == len(all_feeds) + 3)
    assert told() == sorted([*all_feeds, "all.atom", "all.json", "all.rss"])
    origin.serve("/hub", b"", status="503 Service Unavailable")
    origin.serve("/one", rss("Снег", "Ставка", "Метро", "Мост", "Парк"), 'ETag: "3"')
    command(config, "once", "one")
    until(lambda: f"The hub {hub} was not notified of the changes: The host is overloaded" in service.log.read_text())
    assert service.get("/healthz", port)[0] == 200
    assert service.stop() == 0


def test_what_a_sources_hub_tells_of_is_published_at_once(
    config: Path, port: int, origin: Origin, service_of: Start
) -> None:
    hub = origin.serve("/hub", b"", status="202 Accepted")
    settings = config / "syndicator.toml"
    settings.write_text(settings.read_text().replace("[serve]", "[serve]\npush = true", 1))
    links = f'Link: <{hub}>; rel="hub", </topic>; rel="self"'
    origin.serve("/one", rss("Снег", "Ставка"), 'ETag: "1"', links)
    service = service_of(config)
    until(lambda: titles(service, port))
    (request,) = until(lambda: origin.requests("/hub"), 30)
    form = {name: value for name, (value,) in parse_qs(request.body.decode()).items()}
    callback, topic = form["hub.callback"].removeprefix(f"http://127.0.0.1:{port}"), form["hub.topic"]
    assert topic.endswith("/topic")
    question = {"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "зима", "hub.lease_seconds": 864000}
    query = urlencode(question)
    status, _, body = service.get(f"{callback}?{query}", port)
    assert (status, body.decode()) == (200, "зима")
    until(lambda: f"Its hub {hub} announces its news." in command(config, "sources").stdout)
    assert service.get(f"{callback}?{query}x", port)[0] == 200, "as often as it likes"
    assert service.get(f"{callback}?{query.replace('topic', 'tropic')}", port)[0] == 404
    polls = len(origin.requests("/one"))
    origin.serve("/one", rss("Снег", "Ставка", "Мост"), 'ETag: "2"', links)

    def tell(secret: str) -> int:
        signed = hmac.new(secret.encode(), b"<rss/>", "sha256").hexdigest()
        return service.post(callback, port, b"<rss/>", X_Hub_Signature=f"sha256={signed}")

    assert tell("somebody else's") == 202
    assert tell(form["hub.secret"]) == 202
    until(lambda: "Мост" in titles(service, port))
    assert len(origin.requests("/one")) == polls + 1
    settings.write_text(settings.read_text().replace("push = true", "push = false"))
    until(lambda: service.get(f"{callback}?{query}", port)[0] == 404)
    until(lambda: "hub" not in command(config, "sources").stdout)
    assert service.stop() == 0


@pytest.fixture
def reader() -> Iterator[Origin]:
    """A subscriber's host, which says back what a hub asks."""
    made = Origin(otherwise=lambda asked: answer("".join(parse_qs(asked.path).get("hub.challenge", [])).encode()))
    yield made
    made.close()


def test_who_subscribes_at_our_hub_is_sent_each_feed_that_changes_also_after_a_restart(
    config: Path, port: int, origin: Origin, reader: Origin, service_of: Start
) -> None:
    settings = config / "syndicator.toml"
    settings.write_text(settings.read_text().replace("[serve]", "[serve]\nhub = true", 1))
    service = service_of(config)
    until(lambda: titles(service, port))
    hub, topic = f"http://127.0.0.1:{port}/hub", f"http://127.0.0.1:{port}/feeds/all.rss"
    assert service.links("/feeds/all.rss", port) == [f'<{hub}>; rel="hub"', f'<{topic}>; rel="self"']
    assert f'href="{hub}"'.encode() in service.get("/feeds/all.rss", port)[2]

    def ask(path: str) -> int:
        wish = {"mode": "subscribe", "topic": topic, "callback": reader.url(path), "secret": "зима"}
        form = urlencode({f"hub.{name}": value for name, value in wish.items()}).encode()
        try:
            return service.post("/hub", port, form)
        except OSError:  # it is started anew, or nobody has looked yet
            return 0

    assert until(lambda: ask("/inside")) == 202
    settings.write_text(settings.read_text().replace("hub = true", 'hub = true\nhub_networks = ["127.0.0.0/8"]'))
    until(lambda: "the new configuration is in force" in service.log.read_text())
    assert until(lambda: ask("/reader?id=7")) == 202
    until(lambda: reader.asked)
    assert not [it for it in reader.asked if "inside" in it.path], (
        "only where the operator says so, it calls what is inward"
    )
    origin.serve("/one", rss("Снег", "Ставка", "Мост"), 'ETag: "2"')
    command(config, "once", "one")

    def sent() -> list[Asked]:
        return [it for it in reader.requests("/reader?id=7") if it.method == "POST"]

    (first,) = until(sent)
    assert first.body == service.get("/feeds/all.rss", port)[2]
    assert "Мост" in first.body.decode()
    assert first.field("content-type") == "application/rss+xml; charset=utf-8"
    assert first.field("link") == f'<{hub}>; rel="hub", <{topic}>; rel="self"'
    assert first.field("x-hub-signature") == "sha256=" + hmac.new("зима".encode(), first.body, "sha256").hexdigest()
    assert service.stop() == 0
    origin.serve("/one", rss("Снег", "Ставка", "Мост", "Парк"), 'ETag: "3"')
    command(config, "once", "one")
    service = service_of(config)
    until(lambda: len(sent()) == 2)
    assert "Парк" in sent()[1].body.decode()
    assert service.stop() == 0


def titles(service: Service, port: int, name: str = "all.rss") -> list[str]:
    status, _, body = service.get(f"/feeds/{name}", port)
    if status != 200:
        return []
    feed = feedparser.parse(body)
    assert feed.bozo == 0
    return [entry.title for entry in feed.entries]


def test_from_two_sources_to_a_reader_and_through_a_daemons_life(
    service: Service, config: Path, port: int, origin: Origin
) -> None:
    until(lambda: len(titles(service, port)) == 4)
    until(lambda: titles(service, port, "all.atom") == titles(service, port))
    until(lambda: b"also_in" in service.get("/feeds/all.json", port)[2])
    _, fields, body = service.get("/feeds/all.json", port)
    items = orjson.loads(body)["items"]
    (shared,) = [item for item in items if item["title"].startswith("Ставка")]
    assert len(shared["_syndicator"]["also_in"]) == 1, "one story, both sources"
    assert TEXT.split(",", maxsplit=1)[0] in body.decode()

    assert service.get("/feeds/all.json", port, **{"If-None-Match": fields["etag"]})[0] == 304
    assert service.get("/", port)[0] == 200
    assert service.get("/feeds/all", port)[0] == 200
    assert service.get("/healthz", port)[0] == 200
    assert service.get("/social.json", port)[0] == 200

    # a command reaches the daemon through its door; news come at once
    origin.serve("/two", rss("Парк", "Ставка: все о решении", "Мост", host="b.example"))
    done = command(config, "once", "two")
    assert "1 new story," in done.stdout, done.stdout + done.stderr
    until(lambda: "Мост" in titles(service, port))

    # a bad change is refused with its line, a good one taken
    channels = config / "channels" / "bridge.toml"
    channels.write_text('[[channel]]\nid = "bridge"\ntaggs = ["x"]\n')
    until(lambda: "bridge.toml:3" in service.log.read_text())
    assert service.get("/feeds/bridge.rss", port)[0] == 404
    changed = time.monotonic()
    channels.write_text('[[channel]]\nid = "bridge"\nmatch = "мост OR снег"\n')
    until(lambda: sorted(titles(service, port, "bridge.rss")) == ["Мост", "Снег"])
    assert time.monotonic() - changed < 4.0

    # what is hardly wanted is taken, with a warning; so it is at the start
    (config / "sources" / "more.toml").write_text('[[source]]\nid = "more"\nurl = "file:../none.xml"\n')
    until(lambda: "more.toml:3: source.url: the file" in service.log.read_text())
    (config / "sources" / "more.toml").unlink()

    # the server moves with its settings, also back from where it cannot be
    main, other = config / "syndicator.toml", free_port()
    settings = main.read_text()
    main.write_text(settings.replace(f'listen = "127.0.0.1:{port}"', f'listen = "127.0.0.1:{origin.port}"'))
    until(lambda: "Nothing is served" in service.log.read_text())
    main.write_text(settings.replace(f'listen = "127.0.0.1:{port}"', f'listen = "127.0.0.1:{other}"'))
    until(lambda: len(titles(service, other, "bridge.rss")) == 2)
    main.write_text(settings)
    until(lambda: len(titles(service, port, "bridge.rss")) == 2)

    # a second daemon is told so
    second = command(config, "run")
    assert second.returncode == 75
    assert "Another syndicator" in second.stderr

    asked = time.monotonic()
    assert service.stop(signal.SIGTERM) == 0, service.log.read_text()
    assert time.monotonic() - asked < 5.0
    until(lambda: not service.family())
    log = service.log.read_text()
    assert "Traceback" not in log
    assert ", 1 copy" in log
    assert "1 copies" not in log
    assert [line[28:] for line in log.splitlines()[-2:]] == ["stopping: received SIGTERM", "stopped"]
    assert len(stories(config)) == 5


def test_while_the_configuration_has_a_mistake_a_server_that_dies_is_started_again_as_it_was(
    service: Service, config: Path, port: int
) -> None:
    until(lambda: len(titles(service, port)) == 4)
    (config / "sources" / "slip.toml").write_text("[[source]\n")
    until(lambda: "slip.toml:1" in service.log.read_text())
    (server,) = (it for it in service.family() if b"\0serve\0" in Path(f"/proc/{it}/cmdline").read_bytes())
    os.kill(server, signal.SIGKILL)
    until(lambda: len(titles(service, port)) == 4)
    assert service.stop() == 0, service.log.read_text()


def test_a_public_folder_that_is_removed_is_there_again_in_a_moment(service: Service, config: Path, port: int) -> None:
    until(lambda: len(titles(service, port)) == 4)
    public = config.parent / "var" / "public"
    until((public / "index.html").exists)
    shutil.rmtree(public.rename(public.with_name("away")))  # at once: it may be writing there
    until(lambda: len(titles(service, port)) == 4)
    until(lambda: service.get("/social.json", port)[0] == 200)
    assert service.stop() == 0, service.log.read_text()


def test_what_is_published_is_served_also_by_a_service_that_cannot_publish_when_it_starts(
    service: Service, service_of: Callable[[Path], Service], config: Path, port: int
) -> None:
    def health() -> object:
        return orjson.loads(again.get("/healthz", port)[2] or b"{}").get("status")

    until(lambda: len(titles(service, port)) == 4)
    service.stop()
    page = config.parent / "var" / "public" / "index.html"
    page.unlink()
    page.mkdir()
    main = config / "syndicator.toml"
    main.write_text(main.read_text().replace("[site]", '[site]\ntitle = "Another"'))
    again = service_of(config)
    until(lambda: len(titles(again, port)) == 4)
    until(lambda: health() == "failing")
    assert again.log.read_text().count(f"{page} cannot be written") == 1
    page.rmdir()
    until(lambda: health() == "ok")


def test_a_service_that_could_never_publish_does_not_start(config: Path, origin: Origin) -> None:
    (config.parent / "var").mkdir()
    (config.parent / "var" / "public").touch()
    done = command(config, "run")
    assert done.returncode == 2
    assert f"{config.parent}/var/public is not a folder" in done.stderr
    assert origin.connections == 0


def test_a_database_that_is_taken_away_from_under_the_service_is_told(
    service: Service, config: Path, port: int
) -> None:
    until(lambda: len(titles(service, port)) == 4)
    database = config.parent / "var" / "syndicator.db"
    assert f"there was no database at {database}: created a new one" in service.log.read_text()
    away = database.rename(database.with_name("away.db"))
    until(lambda: "was removed or replaced while the service was running" in service.log.read_text())
    until(lambda: service.get("/healthz", port)[0] == 503)
    away.rename(database)
    until(lambda: service.get("/healthz", port)[0] == 200)
    assert service.stop() == 0, service.log.read_text()
    again = Service(config)
    until(lambda: service.log.read_text().count("Serving") == 2)
    assert again.stop() == 0
    assert service.log.read_text().count("created a new one") == 1


def test_a_daemon_that_is_killed_takes_its_family_along_and_its_successor_goes_on(
    service: Service, config: Path, port: int, origin: Origin
) -> None:
    until(lambda: len(titles(service, port)) == 4)
    service.kill_family()
    until(lambda: not service.family())
    again = Service(config)
    until(lambda: len(titles(again, port)) == 4)
    assert len(origin.requests("/one")) == 1, "due times outlive the process"
    assert again.stop() == 0


def test_it_ends_quickly_while_a_host_keeps_it_waiting(tmp_path: Path, origin: Origin, port: int) -> None:
    slow = origin.script("/slow", HANG)
    config = write_config(tmp_path, port, sources__slow=f'[[source]]\nurl = "{slow}"\n')
    service = Service(config)
    until(lambda: origin.requests("/slow"))
    asked = time.monotonic()
    assert service.stop() == 0
    assert time.monotonic() - asked < 5.0


def test_a_taken_port_is_a_sentence_and_an_exit_code_before_anybody_is_polled(
    config: Path, port: int, origin: Origin
) -> None:
    (config / "syndicator.toml").write_text(
        (config / "syndicator.toml").read_text().replace(f"127.0.0.1:{port}", f"127.0.0.1:{origin.port}")
    )
    service = Service(config)
    assert service.process.wait(20) == 2
    log = service.log.read_text()
    assert "listen" in log
    assert "Traceback" not in log
    assert origin.connections == 0
    assert not (config.parent / "var" / "public").exists()
    (lock,) = (config.parent / "var").glob("*.lock")
    assert lock.read_bytes(), "the database was closed well"


def test_serving_goes_on_without_the_daemon(config: Path, port: int) -> None:
    assert command(config, "once").returncode == 0
    service = Service(config, "serve")
    until(lambda: len(titles(service, port)) == 4)
    command(config, "once", "--all")
    assert service.stop() == 0


def test_what_sources_repeat_below_their_stories_is_not_published_and_keeps_no_copies_apart(
    service_of: Callable[[Path], Service], tmp_path: Path, origin: Origin, port: int
) -> None:
    footers = {
        "one": ("Читайте нас утром и вечером.", "Письма в редакцию: дом 8.", "Мнения авторов — не наши мнения."),
        "two": ("Our editors welcome your letters.",),
    }

    def told(title: str) -> str:
        letters = random.Random(title)
        return " ".join("".join(letters.choices("абвгдежзиклмн", k=7)) for _ in range(60))

    def serve(name: str, *numbers: str) -> str:
        items = "".join(
            f"<item><title>{it}</title><link>https://{name}.example/{it}</link><description>"
            + "".join(f"&lt;p>{line}&lt;/p>" for line in (told(it), *footers[name]))
            + "</description></item>"
            for it in numbers
        )
        feed = f'<rss version="2.0"><channel><title>{name}</title><link>https://{name}.example/</link>{items}'
        return origin.serve(f"/{name}", f"{feed}</channel></rss>".encode())

    own = {name: [f"{name} {number}" for number in range(5)] for name in footers}
    sources = "".join(
        f'[[source]]\nid = "{name}"\nurl = "{serve(name, *own[name])}"\nrepublish = "full"\n' for name in footers
    )
    config = write_config(tmp_path, port, sources__all=sources)
    service = service_of(config)
    until(lambda: len(titles(service, port)) == 10)
    ids = {it["title"]: it["id"] for it in stories(config)}
    for name, names in own.items():
        serve(name, *names, "shared")
        assert command(config, "once", name).returncode == 0
    until(lambda: "shared" in titles(service, port))

    after = {it["title"]: it for it in stories(config)}
    assert {title: after[title]["id"] for title in ids} == ids
    assert [it["source"] for it in after["shared"]["copies"]] == ["one", "two"]
    items = {it["title"]: it for it in orjson.loads(service.get("/feeds/all.json", port)[2])["items"]}
    assert told("shared") in items["shared"]["content_html"]
    assert not any(line in items["shared"]["content_html"] for line in footers["one"])

    # the operator says otherwise, while the daemon runs, and for ever
    line = footers["one"][0]
    assert line in command(config, "boilerplate", "one").stdout
    assert command(config, "boilerplate", "one", "--allow", line).returncode == 0
    command(config, "once", "one")
    until(lambda: line in service.get("/feeds/all.json", port)[2].decode())
    assert service.stop() == 0, service.log.read_text()
    assert "part of the story (your decision)" in command(config, "boilerplate", "one").stdout
