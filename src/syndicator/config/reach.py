"""The address at which readers reach the outputs: set by the operator, else derived from `listen` if possible.

If readers elsewhere could not reach something, such as links or a hub, there is a warning with the line that causes it.
"""

from typing import Any

from syndicator.config.report import Report, Row
from syndicator.model.noun import replace
from syndicator.model.settings import ServeSettings, Site
from syndicator.model.subscription import HUB
from syndicator.text.hosts import is_local, with_port
from syndicator.text.urls import authority


def reached(row: Row, settings: dict[str, Any], served: Row, serve: ServeSettings, report: Report) -> Site:
    """The site, with the address at which it is reached.

    Args:
        row: The table `[site]`.
        settings: The settings of that table, defaults included.
        served: The table `[serve]`.
        serve: The settings of that table.
        report: Collects the warnings.
    """
    site = Site(**settings)
    if "base_url" not in row.table and serve.port:
        here = "127.0.0.1" if _is_every(serve.host) else serve.host
        site = replace(site, base_url=f"http://{with_port(here, serve.port)}/")
    if serve.hub:
        site = replace(site, own_hub=site.base_url + HUB)
    if is_local(authority(site.base_url)):
        if "base_url" not in row.table and _is_every(serve.host):
            message = (
                f"the feeds name themselves {site.base_url}, which cannot be reached from elsewhere:"
                " set base_url under [site]"
            )
            report.warn(served, message, "listen")
        if site.hubs:
            report.warn(row, f"no hub can fetch the feeds from {site.base_url}: see base_url", "hubs")
        if serve.push:
            report.warn(served, f"no hub can call {site.base_url}: see base_url under [site]", "push")
        if serve.hub:
            where = f"no subscriber elsewhere can reach a hub at {site.base_url}: see base_url under [site]"
            report.warn(served, where, "hub")
    return site


def _is_every(host: str) -> bool:
    """Whether the server listens on all interfaces, so that readers elsewhere may use a name that is not known here."""
    return host in {"", "0.0.0.0", "::"}  # noqa: S104 - compared, not listened on
