"""Engines: where reading runs, by name. An engine is a pair of `concurrent.futures.Executor`s.

    quick   reads bodies in chunks, each for a quarter of a second of CPU time at most
    slow    reads what was too much for a quick reader: one body at a time, for as long as a body may take

`processes` is the default: a body that stalls or kills its worker process harms its own source only. `serial` reads in
the caller's thread, for tests and simulations.
"""

import math
import multiprocessing
import multiprocessing.util
import os
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
"""The number of quick readers."""
QUICK_SECONDS = 0.25
"""CPU seconds that one body may take in a quick reader; also those of a chunk, after which no further body is begun."""
CPU_SECONDS = 10.0
"""CPU seconds that one body may take in the slow reader.

Code in C that does not check for signals is not stopped by this, but by the limit on wall time."""
QUICK_WALL_SECONDS = 10.0
"""Seconds of wall time that a chunk may take in a quick reader; then the reader is killed."""
WALL_SECONDS = 20.0
"""Seconds of wall time that a body may take in the slow reader; then the reader is killed."""
_PATIENCE = 6
"""A chunk that is not read after this many times the wall time counts as lost: it waits for a few others at most."""
_LOOK = 0.2
"""Seconds between two checks of a pool."""
_GRACE = 2.0
"""The most seconds to wait for a pool that is to end at once."""
_CHUNKS = 1000
"""Number of chunks after which a reader process is replaced, because the caches of some libraries only grow."""
_LONGEST = 70
"""The most bytes in the path of the folder for temporary files.

There multiprocessing makes a folder with a socket. The whole path of a socket may have 107 bytes, and 36 of them are
added by multiprocessing."""


class Serial(Executor):
    """An executor that runs each call at once, in the caller's thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run the call now, and return a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # an executor passes exceptions on in the future
            future.set_exception(error)
        return future


class _Pool:
    """A pool of processes, and a thread that ends it: on request, or when a process is lost with what it had to read.

    If a process is killed while it takes a reading, or the server process from which they are forked is killed, then
    some readings are never done, and Pebble 5.2 reports nothing. So the pool is stopped when a reading is not done in
    time, and all readings that a stopped pool has not done have failed.
    """

    def __init__(self, pool: Any, patience: float) -> None:
        """Take over a pool.

        Args:
            pool: A `pebble.ProcessPool`, which has no type annotations.
            patience: The most seconds from the scheduling of a reading until it is done.
        """
        self._pool = pool
        self._patience = patience
        self._pending: dict[Future[Any], float] = {}  # by future: its deadline; who removes it sets its result
        self._ends = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="readers", daemon=True)

    def schedule(self, fn: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> Future[Any]:
        """Let a process of the pool run a call.

        Args:
            fn: What is called.
            args: Its arguments.
            seconds: The most seconds of wall time that the call may take; then the process is killed.

        Raises:
            RuntimeError: The pool is broken.
        """
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
        """End the pool.

        Args:
            at_once: Whether to drop what it has still to do; if not, that is done first.
            wait: Whether to wait until it has ended, for `_GRACE` seconds at most if it ends at once.
        """
        (self._pool.stop if at_once else self._pool.close)()
        self._ends.set()
        if wait and self._keeper.ident:
            self._keeper.join(_GRACE if at_once else None)

    def _keep(self) -> None:
        while self._pool.active and not self._ends.wait(_LOOK):
            if min(tuple(self._pending.values()), default=math.inf) < time.monotonic():
                self._pool.stop()
        if not self._pool.active:
            self._give_up()  # before `join`, which may never return: a pipe may stay open after processes were killed
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
    """An executor with a few processes of low priority, which are started when first needed.

    When a reading exceeds its limits, only its own process is killed. The processes are forked from a server process
    that has loaded our modules and has no threads.
    """

    def __init__(self, workers: int, wall_seconds: float, limits: Limits) -> None:
        self._workers = workers
        self._wall_seconds = wall_seconds
        self._limits = limits
        self._pool: _Pool | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run the call in one of the processes.

        Returns:
            A future that raises `TimeoutError` if the call took too long or was lost, and `pebble.ProcessExpired` if
            its process died.
        """
        try:
            return self._schedule(partial(fn, **kwargs), args)
        except RuntimeError:  # a reader was killed, or the server process was; the broken pool ends by itself
            self._pool = None
            return self._schedule(partial(fn, **kwargs), args)

    def _schedule(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> Future[Any]:
        if self._pool is None:
            from pebble import ProcessPool  # noqa: PLC0415  # loaded only when there is something to read

            _keep_short()
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["syndicator.pipeline.warm"])
            pool = ProcessPool(self._workers, _CHUNKS, settle, (self._limits,), context)
            self._pool = _Pool(pool, _PATIENCE * self._wall_seconds)
        return self._pool.schedule(fn, args, self._wall_seconds)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # Executor's
        """End the processes; at once if futures are to be cancelled."""
        if self._pool is None:
            return
        self._pool.end(at_once=cancel_futures, wait=wait)
        if wait:
            self._pool = None


def _keep_short() -> None:
    """Make multiprocessing put its temporary folder where the path of a socket in it is short enough."""
    usual = tempfile.gettempdir()
    if len(os.fsencode(usual)) > _LONGEST:
        tempfile.tempdir = "/tmp"  # noqa: S108  # multiprocessing makes a folder there that only we can read
        try:
            multiprocessing.util.get_temp_dir()  # the folder is made at the first call
        finally:
            tempfile.tempdir = usual


def leave_nothing_behind() -> None:
    """Free the named semaphores and the temporary folder of multiprocessing, as an ordinary end of the process does.

    They would stay in the system, or be complained of, when a process ends by `os._exit`.
    """
    multiprocessing.util._run_finalizers()  # type: ignore[attr-defined]  # noqa: SLF001  # there is no public name


class Engine(Noun, kw_only=False):
    """Where bodies are read.

    Attributes:
        quick: The executor of the quick readers.
        slow: The executor of the slow reader.
    """

    quick: Executor
    slow: Executor

    def shutdown(self) -> None:
        """End both executors at once."""
        self.quick.shutdown(cancel_futures=True)
        self.slow.shutdown(cancel_futures=True)


def result_of(future: Future[Read]) -> Read:
    """Return what reading a body came to; a `Failed` outcome if its reader was killed, died or raised an exception."""
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
"""The engines by name, each with the function that creates it."""
