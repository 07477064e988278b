"""Where reading runs: two lanes of readers, each a `concurrent.futures.Executor`, by name.

`processes` is the default: a body that stalls or kills its worker costs its own source alone. `serial` reads in the
caller's thread, for tests and simulations.

    quick   bodies in chunks, each for a quarter of a second of CPU time at most
    slow    one body at a time, for as long as a body may take: what was too much for a quick reader
"""

import gc
import multiprocessing
import multiprocessing.util
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any

from syndicator.model.noun import Noun
from syndicator.model.outcome import Failed
from syndicator.pipeline.reader import Limits, Read, settle, stalled

WORKERS = 2
"""Quick readers."""
QUICK_SECONDS = 0.25
"""CPU time of one body in a quick reader, and of a chunk after which it begins no further one."""
CPU_SECONDS = 10.0
"""CPU time of one body. Code in C that does not look up is left to the wall."""
QUICK_WALL_SECONDS = 10.0
"""Wall time of a chunk in a quick reader; the reader is killed after it."""
WALL_SECONDS = 20.0
"""Wall time of a body in a slow reader, likewise."""
_CHUNKS = 1000
"""After so many a reader is replaced: some libraries' caches only grow."""
_LONGEST = 70
"""Bytes of a folder for temporary files. multiprocessing puts a folder with a socket there, whose whole path may have
107, and 36 of them are its own."""


class Serial(Executor):
    """Reads at once, in the caller's thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it now."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # an executor hands exceptions over
            future.set_exception(error)
        return future


class Processes(Executor):
    """A few processes of low priority, each killed alone when a reading exceeds its limits; started when first needed.

    They are forked from a server process that has our modules and no threads.
    """

    def __init__(self, workers: int, wall_seconds: float, limits: Limits) -> None:
        self._workers = workers
        self._wall_seconds = wall_seconds
        self._limits = limits
        self._pool: Any = None  # a ProcessPool, which has no types

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it in one of the processes.

        The future raises `TimeoutError` when the time was over, and `pebble.ProcessExpired` when the process died.
        """
        try:
            return self._schedule(partial(fn, **kwargs), args)
        except RuntimeError:  # a reader that had nothing to do was killed, or what they are forked from
            self._pool.stop()
            self._pool = None
            return self._schedule(partial(fn, **kwargs), args)

    def _schedule(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> Future[Any]:
        if self._pool is None:
            from pebble import ProcessPool  # noqa: PLC0415  # loaded when something is to be read

            _keep_short()
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["syndicator.pipeline.warm"])
            self._pool = ProcessPool(self._workers, _CHUNKS, settle, (self._limits,), context)
        future: Future[Any] = self._pool.schedule(fn, args=args, timeout=self._wall_seconds)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # Executor's
        """End the processes, at once when futures are to be cancelled."""
        if self._pool is None:
            return
        if cancel_futures:
            self._pool.stop()
        else:
            self._pool.close()
        if wait:
            self._pool.join()
            self._pool = None
            gc.collect()  # its semaphores are given back when it is: nothing else does, on the way out over os._exit


def _keep_short() -> None:
    """Let multiprocessing make its folder where the path of a socket in it stays short enough."""
    usual = tempfile.gettempdir()
    if len(os.fsencode(usual)) > _LONGEST:
        tempfile.tempdir = "/tmp"  # noqa: S108  # a folder of its own is made there, for us alone
        try:
            multiprocessing.util.get_temp_dir()  # made at the first call
        finally:
            tempfile.tempdir = usual


def leave_nothing_behind() -> None:
    """Remove the folder that multiprocessing keeps for itself: for a process that ends by `os._exit`."""
    shutil.rmtree(multiprocessing.util.get_temp_dir(), ignore_errors=True)


class Engine(Noun, kw_only=False):
    """Both lanes."""

    quick: Executor
    slow: Executor

    def shutdown(self) -> None:
        """End them at once."""
        self.quick.shutdown(cancel_futures=True)
        self.slow.shutdown(cancel_futures=True)


def lost(future: Future[Any]) -> bool:
    """Whether the reader was killed at a limit, or died, before it was done."""
    error = future.exception(timeout=0)
    return isinstance(error, TimeoutError) or _died(error)


def result_of(future: Future[Read], count: int) -> Read:
    """What reading so many bodies came to, also when the reader was lost."""
    try:
        return future.result(timeout=0)
    except TimeoutError:
        failed = Failed(failure=stalled(f"Reading it took more than {WALL_SECONDS:.0f} seconds, and was ended."))
    except Exception as error:  # noqa: BLE001  # an executor of another kind may raise its own
        from syndicator.pipeline.read import bug  # noqa: PLC0415  # loaded when something is read

        died = _died(error)
        failed = Failed(failure=stalled("Reading it ended the reader's process.") if died else bug(error))
    return Read((failed,) * count, WALL_SECONDS)


def _died(error: BaseException | None) -> bool:
    return type(error).__name__ == "ProcessExpired"  # pebble's


def _processes() -> Engine:
    return Engine(
        quick=Processes(WORKERS, QUICK_WALL_SECONDS, Limits(QUICK_SECONDS, is_final=False)),
        slow=Processes(1, WALL_SECONDS, Limits(CPU_SECONDS)),
    )


def _serial() -> Engine:
    return Engine(quick=Serial(), slow=Serial())


ENGINES: dict[str, Callable[[], Engine]] = {"processes": _processes, "serial": _serial}
