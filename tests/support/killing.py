"""Ends for processes: at a point of their own work, or together with all that they started."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

DYING = """
import os, signal, sys
from pathlib import Path
from syndicator.store import door

left = int(sys.argv.pop(1))
wrote = False

def pass_by():
    global left, wrote
    left, wrote = left - 1, False
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def watch(sql):
    global wrote
    wrote = wrote or sql.startswith(("INSERT", "UPDATE", "DELETE"))
    if wrote and sql.startswith("COMMIT"):
        pass_by()

def tune_and_watch(connection, **how):
    tune(connection, **how)
    connection.set_trace_callback(watch)

def pass_and_replace(self, target):
    pass_by()
    return replace(self, target)

tune, door.tune = door.tune, tune_and_watch
replace, Path.replace = Path.replace, pass_and_replace
from syndicator.cli import main
main()
"""
"""The program, killed before its n-th commit or replaced file: between two of these the disk does not change."""


def parts(pid: int) -> list[int]:
    """A process and all that it started, and that lives."""
    for _ in range(5):
        try:
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
        except OSError:
            return []
        try:
            children = [it for task in tasks for it in (task / "children").read_text().split()]
        except OSError:
            continue  # a thread has ended meanwhile, and left its children to another
        return [pid, *(part for child in children for part in parts(int(child)))]
    return []


def semaphores(pid: int) -> list[Path]:
    """What a process has in /dev/shm of multiprocessing's."""
    try:
        lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    except OSError:
        return []
    return [Path(line.split()[-1]) for line in lines if "/dev/shm/sem.mp-" in line]


def wait_for(sign: Callable[[], int], process: "subprocess.Popen[bytes]") -> None:
    """Until it changes, or the process has ended: to the millisecond."""
    before, deadline = sign(), time.monotonic() + 20
    while sign() == before and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.001)
