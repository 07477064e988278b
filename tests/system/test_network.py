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

pytestmark = pytest.mark.system

RESOLVER = "127.0.0.1"
NOBODY = "192.0.2.53"  # RFC 5737: there is no way there
PUBLIC = "93.184.216.34"
PRIVATE = ["10.1.2.3", "100.64.0.1", "169.254.169.254", "192.168.1.1", "172.16.0.1", "168.63.129.16"]
PRIVATE_SIX = ["fd00::1", "fe80::1", "fec0::1"]
LOOPBACK = ["127.0.0.1", "127.1.2.3", "::1"]
FORMS = (Path(__file__).parents[1] / "fetch" / "data" / "hosts.txt").read_text().splitlines()[1:]
HOSTS = [
    *(*PRIVATE, *LOOPBACK[:2], *FORMS),
    *("[fd00::1]", "[fe80::1%25lo]", "[::ffff:10.1.2.3]", "[::ffff:a9fe:a9fe]", "[64:ff9b::10.1.2.3]"),
    *("0xa9fea9fe", "0251.0376.0251.0376"),
]
NAMES = {
    "rebinding.test": [[PUBLIC], ["127.0.0.1"]],
    "rebinding-six.test": [[PUBLIC], ["::1"]],
    "second.test": [["93.184.216.99", "127.0.0.1", "::1"]],  # nobody is at the first
    "local.test": [["10.1.2.3"]],
    "metadata.test": [["169.254.169.254", "fd00::1"]],
    "mapped.test": [["::ffff:127.0.0.1"]],
}
NETWORKS = [
    *("10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "192.168.0.0/16", "172.16.0.0/12", "168.63.129.16/32"),
    *("127.0.0.0/8", "0.0.0.0/8", "::/127", "fd00::/8", "fe80::/10", "fec0::/10"),
]
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


def once(inside: Namespace, config: Path, *words: str) -> str:
    """What `once` says; it ends well."""
    log = config.parent / "once.txt"
    assert inside.syndicator(config, "once", *words, log=log).wait(60) == 0, log.read_text()
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
        assert "1 new stories" in once(inside, config)
        assert time.monotonic() - began < 15.0
        found = rows(inside, config)
        assert found.pop("other")["status"] == "ok"
        assert {(row["status"], row["failure"]) for row in found.values()} == {("failing", "dns")}
        assert all(row["message"] and row["remedy"] and row["next_try"] for row in found.values())


def hostile_sources(tmp_path: Path) -> str:
    """All ways to a forbidden address: as a source, in a list, behind a redirect, by a name, in a page to follow."""
    (tmp_path / "config" / "lists").mkdir(parents=True)
    lines = [f"http://{host}/list/{number}" for number, host in enumerate(HOSTS)]
    (tmp_path / "config" / "lists" / "forms.txt").write_text("\n".join(lines))
    plain = [f"http://{host}/source/{number}" for number, host in enumerate(PRIVATE + LOOPBACK[:2])]
    named = [f"http://{name}/name" for name in NAMES if not name.startswith("rebinding")]
    led = [f"http://{PUBLIC}/to?{quote(f'http://{host}/led/{number}')}" for number, host in enumerate(HOSTS)]
    led += [f"http://{name}/to?http://{name}/rebound" for name in NAMES if name.startswith("rebinding")]
    page = "".join(f"<article><a href='http://{host}/page'><h2>A {host}</h2></a></article>" for host in HOSTS[:9])
    return (
        '[[list]]\nurl = "file:../lists/forms.txt"\n'
        + "".join(f"[[source]]\nurl = '{url}'\n" for url in plain + named + led)
        + f'[[source]]\nid = "open"\nurl = "http://{PUBLIC}/feed"\n'
        + f'[[source]]\nid = "page"\nurl = "http://{PUBLIC}/say?{quote(page)}"\nkind = "page"\n'
        + 'select = { item = "article", link = "a", title = "h2", follow = true }\n'
    )


@pytest.mark.parametrize("allowed", [False, True], ids=["guarded", "control"])
def test_a_private_address_is_dialled_only_if_it_is_allowed(tmp_path, allowed) -> None:
    sources = hostile_sources(tmp_path)
    config = configuration(tmp_path, sources, f"allow_networks = {json.dumps(NETWORKS)}" if allowed else "")
    own = [*(f"{it}/32" for it in [PUBLIC, *PRIVATE]), *(f"{it}/64" for it in PRIVATE_SIX)]
    with namespace(RESOLVER, own) as inside:
        world = begin_world(inside, tmp_path, json.dumps({"names": NAMES}))
        once(inside, config)  # reads the list
        once(inside, config, "--all")  # asks what stands in it
        reached = events(world, "to")
        paths = events(world, "path")
        found = rows(inside, config)
    assert found.pop("open")["status"] == "ok"
    assert found.pop("page")["status"] == "ok"
    assert paths["/to"] >= 2 * len(HOSTS) + 2, "the redirects have been asked for"
    assert len(found) > 2 * len(HOSTS)
    if allowed:  # so that the test can fail
        assert set(reached) >= {PUBLIC, *PRIVATE, *LOOPBACK, "fd00::1", "fec0::1"}
        assert {"/source/0", "/list/0", "/led/0", "/page", "/name", "/rebound"} <= set(paths)
        return
    assert set(reached) == {PUBLIC}
    failures = {row["url"]: row["failure"] for row in found.values() if row["kind"] != "list"}
    assert set(failures.values()) <= {"forbidden", "dns", "connect", "redirect"}
    for name in NAMES:
        told = {failure for url, failure in failures.items() if url and f"//{name}/" in url}
        assert told == ({"connect"} if name == "second.test" else {"forbidden"}), name
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
