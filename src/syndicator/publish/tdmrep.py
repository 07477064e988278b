"""The list of files whose text is reserved from text and data mining: `/.well-known/tdmrep.json`.

It follows the TDM Reservation Protocol (https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/); our own
server sends the protocol's header, too.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

import orjson

PATH = ".well-known/tdmrep.json"
"""The path of the file, from the site's root."""


def render_tdmrep(base_url: str, names: Iterable[str]) -> bytes:
    """Write the reservation for files of the public folder, by address; `$` ends one that is a prefix of others."""
    root = urlsplit(base_url).path
    rules = [{"location": root + _address(name), "tdm-reservation": 1} for name in sorted(names)]
    return orjson.dumps(rules, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _address(name: str) -> str:
    """The address of a file below the site's root: a page has no suffix, and a folder's index page no name."""
    page = name.removesuffix(".html")
    return name if page == name else f"{page.removesuffix('index')}$"
