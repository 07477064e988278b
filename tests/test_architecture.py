"""The house, held to its drawing: what neither import-linter nor ruff sees."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from importlib.metadata import packages_distributions
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.sharing import TOGETHER
from syndicator import __version__
from syndicator.cli.commands import COMMANDS, GENERAL
from syndicator.cli.words import HIDDEN

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "syndicator"
MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))
TESTS = sorted(path.relative_to(ROOT / "tests").as_posix() for path in (ROOT / "tests").rglob("test_*.py"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

# -- src/syndicator/a/b.py is tested in tests/a/test_b.py

TESTED_ELSEWHERE = {
    "*__init__.py": "",  # names and tables
    "model/*.py": "",  # nouns, nothing that acts
    "__main__.py": "cli/test_app.py",
    "errors.py": "cli/test_app.py",  # exit codes and sentences, as a user sees them
    "clock.py": "test_walk.py",
    "cli/logs.py": "cli/test_app.py",  # each command in a process of its own
    "cli/commands.py": "cli/test_words.py",  # and test_app
    "cli/configuration.py": "cli/test_app.py",
    "cli/look.py": "cli/test_app.py",
    "cli/printing.py": "cli/test_app.py",
    "cli/repeats.py": "cli/test_app.py",
    "cli/sources.py": "cli/test_app.py",
    "cli/stories.py": "cli/test_app.py",
    "cli/streams.py": "test_commands.py",  # closed, full, or read by nobody
    "cli/work.py": "cli/test_app.py",
    "daemon/acts.py": "cli/test_app.py",
    "daemon/making.py": "daemon/test_relays.py",  # and pipeline/test_publishing
    "daemon/oversight.py": "daemon/test_run.py",
    "daemon/publishing.py": "daemon/test_run.py",
    "parse/decoding/charsets.py": "parse/decoding/test_decode.py",
    "parse/decoding/link_fields.py": "parse/feeds/test_hubs.py",  # and test_rights
    "parse/metadata/evidence.py": "parse/publishers/test_declared.py",
    "parse/metadata/merge.py": "parse/metadata/test_structured.py",
    "parse/metadata/schemaorg.py": "parse/metadata/test_jsonld.py",  # and test_microdata
    "pipeline/landed.py": "pipeline/test_landing.py",
    "pipeline/older.py": "pipeline/test_errand.py",
    "pipeline/websub/agreements.py": "pipeline/websub/test_leasing.py",
    "pipeline/websub/inbox.py": "pipeline/websub/test_leasing.py",
    "publish/feeds.py": "publish/test_golden.py",  # and test_rss, test_atom: what both share
    "store/counters.py": "store/test_forgetting.py",  # and most others of the room
    "store/bodies.py": "store/test_packing.py",
    "store/founding.py": "store/test_schema.py",
    "store/presence.py": "store/test_profiles.py",
    "store/replaying.py": "pipeline/test_replay.py",
    "store/decisions.py": "pipeline/test_decisions.py",
    "store/stories.py": "pipeline/test_decisions.py",
    "text/guesses.py": "text/test_dates.py",
}
"""Modules without a test file of their own, and the one that exercises them."""

MIRRORS_NOTHING = {
    "dedup/test_bounds.py",  # near.py, where docs/deduplication.md names a bound
    "dedup/test_hard.py",  # all rooms, over stories written by hand
    "fetch/test_http2.py",  # exchange.py, over HTTP/2
    "parse/test_corpus.py",  # every format, over many documents
    "parse/test_hostile.py",  # every format, with what nobody should send
    "parse/test_oracle.py",  # every format, against another reader
    "parse/test_social_pages.py",  # every module that reads social links, against pages with their truth
    "parse/test_pages.py",  # every module that reads pages, against pages with their truth
    "pipeline/test_manners.py",  # pump.py, before hosts and sites that demand something
    "pipeline/test_read_again.py",  # read.py and every format of feeds, with a memory and without
    "publish/test_golden.py",  # every format, byte for byte
    "publish/test_hostile.py",  # every format, with what nobody should send
    "serve/test_clients.py",  # wire.py, before clients that are slow or many
    "shipped/test_*.py",  # config/
    "social/cases/test_*.py",  # acceptance cases of social links, by number: they cross rooms
    "simulation/test_*.py",  # pump and store over days
    "system/test_*.py",  # other people's programs
    "test_architecture.py",
    "test_benchmarks.py",  # benchmarks/
    "test_commands.py",  # all commands, where something is wrong
    "test_crash.py",  # all rooms
    "test_docs.py",  # README.md, docs/
    "identity/test_*.py",  # all rooms
    "test_hosts.py",  # all rooms, before bad hosts
    "test_noskips.py",  # support/noskips.py
    "test_secrets.py",  # all rooms
    "test_walk.py",  # all rooms
}
"""Test files that are about more, or less, than one module."""


def any_fits(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def assert_none(wrong: Iterable[object]) -> None:
    """Tell all of them, however many."""
    found = sorted(map(str, wrong))
    assert not found, found


MIRRORED = {test.replace("test_", "", 1) for test in TESTS if not any_fits(test, MIRRORS_NOTHING)}


def test_every_module_has_its_tests_where_one_looks_for_them() -> None:
    assert_none(it for it in MODULES if it not in MIRRORED and not any_fits(it, TESTED_ELSEWHERE))


def test_every_test_file_mirrors_a_module() -> None:
    assert_none(MIRRORED - set(MODULES))


def test_tests_that_stay_together_are_looked_for_where_they_are() -> None:
    assert_none(TOGETHER.keys() - {f"tests/{it}" for it in TESTS})


def test_the_tables_of_exceptions_hold_exceptions_alone() -> None:
    assert_none({test for test in TESTED_ELSEWHERE.values() if test} - set(TESTS))
    assert_none(it for it in TESTED_ELSEWHERE if not any(fnmatch(module, it) for module in MODULES))
    assert_none(it for it in MIRRORS_NOTHING if not any(fnmatch(test, it) for test in TESTS))
    assert_none(MIRRORED & TESTED_ELSEWHERE.keys())


def test_a_module_can_be_read_in_one_sitting() -> None:
    lengths = {module: len((SOURCE / module).read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert_none(f"{module}: {length} lines" for module, length in lengths.items() if length > 400)


ROOMS = "|".join(sorted({module.partition("/")[0] for module in MODULES if "/" in module}))
POINTER = re.compile(rf"`((?:{ROOMS})(?:\.\w+)+)`")


def test_what_a_docstring_points_at_is_there() -> None:
    texts = [(SOURCE / module).read_text(encoding="utf-8") for module in MODULES]
    for name in {it for text in texts for it in POINTER.findall(text) if not it.endswith(".json")}:
        resolve_name(f"syndicator.{name}")


# -- one owner for each library

OWNERS = {
    "ada_url": ["text/urls.py"],
    "apscheduler": ["daemon/schedule.py"],
    "bs4": ["parse/"],
    "brotli": ["fetch/"],
    "certifi": ["fetch/"],
    "click": ["cli/"],
    "cssselect": ["config/", "parse/"],
    "dateparser": ["text/guesses.py"],
    "feedgen": ["publish/atom.py", "publish/feeds.py", "publish/rss.py"],
    "httptools": ["serve/"],
    "jinja2": ["publish/"],
    "lxml": ["parse/", "publish/", "text/blocks.py", "text/markup.py"],
    "msgspec": ["model/noun.py", "store/rows.py"],
    "multiprocessing": ["pipeline/engines.py"],
    "nh3": ["text/sanitiser.py"],
    "orjson": [""],
    "pebble": ["pipeline/engines.py"],
    "prometheus_client": ["publish/metrics.py"],
    "protego": ["pipeline/robots.py"],
    "publicsuffixlist": ["text/hosts.py"],
    "pycurl": ["fetch/"],
    "requests": ["fetch/"],
    "rich": ["cli/"],
    "socket": ["fetch/", "serve/", "daemon/control.py", "daemon/notify.py"],
    "sqlite3": ["store/"],
    "sqlite_utils": ["store/"],
    "subprocess": ["daemon/supervise.py"],
    "tomlkit": [],
    "tomllib": ["config/", "parse/article/titled.py", "social/", "text/"],
    "trafilatura": ["parse/"],
    "uvloop": ["serve/"],
    "zstandard": ["fetch/", "store/"],
}
"""Rooms and files that may import a library; one that stands here for none may be imported nowhere."""
FREE = sys.stdlib_module_names - OWNERS.keys() | {"syndicator"}


def imported(path: Path) -> set[str]:
    """Top-level names that a file imports, inside functions, too."""
    names = set[str]()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def test_a_library_is_imported_by_its_owner_alone() -> None:
    assert_none(
        f"{module} imports {name}"
        for module in MODULES
        for name in sorted(imported(SOURCE / module) - FREE)
        if not module.startswith(tuple(OWNERS.get(name, [])))
    )


# -- the locks

GROUPS: dict[str, list[str]] = {"run": PROJECT["project"]["dependencies"], **PROJECT["dependency-groups"]}
GROUPS["build"] += PROJECT["build-system"]["requires"]
LOCKED = re.compile(r"([a-z0-9-]+)==([0-9][0-9a-z.+]*)( ; [^\\/@:]+)?((?: --hash=sha256:[0-9a-f]{64})+)")


def lock(group: str) -> Iterator[str]:
    """The lines of a lock, with what each goes on to on the following ones."""
    text = (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")
    return (re.sub(r" *\\\n *", " ", line) for line in re.split(r"(?<!\\)\n", text) if line)


def locked(group: str) -> dict[str, str]:
    return {found[1]: found[2] for found in map(LOCKED.fullmatch, lock(group)) if found}


@pytest.mark.parametrize("group", GROUPS)
def test_a_lock_holds_versions_with_hashes_and_nothing_else(group: str) -> None:
    assert_none(line for line in lock(group) if not LOCKED.fullmatch(line))


@pytest.mark.parametrize("group", GROUPS)
def test_a_lock_is_within_the_bounds_of_the_project(group: str) -> None:
    versions = locked(group)
    for wanted in map(Requirement, GROUPS[group]):
        assert versions[canonicalize_name(wanted.name)] in wanted.specifier, wanted


NOT_IMPORTED = {
    "lxml-html-clean",  # trafilatura's jusText does
}
"""Dependencies of the program that it has for another's sake."""


