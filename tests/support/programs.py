"""Other people's programs. One that is missing fails its test with the line that brings it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

DEBIAN = {
    "chromium": "chromium",
    "curl": "curl",
    "ip": "iproute2",
    "jing": "jing",
    "newsboat": "newsboat",
    "nginx": "nginx-light",
    "sfeed_update": "sfeed",
    "strace": "strace",
    "xmllint": "libxml2-utils",
}
"""The package of each; `.ci/run` installs them all."""

_PLACES = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))


def program(name: str) -> str:
    """Where it is."""
    found = shutil.which(name, path=_PLACES)
    if found is None:
        pytest.fail(f"{name} is missing. Run: apt-get install --no-install-recommends {DEBIAN[name]}", pytrace=False)
    return found


def call(name: str, *words: str | Path, seconds: float = 60.0, **environment: str) -> str:
    """Run it to a good end; returns what it wrote."""
    done = subprocess.run(
        [program(name), *map(str, words)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds, check=False,
        env=os.environ | environment,
    )  # fmt: skip
    assert done.returncode == 0, f"{name} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout
