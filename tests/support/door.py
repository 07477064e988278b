"""The transfer loop with loopback allowed and its limits scaled down, asked one thing at a time."""

import ipaddress
import time

from syndicator.fetch.transfer import Transfer
from syndicator.model.outcome import Failed
from syndicator.model.settings import FetchSettings
from syndicator.model.web import Request, Response

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
SETTINGS = FetchSettings(allow_networks=LOOPBACK, timeout=2.4, connect_timeout=1.2, max_body=1024 * 1024)
AT_ONCE = 2.1
"""Seconds that are enough, on however busy a machine, for an answer that waits for no deadline."""
AT_DEADLINE = (2.3, 3.9)
"""Seconds between which an exchange has ended that its deadline ends."""

Answer = Response | Failed


class Door:
    """A transfer and whoever stands before it."""

    def __init__(self, transfer: Transfer) -> None:
        self.transfer = transfer
        self.seconds = 0.0  # that the last answer took

    def ask(self, url: str, **fields: object) -> Answer:
        start = time.monotonic()
        self.transfer.submit(Request(source_id="source", url=url, **fields))
        assert self.transfer.wait(10), "no answer"
        self.seconds = time.monotonic() - start
        ((_, answer),) = self.transfer.finished()
        return answer

    def body(self, url: str, **fields: object) -> bytes:
        answer = self.ask(url, **fields)
        assert isinstance(answer, Response), answer
        return answer.body

    def failure(self, url: str, **fields: object) -> str:
        """The failure's kind; its sentences must name nothing of the address."""
        answer = self.ask(url, **fields)
        assert isinstance(answer, Failed), answer
        assert "127.0.0.1" not in repr(answer)
        assert "localhost" not in repr(answer)
        assert answer.failure.message.endswith(".")
        assert answer.failure.remedy.endswith(".")
        return answer.failure.kind
