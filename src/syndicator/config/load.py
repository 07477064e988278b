"""Read the folder of TOML files into a `Config`, or refuse it with all mistakes in it.

find and read the files → sort their tables by name → site, paths, … → sources → channels → Config
                                      every step reports what is wrong or doubtful; only the end raises
"""

import os
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from types import MappingProxyType
from typing import Any

from syndicator.config import amounts
from syndicator.config.channels import channels, check_references, told_apart
from syndicator.config.credentials import Secrets
from syndicator.config.files import FOLDERS, MAIN, File, find, of_one, of_several, passed_over, read
from syndicator.config.misfit import MisfitError
from syndicator.config.place import Place
from syndicator.config.reach import reached
from syndicator.config.report import Report, Row
from syndicator.config.schema import ARRAYS, TABLES, Shape, Vocabulary, shapes
from syndicator.config.sources import SourceReader
from syndicator.errors import ConfigError, Problem
from syndicator.model.noun import replace
from syndicator.model.settings import (
    BESIDE_STORE,
    Channel,
    Config,
    FetchSettings,
    Keep,
    Paths,
    Schedule,
    ServeSettings,
)

_NO_ENVIRONMENT: Mapping[str, str] = MappingProxyType({})


def load(
    root: Path,
    vocabulary: Vocabulary,
    environment: Mapping[str, str] | None = _NO_ENVIRONMENT,
    *,
    serves: bool = True,
    home: Path | None = None,
) -> Config:
    """Read the configuration.

    Args:
        root: The folder with `syndicator.toml`, `sources/` and `channels/`.
        vocabulary: The names that other rooms define (kinds, formats, …).
        environment: The variables for values written as "env:NAME"; None if these values are not needed now, and not
            to be looked up.
        serves: Whether the operator's pages will be served; if not, their variables are not looked up, either.
        home: The folder that this one, a draft, is to replace: relative paths and `file:` addresses are resolved as if
            the draft stood there. None if it is no draft.

    Raises:
        ConfigError: With all mistakes in all files; none of them shows a secret.
    """
    report = Report()
    paths, files = _files(root, report)
    rows = _rows(files, report)
    shape = shapes(tuple(vocabulary.kinds), vocabulary.formats)
    resolved = Path(os.path.realpath(root))

    tables = {name: _table(name, rows, shape[name], root, report) for name in TABLES}
    _check_schedule(*tables["schedule"], report)
    schedule = Schedule(**tables["schedule"][1])
    secrets = Secrets(environment, report)
    serve = _serve(*tables["serve"], secrets if serves else Secrets(None, report), shape["operator"])
    site = reached(*tables["site"], tables["serve"][0], serve, report)

    source_rows = [row for row in rows if row.path[0] in {"source", "list"}]
    channel_rows = [row for row in rows if row.path[0] == "channel"]
    place = Place.of(root, home)
    reader = SourceReader(resolved, place, vocabulary, shape, secrets, schedule, report)
    sources = reader.read(source_rows, site.republish)
    published = channels(channel_rows, shape, vocabulary.check_match, report)
    if channel_rows and len(files) == len(paths):  # else a source in an unreadable file might be missed
        check_references(channel_rows, source_rows, sources, report)

    config = Config(
        root=resolved,
        site=site,
        paths=_paths(*tables["paths"], place, report),
        fetch=FetchSettings(**tables["fetch"][1]),
        schedule=schedule,
        serve=serve,
        sources=sources,
        channels=told_apart(published, site.title) or (Channel(id="all", title=site.title),),
        keep=Keep(**tables["keep"][1]),
        warnings=tuple(map(str, report.warnings())),
    )
    if problems := report.problems():
        raise ConfigError(problems)
    return config


def database(root: Path, vocabulary: Vocabulary) -> Path | None:
    """The path of the database, whatever else is wrong with the configuration; None if it cannot be determined.

    Raises:
        ConfigError: There is no configuration at all.
    """
    report = Report()
    paths, files = _files(root, report)
    rows = _rows(files, report)
    row, settings = _table("paths", rows, shapes(tuple(vocabulary.kinds), vocabulary.formats)["paths"], root, report)
    store = _paths(row, settings, Place.of(root, None), report).store
    unread = {*paths} - {file.path for file in files}
    hidden = row not in rows and root / MAIN in unread  # it is probably in the unreadable main file
    wrong = any(problem.where.partition(".")[0] == "paths" for problem in report.problems())
    return None if hidden or wrong else store


