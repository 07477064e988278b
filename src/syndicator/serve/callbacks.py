"""Calls of hubs (WebSub, sections 5.3 and 7): they are verified here, by the key alone, and then handed on."""

import functools
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs

from syndicator.model.lease import Call
from syndicator.model.noun import Noun
from syndicator.serve import answers
from syndicator.serve.answers import Answer, Later
from syndicator.text.callbacks import FOLDER, TOKEN, Signature, is_for
from syndicator.text.characters import one_line

SIGNATURE = b"x-hub-signature"
LONGEST_CHALLENGE = 2_000
"""The most characters of a challenge that is repeated to a hub."""
LONGEST_REASON = 300
"""The most characters of a hub's reason for a denial that are kept."""
TOGETHER = 10.0
"""Seconds for which calls with a wrong signature are counted before the daemon is told of them together."""
MOST_TOGETHER = 50
"""The most callbacks whose wrongly signed calls are counted meanwhile, so that forged ones cost no more than that."""

_MODES = frozenset({"subscribe", "unsubscribe", "denied"})

logger = logging.getLogger(__name__)

Hear = Callable[[Call], bool | None]
"""Hands a call on to the daemon; returns whether its token is in use, or None if the daemon cannot be asked."""


class News(Noun, kw_only=False, uncompared=("signature",)):
    """News that a hub is sending; the body is not kept, because the feed itself is requested then.

    Attributes:
        token: The token of the callback that is called.
        signature: The signature over the body.
    """

    token: str
    signature: Signature

    def update(self, data: bytes) -> None:
        """Take the next piece of the body."""
        self.signature.update(data)


class Callbacks:
    """Answers calls at the callback addresses.

    Args:
        key: The secret from which the tokens of callbacks are made.
        hear: The function that calls are handed on to.
        monotonic: Gives the seconds of a clock that never jumps.
    """

    def __init__(self, key: bytes, hear: Hear, monotonic: Callable[[], float]) -> None:
        self._key = key
        self._hear = hear
        self._monotonic = monotonic
        self._forged: Counter[str] = Counter()
        self._told_at = float("-inf")

    def receive(self, path: str, fields: dict[bytes, bytes]) -> News | None:
        """The object that takes the body of a POST request; None if there is no callback at that decoded URL path."""
        token = token_in(path)
        signature = fields.get(SIGNATURE, b"").decode("latin-1")
        return News(token, Signature(self._key, token, signature)) if token else None

    def heard(self, news: News) -> Answer | Later:
        """The answer to news whose body has arrived.

        If the signature is wrong, the answer does not say so (WebSub, section 7.1), but the daemon is told.
        """
        if not news.signature.holds:
            return self._gathered(news.token)
        return functools.partial(self._judge, Call(token=news.token, mode="news"), answers.TAKEN, answers.OVER)

    def asked(self, path: str, query: bytes) -> Answer | Later:
        """The answer to a hub that verifies a subscription or says that it was denied (WebSub, section 5)."""
        token = token_in(path)
        said = parameters(query)
        mode, challenge = said.get("hub.mode", ""), said.get("hub.challenge", "")
        if mode not in _MODES or not is_for(self._key, token, said.get("hub.topic", "")):
            return answers.NOT_FOUND
        if len(challenge) > LONGEST_CHALLENGE or (mode != "denied" and not challenge):
            return answers.BAD_REQUEST
        seconds = said.get("hub.lease_seconds", "")
        call = Call(
            token=token,
            mode=mode,  # type: ignore[arg-type]  # one of `_MODES`
            seconds=int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 10 else 0,
            reason=one_line(said.get("hub.reason", ""))[:LONGEST_REASON],
        )
        agreed = answers.made(200, b"text/plain; charset=utf-8", challenge.encode())
        if mode == "unsubscribe":  # never requested by us: confirmed only if the token is not in use
            return functools.partial(self._judge, call, answers.NOT_FOUND, agreed)
        return functools.partial(self._judge, call, agreed, answers.NOT_FOUND)

    def _gathered(self, token: str) -> Answer | Later:
        """The answer to a wrongly signed call: always the same, whether or not the daemon is told of it now."""
        if token in self._forged or len(self._forged) < MOST_TOGETHER:
            self._forged[token] += 1
        if (now := self._monotonic()) - self._told_at < TOGETHER:
            return answers.TAKEN
        self._told_at, forged, self._forged = now, self._forged, Counter()
        return functools.partial(self._tell, forged)

    def _tell(self, forged: Mapping[str, int]) -> Answer:
        try:
            for token, times in forged.items():
                if self._hear(Call(token=token, mode="forged", times=times)) is None:
                    break
        except Exception:  # a bug of ours must not change the answer, either
            logger.exception("Calls that prove nothing could not be told of")
        return answers.TAKEN

    def _judge(self, call: Call, known: Answer, unknown: Answer) -> Answer:
        verdict = self._hear(call)
        if verdict is None:
            return answers.NOT_NOW
        return known if verdict else unknown


def token_in(path: str) -> str:
    """The token in a callback's path; empty if the path is no callback's."""
    token = path.removeprefix(f"/{FOLDER}")
    return token if token != path and TOKEN.fullmatch(token) else ""


def parameters(said: bytes) -> dict[str, str]:
    """The first value of each parameter of a query or a form; the caller limits the length of either."""
    return {name: values[0] for name, values in parse_qs(said.decode("utf-8", "replace")).items()}
