"""The operator's page."""

from datetime import timedelta

from lxml import html

from support.builders import MOMENT
from syndicator.model.noun import replace
from syndicator.model.overview import Counts, Fault, Overview, Service, Standing, Trouble
from syndicator.model.settings import Site
from syndicator.publish.faults import compose_faults
from syndicator.publish.status import render_status

SITE = Site(title="Новости", base_url="https://news.example/")
SERVICE = Service(counts=Counts(began=MOMENT, polls={}, pages={}, changes={}), hubs={})
OK = Standing(source_id="nsn", title="НСН", status="ok", articles=12, succeeded_at=MOMENT)
LINKED = replace(OK, site_url="https://nsn.example/")
FAILING = Standing(source_id="ria", title="ria", status="failing", message="No such host.", remedy="Look there.")
SILENT = Standing(source_id="club", title="Клуб", status="silent", message="Nothing for 9 days.")
MOVED = replace(OK, source_id="abc", title="ABC", message="It has moved for good.")
NEW = Standing(source_id="new", title="new", status="new", message="Not polled yet.")


def page(*standings: Standing, service: Service = SERVICE, faults: tuple[Fault, ...] = ()) -> html.HtmlElement:
    overview = Overview(at=MOMENT, service=service, standings=standings, faults=faults)
    return html.document_fromstring(render_status(SITE, overview, compose_faults(SITE, overview)).decode())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_what_wants_the_operator_stands_first() -> None:
    found = page(NEW, OK, SILENT, MOVED, FAILING)
    assert [li.get("class") for li in found.cssselect(".standings li")] == ["failing", "silent", "ok", "ok", "new"]
    assert [words(it) for it in found.cssselect(".standings b")] == ["ria", "Клуб", "ABC", "НСН", "new"]
    assert "1 failing, 1 silent, 2 ok, 1 new." in words(found)


def test_a_source_shows_how_it_is_doing_what_to_do_and_when_it_is_tried_next() -> None:
    found = page(replace(FAILING, next_try=MOMENT + timedelta(hours=2)), LINKED)
    failing, ok = map(words, found.cssselect(".standings li"))
    assert failing == (
        "failing ria No such host. Look there. Articles: 0 · last success: none · next try: 5 March 2026, 16:00 UTC"
    )
    assert ok == "ok НСН nsn Articles: 12 · last success: 5 March 2026, 14:00 UTC · next try: never"
    assert found.cssselect(".standings a")[0].get("href") == "https://nsn.example/"


def test_a_source_shows_what_its_hub_does() -> None:
    (told,) = page(replace(OK, hub=("Its hub <b> announces its news.",))).cssselect(".standings li")
    assert words(told).startswith("ok НСН nsn Its hub <b> announces its news. Articles: 12")


def test_what_keeps_the_service_from_its_work_stands_above_all() -> None:
    service = replace(
        SERVICE,
        complaints=("The disk is full.",),
        mistakes='a.toml:3: source.url: <b>is missing</b>\n  b.toml:1: "x"',
        hubs={"https://hub.example/": "The hub was not told.", "https://other.example/": ""},
    )
    found = page(OK, service=service)
    full, mistaken, hub = (words(it) for it in found.cssselect(".fault"))
    assert (full, hub) == ("The disk is full.", "The hub was not told.")
    assert mistaken.endswith('a.toml:3: source.url: <b>is missing</b> b.toml:1: "x"')


def test_faults_are_told_the_newest_first() -> None:
    trouble = Trouble(kind="failing", subject="ria", message="No such host.")
    over = Fault(number=1, trouble=trouble, began=MOMENT, ended=MOMENT + timedelta(hours=1))
    found = page(FAILING, faults=(over,))
    assert [words(it) for it in found.cssselect(".faults li")] == [
        "5 March 2026, 15:00 UTC ria works again. It had been so since 2026-03-05T14:00:00Z: No such host.",
        "5 March 2026, 14:00 UTC ria fails. No such host.",
    ]


def test_nothing_is_said_where_there_is_nothing() -> None:
    found = page()
    assert found.cssselect(".fault, .faults, .standings") == []
    assert "There is no source yet." in words(found)


def test_what_others_wrote_cannot_do_anything() -> None:
    hostile = "<script>alert(1)</script>"
    found = page(replace(FAILING, title=hostile, message=hostile, remedy=hostile))
    assert found.cssselect("script") == []
    assert words(found).count("alert(1)") == 3


def test_a_feed_reader_finds_the_feed_and_the_page_its_style() -> None:
    found = page(OK)
    (link,) = found.cssselect("link[rel=alternate]")
    assert (link.get("href"), link.get("type")) == ("https://news.example/operator/faults.atom", "application/atom+xml")
    assert found.cssselect("link[rel=stylesheet]")[0].get("href") == "../style.css"
