"""Collect mistakes and warnings, each with its line; nothing is raised before all files have been checked."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from syndicator.config.files import File, name
from syndicator.config.lines import KeyPath, Lines
from syndicator.config.misfit import MisfitError, nearest
from syndicator.config.schema import Shape, read
from syndicator.errors import Problem
from syndicator.model.noun import Noun

_SUGGESTIONS = 32  # the most different words that suggestions are sought for: each costs up to 0.2 s


class Row(Noun, kw_only=False):
    """One table of a file: its values, and the path at which it stands."""

    file: File
    path: KeyPath
    table: dict[str, Any]

    def below(self, key: str) -> "Row":
        """The table that is the value of one of this table's settings."""
        return Row(self.file, (*self.path, key), self.table[key])


class Report:
    """Collects problems."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._warnings: list[Problem] = []
        self._lines: dict[Path, Lines] = {}
        self._words: set[str] = set()

    def add(self, problem: Problem) -> None:
        """Add a mistake that concerns a whole file, or already has its line."""
        self._problems.append(problem)

    def refuse(self, row: Row, misfit: MisfitError, *keys: str | int) -> None:
        """Add a mistake in a table, or in the setting that the keys and the misfit's keys lead to."""
        self.add(self._problem(row, (*keys, *misfit.keys), misfit.message + self._suggestion(misfit)))

    def warn(self, row: Row, message: str, *keys: str | int) -> None:
        """Add a warning about the setting that the keys lead to: it is valid, but probably not intended."""
        self._warnings.append(self._problem(row, keys, message))

    def doubt(self, problem: Problem) -> None:
        """Add a warning that concerns a whole file."""
        self._warnings.append(problem)

    def check(self, shape: Shape, row: Row) -> dict[str, Any] | None:
        """The settings of a table with their defaults; None if it has mistakes, which are added."""
        settings = read(shape, row.table)
        if isinstance(settings, dict):
            return settings
        for misfit in settings:
            self.refuse(row, misfit)
        return None

    def unique(self, rows: Iterable[tuple[Row, object]], key: str) -> None:
        """Refuse each table whose setting has a value that an earlier one has."""
        first: dict[object, Row] = {}
        for row, value in rows:
            if (holder := first.setdefault(value, row)) is not row:
                self.refuse(row, MisfitError(f"is the same as at {self.place(holder, key)}"), key)

    def place(self, row: Row, *keys: str | int) -> str:
        """The file and line of a setting, for a message about another one."""
        return f"{row.file.path}:{self._line(row.file, (*row.path, *keys))}"

    def problems(self) -> tuple[Problem, ...]:
        """All mistakes, by file and line."""
        return tuple(sorted(self._problems, key=_place))

    def warnings(self) -> tuple[Problem, ...]:
        """All warnings, by file and line."""
        return tuple(sorted(self._warnings, key=_place))

    def _problem(self, row: Row, below: KeyPath, message: str) -> Problem:
        path = (*row.path, *below)
        where = name(path) + (f", entry {below[-1] + 1}" if below and isinstance(below[-1], int) else "")
        return Problem(file=row.file.path, line=self._line(row.file, path), where=where, message=message)

    def _line(self, file: File, path: KeyPath) -> int:
        if file.path not in self._lines:
            self._lines[file.path] = Lines(file.text)
        return self._lines[file.path].of(path)

    def _suggestion(self, misfit: MisfitError) -> str:
        if not misfit.word or (misfit.word not in self._words and len(self._words) >= _SUGGESTIONS):
            return ""
        self._words.add(misfit.word)
        valid = nearest(misfit.word, misfit.choices)
        return f'; did you mean "{valid}"?' if valid else ""


def _place(problem: Problem) -> tuple[str, int]:
    return str(problem.file), problem.line
