"""The pages in Debian's Chromium, at a desk and on a phone, by day and by night."""

import importlib
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.origin import Origin
from support.programs import program
from support.service import Service, command, free_port, until, write_config

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.system

PAGES = ["/", "/feeds/all", "/feeds/economy", "/feeds/back", "/feeds/back/*"]
LOOK = (Path(__file__).parent / "page.js").read_text()
SHOWN = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}
QUIET = [  # it asks nobody but the address that it is given
    *("--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-domain-reliability", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
]

FOCUS = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  return {
    name: it.innerText.trim(), href: it.getAttribute("href"), tag: it.tagName,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.left > -1 && box.top > -1 && box.right < innerWidth + 1 && box.bottom < innerHeight + 1,
  };
}"""

RUNS = 'document.title="run";window.ran=1;fetch("/ran")'
HOSTILE = [
    f"<script>{RUNS}</script>",
    f"<img src=x onerror='{RUNS}'>",
    f"<svg onload='{RUNS}'><script>{RUNS}</script></svg>",
    f"&lt;script&gt;{RUNS}&lt;/script&gt;",
    f"</title></h3><script>{RUNS}</script>",
    f"\"'><script>{RUNS}</script>",
    f"<iframe srcdoc='<script>parent.ran=1</script>'></iframe><a href=\"javascript:{RUNS}\">a</a>",
    "<style>*{display:none}</style><base href='//elsewhere.example/'><meta http-equiv=refresh content='0;url=/ran'>",
    f"{{{{ 7*7 }}}}<!--<script>{RUNS}</script>-->",
]  # fmt: skip


class Watched:
    """A page, and everything that went wrong in it."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self.troubles: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda it: self.troubles.append(f"console: {it.text}"))
        page.on("pageerror", lambda it: self.troubles.append(f"error: {it}"))
        page.on("dialog", lambda it: (self.troubles.append("a dialog"), it.dismiss()))
        page.on("requestfailed", lambda it: self.troubles.append(f"failed: {it.url}"))
        page.on("request", lambda it: self.asked.append(it.url))
        page.on("response", lambda it: it.status >= 400 and self.troubles.append(f"{it.status}: {it.url}"))


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    try:  # `make test` collects this file, too, and has no playwright
        sync_api = importlib.import_module("playwright.sync_api")
    except ImportError:
        pytest.fail("playwright is missing. Run: make system", pytrace=False)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def watch(browser):
    """Opens a page as somebody would see it: `size` of SHOWN, `scheme` light or dark."""
    contexts = []

    def open_(url: str, size: str = "desk", scheme: str = "light", *, scripts: bool = True) -> Watched:
        context = browser.new_context(viewport=SHOWN[size], color_scheme=scheme, java_script_enabled=scripts)
        context.set_default_timeout(10_000)
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.goto(url)
        return watched

    yield open_
    for context in contexts:
        context.close()


