"""Commands: all commands with their arguments and options; the docstring of each function is the command's help.

What a command does is imported only when it runs, so that `--help` answers at once.
"""

import os
from collections.abc import Callable
from pathlib import Path

from syndicator import __version__
from syndicator.cli.words import HIDDEN, Args, Command, Word, argument, at_least_one, flag, folder, option
from syndicator.errors import UsageError
from syndicator.model.social import Word as Verdict

COMMANDS: dict[str, Command] = {}
"""All commands by name, in the order in which the help lists them."""

FOLDER = option(
    "--config",
    type=folder,
    metavar="DIR",
    help="folder with syndicator.toml, sources/ and channels/ (default: config, or SYNDICATOR_CONFIG)",
)
"""The option that names the configuration's folder; all commands have it."""
JSON = flag("--json", help="one JSON object a line, for scripts")
"""The flag for output for scripts."""
STORY = argument("STORY", help="a story: its number, its id, or the address of any of its copies")
"""The argument that names a story."""
GENERAL = (Word(("--version",), {"action": "version", "version": f"syndicator {__version__}"}), FOLDER)
"""The options that may stand before a command."""


def command(examples: str, *words: Word) -> Callable[[Callable[[Args], None]], Callable[[Args], None]]:
    """Make a function a command with the function's name.

    Args:
        examples: The examples in the command's help.
        words: The command's arguments and options.
    """

    def enlist(act: Callable[[Args], None]) -> Callable[[Args], None]:
        COMMANDS[act.__name__] = Command(act, examples, words)
        return act

    return enlist


def _folder(args: Args) -> Path:
    given: Path | None = args.config
    return given or Path(os.environ.get("SYNDICATOR_CONFIG") or "config")


@command("Example: syndicator run --config /etc/syndicator")
def run(args: Args) -> None:
    """Run the service: poll, publish and serve until stopped."""
    from syndicator.cli import work

    work.run(_folder(args))


@command("Example: syndicator serve", flag("--attached", help=HIDDEN))
def serve(args: Args) -> None:
    """Serve what is published, without polling."""
    from syndicator.cli import work

    work.serve(_folder(args), attached=args.attached)


@command(
    "Examples: syndicator once   |   syndicator once --all   |   syndicator once nsn sample-rss",
    argument("SOURCE", count="*", help="ids of sources"),
    flag("--all", help="every source, due or not"),
    JSON,
)
def once(args: Args) -> None:
    """Poll the sources that are due (or those named), publish, and exit."""
    from syndicator.cli import work

    if args.source and args.all:
        raise UsageError("Both --all and ids of sources were given.", "Give either --all or the ids.")
    work.once(_folder(args), args.source, everything=args.all, json=args.json)


@command("Example: syndicator publish", JSON)
def publish(args: Args) -> None:
    """Rewrite the published files from what is stored."""
    from syndicator.cli import work

    work.publish(_folder(args), json=args.json)


@command("Example: syndicator check --config config")
def check(args: Args) -> None:
    """Check the configuration and report every mistake in it."""
    from syndicator.cli import configuration

    configuration.check(_folder(args))


@command(
    "Examples: syndicator plan   |   syndicator plan --config draft --against config   |   syndicator plan --json",
    option("--against", type=folder, metavar="DIR", help="the folder in force, which this configuration is to replace"),
    JSON,
)
def plan(args: Args) -> None:
    """Show what the configuration would change if it took effect: sources, channels, settings."""
    from syndicator.cli import plan as outlook

    outlook.plan(_folder(args), args.against, json=args.json)


@command(
    "Examples: syndicator preview https://nsn.fm/rss   |   syndicator preview nsn --json",
    argument("SOURCE", help="an address, or the id of a source"),
    JSON,
)
def preview(args: Args) -> None:
    """Show what a source would bring, without storing or publishing anything."""
    from syndicator.cli import preview as trial

    trial.preview(_folder(args), args.source, json=args.json)


@command("Examples: syndicator sources   |   syndicator sources --json | jq 'select(.status==\"failing\")'", JSON)
def sources(args: Args) -> None:
    """List the sources: how each is doing, and what to do about one that fails."""
    from syndicator.cli import sources as listed

    listed.show(_folder(args), json=args.json)


@command(
    "Examples: syndicator stories   |   syndicator stories метро закрыли --json",
    argument("QUERY", count="*", help="words that a story must contain, or an SQLite full-text query"),
    option("--limit", type=at_least_one, metavar="N", help="how many at most (default: 50; with --json, all)"),
    JSON,
)
def stories(args: Args) -> None:
    """List the newest stories, each with all its sources."""
    from syndicator.cli import stories as found

    found.show(_folder(args), " ".join(args.query), limit=args.limit, json=args.json)


