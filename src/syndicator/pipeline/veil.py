"""Keeping a private source's address to ourselves: a reader never gets it, and what it brings never shows it."""

import dataclasses
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from syndicator.model.outcome import Failed, Fresh, Outcome
from syndicator.model.source import Source
from syndicator.model.web import Response
from syndicator.text.secrets import redact, secrets_in, without_secrets

Noun = TypeVar("Noun")

_PRIVATE_LINK = re.compile(r"\s(?:href|src|srcset|cite|poster)=\"[^\"]*\(private\)[^\"]*\"")


def veiled(source: Source) -> Source:
    """The source as a reader may know it."""
    return dataclasses.replace(source, url=without_secrets(source.url), auth=None) if source.private else source


def veiled_response(response: Response, source: Source) -> Response:
    """The response as a reader may know it: relative links still start from its address."""
    return dataclasses.replace(response, url=without_secrets(response.url)) if source.private else response


def secrets_of(source: Source) -> tuple[str, ...]:
    """What must not be seen of a private source, longest first."""
    if not source.private:
        return ()
    auth = source.auth
    given = (auth.username, auth.password, auth.bearer) if auth else ()
    return tuple(sorted({*secrets_in(source.url), *filter(None, given)}, key=lambda it: (-len(it), it)))


def scrubbed(outcome: Outcome, source: Source) -> Outcome:
    """The outcome without any of the source's secrets: feeds like to name their own address."""
    secrets = secrets_of(source)
    if not secrets:
        return outcome
    match outcome:
        case Failed():
            return _scrub(outcome, secrets)
        case Fresh():
            articles = tuple(
                dataclasses.replace(_scrub(article, secrets), key=article.key) for article in outcome.articles
            )
            wishes = tuple(
                wish
                if wish.fallback is None
                else dataclasses.replace(
                    wish, fallback=dataclasses.replace(_scrub(wish.fallback, secrets), key=wish.fallback.key)
                )
                for wish in outcome.wishes
            )
            info, warnings = _scrub(outcome.info, secrets), _scrub(outcome.warnings, secrets)
            return dataclasses.replace(outcome, articles=articles, wishes=wishes, info=info, warnings=warnings)
        case _:
            return outcome


def _scrub(noun: Noun, secrets: Sequence[str]) -> Noun:
    """The same noun, every text in it redacted; an address with a secret in it is dropped whole."""
    return _walk(noun, secrets)  # type: ignore[no-any-return]  # the walk gives back what it gets


def _walk(value: Any, secrets: Sequence[str]) -> Any:
    match value:
        case str():
            clean = redact(value, secrets)
            if clean == value:
                return value
            return "" if "://" in value and " " not in value else _PRIVATE_LINK.sub("", clean)
        case bytes():
            text = value.decode("utf-8", "surrogateescape")
            return value if redact(text, secrets) == text else b""
        case tuple():
            return tuple(_walk(item, secrets) for item in value)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            changes = {field.name: _walk(getattr(value, field.name), secrets) for field in dataclasses.fields(value)}
            return dataclasses.replace(value, **changes)
        case _:
            return value