def titles(samples, path: str) -> list[str]:
    name = samples.place(path).strip("/") or "feeds/all"
    feed = json.loads((samples.public / f"{name}.json").read_text())
    return [item["title"] for item in feed["items"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SHOWN)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_every_story_and_nothing_goes_wrong(samples, watch, tmp_path, path, size, scheme) -> None:
    watched = watch(samples.url + samples.place(path), size, scheme)
    page = watched.page
    page.screenshot(path=tmp_path / f"{size}-{scheme}.png", full_page=True)

    stories = page.locator("article h3")
    assert [text.strip() for text in stories.all_inner_texts()] == titles(samples, path)
    assert all(stories.nth(number).is_visible() for number in range(stories.count()))
    look = page.evaluate(LOOK)
    assert (look["faint"], look["tiny"], look["beyond"], look["doubled"]) == ([], [], [], [])
    assert look["wide"] <= 0
    assert watched.troubles == []
    assert {url.split("/")[2] for url in watched.asked if url.startswith("http")} == {f"127.0.0.1:{samples.port}"}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_it_is_to_those_who_do_not_see_it(samples, watch, path) -> None:
    page = watch(samples.url + samples.place(path)).page
    assert page.title()
    assert page.locator("html").get_attribute("lang") in {"en", "ru"}
    assert page.locator('meta[name="description"]').get_attribute("content")
    for landmark in ("banner", "main", "complementary", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1, landmark
    levels = page.evaluate(LOOK)["levels"]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    links = page.get_by_role("link")
    assert all(links.nth(number).inner_text().strip() for number in range(links.count()))
    articles = page.locator("article")
    assert {articles.nth(number).get_attribute("lang") for number in range(articles.count())} == {"en", "ru"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SHOWN)
def test_the_page_about_publishers_shows_channels_evidence_and_credits(samples, watch, tmp_path, size, scheme) -> None:
    watched = watch(samples.url + "/social", size, scheme)
    page = watched.page
    page.screenshot(path=tmp_path / f"social-{size}-{scheme}.png", full_page=True)
    nsn = page.locator("#sample-nsn")
    links = nsn.locator(".channel a")
    assert links.all_inner_texts() == ["Новости", "Дзен", "VK", "Telegram"]
    assert links.nth(3).get_attribute("href") == "https://t.me/nsn_example"
    assert "строка «подписывайтесь»" in nsn.locator(".evidence").first.inner_text()
    assert "Владимир Ефимов" in nsn.locator(".credits").inner_text()
    look = page.evaluate(LOOK)
    assert (look["faint"], look["tiny"], look["beyond"], look["doubled"]) == ([], [], [], [])
    assert look["wide"] <= 0
    assert watched.troubles == []
    assert look["levels"][0] == 1
    for href in page.eval_on_selector_all("a", "all => all.map(it => it.href)"):
        if href.startswith(samples.url):
            assert page.request.get(href).status == 200, href


@pytest.fixture(scope="module")
def overseen(tmp_path_factory):
    """A service with an operator, and a source that is nowhere; gives the address of its page."""
    root, port = tmp_path_factory.mktemp("overseen"), free_port()
    config = write_config(root, port, sources__all='[[source]]\nid = "gone"\nurl = "http://127.0.0.1:9/feed"\n')
    with (config / "syndicator.toml").open("a") as file:
        file.write('[serve.operator]\nusername = "me"\npassword = "s3cret"\n')
    service = Service(config)
    page = root / "var/operator/index.html"
    try:
        until(lambda: page.exists() and 'class="failing"' in page.read_text(), 30)
        yield f"http://127.0.0.1:{port}/operator/"
    finally:
        service.stop()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SHOWN)
def test_the_operators_page_asks_who_it_is_and_shows_what_fails(overseen, browser, tmp_path, size, scheme) -> None:
    known = {"username": "me", "password": "s3cret"}
    context = browser.new_context(viewport=SHOWN[size], color_scheme=scheme, http_credentials=known)
    watched = Watched(context.new_page())
    page = watched.page
    page.goto(overseen)
    page.screenshot(path=tmp_path / f"operator-{size}-{scheme}.png", full_page=True)
    assert "failing 127.0.0.1 gone" in " ".join(page.locator(".standings li").inner_text().split())
    look = page.evaluate(LOOK)
    assert (look["faint"], look["tiny"], look["beyond"], look["doubled"]) == ([], [], [], [])
    assert look["wide"] <= 0
    for href in page.eval_on_selector_all("a", "all => all.map(it => it.href)"):
        assert page.request.get(href).status == 200, href
    assert [it for it in watched.troubles if not it.startswith(("401", "console: Failed to load"))] == []
    context.close()


def test_who_is_not_the_operator_sees_nothing(overseen, browser) -> None:
    context = browser.new_context(http_credentials={"username": "me", "password": "guess"})
    assert context.new_page().request.get(overseen).status == 401
    context.close()


def test_the_look_finds_what_is_faint_tiny_or_too_wide(samples, watch) -> None:
    page = watch(samples.url, "phone").page
    for rule in (".about { color: #aaa }", ".tags li { font-size: 9px }", "h1 { width: 500px }"):
        page.evaluate("it => { const all = document.styleSheets[0]; all.insertRule(it, all.cssRules.length) }", rule)
    look = page.evaluate(LOOK)
    assert "P about" in look["faint"][0]
    assert "LI" in look["tiny"]
    assert look["beyond"] == ["H1"]
    assert look["wide"] > 0


@pytest.mark.parametrize("path", PAGES)
def test_every_feed_and_page_that_is_offered_is_there(samples, watch, path) -> None:
    page = watch(samples.url + samples.place(path)).page
    offered = {
        (link.evaluate("it => it.href"), link.get_attribute("type"))
        for link in page.locator('link[rel="alternate"]').all()
    }
    shown = {
        (link.evaluate("it => it.href"), link.get_attribute("type"))
        for link in page.locator("aside a[type]").all()
        if link.is_visible()
    }
    assert offered == shown
    assert len(offered) == (9 if path == "/" else 3)
    assert {href for href, _ in offered} == set(page.locator("code").all_inner_texts())
    for href, type_ in offered:
        answer = page.request.get(href)
        assert answer.status == 200
        assert answer.headers["content-type"].partition(";")[0] == type_
    for href in page.eval_on_selector_all("a", "all => all.map(it => it.href)"):
        if href.startswith(samples.url):
            assert page.request.get(href).status == 200, href
    assert page.request.get(page.locator('link[rel="canonical"]').get_attribute("href")).status == 200


def test_the_landing_pages_are_found_from_the_front_page_and_lead_back(samples, watch) -> None:
    page = watch(samples.url).page
    page.get_by_role("link", name="Экономика", exact=True).click()
    page.wait_for_url("**/feeds/economy")
    page.get_by_role("banner").get_by_role("link").first.click()
    page.wait_for_url(samples.url + "/")


def test_a_reader_leafs_back_through_the_archive_and_has_seen_every_story(samples, watch) -> None:
    watched = watch(samples.url + "/feeds/back")
    page, seen = watched.page, set(watched.page.locator("article h3").all_inner_texts())
    assert len(seen) == 10
    while (older := page.get_by_role("main").locator("a[rel=next]")).count():
        before = page.url
        older.click()
        page.wait_for_url(lambda url, before=before: url != before)
        seen |= set(page.locator("article h3").all_inner_texts())
    assert {it.strip() for it in seen} == set(titles(samples, "/feeds/all"))
    page.get_by_role("banner").get_by_role("link").first.click()
    page.wait_for_url("**/feeds/back")
    assert watched.troubles == []


@pytest.mark.parametrize("size", SHOWN)
def test_a_keyboard_reaches_every_link_and_sees_where_it_is(samples, watch, size) -> None:
    page = watch(samples.url, size).page
    links = [link.get_attribute("href") for link in page.get_by_role("link").all() if link.is_visible()]
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUS)
    assert first["href"] == "#stories", "the skip link comes first"
    reached = []
    for _ in range(len(links) + 20):
        focus = page.evaluate(FOCUS)
        if focus["tag"] == "BODY":
            break
        assert focus["outlined"], focus
        assert focus["seen"], focus
        reached.append(focus["href"])
        page.keyboard.press("Tab")
    assert set(links) <= set(reached)
    page.goto(samples.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["name"] == titles(samples, "/")[0], "it led to the stories"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_needs_no_scripts(samples, watch, path) -> None:
    watched = watch(samples.url + samples.place(path), scripts=False)
    assert [it.strip() for it in watched.page.locator("article h3").all_inner_texts()] == titles(samples, path)
    assert watched.page.locator("code").first.is_visible()
    assert watched.page.locator("script").count() == 0


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Iterator[str]:
    """The address of what was published from hostile feeds."""
    items = [
        {
            "id": f"{number}",
            "url": f"https://hostile.example/{number}",
            "title": text,
            "summary": text,
            "content_html": f"<p>a</p>{text}",
            "authors": [{"name": text, "url": f"javascript:{RUNS}"}],
            "tags": [text],
        }
        for number, text in enumerate(HOSTILE)
    ]
    items.append({"id": "j", "url": f"javascript:{RUNS}", "title": "A link that runs", "content_text": "b"})
    items.append({"id": "d", "url": f"data:text/html,<script>{RUNS}</script>", "title": "Another", "content_text": "c"})
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": HOSTILE[0], "home_page_url": f"javascript:{RUNS}"}
    entries = "".join(
        f"<entry><id>urn:x:{number}</id><updated>2026-03-05T10:00:00Z</updated>"
        f'<title type="{form}"><![CDATA[{text}]]></title><link href="https://hostile.example/a{number}{form}"/>'
        f'<summary type="{form}"><![CDATA[{text}]]></summary></entry>'
        for number, text in enumerate(HOSTILE)
        for form in ("text", "html")
    )
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title type="html"><![CDATA[{HOSTILE[0]}]]></title>{entries}</feed>'
    )
    port = free_port()
    origin = Origin()
    config = write_config(
        tmp_path_factory.mktemp("hostile"), port,
        sources__hostile="".join(
            f'[[source]]\nurl = "{origin.serve(path, body)}"\nrepublish = "full"\n'
            for path, body in (("/a.json", json.dumps(feed | {"items": items}).encode()), ("/b.atom", atom.encode()))
        ),
        channels__all=f"[[channel]]\nid = 'all'\ntitle = '''{HOSTILE[4]}'''\ndescription = '''{HOSTILE[5]}'''\n",
    )  # fmt: skip
    done = command(config, "once")
    origin.close()
    assert "Polled 2 sources" in done.stdout, done.stdout + done.stderr
    assert " 0 failed" in done.stdout, done.stdout
    service = Service(config, "serve")
    try:
        until(lambda: service.get("/", port)[0] == 200)
        yield f"http://127.0.0.1:{port}"
    finally:
        service.stop()


