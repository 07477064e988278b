"""Where reading runs: two lanes of readers, each a `concurrent.futures.Executor`, by name.

`processes` is the default: a body that stalls or kills its worker costs its own source alone. `serial` reads in the
caller's thread, for tests and simulations.

    quick   bodies in chunks, each for a quarter of a second of CPU time at most
    slow    one body at a time, for as long as a body may take: what was too much for a quick reader
"""

import contextlib
import gc
import math
import multiprocessing
import multiprocessing.util
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any

from syndicator.model.noun import Noun
from syndicator.model.outcome import Failed
from syndicator.pipeline.reader import Limits, Read, bug, settle, stalled

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
_PATIENCE = 6
"""So many times the wall time after it came, what is not read is lost: a chunk waits for a few others at most."""
_LOOK = 0.2
"""Seconds between two looks at a pool."""
_GRACE = 2.0
"""Seconds that one may take to end when it is to end at once."""
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


class _Pool:
    """Processes, and a thread that ends them: when they are asked to, and when one of them is lost with what it had.

    Where a process is killed while it takes a reading, or that which they are forked from, readings are left that
    nobody will ever do, and nobody would tell (Pebble 5.2). So what is not done after so long breaks the pool, and what
    a broken pool has not done has failed.
    """

    def __init__(self, pool: Any, patience: float) -> None:
        """Args: pool: a ProcessPool, which has no types; patience: seconds that a reading may take and wait."""
        self._pool = pool
        self._patience = patience
        self._pending: dict[Future[Any], float] = {}  # whoever takes a future out of it says what became of it
        self._ends = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="readers", daemon=True)

    def schedule(self, fn: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> Future[Any]:
        """Raises RuntimeError where it is broken."""
        future: Future[Any] = Future()
        asked = self._pool.schedule(fn, args=args, timeout=seconds)
        self._pending[future] = time.monotonic() + self._patience
        asked.add_done_callback(partial(self._hand_over, future))
        if not self._keeper.ident:
            self._keeper.start()
        if not self._pool.active:
            raise RuntimeError("it broke just now, and may never see this")
        return future

    def end(self, *, at_once: bool, wait: bool) -> None:
        """End it, and what it has to do before, unless at once."""
        (self._pool.stop if at_once else self._pool.close)()
        self._ends.set()
        if wait and self._keeper.ident:
            self._keeper.join(_GRACE if at_once else None)

    def _keep(self) -> None:
        while self._pool.active and not self._ends.wait(_LOOK):
            if min(tuple(self._pending.values()), default=math.inf) < time.monotonic():
                self._pool.stop()
        if not self._pool.active:
            self._give_up()  # first: where much was killed, a pipe may never end, and the pool neither
        self._pool.join()
        self._give_up()

    def _hand_over(self, future: Future[Any], asked: Future[Any]) -> None:
        if self._pending.pop(future, None) is None:
            return
        if (error := asked.exception()) is None:
            future.set_result(asked.result())
        else:
            future.set_exception(error)

    def _give_up(self) -> None:
        for future in tuple(self._pending):
            if self._pending.pop(future, None) is not None:
                future.set_exception(TimeoutError("the reader was lost"))


class Processes(Executor):
    """A few processes of low priority, each killed alone when a reading exceeds its limits; started when first needed.

    They are forked from a server process that has our modules and no threads.
    """

    def __init__(self, workers: int, wall_seconds: float, limits: Limits) -> None:
        self._workers = workers
        self._wall_seconds = wall_seconds
        self._limits = limits
        self._pool: _Pool | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it in one of the processes.

        The future raises `TimeoutError` when the time was over, or it was lost, and `pebble.ProcessExpired` when the
        process died.
        """
        try:
            return self._schedule(partial(fn, **kwargs), args)
        except RuntimeError:  # a reader was killed, or what they are forked from; the pool ends by itself
            self._pool = None
            return self._schedule(partial(fn, **kwargs), args)

    def _schedule(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> Future[Any]:
        if self._pool is None:
            from pebble import ProcessPool  # noqa: PLC0415  # loaded when something is to be read

            _keep_short()
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["syndicator.pipeline.warm"])
            pool = ProcessPool(self._workers, _CHUNKS, settle, (self._limits,), context)
            self._pool = _Pool(pool, _PATIENCE * self._wall_seconds)
        return self._pool.schedule(fn, args, self._wall_seconds)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # Executor's
        """End the processes, at once when futures are to be cancelled."""
        if self._pool is None:
            return
        self._pool.end(at_once=cancel_futures, wait=wait)
        if wait:
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
    with contextlib.suppress(OSError):  # there is none, and none can be made
        shutil.rmtree(multiprocessing.util.get_temp_dir(), ignore_errors=True)


class Engine(Noun, kw_only=False):
    """Both lanes of readers: where bodies are read."""

    quick: Executor
    slow: Executor

    def shutdown(self) -> None:
        """End them at once."""
        self.quick.shutdown(cancel_futures=True)
        self.slow.shutdown(cancel_futures=True)


def result_of(future: Future[Read]) -> Read:
    """What reading a body came to, also when the reader was lost."""
    try:
        return future.result(timeout=0)
    except TimeoutError:
        failed = Failed(failure=stalled(f"Reading it took more than {WALL_SECONDS:.0f} seconds, and was stopped."))
    except Exception as error:  # noqa: BLE001  # an executor of another kind may raise its own
        died = type(error).__name__ in {"ProcessExpired", "BrokenProcessPool"}  # Pebble's; the standard library's
        failed = Failed(failure=stalled("The reader process died while reading it.") if died else bug(error))
    return Read((failed,), WALL_SECONDS)


def _processes() -> Engine:
    return Engine(
        quick=Processes(WORKERS, QUICK_WALL_SECONDS, Limits(QUICK_SECONDS, is_final=False)),
        slow=Processes(1, WALL_SECONDS, Limits(CPU_SECONDS)),
    )


def _serial() -> Engine:
    return Engine(quick=Serial(), slow=Serial())


ENGINES: dict[str, Callable[[], Engine]] = {"processes": _processes, "serial": _serial}
