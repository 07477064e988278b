"""Where reading runs: two lanes of readers, each a `concurrent.futures.Executor`, by name.

`processes` is the default: a body that stalls or kills its worker costs its own source alone. `serial` reads in the
caller's thread, for tests and simulations.

    quick   bodies in chunks, each for half a second of CPU time at most
    slow    one body at a time, for as long as a body may take: what was too much for a quick reader
"""

import ctypes
import gc
import logging
import multiprocessing
import multiprocessing.util
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import Any

from syndicator.model.noun import Noun
from syndicator.model.outcome import Failed, Outcome, Reading
from syndicator.model.source import Failure, FailureKind

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
MEMORY = 512 * 1024 * 1024
"""Bytes that a reader may allocate."""
_AGAIN = 0.05
"""CPU seconds after which a body whose time is over is ended again, should a library in C have swallowed it."""
_CHUNKS = 1000
"""After so many a reader is replaced: some libraries' caches only grow."""
_IMPORT = "<frozen importlib._bootstrap>"
_PR_SET_PDEATHSIG = 1
_LONGEST = 70
"""Bytes of a folder for temporary files. multiprocessing puts a folder with a socket there, whose whole path may have
107, and 36 of them are its own."""


@dataclass
class _Limits:
    """Of the process that we are in: in one that is no reader there are none.

    Attributes:
        cpu_seconds: Of one body; 0: none.
        is_final: Whether a body that takes more has failed; else it is read again, in another lane.
        over: Whether the body that is being read has taken more.
    """

    cpu_seconds: float = 0.0
    is_final: bool = True
    over: bool = False


_limits = _Limits()


class Read(Noun, kw_only=False):
    """What became of a chunk.

    Attributes:
        outcomes: Of its first bodies; None: one took too long for this lane. Those behind were not begun.
        seconds: CPU time that it took.
    """

    outcomes: tuple[Outcome | None, ...]
    seconds: float


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

    def __init__(self, workers: int, wall_seconds: float, limits: _Limits) -> None:
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
            self._pool = ProcessPool(self._workers, _CHUNKS, _settle, (self._limits,), context)
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


def read_all(readings: tuple[Reading, ...]) -> Read:
    """Read bodies one after another, each within the CPU time that this reader allows."""
    outcomes: list[Outcome | None] = []
    begun = time.process_time()
    for reading in readings:
        outcomes.append(_read_in_time(reading))
        spent = time.process_time() - begun
        if outcomes[-1] is None or spent >= _limits.cpu_seconds > 0:
            break
    return Read(tuple(outcomes), spent)


def lost(future: Future[Any]) -> bool:
    """Whether the reader was killed at a limit, or died, before it was done."""
    error = future.exception(timeout=0)
    return isinstance(error, TimeoutError) or _died(error)


def result_of(future: Future[Read], count: int) -> Read:
    """What reading so many bodies came to, also when the reader was lost."""
    try:
        return future.result(timeout=0)
    except TimeoutError:
        failed = Failed(failure=_stalled(f"Reading it took more than {WALL_SECONDS:.0f} seconds, and was ended."))
    except Exception as error:  # noqa: BLE001  # an executor of another kind may raise its own
        from syndicator.pipeline.read import bug  # noqa: PLC0415  # loaded when something is read

        died = _died(error)
        failed = Failed(failure=_stalled("Reading it ended the reader's process.") if died else bug(error))
    return Read((failed,) * count, WALL_SECONDS)


def _died(error: BaseException | None) -> bool:
    return type(error).__name__ == "ProcessExpired"  # pebble's


class _OutOfTimeError(BaseException):
    """Raised by a timer's signal; no reader may take it for an error of its own."""


def _read_in_time(reading: Reading) -> Outcome | None:
    from syndicator.pipeline import read  # noqa: PLC0415  # a poll without news has nothing to read

    _limits.over = False
    try:
        signal.setitimer(signal.ITIMER_PROF, _limits.cpu_seconds, _AGAIN)
        try:
            outcome = read.read(reading)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if not _limits.over:
            return outcome
    except _OutOfTimeError:
        signal.setitimer(signal.ITIMER_PROF, 0)  # should it have come just before the line above
    except MemoryError:
        return Failed(failure=_stalled("Reading it needed more memory than a reader may have."))
    if not _limits.is_final:
        return None
    message = f"Reading it took more than {_limits.cpu_seconds:.0f} seconds of CPU time, and was ended."
    return Failed(failure=_stalled(message))


def _stalled(message: str) -> Failure:
    remedy = "Look at what the address gives; the other sources go on, and it is tried again later."
    return Failure(kind=FailureKind.STALLED, message=message, remedy=remedy)


def _out_of_time(_number: int, frame: FrameType | None) -> None:
    while frame is not None:
        if frame.f_code.co_filename == _IMPORT:  # half a module would be no use to the next body
            return
        frame = frame.f_back
    _limits.over = True
    raise _OutOfTimeError


def _unraisable(found: "sys.UnraisableHookArgs") -> None:
    """What a library in C has swallowed is raised again in a moment: nobody needs to be told."""
    if found.exc_type is not _OutOfTimeError:
        sys.__unraisablehook__(found)


def _settle(limits: _Limits) -> None:
    """What a reader does first: step back behind the daemon, accept limits, and never outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it could not read shows in what it gives
    os.nice(10)
    signal.signal(signal.SIGPROF, _out_of_time)
    sys.unraisablehook = _unraisable
    _limits.cpu_seconds, _limits.is_final = limits.cpu_seconds, limits.is_final
    gc.freeze()  # what was imported stays, and …
    gc.set_threshold(20_000, 20, 100)  # … what is read makes hardly a circle
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _processes() -> Engine:
    return Engine(
        quick=Processes(WORKERS, QUICK_WALL_SECONDS, _Limits(QUICK_SECONDS, is_final=False)),
        slow=Processes(1, WALL_SECONDS, _Limits(CPU_SECONDS)),
    )


def _serial() -> Engine:
    return Engine(quick=Serial(), slow=Serial())


ENGINES: dict[str, Callable[[], Engine]] = {"processes": _processes, "serial": _serial}
