"""CPU of a whole process tree, also of those that outlive their parents: a forked reader's seconds must not escape."""

import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

_PR_SET_CHILD_SUBREAPER = 36


def measured(words: Sequence[str]) -> tuple[float, float]:
    """Run a command to its end, and its descendants' end: CPU seconds (user and system) of all, and wall seconds."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)  # orphans become our children, and so their time our children's
    before, start = _children(), time.monotonic()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    wall = time.monotonic() - start
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return _children() - before, wall


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def check() -> None:
    """A second burnt in an orphan's child is found, or the figures of this run are worth nothing."""
    burn = "import time; end = time.process_time() + 1\nwhile time.process_time() < end: pass"
    orphan = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {orphan!r}])"
    cpu, _ = measured([sys.executable, "-c", parent])
    assert cpu > 1.0, f"only {cpu:.2f} s of the second were found"


if __name__ == "__main__":
    check()
    print("a second burnt in an orphan's child was found")
