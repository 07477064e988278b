"""Our own hub (WebSub, section 5.1): subscribers' requests are checked here, and handed on to the daemon.

POST /hub ─→ a form, no longer than one may be ─→ a feed that is here, and a callback? ─→ the daemon, which asks there
"""

import functools
import re
import threading
from collections.abc import Callable

from syndicator.model.subscription import HUB, SubscriptionRequest
from syndicator.serve import answers
from syndicator.serve.answers import Answer, Later
from syndicator.serve.callbacks import parameters
from syndicator.serve.media import Links
from syndicator.text.urls import absolute

PATH = f"/{HUB}"
LONGEST = 16 * 1024
"""The most bytes of a form."""
LONGEST_CALLBACK = 2_000
"""The most characters of a callback's address."""
LONGEST_SECRET = 199
"""The most bytes of a secret (WebSub, section 5.1)."""
AT_ONCE = 4
"""The most requests that are handed on at the same time: each occupies a thread, and anybody can send them."""

_ADDRESS = re.compile(r"https?://[^/?#@\\]+(?:[/?][^#]*)?", re.IGNORECASE)
"""A callback's address, which is used as it is written: it has no user, password or fragment."""
_VISIBLE = re.compile(r"[!-~]+")

Take = Callable[[SubscriptionRequest], bool | None]
"""Hands a request on to the daemon; returns whether it had room for it, or None if the daemon cannot be asked."""


class Form:
    """The form that a subscriber sends; of one that is too long, only the beginning is kept."""

    def __init__(self) -> None:
        self.data = b""
        self.is_too_long = False

    def update(self, data: bytes) -> None:
        """Take the next piece of the form."""
        self.is_too_long = self.is_too_long or len(self.data) + len(data) > LONGEST
        if not self.is_too_long:
            self.data += data


class OwnHub:
    """Answers requests at our hub's address.

    Args:
        links: Tells which files are feeds that name this hub.
        is_there: Tells whether a file is published at a path.
        take: The function that valid requests are handed on to.
    """

    def __init__(self, links: Links, is_there: Callable[[str], bool], take: Take) -> None:
        self._links = links
        self._is_there = is_there
        self._take = take
        self._room = threading.BoundedSemaphore(AT_ONCE)

    def answer(self, form: Form) -> Answer | Later:
        """The answer to a form: 202 if it is valid; then the subscriber is asked at its callback to confirm it.

        If it is not valid, a sentence in plain text says why (WebSub, section 5.2).
        """
        if form.is_too_long:
            return answers.TOO_LARGE
        request = self._request(form.data)
        return _refusal(request) if isinstance(request, str) else functools.partial(self._hand_on, request)

    def _hand_on(self, request: SubscriptionRequest) -> Answer:
        if not self._room.acquire(blocking=False):
            return answers.NOT_NOW
        try:
            return answers.TAKEN if self._take(request) else answers.NOT_NOW
        finally:
            self._room.release()

    def _request(self, data: bytes) -> SubscriptionRequest | str:
        """The request in a form, or a sentence that says why the form is not valid."""
        said = parameters(data)
        mode, topic, callback = (said.get(f"hub.{it}", "") for it in ("mode", "topic", "callback"))
        secret, seconds = said.get("hub.secret", ""), said.get("hub.lease_seconds", "")
        if mode not in {"subscribe", "unsubscribe"}:
            return "hub.mode must be subscribe or unsubscribe: this hub knows by itself when its feeds change."
        name = topic.removeprefix(self._links.base_url)
        if name == topic or not self._is_feed(name):
            return "hub.topic is no feed of this site: it must be the address that the feed names itself by (rel=self)."
        if not _can_be_called(callback):
            return "hub.callback must be an absolute http or https address, without user, password and fragment."
        if len(secret.encode()) > LONGEST_SECRET:
            return "hub.secret must be shorter than 200 bytes."
        if seconds and not (seconds.isascii() and seconds.isdigit()):
            return "hub.lease_seconds must be a whole number of seconds."
        return SubscriptionRequest(
            mode=mode,  # type: ignore[arg-type]  # one of the two
            name=name,
            callback=callback,
            secret=secret,
            seconds=int(seconds[:9] or 0),
        )

    def _is_feed(self, name: str) -> bool:
        """Whether a file is a published feed that may change."""
        kind = self._links.kind_of(name)
        return bool(kind and kind.links) and self._is_there(f"/{name}")


def _can_be_called(callback: str) -> bool:
    """Whether an address is valid for a callback."""
    is_one = len(callback) <= LONGEST_CALLBACK and _VISIBLE.fullmatch(callback) and _ADDRESS.fullmatch(callback)
    return bool(is_one and absolute(callback))


def _refusal(sentence: str) -> Answer:
    return answers.made(400, b"text/plain; charset=utf-8", f"{sentence}\n".encode())
