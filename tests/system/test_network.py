"""Where the network is cut off, silent or hostile: in namespaces of the tests' own."""

import json
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest

from support.namespace import Namespace, namespace
from support.service import free_port, until
from support.shipped import copy_of_shipped
from syndicator.text.urls import web

pytestmark = pytest.mark.system

RESOLVER = "127.0.0.1"
NOBODY = "192.0.2.53"  # RFC 5737: there is no way there
PUBLIC = "93.184.216.34"
ADDRESSES = [
    *("10.1.2.3", "100.64.0.1", "169.254.169.254", "168.63.129.16", "172.16.0.1", "192.168.1.1", "0.0.0.1"),
    *("192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
    *("240.0.0.1", "255.255.255.254", "::2", "::7f00:1", "::a01:203", "::ffff:0:7f00:1", "64:ff9b::7f00:1"),
    *("64:ff9b::a01:203", "64:ff9b:1::7f00:1", "64:ff9b:1::a01:203", "100::1", "200::1", "2001:0:7f00:1::"),
    *("2001:2::1", "2001:db8::1", "2002:7f00:1::", "2002:7f00:1::1", "2002:a01:203::1", "3fff::1", "4000::1"),
    *("5f00::1", "fc00::1", "fd00::1", "fe00::1", "fec0::1"),
]
"""On which a listener is the judge, beside loopback: none may be reached."""
DATA = Path(__file__).parents[1] / "fetch" / "data"
HOSTS = [
    line for name in ("hosts", "inward") for line in (DATA / f"{name}.txt").read_text().splitlines() if line[0] != "#"
]
FLIPS = 40
REDIRECTS = [
    *(f"http://{PUBLIC}/to{status}?http://127.0.0.1/inward/{status}" for status in (301, 302, 303, 307, 308)),
    f"http://{PUBLIC}/to?http://{PUBLIC}/to?http://10.1.2.3/inward/twice",
    f"http://{PUBLIC}/to?//169.254.169.254/inward/relative",
    f"http://{PUBLIC}/to?http:%5C%5C127.0.0.1%5Cinward%5Cbackslashes",
    f"http://{PUBLIC}/to?http://{PUBLIC}@127.0.0.1/inward/user",
    f"http://{PUBLIC}/to?http://flipping.test/inward/name",
]
NAMES = {
    "rebinding.test": [[PUBLIC], ["127.0.0.1"]],
    "rebinding-six.test": [[PUBLIC], ["::1"]],
    "second.test": [["93.184.216.99", "127.0.0.1", "::1"]],  # nobody is at the first
    "local.test": [["10.1.2.3"]],
    "metadata.test": [["169.254.169.254", "fd00::1"]],
    "mapped.test": [["::ffff:127.0.0.1"]],
    "flipping.test": [[PUBLIC], ["127.0.0.1"]] * FLIPS,
}
LOOK_UP_HANGS = '{"names": {}, "silent": true}'


def events(log: Path, key: str) -> Counter[str]:
    lines = log.read_text().splitlines() if log.exists() else []
    return Counter(event[key] for event in map(json.loads, lines) if key in event)


def begin_world(inside: Namespace, tmp_path: Path, spec: str) -> Path:
    """The log of who came."""
    log = tmp_path / "world.txt"
    inside.world(spec, log=log)
    until(lambda: events(log, "ready"))
    return log


def once(inside: Namespace, config: Path, *words: str, guarded: bool = True) -> str:
    """What `once` says; it ends well."""
    log = config.parent / "once.txt"
    assert inside.syndicator(config, "once", *words, log=log, guarded=guarded).wait(120) == 0, log.read_text()
    assert "Traceback" not in log.read_text()
    return log.read_text()


def rows(inside: Namespace, config: Path) -> dict[str, dict]:
    log = config.parent / f"rows{time.monotonic_ns()}.txt"
    assert inside.syndicator(config, "sources", "--json", log=log).wait(30) == 0, log.read_text()
    return {row["id"]: row for row in map(json.loads, log.read_text().splitlines())}


def configuration(tmp_path: Path, sources: str, allowed: str = "") -> Path:
    config = tmp_path / "config"
    (config / "sources").mkdir(parents=True)
    (config / "sources" / "all.toml").write_text(sources)
    (config / "syndicator.toml").write_text(f"[fetch]\nhost_spacing = 0\n{allowed}\n")
    return config


def end(service: "subprocess.Popen[bytes]") -> tuple[int, float]:
    """SIGTERM; its exit code, and seconds until then."""
    asked = time.monotonic()
    service.send_signal(signal.SIGTERM)
    return service.wait(20), time.monotonic() - asked


def test_the_daemon_ends_within_five_seconds_while_a_look_up_hangs(tmp_path) -> None:
    config = configuration(tmp_path, "".join(f'[[source]]\nurl = "http://hangs-{it}.test/"\n' for it in range(30)))
    with namespace(RESOLVER) as inside:
        world = begin_world(inside, tmp_path, LOOK_UP_HANGS)
        log = tmp_path / "log.txt"
        service = inside.syndicator(config, "run", log=log)
        until(lambda: len(events(world, "name")) == 30)
        code, seconds = end(service)
        assert code == 0, log.read_text()
        assert seconds < 5.0
        assert "Traceback" not in log.read_text()


def test_a_look_up_that_hangs_holds_up_nobody_else_and_is_told(tmp_path) -> None:
    sources = "".join(f'[[source]]\nid = "name-{it}"\nurl = "http://hangs-{it}.test/feed"\n' for it in range(100))
    sources += f'[[source]]\nid = "other"\nurl = "http://{PUBLIC}/feed"\n'
    config = configuration(tmp_path, sources)
    with namespace(RESOLVER, [f"{PUBLIC}/32"]) as inside:
        begin_world(inside, tmp_path, LOOK_UP_HANGS)
        began = time.monotonic()
        assert "1 new story" in once(inside, config)
        assert time.monotonic() - began < 15.0
        found = rows(inside, config)
        assert found.pop("other")["status"] == "ok"
        assert {(row["status"], row["failure"]) for row in found.values()} == {("failing", "dns")}
        assert all(row["message"] and row["remedy"] and row["next_try"] for row in found.values())


PAGE = "".join(
    f"<article><a href='http://{host}/page/{number}'><h2>A {number}</h2></a></article>"
    for number, host in enumerate(HOSTS)
)


def hostile_sources(tmp_path: Path) -> str:
    """All ways to a forbidden address: as a source, in a list, behind a redirect, by a name, in a page to follow."""
    (tmp_path / "config" / "lists").mkdir(parents=True)
    lines = [f"http://{host}/list/{number}" for number, host in enumerate(HOSTS)]
    (tmp_path / "config" / "lists" / "forms.txt").write_text("\n".join(lines))
    plain = [f"http://{host}/source/{number}" for number, host in enumerate(HOSTS) if web(f"http://{host}/")]
    named = [f"http://{name}/name" for name in NAMES if not name.startswith(("rebinding", "flipping"))]
    named += [f"http://flipping.test/flip/{number}" for number in range(FLIPS)]
    led = [f"http://{PUBLIC}/to?{quote(f'http://{host}/led/{number}')}" for number, host in enumerate(HOSTS)]
    led += [f"http://{name}/to?http://{name}/rebound" for name in NAMES if name.startswith("rebinding")]
    return (
        '[[list]]\nurl = "file:../lists/forms.txt"\n'
        + "".join(f"[[source]]\nurl = '{url}'\n" for url in plain + named + led + REDIRECTS)
        + f'[[source]]\nid = "open"\nurl = "http://{PUBLIC}/feed"\n'
        + f'[[source]]\nid = "page"\nurl = "http://{PUBLIC}/forms"\nkind = "page"\n'
        + 'select = { item = "article", link = "a", title = "h2", follow = true }\n'
    )


@pytest.mark.parametrize("build", ["guarded", "allowing everything", "without the guard"])
def test_a_private_address_is_dialled_only_if_it_is_allowed(tmp_path, build) -> None:
    config = configuration(
        tmp_path, hostile_sources(tmp_path), 'allow_networks = ["0.0.0.0/0", "::/0"]' if "allow" in build else ""
    )
    own = [f"{it}/{128 if ':' in it else 32}" for it in [PUBLIC, *ADDRESSES]]
    with namespace(RESOLVER, own) as inside:
        world = begin_world(inside, tmp_path, json.dumps({"names": NAMES, "pages": {"/forms": PAGE}}))
        for words in ((), ("--all",)):  # reads the list; asks what stands in it
            once(inside, config, *words, guarded=build != "without the guard")
        reached = events(world, "to")
        paths = events(world, "path")
        found = rows(inside, config)
    assert found.pop("open")["status"] == "ok"
    assert found.pop("page")["status"] == "ok"
    assert sum(number for path, number in paths.items() if path.startswith("/to")) > len(HOSTS) + len(REDIRECTS)
    if build != "guarded":  # so that the test can fail
        tried = Counter(path.split("/")[1] for path in paths)
        assert set(ADDRESSES) - set(reached) == set()
        assert {"127.0.0.1", "127.1.2.3", "::1"} <= set(reached)
        assert min(tried[entry] for entry in ("source", "list", "led", "page")) >= 120, tried
        assert (tried["inward"], tried["rebound"], tried["name"]) == (len(REDIRECTS), 1, 1)
        return
    assert set(reached) == {PUBLIC}
    failures = {row["url"]: row["failure"] for row in found.values() if row["kind"] != "list"}
    assert set(failures.values()) <= {"forbidden", "dns", "connect", "redirect", None}
    for name in NAMES:
        told = {failure for url, failure in failures.items() if url and f"//{name}/" in url}
        expected = {"second.test": {"connect"}, "flipping.test": {"forbidden", None}}
        assert told == expected.get(name, {"forbidden"}), name
    assert {failures[url] for url in REDIRECTS} <= {"forbidden"}
    assert all(row["remedy"] for row in found.values() if row["failure"])


def test_the_shipped_configuration_works_with_no_network_at_all(tmp_path) -> None:
    port = free_port()
    config = copy_of_shipped(tmp_path, port)
    with namespace(NOBODY) as inside:
        log = tmp_path / "log.txt"
        service = inside.syndicator(config, "run", log=log)
        until(lambda: "published" in log.read_text())
        until(lambda: {row["status"] for row in rows(inside, config).values()} == {"ok", "failing"})
        found = rows(inside, config)
        page = inside.call("curl", "-sf", "--retry", "5", "--retry-connrefused", f"http://127.0.0.1:{port}/")
        feed = json.loads(inside.call("curl", "-sf", f"http://127.0.0.1:{port}/feeds/all.json"))
        code, seconds = end(service)
    assert {name for name, row in found.items() if row["status"] == "ok"} == {
        *("sample-nsn", "sample-rss", "sample-rdf", "sample-atom", "sample-json")
    }
    unreachable = [row for row in found.values() if row["status"] == "failing"]
    assert {(row["failure"], row["message"]) for row in unreachable} == {("dns", "No name server gave an answer.")}
    assert all("this machine has no network" in row["remedy"] and row["next_try"] for row in unreachable)
    assert len(feed["items"]) > 15
    assert feed["items"][0]["title"] in page
    assert code == 0, log.read_text()
    assert seconds < 5.0
    assert "Traceback" not in log.read_text()
