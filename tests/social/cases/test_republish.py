"""Acceptance cases of what may be republished: the numbers are those of the specification."""

from pathlib import Path

import orjson
import pytest

from support.builders import make_source
from support.simulation import World
from support.telegram import CHANNEL, PREVIEW, Message, preview
from syndicator.daemon import acts
from syndicator.model.noun import replace
from syndicator.model.placement import Updates
from syndicator.model.rights import Rights
from syndicator.model.settings import Channel
from syndicator.model.source import Select, Source
from syndicator.pipeline.publishing import publish

PAGE = "https://vestnik.example/tram"
LEAD = "Депутаты решили сохранить здание 1909 года и открыть в нём музей транспорта, ремонт начнётся весной. "
LISTING = f'<html><body><div class="n"><a href="{PAGE}">Трамвайное депо станет музеем</a></div></body></html>'

SOURCE = Source(
    id="site",
    url="https://vestnik.example/",
    kind="page",
    republish="full",
    select=Select(item=".n", link="a", follow=True),
)


def page(head: str = "") -> str:
    return (
        f'<html lang="ru"><head><title>Трамвайное депо станет музеем</title><meta property="og:type" content="article">'
        f'<meta property="og:image" content="https://vestnik.example/1.jpg">{head}</head><body><article>'
        f"<h1>Трамвайное депо станет музеем</h1>{''.join(f'<p>{LEAD * 2}{number}</p>' for number in range(4))}"
        "<p>© Вестник, 2026</p></article></body></html>"
    )


def published(
    folder: Path, head: str = "", source: Source = SOURCE, **headers: str
) -> tuple[World, list[dict[str, object]]]:
    """What JSON Feed has of an article page with that head, and these header fields."""
    world = World.open(folder, source)
    world.network.serve("https://vestnik.example/robots.txt", "")
    world.network.serve(source.url, LISTING)
    world.network.serve(PAGE, page(head), **headers)
    world.settle()
    publish(world.pump.store, world.pump.config, world.pump.sources, now=world.now)
    feed = orjson.loads((world.pump.config.paths.public / "feeds" / "all.json").read_bytes())
    return world, feed["items"]


@pytest.mark.parametrize(
    ("header", "meta", "tdm", "mode"),
    [
        ("1", "0", 0, "full"),  # meta goes before the header
        ("0", "1", 1, "excerpt"),
        ("1", "", 1, "excerpt"),
        ("yes", "", None, "full"),  # no value of the protocol's: nothing is said
        ("1", "yes", 1, "excerpt"),  # and it resets nothing
    ],
)
def test_case_25_a_reservation_is_heeded_and_meta_goes_before_the_header(
    tmp_path: Path, header: str, meta: str, tdm: int | None, mode: str
) -> None:
    head = f'<meta name="tdm-reservation" content="{meta}">' if meta else ""
    world, (item,) = published(tmp_path, head, tdm_reservation=header)
    extension = item["_syndicator"]
    assert isinstance(extension, dict)
    assert extension["rights"]["mode"] == mode
    assert extension["rights"].get("tdm") == tdm
    assert ("content_html" in item) == (mode == "full")
    rules = world.pump.config.paths.public / ".well-known" / "tdmrep.json"
    assert rules.exists() == (tdm == 1)
    if tdm == 1:
        assert "/feeds/all.json" in {it["location"] for it in orjson.loads(rules.read_bytes())}
        assert b'name="tdm-reservation"' in (world.pump.config.paths.public / "index.html").read_bytes()


def test_noindex_keeps_an_article_out_of_the_feeds_and_not_out_of_the_store(tmp_path: Path) -> None:
    world, items = published(tmp_path, '<meta name="robots" content="noindex, follow">')
    assert items == []
    assert len(world.pump.store.select(match="депо", limit=9)) == 1


@pytest.mark.parametrize("robots", ["noindex", "none", "unavailable_after: 2026-03-06T00:00:00Z", ""])
def test_what_must_not_be_named_is_named_by_no_post_of_its_own_either(tmp_path: Path, robots: str) -> None:
    """The page names its publisher's channel and its author, and the channel leads to it. Later it forbids that."""
    channel = make_source(id="channel", url=PREVIEW, kind="telegram", title="Вестник в Telegram")
    world = World.open(tmp_path, SOURCE, channel)
    for host in ("vestnik.example", "t.me"):
        world.network.serve(f"https://{host}/robots.txt", "")
    world.network.serve(SOURCE.url, LISTING)
    names = f'<meta name="telegram:channel" content="@{CHANNEL[13:]}"><meta name="twitter:creator" content="@anna_p">'
    world.network.serve(PAGE, page(f'{names}<meta name="robots" content="{robots}">'))
    world.network.serve(PREVIEW, preview(Message(7, f'Трамвайное депо станет музеем <a href="{PAGE}">Подробнее</a>')))
    world.pump.store.reschedule([("channel", "", world.now.replace(year=2030))])
    world.settle()
    world.pump.store.hasten(["channel"], world.now)
    world.later(minutes=5)
    public = world.pump.config.paths.public

    def said() -> dict[str, str]:
        publish(world.pump.store, world.pump.config, world.pump.sources, now=world.now)
        return {it.name: it.read_text() for it in public.glob("social*.*")}

    documents = said()
    assert '"telegram:vestnik_mos"' in documents["social.json"], "the channel is the publisher's, whatever shows it"
    for name in ("social.rss", "social.atom", "social-events.json"):
        assert (f"{CHANNEL}/7" in documents[name]) == (not robots), name
    assert ("anna_p" in documents["social.json"]) == (not robots)
    if robots:
        assert [name for name, text in documents.items() if "депо" in text or PAGE in text] == []
        return
    (copy, article), _ = world.pump.store.held(1)
    with world.pump.store.recording(world.now) as recording:
        hidden = replace(article, terms=Rights(robots=("noindex",)), found_hash=b"anew")
        recording.write(hidden, Updates(article=copy.number, substantive=False), b"")
    documents = said()
    assert [name for name, text in documents.items() if "депо" in text or PAGE in text or "anna_p" in text] == []
    assert '"telegram:vestnik_mos"' in documents["social.json"]


