"""The ASGI application: one request in, one answer out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from syndicator.clock import Clock
from syndicator.serve import answers
from syndicator.serve.addresses import MAX_PATH, moved
from syndicator.serve.answers import Answer
from syndicator.serve.catalogue import Catalogue
from syndicator.serve.conditions import preferred_coding, status_for
from syndicator.serve.health import Health
from syndicator.serve.representation import Representation

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_READ = frozenset({b"accept-encoding", b"if-match", b"if-none-match", b"if-modified-since", b"if-unmodified-since"})
"""The only fields of a request that matter here. `Range` is not among them: everything is sent whole."""

logger = logging.getLogger(__name__)


class App:
    """Answers GET and HEAD from the catalogue, under the ASGI protocol for HTTP, version 3.

    Args:
        catalogue: What is published.
        health: Answers `/healthz`.
        clock: Reads dates with two-digit years.
    """

    def __init__(self, catalogue: Catalogue, health: Health, clock: Clock) -> None:
        self._catalogue = catalogue
        self._health = health
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the protocol's shape
        """Answer one request; its body is not read.

        Raises:
            NotImplementedError: It is no HTTP request.
        """
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        try:
            answer = await self._answer(scope)
        except Exception:  # a bug of ours costs one answer, never the server
            logger.exception("A request could not be answered")
            answer = answers.BROKEN
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.fields})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})

    async def _answer(self, scope: Scope) -> Answer:
        if scope["method"] not in {"GET", "HEAD"}:
            return answers.NOT_ALLOWED
        path: str = scope["path"]
        if len(path) > MAX_PATH or len(scope.get("raw_path") or b"") > MAX_PATH:
            return answers.TOO_LONG
        if path == "/healthz":
            return self._health.answer()
        try:
            representation = self._catalogue.find(path)
            if representation is None:
                return self._nothing(path)
        except OSError:
            return answers.NOTHING_YET
        return await self._choose(representation, scope["headers"])

    async def _choose(self, representation: Representation, headers: Iterable[tuple[bytes, bytes]]) -> Answer:
        fields: dict[bytes, bytes] = {}
        for name, value in headers:
            if name in _READ:
                fields[name] = fields[name] + b", " + value if name in fields else value
        coding = preferred_coding(fields.pop(b"accept-encoding", None))
        if coding is None:
            return answers.NOT_ACCEPTABLE
        if fields:
            status = status_for(
                fields,
                etag=representation.etags[coding],
                modified=representation.modified,
                unmodified_since=representation.unmodified_since,
                now=self._clock.now(),
            )
            if status == 304:
                return representation.unchanged(coding)
            if status == 412:
                return answers.CHANGED
        ready = representation.whole(coding)
        return ready if ready is not None else await asyncio.to_thread(representation.compressed)

    def _nothing(self, path: str) -> Answer:
        """Why there is nothing: it moved, or nothing is published yet at all, or it never was."""
        address = moved(path)
        if address is not None and self._catalogue.find(address) is not None:
            return answers.redirect(address.rpartition("/")[2] or "./")  # relative: we may be mounted below a prefix
        if self._catalogue.find("/") is None:
            return answers.NOTHING_YET
        return answers.NOT_FOUND
