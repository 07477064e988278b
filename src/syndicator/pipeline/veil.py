"""Keeping a private source's address to ourselves: a reader never gets it, and what it brings never shows it."""

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

_SECRET_SEGMENT = 8
"""A shorter part of a path is a word such as `rss` or `feed`."""
_SHOWN = 8
"""So many characters of a secret may not stand at a text's end."""
_ESCAPED = 4
_LINK = re.compile(r"\s(?:href|src|srcset|cite|poster)=\"[^\"]*+\"")


def veiled(source: Source) -> Source:
    """The source as a reader may know it."""
    source = replace(source, headers=()) if source.headers else source
    return replace(source, url=_base(source, source.url), auth=None) if source.private else source


def veiled_response(response: Response, source: Source) -> Response:
    """The response as a reader may know it: relative links still start from its host."""
    return replace(response, url=_base(source, response.url)) if source.private else response


def _base(source: Source, url: str) -> str:
    """Where relative links start."""
    return absolute("/", without_secrets(url)) if _is_declared(source) else without_secrets(url)


def _is_declared(source: Source) -> bool:
    """Whether a private source is private by the operator's word alone: then the path of its address is the secret."""
    return not (source.auth or source.parent or looks_private(source.url))


def secrets_of(source: Source, *addresses: str) -> tuple[str, ...]:
    """What must not be seen of a private source, longest first.

    Args:
        source: Whose.
        addresses: Where its own address has led: they may carry the secret on, or another one.
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
    """User and password as they travel (RFC 7617)."""
    given = [f"{source.auth.username}:{source.auth.password}"] if source.auth else []
    userinfo = authority(source.url).rpartition("@")[0]
    given += [userinfo, unquote(userinfo)]
    return {base64.b64encode(it.encode()).decode().rstrip("=") for it in given}


def scrubbed(outcome: Outcome, source: Source, *addresses: str) -> Outcome:
    """The outcome without any of the source's secrets: feeds like to name their own address."""
    secrets = secrets_of(source, *addresses)
    if isinstance(outcome, Fresh):  # a list may tell the secrets of those that it names
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
    """What is said of a page; where it is stays, for it is to be asked for."""
    entry = replace(_scrub(wish.entry, secrets), key=wish.entry.key)
    return replace(wish, entry=entry, fallback=wish.fallback and _scrub_article(wish.fallback, secrets))


def _scrub_article(article: Article, secrets: Sequence[str]) -> Article:
    """What tells entries apart stays: the source's id is the operator's own word, and the key is never shown."""
    return replace(_scrub(article, secrets), source_id=article.source_id, key=article.key)


def _scrub(noun: Kind, secrets: Sequence[str]) -> Kind:
    """The same noun, every text in it redacted; an address with a secret in it is dropped whole."""
    return _walk(noun, secrets)  # type: ignore[no-any-return]  # the walk gives back what it gets


def _whole(text: str, secrets: Sequence[str]) -> str:
    """The text, unless a secret still shows in it: escaped many times over, or cut off at the end."""
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
                return value  # itself: a failure's kind is a text, too
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
