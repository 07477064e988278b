"""What feedparser makes of a document, in the words of the corpus."""

from calendar import timegm
from datetime import UTC, datetime
from typing import Any

import feedparser

from support.corpus import CORE, URL, Case
from syndicator.text.markup import plain
from syndicator.text.urls import absolute

_CONVERSIONS = {"sanitize_html": False, "resolve_relative_uris": False}


def read(case: Case) -> list[dict[str, str]]:
    """The entries, as feedparser reads them with its own sanitising and resolving off."""
    headers = {"content-location": URL} | ({"content-type": case.content_type} if case.content_type else {})
    parsed = feedparser.parse(case.body, response_headers=headers, **_CONVERSIONS)
    return [_shown(entry) for entry in parsed.entries]


def differences(case: Case) -> list[str]:
    """A line for each core field in which feedparser differs from what is right."""
    try:
        found = read(case)
    except (ValueError, OverflowError) as error:
        return [f"it fails: {error}"]
    if len(found) != len(case.expected):
        return [f"{len(found)} entries, not {len(case.expected)}"]
    return [
        f"entry {place}, {name}: {theirs[name]!r}, not {wanted.get(name, '')!r}"
        for place, (theirs, wanted) in enumerate(zip(found, case.expected, strict=True))
        for name in CORE
        if wanted is not None and not _same(name, theirs[name], wanted.get(name, ""))
    ]


def _shown(entry: Any) -> dict[str, str]:
    stored = {name: dict.get(entry, name) for name in ("published_parsed", "updated_parsed")}
    moment = stored["published_parsed"] or stored["updated_parsed"]
    contents = [content.value for content in entry.get("content", []) if content.value]
    return {
        "title": entry.get("title") or "",
        "link": entry.get("link", ""),
        "id": entry.get("id", ""),
        "date": datetime.fromtimestamp(timegm(moment), UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else "",
        "body": contents[0] if contents else entry.get("summary") or "",
    }


def _same(name: str, theirs: str, wanted: str) -> bool:
    """Whether they mean the same: markup counts as its text, and addresses as a browser writes them."""
    if name in {"title", "body"}:
        return wanted in {" ".join(theirs.split()), plain(theirs), " ".join(plain(theirs).split())}
    return theirs == wanted or (name == "link" and absolute(theirs, URL) == wanted)
