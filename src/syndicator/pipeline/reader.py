"""A reader: the process that reads bodies one after another, each within limits, and lives on when one exceeds them.

In a process that is no reader nothing is limited, so that `read_all` serves there, too.
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
"""Bytes that a reader may allocate."""
_AGAIN = 0.05
"""CPU seconds after which a body whose time is over is ended again, should a library in C have swallowed it."""
_IMPORT = "<frozen importlib._bootstrap>"
_PR_SET_PDEATHSIG = 1


@dataclass
class Limits:
    """Of the process that we are in: in one that is no reader there are none.

    Attributes:
        cpu_seconds: Of one body; 0: none.
        is_final: Whether a body that is too much has failed; else it is read again, in another lane.
        over: Whether the body that is being read has taken more time.
    """

    cpu_seconds: float = 0.0
    is_final: bool = True
    over: bool = False


_limits = Limits()


class Read(Noun, kw_only=False):
    """What became of a chunk.

    Attributes:
        outcomes: Of its first bodies; None: one was too much for this lane. Those behind were not begun.
        seconds: CPU time that it took.
    """

    outcomes: tuple[Outcome | None, ...]
    seconds: float


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


def settle(limits: Limits) -> None:
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


class _OutOfTimeError(BaseException):
    """Raised by a timer's signal; no reader may take it for an error of its own."""


def _read_in_time(reading: Reading) -> Outcome | None:
    from syndicator.pipeline import read  # noqa: PLC0415  # a poll without news has nothing to read

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
        signal.setitimer(signal.ITIMER_PROF, 0)  # should it have come just before the line above
    except MemoryError:  # in a chunk it may be what others have left
        reason = "needed more memory than a reader may have"
    return Failed(failure=stalled(f"Reading it {reason}.")) if _limits.is_final else None


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


def stalled(message: str) -> Failure:
    """Why a body could not be read within the limits, in these words."""
    remedy = "Check what the address returns. It is tried again later; the other sources are not affected."
    return Failure(kind=FailureKind.STALLED, message=message, remedy=remedy)


def bug(error: BaseException) -> Failure:
    """An exception that nobody foresaw, for the operator to report; not its words, which may quote an address."""
    return Failure(
        kind=FailureKind.BUG,
        message=f"A bug in syndicator: {type(error).__name__}.",
        remedy="Please report it with the details that `syndicator sources --json` shows.",
        detail="".join(traceback.format_tb(error.__traceback__))[-4000:],
    )
