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


def show(words: Sequence[str]) -> None:
    """Run it, and print the functions in which the most time is spent, and the same by where they belong."""
    spy = shutil.which("py-spy")
    if spy is None:
        sys.exit("py-spy is not on the path. Run: .venv/bin/pip install py-spy   (it needs root, or ptrace allowed)")
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder, "stacks")
        options = ["--subprocesses", "--nonblocking", "--format", "raw", "--rate", str(RATE), "--output", str(found)]
        subprocess.run([spy, "record", *options, "--", *words], check=True, stdout=subprocess.DEVNULL)
        stacks = list(_stacks(found.read_text()))
    total = sum(count for _, count in stacks)
    print(f"{total / RATE:.1f} s sampled\n\nself      with callees  function")
    own, whole = Counter[str](), Counter[str]()
    for frames, count in stacks:
        own[frames[-1]] += count
        for frame in set(frames):
            whole[frame] += count
    for frame, count in own.most_common(TOP):
        print(f"{count / total:6.1%}    {whole[frame] / total:6.1%}        {frame}")
    print("\nwith callees  function of ours")
    for frame, count in [it for it in whole.most_common() if "syndicator/" in it[0]][: 2 * TOP]:
        print(f"{count / total:6.1%}        {frame}")


def _stacks(raw: str) -> Iterator[tuple[list[str], int]]:
    """Each stack, outermost frame first, with its number of samples."""
    for line in raw.splitlines():
        stack, _, count = line.rpartition(" ")
        frames = [_function(it) for it in stack.split(";") if not it.startswith("process ")]
        if frames:
            yield frames, int(count)


def _function(frame: str) -> str:
    """`name (file:line)` without the line, and the file from its package on."""
    name, _, place = frame.rpartition(" (")
    file = place.rstrip(")").rpartition(":")[0]
    for folder in ("/site-packages/", "/src/", "/python3"):
        file = file.rpartition(folder)[2]
    return f"{file}: {name}"