def distributions(paths: Iterable[Path]) -> set[str]:
    """The packages that these files import from."""
    owners = packages_distributions()
    names = set[str]().union(*map(imported, paths)) - sys.stdlib_module_names - {"syndicator"}
    return {canonicalize_name(package) for name in names for package in owners.get(name, [name])}


def test_the_program_declares_what_it_imports_and_nothing_else() -> None:
    declared = {canonicalize_name(Requirement(it).name) for it in GROUPS["run"]}
    assert_none(distributions(SOURCE / module for module in MODULES) ^ (declared - NOT_IMPORTED))


def test_what_the_tests_import_is_installed_with_them() -> None:
    paths = [path for folder in ("tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    ours = {path.stem for path in paths} | {"corpus", "support"}
    assert_none(distributions(paths) - ours - {name for group in ("run", "test", "system") for name in locked(group)})


# -- what is written about it

SECTIONS = {"run": "Run time", "test": "Tests", "lint": "Lint", "system": "System tests", "build": "Build"}


@pytest.mark.parametrize("group", GROUPS)
def test_the_dependencies_are_accounted_for_as_they_are_locked(group: str) -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    section = re.split(rf"^## {SECTIONS[group]}$", text, flags=re.MULTILINE)[1].partition("\n## ")[0]
    described = dict(re.findall(r"^- \*\*([a-z0-9-]+) ([0-9.]+)\*\*", section, flags=re.MULTILINE))
    named = {canonicalize_name(Requirement(it).name) for it in GROUPS[group]}
    assert_none(described.items() ^ {name: locked(group).get(name, "not locked") for name in named}.items())


def test_the_version_is_one_and_has_its_entry_in_the_changelog() -> None:
    assert PROJECT["project"]["version"] == __version__
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d$", changes, flags=re.MULTILINE)


def test_every_command_and_every_option_is_described() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in DOCS)
    options = {
        name
        for words in (GENERAL, *(it.words for it in COMMANDS.values()))
        for word in words
        if word.options.get("help") != HIDDEN
        for name in word.names
        if name.startswith("-")
    }
    assert len(options) > 5
    patterns = [rf"(?:`|syndicator ){name}\b" for name in COMMANDS]
    patterns += [rf"(?<![\w-]){name}(?![\w-])" for name in sorted(options)]
    assert_none(pattern for pattern in patterns if not re.search(pattern, text))


def anchors(page: Path) -> set[str]:
    """What a forge makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def leads_somewhere(page: Path, name: str, anchor: str = "") -> bool:
    target = page.parent / name if name else page
    return target.exists() and (not anchor or anchor in anchors(target))


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)[^)]*\)|^\[[^]]+\]: *(\S+)", text, flags=re.MULTILINE)
    local = [one or other for one, other in targets if not re.match(r"[a-z]+:", one or other)]
    assert_none(target for target in local if not leads_somewhere(page, *target.split("#")))


def test_the_map_of_the_house_names_what_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = re.findall(r"^\| (?:… )?`([a-z]+)/` \| (.*?) \|", text, flags=re.MULTILINE)
    mapped = {f"{room}/{name}.py" for room, files in rooms for name in re.findall(r"`([a-z_]+)`", files)}
    where = text.partition("## Where do I look?")[2].partition("\n## ")[0]
    mapped.update(re.findall(r"`([a-z_/]+\.py)`", where))
    assert len(mapped) > 150
    assert_none(path for path in mapped if not any(f"/{module}".endswith(f"/{path}") for module in MODULES))
    source = "\n".join((SOURCE / module).read_text(encoding="utf-8") for module in MODULES)
    defined = set(re.findall(r"^ *(?:def )?(\w+)(?=[(:])", source, flags=re.MULTILINE))
    assert_none(name for name in re.findall(r"`(\w+)`", where) if name not in defined)


# -- what nobody means to publish

EXAMPLES = rb"(?!me/|user/|www/)"
PRIVATE_PATH = re.compile(rb"(?:(?<![\w./:~-])|file://)/(?:root/|work/|(?:home|Users)/" + EXAMPLES + rb")\w")


def test_no_file_names_a_path_of_somebodys_own_machine() -> None:
    parts = [part for part in ROOT.iterdir() if part.name in {".ci", ".editorconfig"} or part.name[0] != "."]
    files = {path.relative_to(ROOT): path for part in parts for path in (part, *part.rglob("*")) if path.is_file()}
    ours = (name for name in sorted(files) if not {"var", "__pycache__"} & set(name.parts))
    assert_none(name for name in ours if PRIVATE_PATH.search(files[name].read_bytes()))
