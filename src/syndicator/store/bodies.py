"""Packed bodies of articles, each with its JSON and its raw entry, and functions that read single fields of them."""

from typing import Any

import orjson

from syndicator.model.noun import convert
from syndicator.model.rights import Rights
from syndicator.store.packing import RAW, pack, unpack


def made(data: bytes, raw: bytes) -> bytes:
    """Pack a body from an article's JSON and the bytes of the entry that it was made from."""
    return pack(data + RAW + raw)


def parts(body: bytes) -> tuple[bytes, bytes]:
    """Unpack a body into an article's JSON and the bytes of the entry that it was made from."""
    data, _, raw = unpack(body).partition(RAW)
    return data, raw


def fields(body: bytes) -> dict[str, Any]:
    """Return an article's fields as its JSON has them; fields with their default value are left out."""
    found: dict[str, Any] = orjson.loads(parts(body)[0])
    return found


def terms(body: bytes) -> Rights:
    """Return what an article's page declares of its use."""
    data, _ = parts(body)
    found = orjson.loads(data).get("terms", {}) if b'"terms":{"' in data else {}
    return convert(found, Rights)


def words(body: bytes) -> tuple[str, str]:
    """Return the texts by which an article is searched: title and text."""
    found = fields(body)
    return found.get("title", ""), found.get("text", "")


def paragraphs(body: bytes) -> list[str]:
    """Return the lines of an article's text, and the paragraphs that were removed from it."""
    found = fields(body)
    return [*found.get("text", "").split("\n"), *(it.get("text", "") for it in found.get("removed", ()))]


def language(body: bytes) -> str:
    """Return an article's language as a BCP 47 tag; empty if unknown."""
    return str(fields(body).get("language", ""))
