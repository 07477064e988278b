"""What may be typed, and what is said of what may not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from syndicator.cli.app import main
from syndicator.cli.commands import COMMANDS, GENERAL
from syndicator.cli.words import Args, Command, argument, at_least_one, flag, folder, option, parse
from syndicator.errors import ExitCode, UsageError

Spoken = tuple[int, str, str]


def act(args: Args) -> None:
    """Do it.

    With more words about it.
    """


WORDS = (
    argument("STORY"),
    argument("STORY", dest="other", count="?"),
    flag("--json"),
    option("--limit", type=at_least_one),
)
ONE = {"why": Command(act, "Example: it why 1", WORDS)}
SHARED = (option("--config", type=folder, metavar="DIR"),)
TOLD = {"prog": "it", "description": "What it is for.", "example": "Example: it why 1"}


def spoken(*words: str) -> Args:
    found, args = parse(words, ONE, general=SHARED, shared=SHARED, **TOLD)
    assert found is ONE["why"]
    return args


@pytest.mark.parametrize(
    ("line", "story", "other", "json"),
    [
        ("why 1", "1", "", False),
        ("why 1 2", "1", "2", False),
        ("why 1 --json 2", "1", "2", True),
        ("why --json 1 2", "1", "2", True),
        ("why 1 2 --json", "1", "2", True),
        ("why -- -1 -2", "-1", "-2", False),
    ],
)
def test_options_may_stand_anywhere(line: str, story: str, other: str, json: bool) -> None:
    args = spoken(*line.split())
    assert (args.story, args.other, args.json) == (story, other, json)


@pytest.mark.parametrize(
    "line", ["--config a why 1", "why 1 --config a", "why --config=a 1", "--config b why 1 --config a"]
)
def test_what_commands_share_may_stand_before_them_and_the_last_word_counts(line: str) -> None:
    assert spoken(*line.split()).config == Path("a")
    assert spoken("why", "1").config is None


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("wy 1", "There is no command “wy”; did you mean “why”?"),
        ("qqq", "There is no command “qqq”; see it --help."),
        ("why", "The following arguments are required: STORY. See it why --help."),
        ("why 1 2 3", "Unrecognized arguments: 3. See it why --help."),
        ("why 1 --jso", "Unrecognized arguments: --jso. See it why --help."),
        ("why 1 --limit 0", "Argument --limit: “0” is not a number above 0. See it why --help."),
        ("why 1 --limit ٣", "Argument --limit: “٣” is not a number above 0. See it why --help."),
        ("why \udcff", r"Argument STORY: “\udcff” is not text in utf-8. See it why --help."),
        ("why 1 \udcff", r"Argument STORY: “\udcff” is not text in utf-8. See it why --help."),
        ("--config= why 1", "Argument --config: the folder's name is empty. See it --help."),
        ("why 1 --limit", "Argument --limit: expected one argument. See it why --help."),
        ("--nonsense why 1", "Unrecognized arguments: --nonsense. See it --help."),
    ],
)
def test_what_cannot_be_understood_is_told_with_what_to_do(line: str, sentence: str) -> None:
    with pytest.raises(UsageError) as told:
        spoken(*line.split())
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    ("written", "number"), [("1", 1), ("007", 7), ("9" * 30, 10**18 - 1), ("9" * 5000, 10**18 - 1)]
)
def test_a_number_may_be_of_any_size(written: str, number: int) -> None:
    assert spoken("why", "1", "--limit", written).limit == number


def test_a_folder_may_have_any_name() -> None:
    assert spoken("why", "1", "--config", "\udcff").config == Path("\udcff")


def said_by(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> Spoken:
    monkeypatch.setattr(sys, "argv", ["syndicator", *words])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0), *capsys.readouterr()


def test_help_names_each_command_once_with_what_it_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, _ = said_by(monkeypatch, capsys, "--help")
    assert code == ExitCode.OK
    assert text.startswith("usage: syndicator [--version] [--config DIR] COMMAND …\n")
    for name, found in COMMANDS.items():
        assert text.count(f"\n  {name} ") == 1, name
        assert (found.act.__doc__ or "no words").partition("\n")[0] in text


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_names_each_of_its_words_and_an_example(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, _ = said_by(monkeypatch, capsys, name, "-h")
    assert code == ExitCode.OK
    assert "\nExample" in text
    assert "SUPPRESS" not in text
    shown = [word for word in (*COMMANDS[name].words, GENERAL[1]) if word.names != ("--attached",)]
    for word in shown:
        assert f"\n  {word.options['metavar'] if word.names[0][0] != '-' else word.names[0]}" in text


@pytest.mark.parametrize("words", [["--help"], ["stories", "--help"], []])
def test_help_is_shown_as_far_as_the_terminal_can(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "syndicator", *words],
        env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (ExitCode.OK if words else ExitCode.USAGE, b"")
    assert done.stdout.startswith(b"usage: syndicator ")


def test_no_word_at_all_is_answered_by_help_and_is_a_mistake(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, _ = said_by(monkeypatch, capsys)
    assert code == ExitCode.USAGE
    assert "commands:" in text


def test_the_version_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, _ = said_by(monkeypatch, capsys, "--version")
    assert (code, text.split()[0]) == (ExitCode.OK, "syndicator")
