"""Feed readers that Debian ships subscribe, to our own server and to nginx."""

import re
import sqlite3
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.programs import call, program
from support.service import free_port, until
from syndicator.serve.media import Links

pytestmark = pytest.mark.system

SITE = Path(__file__).parents[2] / "docs" / "nginx.conf"
FEEDS = [f"/feeds/{channel}.{suffix}" for channel in ("all", "economy") for suffix in ("rss", "atom")]
FILES = [
    *("/", "/feeds/all", "/style.css", "/sources.opml", "/feeds/all.json", *FEEDS),
    *("/feeds/back/*", "/feeds/back/*.rss", "/feeds/back/*.atom", "/feeds/back/*.json"),
    *("/social", "/social.json", "/social.schema.json", "/social.jsonld", "/social.opml"),
    *("/social.rss", "/social.atom", "/social-events.json"),
]


@pytest.fixture(scope="module")
def nginx(samples, tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """The documented site over the published samples: its address, and its log of requests."""
    root = tmp_path_factory.mktemp("nginx")
    port = free_port()
    site = SITE.read_text()
    for ours, tests in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("root /opt/syndicator/var/public;", f"root {samples.public};"),
        ("    #~^/(?:feeds", "    ~^/(?:feeds"),
        ("    #    '<https", "        '<https"),
    ):
        assert site.count(ours) == 1
        site = site.replace(ours, tests)
    (root / "site.conf").write_text(site)
    temporary = "".join(f"{it}_temp_path {root};" for it in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (root / "nginx.conf").write_text(
        f"user root; pid {root}/pid; daemon off; error_log {root}/errors.log; events {{}}\n"
        f"http {{ access_log {root}/requests.log; {temporary} include {root}/site.conf; }}\n"
    )
    with subprocess.Popen([program("nginx"), "-e", f"{root}/errors.log", "-c", f"{root}/nginx.conf"]) as process:
        try:
            until(lambda: samples.service.get("/", port)[0] == 200)
            yield f"http://127.0.0.1:{port}", root / "requests.log"
        finally:
            process.terminate()


@pytest.fixture(params=["syndicator", "nginx"])
def server(request, samples) -> str:
    return samples.url if request.param == "syndicator" else request.getfixturevalue("nginx")[0]


def wanted(samples, feed: str) -> set[tuple[str, str]]:
    """Title and link of every story that the feed must show."""
    sources = tomllib.loads((samples.config / "sources" / "samples.toml").read_text())["source"]
    chosen = {source["id"] for source in sources if "economy" not in feed or "economy" in source["tags"]}
    found = {
        (story["title"], story["url"])
        for story in samples.stories
        if chosen.intersection(copy["source"] for copy in story["copies"])
    }
    assert len(found) > 10
    return found


def newsboat(folder: Path, *addresses: str) -> None:
    (folder / "urls").write_text("\n".join(addresses))
    (folder / "settings").touch()
    words = ["-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "settings", "-x", "reload"]
    call("newsboat", *words, HOME=str(folder), TERM="dumb")


def in_cache(folder: Path, question: str) -> list[tuple[str, ...]]:
    cache = sqlite3.connect(folder / "cache.db")
    try:
        return cache.execute(question).fetchall()
    finally:
        cache.close()


@pytest.mark.parametrize("feed", FEEDS)
def test_newsboat_shows_every_story(samples, server, feed, tmp_path) -> None:
    newsboat(tmp_path, server + feed)
    assert set(in_cache(tmp_path, "SELECT title, url FROM rss_item")) == wanted(samples, feed)
    [(title, page)] = in_cache(tmp_path, "SELECT title, url FROM rss_feed")
    assert title == ("Экономика" if "economy" in feed else "Все новости · All stories")
    assert page == samples.url + feed.rpartition(".")[0]


def test_newsboat_keeps_its_stories_when_it_asks_again_and_nothing_changed(samples, nginx, tmp_path) -> None:
    address, requests = nginx
    for _ in range(3):  # it stores our validators with the second answer, and sends them with the third request
        newsboat(tmp_path, f"{address}/feeds/all.atom")
    assert re.search(r'"GET /feeds/all.atom [^"]+" 304 .*[Nn]ewsboat', requests.read_text())
    assert set(in_cache(tmp_path, "SELECT title, url FROM rss_item")) == wanted(samples, "/feeds/all.atom")


def test_sfeed_shows_every_story(samples, server, tmp_path) -> None:
    program("curl")  # sfeed_update asks by it
    feeds = "\n".join(f"feed {path.rpartition('/')[2]} {server}{path}" for path in FEEDS)
    (tmp_path / "feeds").mkdir()
    (tmp_path / "sfeedrc").write_text(f"sfeedpath={tmp_path}/feeds\nfeeds() {{\n{feeds}\n}}\n")
    call("sfeed_update", tmp_path / "sfeedrc", HOME=str(tmp_path))
    for path in FEEDS:
        lines = (tmp_path / "feeds" / path.rpartition("/")[2]).read_text().splitlines()
        rows = [line.split("\t") for line in lines]  # sfeed(5): date, title, link, content, its type, id, author, …
        assert {(row[1], row[2]) for row in rows} == wanted(samples, path)
        assert all(int(row[0]) > 0 and row[3] and row[5] for row in rows), path


@pytest.mark.parametrize("path", FILES)
def test_nginx_answers_like_our_own_server(samples, nginx, path) -> None:
    path = samples.place(path)
    ours = samples.service.get(path, samples.port)
    theirs = samples.service.get(path, _port(nginx))
    same = (
        *("content-type", "cache-control", "vary", "x-content-type-options", "referrer-policy"),
        *("content-security-policy", "access-control-allow-origin", "access-control-expose-headers", "last-modified"),
    )
    assert (theirs[0], theirs[2]) == (200, ours[2])
    assert {name: theirs[1].get(name) for name in same} == {name: ours[1].get(name) for name in same}
    for validator in ({"If-None-Match": theirs[1]["etag"]}, {"If-Modified-Since": theirs[1]["last-modified"]}):
        assert samples.service.get(path, _port(nginx), **validator)[0] == 304
    coded = samples.service.get(path, _port(nginx), **{"Accept-Encoding": "gzip"})
    assert (coded[0], coded[1].get("content-encoding")) == (200, "gzip")
    permitted = ("access-control-allow-origin", "access-control-allow-headers", "access-control-max-age")
    ours, theirs = (samples.service.get(path, port, "OPTIONS") for port in (samples.port, _port(nginx)))
    assert (ours[0], theirs[0]) == (204, 204)
    if "." in path:  # of a page, nginx does not know yet that it is one; scripts cannot read it all the same
        assert {name: theirs[1].get(name) for name in permitted} == {name: ours[1].get(name) for name in permitted}


@pytest.mark.parametrize("path", FILES)
def test_nginx_leads_to_a_hub_where_our_own_server_would(samples, nginx, path) -> None:
    path = samples.place(path)
    kind = Links(base_url="https://news.example.org/", hubs=("https://news.example.org/hub",)).kind_of(path[1:])
    ours = ", ".join(value.decode() for _, value in kind.links) if kind else ""
    assert samples.service.get(path, _port(nginx))[1].get("link", "") == ours


def test_nginx_shows_what_is_reserved(samples, nginx) -> None:
    path = "/.well-known/tdmrep.json"
    file = samples.public / path.lstrip("/")
    file.parent.mkdir(exist_ok=True)
    file.write_text("[]")
    for port in (samples.port, _port(nginx)):
        status, fields, _ = samples.service.get(path, port)
        assert (status, fields["content-type"]) == (200, "application/json")


@pytest.mark.parametrize(
    "path", ["/feeds/none", "/feeds/", "/feeds/.all.rss.part", "/.git/config", "/..%2Fsyndicator.db"]
)
def test_nginx_shows_nothing_else(samples, nginx, path) -> None:
    assert samples.service.get(path, _port(nginx))[0] in {400, 403, 404}


def _port(nginx: tuple[str, Path]) -> int:
    return int(nginx[0].rpartition(":")[2])
