"""What the words of a command may be, on argparse: a larger library for it was a quarter of each start."""

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from syndicator.errors import UsageError

Args = argparse.Namespace
"""The words that were given, by name."""
HIDDEN = argparse.SUPPRESS
"""The help of a word that is not for people."""


_COUNT = re.compile(r"0*([1-9][0-9]*)")
_DIGITS = 18
"""Of a number that SQLite counts to."""


class Word(NamedTuple):
    """An argument or an option of a command: what argparse is told of it."""

    names: tuple[str, ...]
    options: Mapping[str, Any]


class Command(NamedTuple):
    """What can be typed behind the program's name.

    Attributes:
        act: Does it; its docstring says what.
        examples: For its help.
        words: Its arguments and options, in the order of its help.
    """

    act: Callable[[Args], None]
    examples: str
    words: tuple[Word, ...]


class Parser(argparse.ArgumentParser):
    """One that raises a mistake as any other of the user's, and knows no abbreviations.

    Raises:
        UsageError: A word is wrong, missing, or too many.
    """

    def __init__(self, words: Sequence[Word], **options: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **options)
        for names, how in words:
            self.add_argument(*names, **how)

    def print_help(self, file: object = None) -> None:  # noqa: ARG002  # argparse's
        """Print it as all else is printed."""
        from syndicator.cli.printing import print_line

        print_line(self.format_help().removesuffix("\n"))

    def error(self, message: str) -> NoReturn:
        """Raise the mistake that argparse has found."""
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", f"See {self.prog} --help.")


def argument(name: str, *, count: str | None = None, **options: Any) -> Word:
    """A word by its place.

    Args:
        name: As help shows it; in lower case, its name among the words given.
        count: "?": it may be missing; "*": there may be any number.
        options: More for argparse.
    """
    options |= {} if count is None else {"nargs": count, "default": [] if count == "*" else ""}
    return Word((options.pop("dest", name.lower()),), {"metavar": name, "type": text} | options)


def option(name: str, **options: Any) -> Word:
    """A word by its name, with a value behind it."""
    return Word((name,), {"type": text} | options)


def flag(name: str, **options: Any) -> Word:
    """A word that is there or not."""
    return Word((name,), {"action": "store_true"} | options)


def text(value: str) -> str:
    """A word as it stands; bytes that are no text in this locale can be neither looked for nor stored."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"“{value}” is not text in {sys.getfilesystemencoding()}") from None
    return value


def folder(value: str) -> Path:
    """A folder, whatever its name."""
    if not value:
        raise argparse.ArgumentTypeError("the folder's name is empty")
    return Path(value)


def at_least_one(value: str) -> int:
    """A number above zero; of a larger one than anybody needs, the largest."""
    found = _COUNT.fullmatch(value)
    if not found:
        raise argparse.ArgumentTypeError(f"“{value}” is not a number above 0")
    return int(found[1][:_DIGITS])


def parse(
    words: Sequence[str],
    commands: Mapping[str, Command],
    *,
    general: Sequence[Word],
    shared: Sequence[Word],
    prog: str,
    description: str,
    example: str,
) -> tuple[Command | None, Args]:
    """Which command is meant, and its words; none with help for what to type.

    Args:
        words: As typed.
        commands: By name.
        general: What may stand before a command.
        shared: What each command has, too.
        prog: The program's name.
        description: What it is for.
        example: How it is begun with.

    Raises:
        UsageError: There is no such command, or it has no such words.
    """
    width = max(map(len, commands)) + 2
    listed = "".join(f"  {name:{width}}{_first_line(it.act)}\n" for name, it in commands.items())
    top = Parser(
        (
            *general,
            Word(("command",), {"nargs": "?", "help": HIDDEN}),
            Word(("rest",), {"nargs": argparse.REMAINDER, "help": HIDDEN}),
        ),
        prog=prog,
        usage=" ".join([prog, *(f"[{_shown(it)}]" for it in general), "COMMAND …"]),
        description=description,
        epilog=f"commands:\n{listed}\n`{prog} COMMAND --help` shows more. {example}",
    )
    args = top.parse_args(words)
    if args.command is None:
        top.print_help()
        return None, args
    if (found := commands.get(args.command)) is None:
        meant = get_close_matches(args.command, commands, 1)
        guess = f"did you mean “{meant[0]}”?" if meant else f"see {prog} --help."
        raise UsageError(f"There is no command “{args.command}”;", guess)
    own = Parser(
        (*found.words, *shared), prog=f"{prog} {args.command}", description=found.act.__doc__, epilog=found.examples
    )
    return found, own.parse_intermixed_args(args.rest, Args(**vars(args)))


def _first_line(act: Callable[[Args], None]) -> str:
    return (act.__doc__ or "").partition("\n")[0]


def _shown(word: Word) -> str:
    return " ".join([word.names[0], word.options.get("metavar", "")]).strip()
