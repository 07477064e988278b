"""Faults, when they begin and when they end, as a feed for the operator: `/operator/faults.atom`."""

from collections.abc import Iterator
from datetime import datetime

from syndicator.model.article import Origin
from syndicator.model.document import Document, Item
from syndicator.model.overview import Fault, FaultKind, Overview, Standing
from syndicator.model.settings import Site
from syndicator.publish import border
from syndicator.publish.compose import EPOCH
from syndicator.text.keys import digest
from syndicator.text.moments import rfc3339

ADDRESS = "operator/faults.atom"
"""The path of the feed, from the site's root."""
PAGE = "operator/"

_BEGINS: dict[FaultKind, str] = {
    "failing": "{who} fails",
    "drifted": "{who} looks different",
    "silent": "{who} is silent",
    "moved": "{who} has moved",
    "network": "No source can be reached",
    "hub": "The hub {who} does not accept notifications",
    "configuration": "The configuration has mistakes",
}
_ENDS: dict[FaultKind, str] = {
    "failing": "{who} works again",
    "drifted": "{who} looks as before again, or its new look now counts as normal",
    "silent": "{who} has news again",
    "moved": "{who} is polled at its own address again",
    "network": "Sources can be reached again",
    "hub": "The hub {who} accepts notifications again",
    "configuration": "The configuration is good again",
}
_GONE = {**dict.fromkeys(_ENDS, "{who} is no longer a source"), "hub": "The hub {who} is no longer notified"}
"""The titles for faults that ended because their source or hub is no longer in the configuration."""


def compose_faults(site: Site, overview: Overview) -> Document:
    """Compose the feed: an item when a fault begins, and another one when it ends, as readers do not show changes."""
    names = {it.source_id: it for it in overview.standings}
    items = [item for fault in overview.faults for item in _items(site, fault, names.get(fault.trouble.subject))]
    items.sort(key=lambda item: (item.published, item.id), reverse=True)
    page = border.address(site.base_url + PAGE)
    return Document(
        id=f"{page}#faults",
        channel="faults",
        title=f"{site.title}: faults",
        description="Which sources fail or have fallen silent, and what else needs the operator.",
        url=page,
        feed_url=border.address(site.base_url + ADDRESS),
        updated=max((item.updated for item in items), default=EPOCH),
        items=tuple(items),
        language="en",
    )


def _items(site: Site, fault: Fault, standing: Standing | None) -> Iterator[Item]:
    kind, subject = fault.trouble.kind, fault.trouble.subject
    who = f"{standing.title} ({subject})" if standing and standing.title != subject else subject
    told = f"{fault.trouble.message} {fault.trouble.remedy}".strip()
    yield _item(site, fault, "began", _BEGINS[kind].format(who=who), told, fault.began)
    if fault.ended is not None:
        since = f"It had been so since {rfc3339(fault.began)}: {told}"
        is_there = standing or subject in {"", *site.hubs}
        title = (_ENDS[kind] if is_there else _GONE[kind]).format(who=who)
        yield _item(site, fault, "ended", title, since, fault.ended)


def _item(site: Site, fault: Fault, what: str, title: str, summary: str, at: datetime) -> Item:
    page = border.address(site.base_url + PAGE)
    return Item(
        id=f"{page}#{what}-{digest(f'{fault.trouble.kind} {fault.trouble.subject} {fault.began}').hex()}",
        url=page,
        title=title,
        summary=summary,
        html="",
        published=at,
        updated=at,
        origin=Origin(id=f"{page}#faults", title=site.title),
        categories=(fault.trouble.kind,),
        language="en",
    )
