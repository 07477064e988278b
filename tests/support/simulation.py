"""A network in memory, and a pump over it on a virtual clock: what happens is scripted, and nothing takes time."""

import weakref
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from support.builders import MOMENT, make_source
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.outcome import Failed
from syndicator.model.settings import Channel, Config, FetchSettings, Paths, Schedule, ServeSettings, Site
from syndicator.model.source import Select, Source
from syndicator.model.web import Request, Response
from syndicator.pipeline.engines import ENGINES
from syndicator.pipeline.landed import Report
from syndicator.pipeline.pump import Pump
from syndicator.store import Store

Answer = Response | Failed


@dataclass
class Network:
    """Answers requests at once, each address with what it was told, the last answer again and again."""

    asked: list[Request] = field(default_factory=list)
    """What was asked for, but for robots.txt."""
    robots_asked: list[str] = field(default_factory=list)
    stopped: bool = False
    silent: set[str] = field(default_factory=set)
    waited: list[float] = field(default_factory=list)
    _answers: defaultdict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))
    _finished: list[tuple[Request, Answer]] = field(default_factory=list)

    def serve(self, url: str, body: str | bytes = b"", status: int = 200, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        self._answers[url].append(Response(url=url, status=status, headers=fields, body=data))

    def clear(self, url: str) -> None:
        """Forget what an address was told to answer."""
        self._answers[url].clear()

    def fail(self, url: str, kind: FailureKind = FailureKind.CONNECT) -> None:
        self._answers[url].append(Failed(failure=Failure(kind=kind, message="It does not answer.")))

    def forget(self, url: str) -> None:
        self._answers[url].clear()

    def submit(self, request: Request) -> None:
        if request.source_id:
            self.asked.append(request)
        else:
            self.robots_asked.append(request.url)
        if request.url in self.silent:
            return
        answers = self._answers[request.url]
        if not answers:
            answer: Answer = Response(url=request.url, status=404)
        else:
            answer = answers.popleft() if len(answers) > 1 else answers[0]
        self._finished.append((request, answer))

    def finished(self) -> list[tuple[Request, Answer]]:
        done, self._finished = self._finished, []
        return done

    def wait(self, seconds: float) -> bool:
        self.waited.append(seconds)
        return bool(self._finished) or seconds == 0

    def wake(self) -> None:
        """Nobody sleeps here."""

    def stop(self) -> None:
        self.stopped = True

    @property
    def in_flight(self) -> int:
        return len(self._finished)


def make_config(root: Path, *sources: Source, channels: tuple[Channel, ...] = (Channel(id="all"),)) -> Config:
    return Config(
        root=root,
        site=Site(),
        paths=Paths(store=root / "var" / "syndicator.db", public=root / "public"),
        fetch=FetchSettings(host_spacing=1.0),
        schedule=Schedule(),
        serve=ServeSettings(),
        sources=sources,
        channels=channels,
    )


A = make_source(id="a", url="https://a.example/rss", title="")
B = make_source(id="b", url="https://b.example/rss", title="")
WORDS = "The council voted on Monday to keep the old tram depot and to turn it into a museum of transport. " * 3
"""A text that identifies an article."""

LISTING = make_source(
    id="page",
    url="https://p.example/news",
    kind="page",
    select=Select(item="li", link="a", follow=True),
    republish="full",
)
LISTED = "<ul><li><a href='/one'>One headline</a></li><li><a href='/two'>Two headline</a></li></ul>"
"""What it shows."""


def page(title: str) -> str:
    """An article page."""
    return (
        f"<html><head><title>{title}</title></head><body><article itemscope itemtype='https://schema.org/NewsArticle'>"
        f"<h1 itemprop='headline'>{title}</h1><div itemprop='articleBody'><p>{WORDS}{title}</p><p>{WORDS}</p></div>"
        "</article></body></html>"
    )


def rss(*items: str) -> str:
    """A feed of these items."""
    return (
        f"<rss version='2.0'><channel><title>F</title><link>https://a.example/</link>{''.join(items)}</channel></rss>"
    )


def item(number: int | str, host: str = "a.example", text: str = "") -> str:
    """An entry of it."""
    link = f"https://{host}/{number}"
    ids = f"<link>{link}</link><guid>{link}</guid>"
    return f"<item><title>Title {number}</title>{ids}<description>{text}</description></item>"


@dataclass
class World:
    """A pump, its store, its network and its time."""

    pump: Pump
    network: Network
    now: datetime = MOMENT

    @classmethod
    def open(cls, root: Path, *sources: Source) -> "World":
        config, network = make_config(root, *sources), Network()
        world = cls(
            Pump(store=Store.write(config.paths.store), transport=network, engine=ENGINES["serial"](), config=config),
            network,
        )
        weakref.finalize(world, world.pump.store.close)
        world.pump.adopt(config, world.now, spread=False)
        return world

    def settle(self) -> list[Report]:
        """Step, a second apart, until nothing is under way."""
        reports = []
        for _ in range(1000):
            reports += self.pump.step(self.now, self.now.timestamp())
            if not self.pump.busy:
                return reports
            self.now += timedelta(seconds=1)
        raise AssertionError("it never settles")

    def later(self, **time: float) -> list[Report]:
        """Let time pass, then settle."""
        self.now += timedelta(**time)
        return self.settle()

    def stories(self) -> list[tuple[str, list[str]]]:
        """Title and sources of each story, the newest first."""
        numbers = [number for number, _ in self.pump.store.select(limit=999)]
        return [
            (story.lead.title, [copy.source_id for copy in story.copies]) for story in self.pump.store.stories(numbers)
        ]
