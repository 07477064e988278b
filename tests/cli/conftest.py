"""A configuration over an origin on loopback, and the command in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.feeds import RIVER
from support.origin import Origin

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def site(tmp_path: Path, origin: Origin) -> Path:
    """A configuration of one source that answers and one that does not."""
    config = tmp_path / "config"
    (config / "sources").mkdir(parents=True)
    (config / "syndicator.toml").write_text('[fetch]\nallow_networks = ["127.0.0.0/8"]\nhost_spacing = 0\n')
    (config / "sources" / "all.toml").write_text(
        f'[[source]]\nid = "daily"\nurl = "{origin.serve("/feed", RIVER)}"\n'
        f'[[source]]\nid = "gone"\nurl = "{origin.url("/none")}"\n'
    )
    return config


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run_command(*words: object, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "syndicator", *map(str, words)],
            capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path, env=os.environ | environment,
        )  # fmt: skip

    return run_command
