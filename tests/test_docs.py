"""What README.md and docs/ say of the program, held to it: examples, defaults, names of what it writes."""

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from support.service import command
from support.shipped import copy_of_shipped
from syndicator.cli import setting
from syndicator.errors import ExitCode
from syndicator.model.failure import FailureKind
from syndicator.model.overview import FaultKind, Status
from syndicator.model.source import KINDS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_EXAMPLE = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"^## `(\[+\w+\]+)`[^\n]*\n(?:(?!^\||^## ).*\n)*((?:^\|.*\n)+)", re.MULTILINE)
_ROW = re.compile(r"^\| `(\w+)` \| `(.+?)` \|", re.MULTILINE)
EXAMPLES = {
    f"{page.name} {number}": example
    for page in PAGES
    for number, example in enumerate(_EXAMPLE.findall(page.read_text(encoding="utf-8")), start=1)
}


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands below the first heading that has these words, up to the next one of its level or above."""
    level, rest = re.split(rf"^(#+) (?=.*{re.escape(heading)})", text, maxsplit=1, flags=re.MULTILINE)[1:]
    return re.split(rf"^#{{1,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def code(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_can_be_taken_as_it_stands(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in re.findall(r'"env:(\w+)"', EXAMPLES[name]):
        monkeypatch.setenv(variable, "secret")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "mine.toml").write_text(EXAMPLES[name], encoding="utf-8")
    setting.load(tmp_path, serves=True)


def documented() -> Iterator[tuple[str, str, str]]:
    """Table, setting and default, of each whose default is told as it is written in a file."""
    for heading, rows in _TABLE.findall(page("configuration")):
        for name, default in _ROW.findall(rows):
            try:
                tomllib.loads(f"it = {default}")
            except tomllib.TOMLDecodeError:  # it names another setting
                continue
            yield heading, name, default


def test_a_default_that_is_told_is_that_of_the_program(tmp_path: Path) -> None:
    needed = {"[[source]]": 'url = "https://news.example/"', "[[channel]]": 'id = "mine"'}
    found = list(documented())
    assert len(found) > 40
    texts = []
    for said in ([], found):
        tables = {heading: [needed.get(heading, "")] for heading in dict.fromkeys(it[0] for it in found)}
        for heading, name, default in said:
            tables[heading].append(f"{name} = {default}")
        texts.append("\n".join("\n".join([heading, *lines]) for heading, lines in tables.items()))
    configurations = []
    for text in texts:
        (tmp_path / "syndicator.toml").write_text(text)
        configurations.append(setting.load(tmp_path))
    assert configurations[0] == configurations[1]


def test_every_kind_every_class_of_failure_and_every_way_of_doing_and_ending_is_told() -> None:
    failures = code(section(page("commands"), "Why a source failed"))
    assert not {str(kind) for kind in FailureKind} - failures
    assert not set(get_args(Status)) - code(section(page("commands"), "`sources --json`"))
    assert not set(get_args(FaultKind)) - code(section(page("operations"), "Watch it"))
    assert not {f'"{kind}"' for kind in KINDS} - code(section(page("configuration"), "Kinds"))
    ends = section(page("commands"), "Exit codes")
    assert not [it for it in ExitCode if f"\n| {it.value} |" not in ends]


def keys(value: Any) -> Iterator[str]:
    """Names at any depth; what a layer has measured is its own affair."""
    if isinstance(value, dict):
        for name, inside in value.items():
            yield name
            yield from keys(inside) if name != "detail" else ()
    elif isinstance(value, list):
        for inside in value:
            yield from keys(inside)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped samples, polled once."""
    config = copy_of_shipped(tmp_path_factory.mktemp("docs"), 8008)
    for public in ("russian", "english"):
        (config / "sources" / f"{public}.toml").unlink()
    assert command(config, "once").returncode == ExitCode.OK
    return config


STORY = "https://obzor.example/2026/11/yarmarki-zimoy"
COPY = "https://nsn.example/ekonomika-moskvy/sezon-yarmarok"
WORDS: tuple[tuple[str, ...], ...] = (
    ("sources",),
    ("stories",),
    ("why", STORY),
    ("once", "sample-rss"),
    ("preview", "sample-rss"),
    ("social",),
    ("social", "sample-nsn", "--deny", "dzen:nsn_example"),
    ("boilerplate", "sample-rss", "--deny", "Read us in the morning."),
    ("split", STORY, "sample-rss"),
    ("why", STORY, COPY),
    ("decisions",),
    ("join", STORY, COPY),
    ("plan",),
)


def test_what_is_printed_for_scripts_is_described(samples: Path) -> None:
    draft = samples.with_name("draft")
    shutil.copytree(samples, draft)
    (draft / "channels" / "economy.toml").unlink()
    (draft / "sources" / "samples.toml").write_text('[[source]]\nurl = "http://a.example/"\n')
    main = draft / "syndicator.toml"
    main.write_text(main.read_text(encoding="utf-8").replace('"30m"', '"1h"'), encoding="utf-8")
    for words in WORDS:
        folder, more = (draft, ["--against", samples]) if words == ("plan",) else (samples, [])
        done = command(folder, words[0], "--json", *words[1:], *more)
        printed = [json.loads(line) for line in done.stdout.splitlines()]
        assert printed, (words, done.stderr)
        text = section(page("commands"), f"`{words[0]} --json`")
        told = code(text) | (code(section(page("commands"), "`stories --json`")) if "`stories`" in text else set())
        assert not set(keys(printed)) - told, words


def test_every_published_file_is_described(samples: Path) -> None:
    public = samples.parent / "var" / "public"
    channels = r"feeds/(?:all|economy)\b"
    files = {it.relative_to(public).as_posix() for it in public.rglob("*") if it.is_file()}
    table = re.split(r"^## ", page("outputs"), flags=re.MULTILINE)[0]
    assert not {re.sub(channels, "feeds/CHANNEL", it) for it in files} - code(table)


@pytest.mark.parametrize(
    ("python", "message"),
    [
        ("no-python", "no-python cannot be run"),
        ("false", "is none of Python 3.11"),
        ("bare-python", "bare-python-venv"),
    ],
)
def test_another_interpreter_that_cannot_be_used_is_told_why(python: str, message: str, tmp_path: Path) -> None:
    """README.md: `make PYTHON=python3.12 run`."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    bare = tmp_path / "bare-python"  # as Debian's without python3-venv
    bare.write_text('#!/bin/sh\ntest "$1" = -c\n')
    bare.chmod(0o755)
    named = str(bare) if python == bare.name else python
    make = ["make", f"PYTHON={named}", "setup"]
    done = subprocess.run(make, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode
    assert message in done.stdout
    assert not (tmp_path / ".venv").exists()
