"""What a whole family of processes uses, orphans included: a forked reader's seconds must not escape.

python benchmarks/tree.py COMMAND...      prints CPU seconds, wall seconds and peak PSS in MB, as JSON
python benchmarks/tree.py                 checks that a second burnt in an orphan is found
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_PR_SET_CHILD_SUBREAPER = 36
_SAMPLE = 0.5
"""Seconds from one look at the memory to the next."""


class Measured(NamedTuple):
    """What a command used, with all its descendants.

    Attributes:
        cpu: Seconds, user and system.
        wall: Seconds until the command ended.
        pss: The largest sum of proportional set sizes that was seen, in MB (10^6 bytes): shared pages count once.
    """

    cpu: float
    wall: float
    pss: float


def measured(words: Sequence[str]) -> Measured:
    """Run a command to its end, and its descendants' end; what it prints is dropped.

    A process in between takes the orphans in, so that no other child of ours is counted or waited for.
    """
    told = subprocess.run([sys.executable, __file__, *words], check=True, stdout=subprocess.PIPE)
    return Measured(*json.loads(told.stdout))


def _family(words: Sequence[str]) -> Measured:
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)  # orphans become our children, and so their time our children's
    over, peak = threading.Event(), [0]
    watch = threading.Thread(target=_watch, args=(over, peak))
    watch.start()
    start = time.monotonic()
    try:
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        wall = time.monotonic() - start
        with suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
    finally:
        over.set()
        watch.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Measured(used.ru_utime + used.ru_stime, wall, peak[0] / 1e6)


def _watch(over: threading.Event, peak: list[int]) -> None:
    while not over.wait(_SAMPLE):
        peak[0] = max(peak[0], sum(map(_pss, _descendants(os.getpid()))))


def _descendants(pid: int) -> Iterator[int]:
    children = defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended
            children[int(stat.read_text().rpartition(")")[2].split()[1])].append(int(stat.parent.name))
    found = children[pid]
    for each in found:  # which grows
        found += children[each]
        yield each


def _pss(pid: int) -> int:
    with suppress(OSError, StopIteration):  # it has ended
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return 0


def check() -> None:
    """A second burnt in an orphan's child is found, or the figures of this run are worth nothing."""
    burn = "import time; end = time.process_time() + 1\nwhile time.process_time() < end: pass"
    orphan = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {orphan!r}])"
    found = measured([sys.executable, "-c", parent])
    assert found.cpu > 1.0, f"only {found.cpu:.2f} s of the second were found"
    assert found.pss > 5.0, f"only {found.pss:.1f} MB of two interpreters were found"


if __name__ == "__main__":
    if words := sys.argv[1:]:
        print(json.dumps(_family(words)))
    else:
        check()
        print("a second burnt in an orphan's child was found")
