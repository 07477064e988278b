"""The operator's feed: an entry when something goes wrong, another one when it works again."""

from datetime import timedelta

import feedparser
from lxml import etree

from support.builders import MOMENT
from syndicator.model.noun import replace
from syndicator.model.overview import Counts, Fault, Overview, Service, Standing, Trouble
from syndicator.model.settings import Site
from syndicator.publish import FORMATS
from syndicator.publish.faults import compose_faults

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = Site(title="Новости", base_url="https://news.example/")
TROUBLE = Trouble(kind="failing", subject="nsn", message="No such host.", remedy="Look at the address.")
FAULT = Fault(number=7, trouble=TROUBLE, began=MOMENT)
OVER = replace(FAULT, number=9, ended=MOMENT + timedelta(hours=3))
OTHER = Fault(number=8, trouble=replace(TROUBLE, subject="ria"), began=MOMENT + timedelta(hours=1))
NSN = Standing(source_id="nsn", title="НСН", status="failing")


def overview(*faults: Fault, standings: tuple[Standing, ...] = (NSN,)) -> Overview:
    counts = Counts(began=MOMENT, polls={}, pages={}, changes={})
    return Overview(at=MOMENT, service=Service(counts=counts, hubs={}), standings=standings, faults=faults)


def entries(*faults: Fault, standings: tuple[Standing, ...] = (NSN,)) -> list[tuple[str, str]]:
    """Titles and texts as a feed reader has them."""
    found = feedparser.parse(FORMATS["atom"].render(compose_faults(SITE, overview(*faults, standings=standings))))
    assert not found.bozo
    return [(it.title, it.summary) for it in found.entries]


def test_a_fault_tells_what_happened_and_what_to_do() -> None:
    assert entries(FAULT) == [("НСН (nsn) fails", "No such host. Look at the address.")]


def test_each_entry_names_its_source_with_all_that_a_validator_asks_of_one() -> None:
    root = etree.fromstring(FORMATS["atom"].render(compose_faults(SITE, overview(OVER))))
    sources = [{etree.QName(it).localname: it.text for it in source} for source in root.iter(f"{ATOM}source")]
    assert [it["updated"] for it in sources] == ["2026-03-05T17:00:00Z", "2026-03-05T14:00:00Z"]
    assert {(it["id"], it["title"]) for it in sources} == {("https://news.example/operator/#faults", "Новости")}


def test_its_end_is_an_entry_of_its_own_for_readers_do_not_show_what_changes() -> None:
    ended, began = entries(OVER)
    assert began == entries(FAULT)[0]
    assert ended == (
        "НСН (nsn) works again",
        "It had been so since 2026-03-05T14:00:00Z: No such host. Look at the address.",
    )
    before, after = compose_faults(SITE, overview(FAULT)), compose_faults(SITE, overview(OVER))
    assert before.items[0] == after.items[1], "so that no reader shows it as changed"


def test_the_newest_comes_first_whatever_it_is_of() -> None:
    assert [title for title, _ in entries(OTHER, OVER)] == ["НСН (nsn) works again", "ria fails", "НСН (nsn) fails"]


def test_every_kind_is_told_and_so_is_its_end() -> None:
    kinds = ("drifted", "silent", "moved", "network", "hub", "configuration")
    faults = [replace(OVER, number=it, trouble=replace(TROUBLE, kind=kind)) for it, kind in enumerate(kinds)]
    assert sorted(title for title, _ in entries(*faults)) == [
        "No source can be reached",
        "Sources can be reached again",
        "The configuration has mistakes",
        "The configuration is good again",
        "The hub НСН (nsn) accepts notifications again",
        "The hub НСН (nsn) does not accept notifications",
        "НСН (nsn) has moved",
        "НСН (nsn) has news again",
        "НСН (nsn) is polled at its own address again",
        "НСН (nsn) is silent",
        "НСН (nsn) looks as before again, or its new look now counts as normal",
        "НСН (nsn) looks different",
    ]


def test_a_source_that_was_removed_did_not_mend() -> None:
    assert entries(OVER, standings=())[0][0] == "nsn is no longer a source"


def test_a_hub_that_was_taken_out_did_not_mend() -> None:
    hub = replace(OVER, trouble=replace(TROUBLE, kind="hub", subject="https://hub.example/"))
    (told, _), titles = entries(hub)[0], {}
    for hubs in ((), ("https://hub.example/",)):
        titles[hubs] = compose_faults(replace(SITE, hubs=hubs), overview(hub)).items[0].title
    assert told == titles[()] == "The hub https://hub.example/ is no longer notified"
    assert titles["https://hub.example/",] == "The hub https://hub.example/ accepts notifications again"


def test_each_fault_is_an_entry_of_its_own() -> None:
    later = replace(FAULT, began=MOMENT + timedelta(days=9))
    others = [replace(FAULT, trouble=replace(TROUBLE, **it)) for it in ({"kind": "silent"}, {"subject": "ria"})]
    assert len({it.id for it in compose_faults(SITE, overview(FAULT, later, *others)).items}) == 4


def test_what_a_source_calls_itself_cannot_break_the_feed() -> None:
    title = 'Ne<b>ws\x00 "&" ]]>'
    ((shown, _),) = entries(FAULT, standings=(replace(NSN, title=title),))
    assert shown == 'Ne<b>ws "&" ]]> (nsn) fails'


def test_without_any_fault_it_is_a_feed_all_the_same() -> None:
    assert entries() == []
