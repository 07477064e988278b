"""A folder of configuration files to write into, and the names that the other rooms would bring along."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from syndicator.config import Vocabulary, load
from syndicator.model.source import JsonPaths, Select, Source


def check_match(query: str) -> str:
    """Stands for the store's: a query with an odd number of quotes is none."""
    return "a quote is not closed" if query.count('"') % 2 else ""


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary(
        kinds={"auto": None, "feed": None, "page": Select, "json": JsonPaths, "list": None, "telegram": None},
        formats=("rss", "atom", "json"),
        check_match=check_match,
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    return folder


Write = Callable[..., Path]


@pytest.fixture
def write(root: Path) -> Write:
    """Write a file below the folder: `write("sources/a.toml", text)`; bytes are written as they are."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.fixture
def read(root: Path, write: Write, vocabulary: Vocabulary) -> Callable[..., tuple[Source, ...]]:
    """The sources of one file."""

    def read_sources(text: str, environment: Mapping[str, str] | None = None) -> tuple[Source, ...]:
        write("sources/a.toml", text)
        return load(root, vocabulary, environment or {}).sources

    return read_sources