def test_max_snippet_and_the_setting_the_stricter_one_counts(tmp_path: Path) -> None:
    _, (item,) = published(tmp_path, x_robots_tag="max-snippet:120")
    assert 60 < len(str(item["summary"])) <= 120
    assert "content_html" not in item
    _, (item,) = published(tmp_path / "nosnippet", '<meta name="robots" content="nosnippet">')
    assert "summary" not in item
    assert item["url"] == PAGE


def test_noarchive_leaves_no_raw_copy_and_noimageindex_no_picture(tmp_path: Path) -> None:
    world, (item,) = published(tmp_path, '<meta name="robots" content="noarchive, noimageindex">')
    ((_, article),) = world.pump.store.held(1)
    assert article.raw == b""
    assert "content_html" in item
    assert "image" not in item


def test_what_is_to_disappear_does_although_nothing_else_changes(tmp_path: Path) -> None:
    world, (item,) = published(tmp_path, '<meta name="robots" content="unavailable_after: 2026-03-06T00:00:00Z">')
    assert item["url"] == PAGE
    store, config, sources = world.pump.store, world.pump.config, world.pump.sources
    assert publish(store, config, sources, now=world.now) == []
    assert not acts.is_overdue(world.pump, world.now)
    world.now = world.now.replace(day=7)
    assert acts.is_overdue(world.pump, world.now)  # so the daemon publishes anew
    changed = publish(store, config, sources, now=world.now)
    assert "feeds/all.json" in changed
    assert orjson.loads((config.paths.public / "feeds" / "all.json").read_bytes())["items"] == []
    assert publish(store, config, sources, now=world.now) == []
    assert not acts.is_overdue(world.pump, world.now)


def test_what_is_to_disappear_does_so_from_the_archive_too_and_what_is_reserved_is_said_to_be(tmp_path: Path) -> None:
    head = '<meta name="robots" content="unavailable_after: 2026-03-06T00:00:00Z">'
    world, (item,) = published(tmp_path, head, tdm_reservation="1")
    world.network.clear(SOURCE.url)
    world.network.serve(SOURCE.url, LISTING.replace(PAGE, f"{PAGE}-2"))
    world.network.serve(
        f"{PAGE}-2", page().replace("депо", "кольцо").replace("музеем", "парком").replace(LEAD, "Иное. " * 9)
    )
    world.later(hours=2)
    config = replace(world.pump.config, channels=(Channel(id="all", limit=1, archive=9),))
    store, sources, public = world.pump.store, world.pump.sources, config.paths.public
    publish(store, config, sources, now=world.now)
    (name,) = (it.relative_to(public).as_posix() for it in public.glob("feeds/all/*.json"))

    def shown(name: str) -> list[str]:
        return [it["id"] for it in orjson.loads((public / name).read_bytes())["items"]]

    assert shown("feeds/all.json") != shown(name) == [item["id"]]
    places = {it["location"] for it in orjson.loads((public / ".well-known" / "tdmrep.json").read_bytes())}
    assert {f"/{name}", f"/{name.replace('json', 'rss')}"} <= places
    assert "/feeds/all.json" not in places
    world.now = world.now.replace(day=7)
    assert name in publish(store, config, sources, now=world.now, sparing=True)
    assert shown(name) == []


@pytest.mark.parametrize(("licence", "mode"), [("by/4.0", "full"), ("by-nc/4.0", "excerpt")])
def test_a_recorded_licence_counts_where_the_operator_lets_it(tmp_path: Path, licence: str, mode: str) -> None:
    url = f"https://creativecommons.org/licenses/{licence}/"
    licensed = make_source(**{it: getattr(SOURCE, it) for it in ("id", "url", "kind", "select")}, republish="licensed")
    _, (item,) = published(tmp_path, f'<link rel="license" href="{url}">', licensed)
    extension = item["_syndicator"]
    assert isinstance(extension, dict)
    assert extension["rights"] == {"mode": mode, "license": url}
    default = make_source(**{it: getattr(SOURCE, it) for it in ("id", "url", "kind", "select")})
    _, (item,) = published(tmp_path / "default", f'<link rel="license" href="{url}">', default)
    assert "content_html" not in item
