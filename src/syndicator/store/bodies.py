"""Articles' bodies as rows keep them, JSON and raw entry packed together, and what is read of one without the rest."""

from typing import Any

import orjson

from syndicator.model.noun import convert
from syndicator.model.rights import Rights
from syndicator.store.packing import RAW, pack, unpack


def made(data: bytes, raw: bytes) -> bytes:
    """A body, from an article's JSON and the bytes of the entry that it was made from."""
    return pack(data + RAW + raw)


def parts(body: bytes) -> tuple[bytes, bytes]:
    """An article's JSON, and the bytes of the entry that it was made from, out of a body."""
    data, _, raw = unpack(body).partition(RAW)
    return data, raw


def fields(body: bytes) -> dict[str, Any]:
    """An article's fields as JSON has them; those at their default are left out."""
    found: dict[str, Any] = orjson.loads(parts(body)[0])
    return found


def terms(body: bytes) -> Rights:
    """What an article's page declares."""
    data, _ = parts(body)
    found = orjson.loads(data).get("terms", {}) if b'"terms":{"' in data else {}
    return convert(found, Rights)


def words(body: bytes) -> tuple[str, str]:
    """What is searched of an article: title and text."""
    found = fields(body)
    return found.get("title", ""), found.get("text", "")


def paragraphs(body: bytes) -> list[str]:
    """The lines of an article's text, and those that were taken out of it."""
    found = fields(body)
    return [*found.get("text", "").split("\n"), *(it.get("text", "") for it in found.get("removed", ()))]


def language(body: bytes) -> str:
    """An article's language; empty: unknown."""
    return str(fields(body).get("language", ""))
