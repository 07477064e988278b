"""Reader: a process that reads bodies one after another, each within limits, and survives a body that exceeds them.

In a process that is not a reader nothing is limited, so `read_all` can be called there as well.
"""

import ctypes
import gc
import logging
import os
import resource
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from types import FrameType

from syndicator.model.failure import Failure, FailureKind
from syndicator.model.noun import Noun
from syndicator.model.outcome import Failed, Outcome, Reading

MEMORY = 512 * 1024 * 1024
"""The most bytes of data that a reader process may allocate."""
_AGAIN = 0.05
"""CPU seconds after which the signal to stop a body is repeated, in case a library in C has swallowed the exception."""
_IMPORT = "<frozen importlib._bootstrap>"
"""File name of the frames in which Python imports a module."""
_PR_SET_PDEATHSIG = 1
"""Option of prctl(2): the signal that a process gets when its parent dies."""


@dataclass
class Limits:
    """The limits of this process; one that is not a reader has none.

    Attributes:
        cpu_seconds: CPU seconds that one body may take; 0: no limit.
        is_final: Whether a body that exceeds a limit has failed; if not, it is read again by the slow reader.
        over: Whether the body that is being read has exceeded its CPU time.
    """

    cpu_seconds: float = 0.0
    is_final: bool = True
    over: bool = False


_limits = Limits()
"""The limits of this process, which `settle` sets in a reader."""


class Read(Noun, kw_only=False):
    """The result of reading a chunk.

    Attributes:
        outcomes: The outcomes of its first bodies, in order. The last one is None if that body was too much for this
            reader. Further bodies of the chunk, without an outcome, were not begun.
        seconds: CPU seconds that it took.
    """

    outcomes: tuple[Outcome | None, ...]
    seconds: float


def read_all(readings: tuple[Reading, ...]) -> Read:
    """Read bodies one after another, each within the CPU time that this process allows."""
    outcomes: list[Outcome | None] = []
    begun = time.process_time()
    for reading in readings:
        outcomes.append(_read_in_time(reading))
        spent = time.process_time() - begun
        if outcomes[-1] is None or spent >= _limits.cpu_seconds > 0:
            break
    return Read(tuple(outcomes), spent)


def settle(limits: Limits) -> None:
    """Prepare this process to be a reader: lower its priority, set its limits, and let it die with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its result shows well enough what it could not read
    os.nice(10)
    signal.signal(signal.SIGPROF, _out_of_time)
    sys.unraisablehook = _unraisable
    _limits.cpu_seconds, _limits.is_final = limits.cpu_seconds, limits.is_final
    gc.freeze()  # imported modules stay, so the collector need not look at them
    gc.set_threshold(20_000, 20, 100)  # reading makes hardly any reference cycles, so collections can be rare
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class _OutOfTimeError(BaseException):
    """Raised by a timer's signal; a `BaseException`, so that no `except Exception` in a parser catches it."""


def _read_in_time(reading: Reading) -> Outcome | None:
    from syndicator.pipeline import read  # noqa: PLC0415  # loaded only when there is something to read

    _limits.over = False
    reason = f"took more than {_limits.cpu_seconds:.0f} seconds of CPU time, and was stopped"
    try:
        signal.setitimer(signal.ITIMER_PROF, _limits.cpu_seconds, _AGAIN)
        try:
            outcome = read.read(reading)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if not _limits.over:
            return outcome
    except _OutOfTimeError:
        signal.setitimer(signal.ITIMER_PROF, 0)  # in case the signal came just before the line that stops the timer
    except MemoryError:  # in a chunk, the bodies before it may have taken the memory
        reason = "needed more memory than a reader may have"
    return Failed(failure=stalled(f"Reading it {reason}.")) if _limits.is_final else None


def _out_of_time(_number: int, frame: FrameType | None) -> None:
    while frame is not None:
        if frame.f_code.co_filename == _IMPORT:  # a module that is imported only in part would break the next body
            return
        frame = frame.f_back
    _limits.over = True
    raise _OutOfTimeError


def _unraisable(found: "sys.UnraisableHookArgs") -> None:
    """Print no message about a swallowed `_OutOfTimeError`, because the timer raises it again in a moment."""
    if found.exc_type is not _OutOfTimeError:
        sys.__unraisablehook__(found)


def stalled(message: str) -> Failure:
    """Return the failure of a body that could not be read within the limits, with this message."""
    remedy = "Check what the address returns. It is tried again later; the other sources are not affected."
    return Failure(kind=FailureKind.STALLED, message=message, remedy=remedy)


def bug(error: BaseException) -> Failure:
    """Return the failure for an unforeseen exception, which the operator is asked to report.

    It has the exception's type and traceback, but not its message, which may quote a private address.
    """
    return Failure(
        kind=FailureKind.BUG,
        message=f"A bug in syndicator: {type(error).__name__}.",
        remedy="Please report it with the details that `syndicator sources --json` shows.",
        detail="".join(traceback.format_tb(error.__traceback__))[-4000:],
    )
