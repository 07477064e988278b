"""What `syndicator once` leaves behind, without a process: for tests of what comes after it."""

from contextlib import closing
from pathlib import Path

from syndicator.cli import setting
from syndicator.clock import SystemClock
from syndicator.daemon import acts, making
from syndicator.pipeline.engines import ENGINES
from syndicator.store import Store


def gather(folder: Path, *names: str, everything: bool = False) -> None:
    """Poll those sources of a configuration that are due, or those named, or all; and publish."""
    config, clock = setting.load(folder), SystemClock()
    with closing(Store.write(config.paths.store, config.paths.public)) as store:
        pump = making.pump(store, config, ENGINES["serial"]())
        try:
            pump.adopt(config, clock.now(), spread=False)
            reports = acts.once(pump, names, clock, lambda _: None, everything=everything)
            acts.once_answer(pump, reports, clock.now())
        finally:
            pump.transport.stop()
