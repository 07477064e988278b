"""`syndicator check` and `syndicator init`: check a configuration, and write one to start from."""

from pathlib import Path
from shlex import quote

from syndicator.cli import setting
from syndicator.cli.printing import print_line
from syndicator.clock import SystemClock
from syndicator.pipeline.local_lists import list_doubts
from syndicator.text.counting import counted


def check(folder: Path) -> None:
    """Carry out `syndicator check`: print warnings and a summary, or raise a `ConfigError` with every mistake."""
    config = setting.load(folder, serves=True)
    warnings = [*config.warnings, *list_doubts(config, SystemClock().now())]
    sources, channels = counted(len(config.sources), "source"), counted(len(config.channels), "channel")
    for warning in warnings:
        print_line(warning)
    found = f"no mistake found, {counted(len(warnings), 'warning')}" if warnings else "no mistake found"
    print_line(f"{folder}: {sources}, {channels}, {found}.")
    if not config.sources:
        print_line(f"Nothing is polled: there is no [[source]] in {folder}/syndicator.toml or {folder}/sources/*.toml.")


def init(folder: Path) -> None:
    """Carry out `syndicator init`: write a small configuration, and print its files."""
    from syndicator.config import write_starter

    for path in write_starter(folder):
        print_line(str(path))
    print_line(f"Now edit {quote(f'{folder}/sources')}, then: syndicator check --config {quote(str(folder))}")