def _files(root: Path, report: Report) -> tuple[tuple[Path, ...], list[File]]:
    """Every file of the configuration, and those that could be read."""
    if not os.path.isdir(root):  # noqa: PTH112 - Path.is_dir raises where a parent may not be entered
        missing = f"there is no such folder; `syndicator init {quote(str(root))}` makes one"
        message = "expected a folder" if os.path.lexists(root) else missing
        raise ConfigError((Problem(file=root, message=message),))
    try:
        paths = find(root)
    except OSError as error:
        message = f"cannot be listed: {error.strerror}"
        raise ConfigError((Problem(file=Path(error.filename), message=message),)) from error
    if not paths:  # as if a volume is not mounted: with defaults, a service would drop all its sources
        where = f"neither {MAIN}, nor {' or '.join(f'{folder}/*.toml' for folder in FOLDERS)}"
        message = f"holds no configuration, {where}; `syndicator init {quote(str(root))}` writes one"
        raise ConfigError((Problem(file=root, message=message),))
    for problem in passed_over(root):
        report.doubt(problem)
    files = []
    for path in paths:
        file = read(path)
        if isinstance(file, File):
            files.append(file)
        else:
            report.add(file)
    return paths, files


def _rows(files: list[File], report: Report) -> list[Row]:
    """The tables of all files, each with its name in its path; the file in which a table stands does not matter."""
    rows: list[Row] = []
    single: dict[str, Row] = {}
    for file in files:
        whole = Row(file, (), file.tables)
        for name, value in file.tables.items():
            are_tables = isinstance(value, list) and all(isinstance(item, dict) for item in value)
            if name in TABLES and isinstance(value, dict):
                row = whole.below(name)
                if (first := single.setdefault(name, row)) is row:
                    rows.append(row)
                else:
                    report.refuse(row, MisfitError(f"is given twice; first at {report.place(first)}"))
            elif name in TABLES:
                message = of_one(name) if are_tables else f"expected a table: [{name}] on a line of its own"
                report.refuse(whole, MisfitError(message), name)
            elif name in ARRAYS and are_tables:
                rows += [Row(file, (name, index), item) for index, item in enumerate(value)]
            elif name in ARRAYS:
                report.refuse(whole, MisfitError(of_several(name)), name)
            elif not isinstance(value, dict | list):
                message = "is in no table; expected a line such as [site] or [[source]] above it"
                report.refuse(whole, MisfitError(message), name)
            else:
                names = (*TABLES, *ARRAYS)
                message = f"unknown table; expected one of {', '.join(names)}"
                report.refuse(whole, MisfitError(message, word=name, choices=names), name)
    return rows


def _table(name: str, rows: list[Row], shape: Shape, root: Path, report: Report) -> tuple[Row, dict[str, Any]]:
    """A table that may be there only once, and its settings; the defaults if it is missing or has a mistake."""
    nothing = Row(File(root / MAIN, "", {}), (name,), {})
    row = next((row for row in rows if row.path == (name,)), nothing)
    return row, report.check(shape, row) or report.check(shape, nothing) or {}


def _check_schedule(row: Row, settings: dict[str, Any], report: Report) -> None:
    least, usual, most = (settings[key] for key in ("min_interval", "interval", "max_interval"))
    if not least <= usual <= most:
        key = next(key for key in ("interval", "min_interval", "max_interval") if key in row.table)
        message = "expected min_interval <= interval <= max_interval; with the defaults of those not given they are"
        first, second, third = map(amounts.written, (least, usual, most))
        report.refuse(row, MisfitError(f"{message} {first}, {second} and {third}"), key)


def _serve(row: Row, settings: dict[str, Any], secrets: Secrets, shape: Shape) -> ServeSettings:
    operator = secrets.operator(row.below("operator"), shape) if isinstance(row.table.get("operator"), dict) else None
    given = {name: value for name, value in settings.items() if name not in {"listen", "operator"}}
    serve = ServeSettings(operator=operator, **given)
    if settings["listen"] is None:
        return serve
    host, port = settings["listen"]
    return replace(serve, host=host, port=port)


def _paths(row: Row, settings: dict[str, Any], place: Place, report: Report) -> Paths:
    """The absolute paths; a written one starts at its file's folder, a default one at the configuration's folder."""
    folder = place.at_home(Path(os.path.abspath(row.file.path.parent)))  # noqa: PTH100 - no symlinks resolved
    starts = {key: folder if key in row.table else place.home for key in ("store", "public")}
    store, public = (Path(os.path.abspath(start / settings[key])) for key, start in starts.items())  # noqa: PTH100
    if store == public or public in store.parents:
        report.refuse(row, MisfitError("the database would lie among the published files; keep it elsewhere"), "store")
    elif store.name in BESIDE_STORE:
        report.refuse(
            row,
            MisfitError(
                f"syndicator keeps a file called {store.name} beside the database; give the database another name"
            ),
            "store",
        )
    elif os.path.isdir(store):  # noqa: PTH112 - Path.is_dir raises where a parent may not be entered
        report.refuse(row, MisfitError("is a folder; expected a file, such as ../var/syndicator.db"), "store")
    home, paths = place.home, Paths(store=store, public=public)
    if paths.operator in {public, *public.parents}:
        message = "the operator's pages would lie there, beside the database; publish elsewhere"
        report.refuse(row, MisfitError(message), "public")
    if public in {home, *home.parents, *(home / folder for folder in FOLDERS)}:
        message = "the configuration would lie among the published files, with its secrets; publish elsewhere"
        report.refuse(row, MisfitError(message), "public")
    return paths
