"""A line to somebody whom there is seldom anything to ask."""

from collections.abc import Iterator

import pytest

from support.simulation import Network
from syndicator.model.web import Request
from syndicator.pipeline.transport import LazyTransport


class Networks:
    """Makes them, and remembers all."""

    def __init__(self) -> None:
        self.made: list[Network] = []

    def __call__(self) -> Network:
        self.made.append(Network())
        return self.made[-1]


def asked(number: int) -> Request:
    return Request(source_id=f"{number}", url=f"https://h.example/{number}")


def heed(line: LazyTransport, full_at: str = "") -> Iterator[str]:
    """Whose answers come, one after the other, until one cannot be written down."""
    for request, _ in line.answers():
        yield request.source_id
        if request.source_id == full_at:
            raise OSError("full")


def test_nothing_is_opened_before_there_is_something_to_send_nor_twice() -> None:
    line = LazyTransport(networks := Networks())
    assert (list(line.answers()), line.in_flight, line.wait(9.0)) == ([], 0, False)
    line.stop()
    assert networks.made == []
    line.send(asked(1))
    line.send(asked(2))
    assert (len(networks.made), line.in_flight) == (1, 2)


def test_an_answer_that_is_not_gone_on_from_is_there_once_more() -> None:
    line = LazyTransport(Networks())
    for number in range(3):
        line.send(asked(number))
    with pytest.raises(OSError, match="full"):
        list(heed(line, "1"))
    assert list(heed(line)) == ["1", "2"]
    assert list(heed(line)) == []


def test_after_an_end_another_transport_is_opened_and_nothing_comes_of_the_first() -> None:
    line = LazyTransport(networks := Networks())
    line.send(asked(1))
    with pytest.raises(OSError, match="full"):
        list(heed(line, "1"))
    line.stop()
    line.send(asked(2))
    assert [it.stopped for it in networks.made] == [True, False]
    assert list(heed(line)) == ["2"]
