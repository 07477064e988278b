"""A private source's address is told to nobody: not in outputs, logs or errors, whatever the source sends back."""

import html
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from support.echo import rss
from support.killing import parts
from support.origin import Origin
from support.private import FAILURE_KINDS, GROUPS, Case, all_cases, gated, planted, source
from support.service import Service, command, free_port, until, write_config
from syndicator.daemon.control import ask

TALKATIVE = """
import logging
from syndicator.cli import logs, main

start = logs.start

def start_all():
    start()
    for name in (None, "syndicator"):
        logging.getLogger(name).setLevel(1)

logs.start = start_all
main()
"""
"""The program with its log wide open."""


PASSWORD = "operators-0wn-w0rd"
"""Of the operator's pages, which are among what is told."""


@dataclass(repr=False)
class World:
    """Private sources, and everything that the program told of them, by where it stood."""

    root: Path
    cases: dict[str, Case] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=dict)
    modes: dict[str, int] = field(default_factory=dict)
    sources: list[dict[str, Any]] = field(default_factory=list)

    @property
    def config(self) -> Path:
        return self.root / "config"

    def note(self, name: str, data: bytes) -> None:
        """Keep what was told, also as a reader would decode it."""
        text = data.decode("utf-8", "replace")
        plain = html.unescape(text)
        self.told[name] = self.told.get(name, set()) | {text, plain, unquote(plain), unquote(unquote(plain))}

    def run(self, *words: str) -> str:
        done = command(self.config, *words)
        self.note("syndicator " + " ".join(words), (done.stdout + done.stderr).encode())
        return done.stdout

    def leaks(self, *secrets: str) -> list[str]:
        """Where a secret, or half of one, stands."""
        pieces = {piece for secret in secrets for piece in (secret[:12], secret[-12:])}
        found = {}
        for name, texts in self.told.items():
            for text in texts:
                for piece in pieces:
                    at = text.find(piece)
                    if at >= 0:
                        found[name] = f"{name}: …{text[max(at - 60, 0) : at + 40]}…"
        return list(found.values())


@pytest.fixture(scope="module")
def origins() -> Iterator[list[Origin]]:
    hosts = [Origin() for _ in range(12)]
    yield hosts
    for host in hosts:
        host.close()


@pytest.fixture(scope="module")
def world(origins: list[Origin], tmp_path_factory: pytest.TempPathFactory) -> World:
    """A daemon's life with every private source, then each command once, and all that was said meanwhile."""
    world = World(tmp_path_factory.mktemp("secrets"), {case.id: case for case in all_cases(origins)})
    port = free_port()
    config = write_config(world.root, port, sources__all="\n".join(case.toml for case in world.cases.values()))
    main = config / "syndicator.toml"
    operator = f'[serve.operator]\nusername = "me"\npassword = "{PASSWORD}"\n'
    main.write_text(main.read_text() + f'timeout = "1s"\nmax_body = "256KiB"\n{operator}')
    (config / "channels" / "all.toml").write_text('[[channel]]\nid = "all"\nlimit = 10000\n')
    for words in (["check"], ["plan"], ["plan", "--json"]):
        world.run(*words)
    with (world.root / "log").open("wb") as log:
        words = [sys.executable, "-c", TALKATIVE, "run", "--config", str(config)]
        daemon = subprocess.Popen(words, stdout=log, stderr=log)
    try:
        live(world, daemon.pid, port)
    finally:
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(15) == 0
    world.note("the log", (world.root / "log").read_bytes())
    for words in (["once", "--all", "--json"], ["publish"], ["stories"], ["stories", "--json"], ["sources"]):
        world.run(*words)
    world.sources = [json.loads(line) for line in world.run("sources", "--json").splitlines()]
    for file in (world.root / "var").rglob("*"):
        if file.is_file() and not file.name.startswith("syndicator.db"):
            world.note(str(file.relative_to(world.root)), file.read_bytes())
    plans(world, config / "sources" / "all.toml")
    return world


