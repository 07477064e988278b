"""Where a command's CPU goes, with all its processes: sampled by py-spy, which must be on the path.

pip install py-spy && python benchmarks/ingest.py --profile
"""

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

RATE = 200
TOP = 25
OURS = "syndicator/"


def show(words: Sequence[str]) -> None:
    """Run it, and print where the time goes: by room, by function with its libraries, and with all that it calls."""
    spy = shutil.which("py-spy")
    if spy is None:
        sys.exit("py-spy is not on the path. Run: .venv/bin/pip install py-spy   (it needs root, or ptrace allowed)")
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder, "stacks")
        options = ["--subprocesses", "--nonblocking", "--format", "raw", "--rate", str(RATE), "--output", str(found)]
        subprocess.run([spy, "record", *options, "--", *words], check=True, stdout=subprocess.DEVNULL)
        stacks = list(_stacks(found.read_text()))
    rooms, own, whole = Counter[str](), Counter[str](), Counter[str]()
    for frames, count in stacks:
        innermost = next((frame for frame in reversed(frames) if frame.startswith(OURS)), frames[-1])
        own[innermost] += count
        rooms["/".join(innermost.partition(":")[0].split("/")[:2])] += count
        for frame in {frame for frame in frames if frame.startswith(OURS)}:
            whole[frame] += count
    total = rooms.total()
    print(f"{total:,} samples. Threads that wait do not count; what a library does counts for who called it.")
    for title, counter in (("room", rooms), ("function, with libraries", own), ("function, with all it calls", whole)):
        print(f"\n share  {title}")
        for name, count in counter.most_common(TOP):
            print(f"{count / total:6.1%}  {name}")


def _stacks(raw: str) -> Iterator[tuple[list[str], int]]:
    """Each stack, outermost frame first, with its number of samples."""
    for line in raw.splitlines():
        stack, _, count = line.rpartition(" ")
        frames = [_function(it) for it in stack.split(";") if not it.startswith("process ")]
        if frames:
            yield frames, int(count)


def _function(frame: str) -> str:
    """`name (file:line)` as `file: name`; the file from its package on, a nested function as the one around it."""
    name, _, place = frame.rpartition(" (")
    file = place.rstrip(")").rpartition(":")[0]
    for folder in ("/site-packages/", "/src/", "/python3"):
        file = file.rpartition(folder)[2]
    return f"{file}: {name.partition('.<locals>')[0]}"
