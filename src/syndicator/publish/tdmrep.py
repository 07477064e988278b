"""Which files hold words that are reserved from text and data mining: `/.well-known/tdmrep.json`.

As the TDM Reservation Protocol has it (https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/); our own
server sends the header, too.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

import orjson

PATH = ".well-known/tdmrep.json"
"""Of the file, from the site's root."""


def render_tdmrep(base_url: str, names: Iterable[str]) -> bytes:
    """These files of the public folder by their addresses, as reserved; `$` ends one that could begin others."""
    root = urlsplit(base_url).path
    rules = [{"location": root + _address(name), "tdm-reservation": 1} for name in sorted(names)]
    return orjson.dumps(rules, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _address(name: str) -> str:
    """Where a file is found below the site's root: a page has no suffix, and a folder's page no name."""
    page = name.removesuffix(".html")
    return name if page == name else f"{page.removesuffix('index')}$"
