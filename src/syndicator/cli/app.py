"""App: carry out the command that the arguments name; the exit code says how that went (see `errors.ExitCode`)."""

import resource
import sys
import traceback
from typing import NoReturn

from syndicator.cli.commands import COMMANDS, FOLDER, GENERAL
from syndicator.cli.streams import complain, provide
from syndicator.cli.words import parse
from syndicator.errors import ConfigError, ExitCode, SyndicatorError, shortage
from syndicator.text.counting import counted

_LEAST_MEMORY = 64 << 20
"""Bytes of address space below which no command can load what it needs; libraries in C print what they meet there."""


def main() -> NoReturn:
    """Run the command and leave with its exit code (see `errors.ExitCode`)."""
    provide()
    try:
        _obey(sys.argv[1:])
    except ConfigError as error:
        complain(f"{error}\nThe configuration has {counted(len(error.problems), 'mistake')}.")
        sys.exit(error.exit_code)
    except SyndicatorError as error:
        complain(f"syndicator: {error}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        complain("Interrupted.")
        sys.exit(ExitCode.INTERRUPTED)
    except Exception as error:  # noqa: BLE001  # only its frames are shown: its message may quote a private address
        if refused := shortage(error):
            complain(f"syndicator: {refused}")
            sys.exit(refused.exit_code)
        frames = "".join(traceback.format_tb(error.__traceback__))
        complain(f"{frames}syndicator: A bug ({type(error).__name__}). Please report it with the lines above.")
        sys.exit(ExitCode.BUG)
    sys.exit(ExitCode.OK)


def _obey(words: list[str]) -> None:
    meant, args = parse(
        words,
        COMMANDS,
        general=GENERAL,
        shared=(FOLDER,),
        prog="syndicator",
        description="Gather news from many sources, show each story once, and publish everything as RSS, Atom and JSON"
        " feeds.",
        example="Example: syndicator init config && syndicator check && syndicator run",
    )
    if meant is None:
        sys.exit(ExitCode.USAGE)
    if 0 <= resource.getrlimit(resource.RLIMIT_AS)[0] < _LEAST_MEMORY:  # negative: without a limit
        raise MemoryError
    meant.act(args)
