from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any

from syndicator.model.article import Entry
from syndicator.model.outcome import Reading, Wish
from syndicator.model.source import Source
from syndicator.model.state import SourceMemory
from syndicator.model.web import Response
from syndicator.pipeline.engines import ENGINES, Engine, Serial
from syndicator.pipeline.proposing import Watched, propose
from syndicator.pipeline.reader import read_all

BODY = "".join(
    f'<li><a href="/news/{it}-tram">Council approves the line {it}</a> <time>12.03.2026</time></li>' for it in range(5)
)


def reading(wish: Wish | None = None) -> Reading:
    response = Response(url="https://x.example/", status=200, body=f'<html><ul class="news">{BODY}</ul>'.encode())
    source = Source(id="x", url=response.url, kind="page")
    return Reading(
        response=response, source=source, memory=SourceMemory(), now=datetime(2026, 3, 12, tzinfo=UTC), wish=wish
    )


def test_the_document_of_a_source_is_kept_for_who_wants_to_look_at_it_and_read_all_the_same() -> None:
    lane = Watched(Serial())
    assert lane.document is None
    page = reading(Wish(url="https://x.example/a", entry=Entry(key="a")))
    outcomes = lane.submit(read_all, (reading(), page)).result().outcomes
    assert len(outcomes) == 2
    assert lane.document == reading()


def test_a_reader_proposes_selectors() -> None:
    engine = ENGINES["processes"]()
    try:
        (found,) = propose(engine, reading())
    finally:
        engine.shutdown()
    assert found.select.item == "ul.news > li"
    assert len(found.entries) == 5


def test_a_reader_that_is_lost_proposes_nothing() -> None:
    class Lost(Serial):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(TimeoutError("the reader was lost"))
            return future

    assert propose(Engine(quick=Serial(), slow=Lost()), reading()) == ()
