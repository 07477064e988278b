"""Feeds from data files, and what was read from them in a form that stands in a file beside."""

import json
from pathlib import Path
from typing import Any

import pytest

from syndicator.model.noun import Noun, fields
from syndicator.model.outcome import Parsed
from syndicator.model.source import Source
from syndicator.model.web import Response
from syndicator.parse import parse

_BYTES = {"raw", "seen", "written"}
DATA = Path(__file__).parent.parent / "parse" / "data"
URL = "https://origin.example/feeds/x.xml"


def source(kind: str = "auto", **changes: Any) -> Source:
    """A source of the address that the answers below come from."""
    return Source(**{"id": "origin", "url": URL, "kind": kind, **changes})


def response(body: bytes | str, *, url: str = URL, content_type: str = "") -> Response:
    """An answer with a body."""
    data = body.encode() if isinstance(body, str) else body
    return Response(url=url, status=200, headers=(("content-type", content_type),), body=data)


def read(body: bytes | str, kind: str = "auto", **answer: Any) -> Parsed:
    """Read a body as that kind of source."""
    return parse(response(body, **answer), source(kind))


def stored(path: Path) -> Parsed:
    """Read a data file; what lies in `lists` is one."""
    return read(path.read_bytes(), "list" if path.parent.name == "lists" else "auto")


def shown(parsed: Parsed) -> dict[str, Any]:
    """All that is not empty, less the raw bytes and the words of libxml2, which change with its version."""
    said = {field: value for field, value in _plain(parsed).items() if value}
    if "warnings" in said:
        said["warnings"] = [
            warning.partition(": ")[0] if ", line " in warning else warning for warning in said["warnings"]
        ]
    return said


def cases(folder: str) -> list[Any]:
    """The data files of a folder that have an expectation beside them, for `parametrize`."""
    files = sorted(path for path in (DATA / folder).iterdir() if path.suffix != ".json")
    return [pytest.param(path, id=path.name) for path in files]


def expected(path: Path) -> dict[str, Any]:
    """What stands beside a data file."""
    found: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if not isinstance(value, Noun):
        return value
    return {
        it.name: _plain(each)
        for it in fields(value)
        if it.name not in _BYTES and ((each := getattr(value, it.name)) != it.default or it.required)
    }


RIVER = b"""<rss version="2.0"><channel><title>The Daily</title><link>http://127.0.0.1/</link>
<item><title>The river has risen</title><link>http://127.0.0.1/river</link><guid>http://127.0.0.1/river</guid>
<pubDate>Thu, 05 Mar 2026 14:00:00 GMT</pubDate><description>Two metres.</description></item></channel></rss>"""
"""A feed of one entry."""
