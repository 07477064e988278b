"""Redaction of private sources' addresses and credentials in what a reader gets and in what it returns."""

import base64
import re
from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import unquote

from syndicator.model.article import Article
from syndicator.model.noun import Noun, asdict, replace
from syndicator.model.outcome import Failed, Fresh, Outcome, Wish
from syndicator.model.source import Source
from syndicator.model.web import Response
from syndicator.text.characters import unescape
from syndicator.text.secrets import SHORTEST, looks_private, redact, secrets_in, secrets_in_field, without_secrets
from syndicator.text.urls import absolute, authority

Kind = TypeVar("Kind")
"""The type of a value that is redacted, which stays the same."""

_SECRET_SEGMENT = 8
"""Least number of characters of a path's segment that counts as secret; a shorter one is a word such as `feed`."""
_SHOWN = 8
"""Least number of a secret's first characters that must not stand at the end of a text, where it was cut off."""
_ESCAPED = 4
"""Number of times that escapes are undone to look for secrets in a text."""
_LINK = re.compile(r"\s(?:href|src|srcset|cite|poster)=\"[^\"]*+\"")
"""An attribute of an HTML element that holds an address."""


def redacted(source: Source) -> Source:
    """Return a source without its secrets, as a reader may know it."""
    source = replace(source, headers=()) if source.headers else source
    return replace(source, url=_base(source, source.url), auth=None) if source.private else source


def redacted_response(response: Response, source: Source) -> Response:
    """Return a response without secrets in its address, as a reader may know it; relative links still work."""
    return replace(response, url=_base(source, response.url)) if source.private else response


def _base(source: Source, url: str) -> str:
    """Return an address without secrets, to which relative links are resolved."""
    return absolute("/", without_secrets(url)) if _is_declared(source) else without_secrets(url)


def _is_declared(source: Source) -> bool:
    """Whether a private source is private only because the operator says so; then the path of its address is secret."""
    return not (source.auth or source.parent or looks_private(source.url))


def secrets_of(source: Source, *addresses: str) -> tuple[str, ...]:
    """Return the texts that must not be seen of a private source, the longest first; none for a public one.

    Args:
        source: The source.
        addresses: The addresses to which its own has redirected, which may have the same secret or another one.
    """
    if not source.private:
        return ()
    found = {secret for url in (source.url, *addresses) for secret in secrets_in(url)}
    if auth := source.auth:
        found.update((auth.username, auth.password, auth.bearer))
    for name, value in source.headers:
        found.update(secrets_in_field(name, value))
    if _is_declared(source):
        path = source.url.partition("://")[2].partition("/")[2]
        found.update(it for it in re.split("[/?#]", path) if len(it) >= _SECRET_SEGMENT)
    found.update(_basic(source))
    return tuple(sorted((it for it in found if len(it) >= SHORTEST), key=lambda it: (-len(it), it)))


def _basic(source: Source) -> set[str]:
    """Return user names with passwords in the form in which they are sent (Basic authentication, RFC 7617)."""
    given = [f"{source.auth.username}:{source.auth.password}"] if source.auth else []
    userinfo = authority(source.url).rpartition("@")[0]
    given += [userinfo, unquote(userinfo)]
    return {base64.b64encode(it.encode()).decode().rstrip("=") for it in given}


def scrubbed(outcome: Outcome, source: Source, *addresses: str) -> Outcome:
    """Return an outcome without any of its source's secrets, because many feeds name their own address.

    Args:
        outcome: The outcome.
        source: Its source.
        addresses: The addresses that were requested for it.
    """
    secrets = secrets_of(source, *addresses)
    if isinstance(outcome, Fresh):  # a list may show the secrets of the sources that it names
        secrets += tuple(secret for listed in outcome.sources for secret in secrets_of(listed))
    if not secrets:
        return outcome
    match outcome:
        case Failed():
            return _scrub(outcome, secrets)
        case Fresh():
            articles = tuple(_scrub_article(article, secrets) for article in outcome.articles)
            wishes = tuple(_scrub_wish(wish, secrets) for wish in outcome.wishes)
            info, warnings = _scrub(outcome.info, secrets), _scrub(outcome.warnings, secrets)
            return replace(outcome, articles=articles, wishes=wishes, info=info, warnings=warnings)
        case _:
            return outcome


def _scrub_wish(wish: Wish, secrets: Sequence[str]) -> Wish:
    """Redact what is said about an article page; its address stays, because it is to be requested."""
    entry = replace(_scrub(wish.entry, secrets), key=wish.entry.key)
    return replace(wish, entry=entry, fallback=wish.fallback and _scrub_article(wish.fallback, secrets))


def _scrub_article(article: Article, secrets: Sequence[str]) -> Article:
    """Redact an article, except what identifies it: the operator chose the source's id, and the key is never shown."""
    return replace(_scrub(article, secrets), source_id=article.source_id, key=article.key)


def _scrub(noun: Kind, secrets: Sequence[str]) -> Kind:
    """Return a value with all texts in it redacted; an address that contains a secret becomes empty."""
    return _walk(noun, secrets)  # type: ignore[no-any-return]  # the walk returns the type that it gets


def _whole(text: str, secrets: Sequence[str]) -> str:
    """Return a redacted text; empty if a secret is still in it, escaped several times or cut off at the end."""
    plain = text
    for _ in range(_ESCAPED):
        plain = unquote(unescape(plain))
    folded = plain.casefold()
    hidden = any(secret.casefold() in folded for secret in secrets)
    ends = plain.rstrip('…" ')
    words = [secret for secret in secrets if "/" not in secret and secret[:_SHOWN] in ends[-len(secret) :]]
    cut = any(ends.endswith(word[:length]) for word in words for length in range(_SHOWN, len(word)))
    return "" if hidden or cut else text


def _walk(value: Any, secrets: Sequence[str]) -> Any:
    match value:
        case str():
            clean = _whole(redact(value, secrets), secrets)
            if clean == value:
                return value  # unchanged, to keep its type: a failure's kind is a `str`, too
            if "://" in value and " " not in value:
                return ""
            return _LINK.sub(lambda link: "" if "(private)" in link[0] else link[0], clean)
        case bytes():
            text = value.decode("utf-8", "surrogateescape")
            return value if redact(text, secrets) == text else b""
        case tuple():
            return tuple(_walk(item, secrets) for item in value)
        case Noun():
            return replace(value, **{name: _walk(it, secrets) for name, it in asdict(value).items()})
        case _:
            return value
