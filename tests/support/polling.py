"""The pump over the real network, in a process of its own: its memory and its time are seen from outside.

    python polling.py SPEC      reads commands from standard input, a line of JSON each, and answers so

Every name is loopback, but for those that begin with `silent` (the look-up hangs) or `unknown`.
"""

import ipaddress
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from syndicator.daemon import making
from syndicator.fetch import handle, lookup
from syndicator.model.noun import asdict
from syndicator.model.outcome import Failed
from syndicator.model.settings import Channel, Config, FetchSettings, Paths, Schedule, ServeSettings, Site
from syndicator.model.source import Source
from syndicator.model.web import Request, Response
from syndicator.pipeline.engines import ENGINES
from syndicator.pipeline.pump import Pump
from syndicator.pipeline.transport import Transport
from syndicator.store import Store

Answer = dict[str, Any]


class Polling:
    """The process, from outside."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def once(self) -> Answer:
        """Poll each source; what came of each (`sources`), and the process's memory in bytes (`memory`)."""
        return self._ask(do="once")

    def run(self, seconds: float) -> Answer:
        """Poll what is due; by source, how late each poll began (`started`), was answered and was recorded."""
        return self._ask(do="run", seconds=seconds)

    def _ask(self, **command: object) -> Answer:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the process has ended"
        answer: Answer = json.loads(line)
        return answer


@contextmanager
def polling(
    root: Path,
    sources: Mapping[str, str],
    *,
    trusted: Path | None = None,
    schedule: Mapping[str, float] | None = None,
    **fetch: object,
) -> Iterator[Polling]:
    """A process that polls `sources`, addresses by id, with these settings; it trusts the certificates in `trusted`."""
    spec = {
        "root": str(root),
        "sources": dict(sources),
        "trusted": trusted and str(trusted),
        "schedule": schedule or {},
        "fetch": fetch,
    }
    with subprocess.Popen(
        [sys.executable, __file__, json.dumps(spec)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Polling(process)
        process.communicate(timeout=20)  # it ends with its input


# -- inside


class Watched:
    """A transport, with when each source was asked and answered."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.began: dict[str, float] = {}
        self.ended: dict[str, float] = {}

    def submit(self, request: Request) -> None:
        if not request.hops:
            self.began[request.source_id] = time.monotonic()
        self._transport.submit(request)

    def finished(self) -> list[tuple[Request, Response | Failed]]:
        found = self._transport.finished()
        self.ended |= dict.fromkeys((request.source_id for request, _ in found), time.monotonic())
        return found

    def wait(self, seconds: float) -> bool:
        return self._transport.wait(seconds)

    def wake(self) -> None:
        self._transport.wake()

    def stop(self) -> None:
        self._transport.stop()

    @property
    def in_flight(self) -> int:
        return self._transport.in_flight


def step(pump: Pump) -> list[str]:
    """The sources whose polls were recorded."""
    reports = pump.step(datetime.now(UTC), time.monotonic())
    pump.wait(0.02, time.monotonic())
    return [report.source_id for report in reports]


def once(pump: Pump, watched: Watched) -> Answer:
    Path("/proc/self/clear_refs").write_text("5")  # proc_pid_clear_refs(5): the peak begins anew
    before = memory()["VmRSS"]
    now = datetime.now(UTC)
    pump.store.hasten([source.id for source in pump.sources], now)
    step(pump)
    while pump.busy:
        step(pump)
    found = {
        name: {
            "seconds": watched.ended[name] - watched.began[name],
            "failure": state.failure and asdict(state.failure),
            "failures": state.failures,
            "articles": state.articles,
            "etag": state.validators.etag,
            "wait": (state.due_at - now).total_seconds(),
        }
        for name, state in pump.store.states().items()
    }
    return {"sources": found, "memory": {"before": before, "peak": memory()["VmHWM"], "after": memory()["VmRSS"]}}


def run(pump: Pump, watched: Watched, seconds: float) -> Answer:
    end = time.monotonic() + seconds
    due = dues(pump)
    late: dict[str, dict[str, list[float]]] = {it: defaultdict(list) for it in ("started", "answered", "recorded")}
    while time.monotonic() < end:
        recorded = step(pump)
        following = dues(pump) if recorded else {}
        for name in recorded:
            late["started"][name].append(watched.began[name] - due[name])
            late["answered"][name].append(watched.ended[name] - due[name])
            late["recorded"][name].append(time.monotonic() - due[name])
            due[name] = following[name]
    for name, since in due.items():  # what has not come yet is late, too
        if since < end:
            late["recorded"][name].append(end - since)
            late["answered"][name] += [end - since] if watched.ended[name] < since - 0.1 else []
            late["started"][name] += [end - since] if watched.began[name] < since - 0.1 else []
    return late


def dues(pump: Pump) -> dict[str, float]:
    """When each source is due, on the monotonic clock."""
    shift = time.monotonic() - datetime.now(UTC).timestamp()
    return {name: state.due_at.timestamp() + shift for name, state in pump.store.states().items()}


def memory() -> dict[str, int]:
    status = Path("/proc/self/status").read_text()
    return {name: int(size) * 1024 for name, size in re.findall(r"(Vm\w+):\s+(\d+) kB", status)}


def addresses(name: str) -> list[str] | None:
    if name.startswith("silent"):
        threading.Event().wait(60)
    return [] if name.startswith("unknown") else ["127.0.0.1"]


def main(root: str, sources: dict[str, str], trusted: str | None, schedule: Answer, fetch: Answer) -> None:
    vars(lookup)["_addresses"] = addresses
    vars(handle)["CA_BUNDLE"] = trusted or handle.CA_BUNDLE
    loopback = (ipaddress.ip_network("127.0.0.0/8"),)
    folder = Path(root)
    config = Config(
        root=folder,
        site=Site(),
        paths=Paths(store=folder / "store.db", public=folder / "public"),
        fetch=FetchSettings(**{"host_spacing": 0.0, "allow_networks": loopback} | fetch),
        schedule=Schedule(**schedule),
        serve=ServeSettings(),
        sources=tuple(Source(id=name, url=url) for name, url in sources.items()),
        channels=(Channel(id="all"),),
    )
    engine = ENGINES["processes"]()
    pump = making.pump(Store.write(config.paths.store), config, engine)
    watched = Watched(pump.transport)
    pump.transport = watched
    pump.adopt(config, datetime.now(UTC), spread=False)
    for line in sys.stdin:
        command = json.loads(line)
        answer = once(pump, watched) if command["do"] == "once" else run(pump, watched, command["seconds"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    engine.shutdown()
    os._exit(0)


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