def plans(world: World, sources: Path) -> None:
    """What is told of changes: of other settings, other addresses, and of what rests."""
    now = sources.read_text()
    for name, draft in {
        "priority": now.replace("[[source]]", "[[source]]\npriority = 7"),
        "address": re.sub('(?m)^url = "(http[^"?]+)', r'url = "\1/moved', now),
        "nothing": '[[source]]\nurl = "https://a.example/"\n',
    }.items():
        sources.write_text(draft)
        assert world.run("plan", "--json").count("\n") > len(world.cases) / 2, name
        world.run("plan")
    sources.write_text(now)


def live(world: World, pid: int, port: int) -> None:
    """What the running daemon says, over every door that it has."""
    door = world.root / "var" / "control.sock"
    until(door.exists)
    world.run("once", "--all")
    world.run("once", "no-such-source")
    for request in (
        {"do": "once", "sources": list(world.cases)[:9]},
        {"do": "once", "sources": ["?"]},
        {"do": "publish"},
        {"do": "x"},
        {},
    ):
        world.note(f"the door's answer to {request}", json.dumps(ask(door, request)).encode())
    living = parts(pid)
    assert pid in living
    for process in (Path(f"/proc/{it}") for it in living):
        for name in ("cmdline", "environ", "comm"):
            world.note(f"{process.name}/{name}", (process / name).read_bytes())
    world.note("status.json of the living", door.with_name("status.json").read_bytes())
    world.modes = {file.name: file.stat().st_mode & 0o777 for file in door.parent.iterdir() if file.name != "public"}
    for path in ("/", "/feeds/all", "/feeds/all.rss", "/social.json", "/sources.opml", "/healthz", "/nowhere"):
        status, fields, body = Service.get(None, path, port)  # type: ignore[arg-type]  # it asks nothing of itself
        world.note(f"{path}: {status}", repr(fields).encode() + body)


@pytest.mark.parametrize("group", [*GROUPS, "fails"])
def test_no_output_log_or_error_shows_the_token(world: World, group: str) -> None:
    leaks = {name: world.leaks(*case.secrets) for name, case in world.cases.items() if name.startswith(group)}
    assert leaks
    assert {name: found for name, found in leaks.items() if found} == {}


def test_no_output_log_or_error_shows_the_operators_password(world: World) -> None:
    pages = [text for name, texts in world.told.items() if name.startswith("var/operator/") for text in texts]
    assert any("fails" in text for text in pages), "they tell of what fails, and are looked through for the tokens, too"
    assert world.leaks(PASSWORD) == []


@pytest.mark.parametrize("group", GROUPS)
def test_the_private_source_works_all_the_same(world: World, group: str) -> None:
    expected = {case.clean for name, case in world.cases.items() if name.startswith(group) and case.clean}
    feed = json.loads((world.root / "var" / "public" / "feeds" / "all.json").read_bytes())
    assert expected
    assert expected - {item.get("url") for item in feed["items"]} == set()
    mine = [it for it in world.sources if str(it["id"]).startswith(group)]
    assert mine
    assert [it["id"] for it in mine if it["status"] != "ok"] == []
    assert [it["id"] for it in mine if it["kind"] != "list" and not it["articles"]] == []
    assert [it["id"] for it in mine if it["private"] and it["url"]] == []


def test_every_class_of_failure_was_met_and_tells_a_remedy(world: World) -> None:
    failed = [it for it in world.sources if str(it["id"]).startswith("fails-")]
    assert {it["id"] for it in failed} == {name for name in world.cases if name.startswith("fails-")}
    assert {it["failure"] for it in failed} == set(FAILURE_KINDS)
    assert [it["id"] for it in failed if not it["remedy"]] == []


def test_what_holds_secrets_is_its_owners_alone(world: World) -> None:
    names = {name for name in world.modes if name.startswith("syndicator.db") or name == "control.sock"}
    assert names >= {"syndicator.db", "syndicator.db-wal", "control.sock"}
    assert {name: oct(world.modes[name]) for name in names} == dict.fromkeys(names, "0o600")


