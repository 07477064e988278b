"""The application: it gives one answer to each request."""

import functools
import logging
from typing import NamedTuple

from syndicator.clock import Clock
from syndicator.serve import answers
from syndicator.serve.addresses import moved
from syndicator.serve.answers import Answer, Later
from syndicator.serve.callbacks import SIGNATURE, Callbacks, News, token_in
from syndicator.serve.catalogue import Catalogue
from syndicator.serve.conditions import preferred_coding, status_for
from syndicator.serve.guesses import guesser
from syndicator.serve.health import Health
from syndicator.serve.operator import HOME, Operator
from syndicator.serve.representation import Representation
from syndicator.serve.subscribing import PATH, Form, OwnHub

READ = frozenset(
    {
        *(b"accept-encoding", b"authorization", b"if-match", b"if-none-match"),
        *(b"if-modified-since", b"if-unmodified-since", b"x-forwarded-for", SIGNATURE),
    }
)
"""The only fields of a request that are read. `Range` is not among them: everything is sent whole."""

_BUG = "A request could not be answered"

logger = logging.getLogger(__name__)


class Request(NamedTuple):
    """A request.

    Attributes:
        method: The method as it was sent.
        path: The decoded path of its target.
        fields: The fields of `READ` that it has, names in lower case; repeated ones joined by a comma.
        query: The query of its target, as sent.
        sent: Its body, if that is of use: a hub's news, or a form for our own hub; else None.
        peer: The address of the connection's other end; empty if unknown.
    """

    method: bytes
    path: str
    fields: dict[bytes, bytes]
    query: bytes = b""
    sent: News | Form | None = None
    peer: str = ""


class App:
    """Answers GET, HEAD and OPTIONS from the catalogue, and POST for hubs and their subscribers.

    Args:
        catalogue: The published files.
        health: Answers `/healthz`.
        clock: Gives the current time, for the dates in preconditions.
        operator: The operator's pages; None if there are none.
        callbacks: The callbacks for hubs; None if no hub calls here.
        hub: Our own hub; None if there is none.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        health: Health,
        clock: Clock,
        operator: Operator | None = None,
        callbacks: Callbacks | None = None,
        hub: OwnHub | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._health = health
        self._clock = clock
        self._operator = operator
        self._callbacks = callbacks
        self._hub = hub

    def receive(self, request: Request) -> News | Form | None:
        """The object that takes the body of a request, piece by piece; None if the body is of no use."""
        if request.method != b"POST":
            return None
        if self._hub is not None and request.path == PATH:
            return Form()
        return self._callbacks.receive(request.path, request.fields) if self._callbacks is not None else None

    def answer(self, request: Request) -> Answer | Later:
        """The complete answer to a request, also for HEAD, or a function that makes it; neither ever raises."""
        try:
            found = self._answer(request)
        except Exception:  # a bug of ours costs one answer, never the server
            logger.exception(_BUG)
            return answers.BROKEN
        return found if isinstance(found, Answer) else functools.partial(_made, found)

    def _answer(self, request: Request) -> Answer | Later:
        match request.sent:
            case News() as news if self._callbacks is not None:
                return self._callbacks.heard(news)
            case Form() as form if self._hub is not None:
                return self._hub.answer(form)
        path, options = request.path, request.method == b"OPTIONS"
        if self._hub is not None and path == PATH:
            return answers.HUB_OPTIONS if options else answers.A_HUB
        if self._callbacks is not None and token_in(path):
            return self._callbacks.asked(path, request.query) if request.method == b"GET" else answers.A_CALLBACK
        if not options and request.method not in {b"GET", b"HEAD"}:
            return answers.NOT_ALLOWED
        if options and path in {"*", "/healthz"}:
            return answers.OPTIONS
        if path == "/healthz":
            return self._health.answer()
        if self._operator is not None and self._operator.has(path):
            return self._operators(self._operator, request, options=options)
        try:
            representation = self._catalogue.find(path)
            if representation is None:
                return self._nothing(path)
        except OSError:
            return answers.NOTHING_YET
        return representation.options if options else self._choose(representation, request.fields)

    def _operators(self, operator: Operator, request: Request, *, options: bool) -> Answer | Later:
        fields = request.fields
        client = guesser(request.peer, fields.get(b"x-forwarded-for", b"").decode("latin-1"))
        if refusal := operator.refusal(fields.get(b"authorization", b""), client):
            return refusal
        if request.path == HOME:
            return answers.redirect("operator/")
        try:
            representation = operator.page(request.path)
        except OSError:
            return answers.NOTHING_YET
        return representation.options if options else self._choose(representation, fields)

    def _choose(self, representation: Representation, fields: dict[bytes, bytes]) -> Answer | Later:
        coding = preferred_coding(fields.get(b"accept-encoding"))
        if coding is None:
            return answers.NOT_ACCEPTABLE
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
        return representation.whole(coding) or representation.compressed

    def _nothing(self, path: str) -> Answer:
        """The answer for an address without a file: it has moved, nothing is published yet, or it never existed."""
        address = moved(path)
        if address is not None and self._catalogue.find(address) is not None:
            return answers.redirect(address.rpartition("/")[2] or "./")  # relative, as a proxy may add a prefix
        if self._catalogue.find("/") is None:
            return answers.NOTHING_YET
        return answers.NOT_FOUND


def _made(later: Later) -> Answer:
    """Make an answer that takes a moment; this never raises, either."""
    try:
        return later()
    except Exception:  # a bug of ours, as in `App.answer`
        logger.exception(_BUG)
        return answers.BROKEN
