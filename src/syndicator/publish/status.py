"""The operator's page, `/operator/`: how each source is doing, what is wrong, and since when."""

from collections import Counter

from syndicator.model.document import Document
from syndicator.model.overview import Overview, Standing, Status
from syndicator.model.settings import Site
from syndicator.publish import FORMATS, border
from syndicator.publish.faults import ADDRESS, PAGE
from syndicator.publish.html import render

ORDER: tuple[Status, ...] = ("failing", "waiting", "drifted", "silent", "ok", "new")
"""The statuses of sources in the order of the page: those that need the operator most come first."""


def render_status(site: Site, overview: Overview, faults: Document) -> bytes:
    """Render the operator's page.

    Args:
        site: The site, with its name and address.
        overview: The state of the service and its sources.
        faults: The feed of faults, whose items the page shows as well.

    Returns:
        HTML in UTF-8.
    """
    atom = FORMATS["atom"]
    address = {"title": atom.title, "type": atom.media_type, "url": border.address(site.base_url + ADDRESS)}
    counts = Counter(it.status for it in overview.standings)
    page = border.address(site.base_url + PAGE)
    return render(
        "status.html",
        site,
        faults,
        page=page,
        feeds=[(border.line(faults.title), page, [address])],
        overview=overview,
        summary=[(status, counts[status]) for status in ORDER if counts[status]],
        standings=sorted(overview.standings, key=_rank),
        line=border.line,
    )


def _rank(standing: Standing) -> tuple[int, bool, str]:
    """The key by which sources are sorted: by status, then those with a message before those without, then by id."""
    return ORDER.index(standing.status), not standing.message, standing.source_id