def test_nothing_that_a_source_says_runs(hostile, watch) -> None:
    for path in ("/", "/feeds/all"):
        watched = watch(hostile + path)
        page = watched.page
        assert page.locator("article").count() >= len(HOSTILE)
        assert page.evaluate("window.ran") is None
        assert page.title() != "run"
        assert page.locator("script, img, iframe, svg, base, style, main meta, [onerror], [onload]").count() == 0
        schemes = page.eval_on_selector_all("a", "all => all.map(it => it.protocol)")
        assert set(schemes) <= {"http:", "https:"}
        assert watched.troubles == []
        assert sorted(set(watched.asked) - {hostile + path}) == [f"{hostile}/style.css"]


@pytest.mark.parametrize("suffix", ["json", "rss", "atom"])
def test_a_feed_that_is_opened_as_a_document_does_not_run(hostile, watch, suffix) -> None:
    watched = watch(hostile)
    watched.page.goto(f"{hostile}/feeds/all.{suffix}")
    watched.page.wait_for_timeout(300)
    assert "document.title=" in watched.page.locator("body").inner_text(), "it is shown as text"
    assert watched.page.title() != "run"
    assert sorted(set(watched.asked)) == [f"{hostile}/", f"{hostile}/feeds/all.{suffix}", f"{hostile}/style.css"]
