"""The two that are compared: how each is told what to poll, and whether it did its work."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SETTINGS = """
[fetch]
allow_networks = ["127.0.0.0/8"]
host_spacing = 0

[[channel]]
id = "all"
title = "Everything"
"""


class WorkUndoneError(Exception):
    """Figures of work that was not done are worth nothing."""


def expect(found: object, expected: object, what: str) -> None:
    """Compare what was done with what was to be done."""
    if found != expected:
        raise WorkUndoneError(f"{what}: {found} instead of {expected}")


def address(source: dict[str, Any], port: int) -> str:
    """Where the origin has it."""
    return f"http://{source['host']}:{port}{source['path']}"


def readable(sources: Sequence[dict[str, Any]], truth: dict[str, Any]) -> int:
    """How many entries there are for the baseline: feedparser reads neither JSON Feed nor pages."""
    return sum(truth["entries"][it["id"]] for it in sources if it["format"] in {"rss", "atom", "rdf"})


class Syndicator:
    """The program, as somebody uses it who writes down 1,000 sources and one channel."""

    name = "syndicator"

    def __init__(self, home: Path, sources: Sequence[dict[str, Any]], port: int) -> None:
        self._config = home / "config"
        self._config.mkdir(parents=True)
        tables = (f'[[source]]\nurl = "{address(it, port)}"\nid = "{it["id"]}"\n' for it in sources)
        (self._config / "syndicator.toml").write_text(SETTINGS + "".join(tables))
        self._public = home / "var" / "public"
        self.database = home / "var" / "syndicator.db"
        self.poll = self._words("once", "--all")
        self.idle = self._words("once")
        """Nothing is due: what starting, reading the configuration and leaving costs."""

    def _words(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "syndicator", *words, "--config", str(self._config)]

    def check(self, truth: dict[str, Any]) -> None:
        """Its stories are the truth's, and the newest are published."""
        told = subprocess.run(self._words("stories", "--json"), check=True, stdout=subprocess.PIPE).stdout
        copies = (json.loads(line)["copies"] for line in told.splitlines())
        found = {frozenset((it["source"], it["url"]) for it in each) for each in copies}
        stories = {frozenset(map(tuple, story)) for story in truth["stories"]}
        expect(sum(map(len, found)), sum(truth["entries"].values()), "entries stored")
        expect(len(found), len(stories), "stories")
        expect(len(found ^ stories), 0, "stories that are not the truth's")
        published = json.loads((self._public / "feeds" / "all.json").read_bytes())
        expect(len(published["items"]), min(200, len(stories)), "items published")


class Baseline:
    """`baseline.py`."""

    name = "baseline"

    def __init__(self, home: Path, sources: Sequence[dict[str, Any]], port: int) -> None:
        home.mkdir(parents=True, exist_ok=True)
        urls = home / "urls.txt"
        urls.write_text("\n".join(address(it, port) for it in sources))
        self._sources = sources
        self._database = home / "baseline.db"
        self.poll = [sys.executable, str(HERE / "baseline.py"), str(urls), str(self._database)]

    def check(self, truth: dict[str, Any]) -> None:
        """It has stored what it reads."""
        with closing(sqlite3.connect(self._database)) as database:
            (found,) = database.execute("SELECT count(*) FROM entries").fetchone()
        expect(found, readable(self._sources, truth), "entries that the baseline stored")