@command(
    "Examples: syndicator why 17   |   syndicator why https://nsn.fm/a/1   |   syndicator why 17 23",
    STORY,
    argument("STORY", dest="other", count="?", help="a second story: explain why the two are not one"),
    JSON,
)
def why(args: Args) -> None:
    """Explain a story: each copy, what joined it, which one leads, and how to change that."""
    from syndicator.cli import why as explain

    explain.why(_folder(args), args.story, args.other, json=args.json)


@command(
    "Examples: syndicator split 17 nsn   |   syndicator split https://nsn.fm/a/1 https://ria.ru/2",
    STORY,
    argument("ARTICLE", help="the copy to take out: its number, source or address"),
    JSON,
)
def split(args: Args) -> None:
    """Take a copy out of a story, for good: it becomes a story of its own."""
    from syndicator.cli import decide

    decide.split(_folder(args), args.story, args.article, json=args.json)


@command(
    "Example: syndicator join 17 23", STORY, argument("STORY", dest="other", help="the story to join with it"), JSON
)
def join(args: Args) -> None:
    """Make two stories one, for good, whatever the rules say; the older one's id stays."""
    from syndicator.cli import decide

    decide.join(_folder(args), args.story, args.other, json=args.json)


@command(
    "Examples: syndicator replay   |   syndicator replay --apply",
    flag("--apply", help="make the changes; without --apply, they are only shown"),
    JSON,
)
def replay(args: Args) -> None:
    """Show which stories would be merged or split if everything stored came anew under today's rules."""
    from syndicator.cli import replay as anew

    anew.replay(_folder(args), apply=args.apply, json=args.json)


@command("Example: syndicator decisions --json", JSON)
def decisions(args: Args) -> None:
    """List your split and join decisions."""
    from syndicator.cli import decide

    decide.decisions(_folder(args), json=args.json)


@command(
    "Examples: syndicator boilerplate nsn   |   syndicator boilerplate nsn --allow 2",
    argument("SOURCE", help="id of a source"),
    option("--allow", metavar="TEXT|NUMBER", help="the paragraph is part of the story"),
    option("--deny", metavar="TEXT|NUMBER", help="the paragraph is never part of a story"),
    option("--forget", metavar="TEXT|NUMBER", help="take back what you said"),
    JSON,
)
def boilerplate(args: Args) -> None:
    """List the paragraphs that a source repeats in its stories, or decide what becomes of one."""
    folder = _folder(args)
    if (verdict := _verdict(args, "paragraph")) is None:
        from syndicator.cli import repeats

        repeats.show(folder, args.source, json=args.json)
        return
    from syndicator.cli import work

    word, text = verdict
    if not text.strip():
        raise UsageError("The paragraph is empty.", "Give the whole paragraph, or its number in the list.")
    work.boilerplate(folder, args.source, text, word, json=args.json)


@command(
    "Examples: syndicator social   |   syndicator social nsn   |   syndicator social nsn --deny vk:fans",
    argument("SOURCE", count="?", help="id of a source"),
    option("--allow", metavar="KEY", help="the link is the publisher's, even if the evidence is weak"),
    option("--deny", metavar="KEY", help="the link is not the publisher's: never publish it"),
    option("--forget", metavar="KEY", help="take back what you said"),
    JSON,
)
def social(args: Args) -> None:
    """List the publishers' channels with the evidence for each, or decide whether a link is the publisher's."""
    folder = _folder(args)
    if (verdict := _verdict(args, "link")) is None:
        from syndicator.cli import presence

        presence.show(folder, args.source, json=args.json)
        return
    from syndicator.cli import work

    word, key = verdict
    if not key.strip():
        raise UsageError("The link is empty.", "Give the link's key, as `syndicator social SOURCE` shows it.")
    if not args.source:
        raise UsageError(
            "A key alone does not say whose link is meant.",
            "Give the source's id, too: syndicator social SOURCE --deny KEY",
        )
    work.social(folder, args.source, key.strip(), word, json=args.json)


def _verdict(args: Args, what: str) -> tuple[Verdict, str] | None:
    """Return the operator's decision, and the text to which it applies; None: there is none.

    Args:
        args: The arguments, with `allow`, `deny` and `forget`.
        what: What can be decided, for the error message.

    Raises:
        UsageError: There is more than one decision.
    """
    words: dict[Verdict, str | None] = {"allow": args.allow, "deny": args.deny, "": args.forget}
    given = [(word, text) for word, text in words.items() if text is not None]
    if len(given) > 1:
        raise UsageError(f"Only one {what} can be decided at a time.", "Give only one of --allow, --deny and --forget.")
    return given[0] if given else None


@command("Example: syndicator init config", argument("DIR", type=folder, help="a new folder for the configuration"))
def init(args: Args) -> None:
    """Write a small configuration to start from."""
    from syndicator.cli import configuration

    configuration.init(args.dir)
