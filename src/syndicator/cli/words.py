"""Words: the arguments and options of commands, parsed with argparse.

A larger library for this took a quarter of the time of each start.
"""

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from syndicator.errors import UsageError

Args = argparse.Namespace
"""The arguments and options that were given, by name."""
HIDDEN = argparse.SUPPRESS
"""In the place of a word's help: the word is not for people, and the help does not show it."""


_COUNT = re.compile(r"0*([1-9][0-9]*)")
"""A number above zero, without leading zeros in its group."""
_DIGITS = 18
"""The most digits of a number that SQLite can hold in any case."""


class Word(NamedTuple):
    """An argument or an option of a command.

    Attributes:
        names: Its names, as argparse's `add_argument` gets them.
        options: The other arguments of `add_argument`.
    """

    names: tuple[str, ...]
    options: Mapping[str, Any]


class Command(NamedTuple):
    """A command of the program.

    Attributes:
        act: The function that carries it out; its docstring is the command's help.
        examples: Examples, for its help.
        words: Its arguments and options, in the order of its help.
    """

    act: Callable[[Args], None]
    examples: str
    words: tuple[Word, ...]


class Parser(argparse.ArgumentParser):
    """A parser that raises `UsageError` for mistakes, as the rest of the program does, and accepts no abbreviations.

    Raises:
        UsageError: A word is wrong or missing, or there is one too many.
    """

    def __init__(self, words: Sequence[Word], **options: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **options)
        for names, how in words:
            self.add_argument(*names, **how)

    def print_help(self, file: object = None) -> None:  # noqa: ARG002  # argparse's
        """Print the help with `print_line`, as all other output."""
        from syndicator.cli.printing import print_line

        print_line(self.format_help().removesuffix("\n"))

    def error(self, message: str) -> NoReturn:
        """Raise a `UsageError` for a mistake that argparse has found."""
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", f"See {self.prog} --help.")


def argument(name: str, *, count: str | None = None, **options: Any) -> Word:
    """Return a positional argument.

    Args:
        name: Its name in the help; in lower case, its name in `Args`, unless `dest` is given.
        count: "?": it may be missing; "*": there may be any number of it; None: there must be exactly one.
        options: Further options for argparse.
    """
    options |= {} if count is None else {"nargs": count, "default": [] if count == "*" else ""}
    return Word((options.pop("dest", name.lower()),), {"metavar": name, "type": text} | options)


def option(name: str, **options: Any) -> Word:
    """Return an option with a value."""
    return Word((name,), {"type": text} | options)


def flag(name: str, **options: Any) -> Word:
    """Return an option without a value."""
    return Word((name,), {"action": "store_true"} | options)


def text(value: str) -> str:
    """Return a word unchanged; refuse bytes that are not text in this locale, as these cannot be stored or found."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"“{value}” is not text in {sys.getfilesystemencoding()}") from None
    return value


def folder(value: str) -> Path:
    """Return the path of a folder; any name but an empty one is allowed."""
    if not value:
        raise argparse.ArgumentTypeError("the folder's name is empty")
    return Path(value)


def at_least_one(value: str) -> int:
    """Return a number above zero; of a number with too many digits, only the first `_DIGITS` are used."""
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
    """Parse the command line.

    Args:
        words: The words that were typed after the program's name.
        commands: All commands, by name.
        general: The options that may stand before a command.
        shared: The options that all commands have.
        prog: The program's name.
        description: What the program is for.
        example: An example for the beginning.

    Returns:
        The command that is meant, and its arguments. If no command was typed, the help is printed, and the command is
        None.

    Raises:
        UsageError: There is no such command, or the command does not have such words.
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