MISTAKES = {
    "key": 'urll = "x"\nurl = "http://a.example/?token=TOKEN"',
    "type": 'url = "http://reader:TOKEN@b.example/"\ntags = "TOKEN"',
    "unclosed": 'url = "http://reader:TOKEN@c.example/',
    "bare": "url = http://reader:TOKEN@d.example/",
    "twice": 'url = "http://reader:TOKEN@e.example/"\nurl = "http://reader:TOKEN@e.example/"',
    "dotted": 'url.TOKEN = "http://reader:TOKEN@f.example/"',
    "swapped": '"http://reader:TOKEN@g.example/" = "url"',
    "scheme": 'url = "ftp://reader:TOKEN@h.example/"',
    "no-scheme": 'url = "reader:TOKEN@i.example/feed"',
    "space": 'url = "http://reader:TOKEN @j.example/"',
    "host": 'url = "http://reader:TOKEN@/feed"',
    "port": 'url = "http://reader:TOKEN@k.example:99999/"',
    "private": 'url = "//l.example/TOKEN"\nprivate = true',
    "file": 'url = "file:../../TOKEN?token=TOKEN"\nprivate = true',
    "bearer": 'url = "http://m.example/"\nauth = { bearer = "TOKEN TOKEN" }',
    "both": 'url = "http://n.example/"\nauth = { bearer = "TOKEN", username = "TOKEN", password = "TOKEN" }',
    "colon": 'url = "http://o.example/"\nauth = { username = "TOKEN:", password = "TOKEN" }',
    "auth-key": 'url = "http://p.example/"\nauth = { token = "TOKEN" }',
    "auth-text": 'url = "http://q.example/"\nauth = "TOKEN"',
    "env": 'url = "http://r.example/"\nauth = { bearer = "env:TOKEN" }',
    "id": 'id = "http://TOKEN"\nurl = "http://reader:TOKEN@s.example/"',
    "kind": 'kind = "TOKEN"\nurl = "http://reader:TOKEN@t.example/"',
    "interval": 'interval = "TOKEN"\nurl = "http://reader:TOKEN@u.example/"',
    "same-id": 'id = "a"\nurl = "http://reader:TOKEN@v.example/"\n[[source]]\nid = "a"\nurl = "http://v.example/TOKEN"',
    "same-url": 'url = "http://reader:TOKEN@w.example/"\n[[source]]\nurl = "http://reader:TOKEN@w.example/"',
    "list": 'url = "http://x.example/"\n[[list]]\nurl = "http://reader:TOKEN@y.example/"\ntitle = "TOKEN"',
}
"""Tables with a mistake in them, and a token near it."""


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What `check` says of all of them at once."""
    tables = {
        f"sources__{name}": f"[[source]]\n{it}\n".replace("TOKEN", planted(name)) for name, it in MISTAKES.items()
    }
    done = command(write_config(tmp_path_factory.mktemp("mistakes"), 1, **tables), "check")
    assert done.returncode == 2
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_configuration_is_told_without_the_token_beside_it(complaints: str, name: str) -> None:
    assert f"/{name}.toml" in complaints
    assert planted(name)[:12] not in complaints
    assert planted(name)[-12:] not in complaints


@pytest.mark.parametrize("odd", ["[", "]", "℀", "＠", "%"])
def test_a_password_of_any_characters_stops_nobody(origins: list[Origin], tmp_path: Path, odd: str) -> None:
    token, host = planted(odd) + odd, origins[0]
    host.serve("/odd", rss(host.url("/odd"), host.url("/clean")))
    url = f"http://reader:{token}@127.0.0.1:{host.port}/odd"
    config = write_config(tmp_path, 1, sources__all=source("odd", url) + source("good", host.url("/odd")))
    world = World(tmp_path)
    if "no mistake" in world.run("check"):
        assert "Polled 2 sources" in world.run("once")
    assert world.leaks(token) == []
    assert config


def test_a_password_from_the_environment_is_sent_and_not_shown(
    origins: list[Origin], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, host = planted("environment"), origins[0]
    monkeypatch.setenv("READERS_TOKEN", token)
    host.on("/env", gated(rss(host.url("/env"), host.url("/clean"), token), f"Bearer {token}"))
    write_config(tmp_path, 1, sources__all=source("env", host.url("/env"), 'auth = { bearer = "env:READERS_TOKEN" }'))
    world = World(tmp_path)
    assert "4 new stories" in world.run("once")
    for words in (["stories", "--json"], ["sources", "--json"], ["check"]):
        world.run(*words)
    for file in (tmp_path / "var" / "public").rglob("*.*"):
        world.note(file.name, file.read_bytes())
    assert world.leaks(token) == []


BUGS = {
    "reading": """
from syndicator.pipeline import read
parse = read.parse.parse
def bug(response, source):
    if source.kind == "list":
        return parse(response, source)
    raise ValueError(f"cannot read {response.url} {response.body!r}")
read.parse.parse = bug
""",
    "recording": """
from syndicator.pipeline import landing
def bug(store, landed, *rest): raise ValueError(f"cannot record {[it.source.url for it in landed]}")
landing.record = bug
""",
    "transfer": """
from syndicator.fetch import loop
def bug(request, agent): raise ValueError(f"cannot ask {request.url}")
loop.prepare = bug
""",
    "publishing": """
from syndicator.publish import html
def bug(*rest): raise ValueError("cannot publish " + "".join("TOKEN".split()))
html.render_index = bug
""",
    "choosing": """
from syndicator.daemon import acts
def bug(pump, *rest, **more): raise RuntimeError(f"cannot choose from {[it.url for it in pump.sources]}")
acts.chosen = bug
""",
}
"""Bugs put into the program, each of which names the address. A token in a source is spaced: tracebacks show lines."""

SABOTAGED = """
from syndicator.pipeline import engines
engines.ENGINES["processes"] = engines.ENGINES["serial"]
from syndicator.cli import main
"""


@pytest.fixture
def sabotaged(origins: list[Origin], tmp_path: Path, request: pytest.FixtureRequest) -> tuple[World, str, list[str]]:
    """A private source, one that a list names, and the program with a bug in it."""
    name, host = request.param, origins[0]
    token, listed = planted(name), planted(f"{name} listed")
    url = host.serve(f"/bug?token={token}", b"<rss>" + token.encode())
    host.serve(f"/bug?token={listed}", b"<rss>" + listed.encode())
    bugs = host.serve("/bugs", host.url(f"/bug?token={listed}").encode())
    write_config(tmp_path, free_port(), sources__all=source("bad", url) + source("more", bugs, table="list"))
    return World(tmp_path), SABOTAGED + BUGS[name].replace("TOKEN", " ".join(token)) + "main()", [token, listed]


@pytest.mark.parametrize("sabotaged", BUGS, indirect=True)
def test_a_bug_of_ours_in_a_command_shows_no_token(sabotaged: tuple[World, str, list[str]]) -> None:
    world, code, secrets = sabotaged
    words = [sys.executable, "-c", code, "once", "--all", "--config", str(world.config)]
    done = subprocess.run(words, capture_output=True, timeout=60, check=False)
    assert done.returncode == 1, done.stderr
    world.note("once", done.stdout + done.stderr)
    world.run("sources", "--json")
    assert world.leaks(*secrets) == []


@pytest.mark.parametrize("sabotaged", BUGS, indirect=True)
def test_a_bug_of_ours_in_the_daemon_shows_no_token(sabotaged: tuple[World, str, list[str]]) -> None:
    world, code, secrets = sabotaged
    door, status = (world.root / "var" / name for name in ("control.sock", "status.json"))
    with (world.root / "log").open("wb") as log:
        words = ["-c", code, "run", "--config", str(world.config)]
        daemon = subprocess.Popen([sys.executable, *words], stdout=log, stderr=log)
    until(lambda: door.exists() or daemon.poll() is not None)
    words = ["-m", "syndicator", "once", "--all", "--config", str(world.config)]
    asking = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    until(lambda: asking.poll() is not None or (status.exists() and json.loads(status.read_bytes())["complaints"]))
    if status.exists():
        world.note("status.json", status.read_bytes())
    daemon.send_signal(signal.SIGTERM)
    daemon.wait(15)
    world.note("once", asking.communicate(timeout=15)[0])
    world.note("log", (world.root / "log").read_bytes())
    world.run("sources", "--json")
    assert world.leaks(*secrets) == []
