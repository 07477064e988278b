"""The commands and their words. What they do is imported when they do it, so that `--help` answers at once."""

import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from syndicator import __version__
from syndicator.errors import ConfigError, ExitCode, SyndicatorError, UsageError
from syndicator.model.social import Word
from syndicator.text.counting import counted

app = typer.Typer(
    name="syndicator",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Folder = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="DIR",
        help="Folder with syndicator.toml, sources/ and channels/ (default: config, or SYNDICATOR_CONFIG).",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for scripts.")]
Names = Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="Ids of sources.", show_default=False)]

StoryName = Annotated[
    str, typer.Argument(metavar="STORY", help="A story: its number, its id, or the address of any of its copies.")
]


def _version(wanted: bool) -> None:  # typer's callback
    if wanted:
        typer.echo(f"syndicator {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")]


@app.callback(epilog="Example: syndicator init config && syndicator check && syndicator run")
def syndicator(
    context: typer.Context,
    config: Folder = None,
    version: Version = False,  # noqa: ARG001  # its callback acts
) -> None:
    """Gather news from many sources, show each story once, publish it as RSS, Atom and JSON feeds."""
    context.obj = config


def _folder(context: typer.Context, config: Path | None) -> Path:
    return config or context.obj or Path(os.environ.get("SYNDICATOR_CONFIG") or "config")


@app.command(epilog="Example: syndicator run --config /etc/syndicator")
def run(context: typer.Context, config: Folder = None) -> None:
    """Run the daemon: poll, publish and serve until told to stop."""
    from syndicator.cli import work

    work.run(_folder(context, config))


@app.command(epilog="Example: syndicator serve")
def serve(
    context: typer.Context,
    config: Folder = None,
    attached: Annotated[bool, typer.Option("--attached", hidden=True)] = False,
) -> None:
    """Serve what is published, without polling."""
    from syndicator.cli import work

    work.serve(_folder(context, config), attached=attached)


@app.command(epilog="Examples: syndicator once   |   syndicator once --all   |   syndicator once nsn sample-rss")
def once(
    context: typer.Context,
    sources: Names = None,
    everything: Annotated[bool, typer.Option("--all", help="Every source, due or not.")] = False,
    json: Json = False,
    config: Folder = None,
) -> None:
    """Poll the sources that are due (or those named), publish, and leave."""
    from syndicator.cli import work

    if sources and everything:
        raise UsageError("All sources, or those that are named?", "Give either --all or their ids.")
    work.once(_folder(context, config), sources or [], everything=everything, json=json)


@app.command(epilog="Example: syndicator publish")
def publish(context: typer.Context, json: Json = False, config: Folder = None) -> None:
    """Write the published files anew from what is stored."""
    from syndicator.cli import work

    work.publish(_folder(context, config), json=json)


@app.command(epilog="Example: syndicator check --config config")
def check(context: typer.Context, config: Folder = None) -> None:
    """Check the configuration and tell every mistake in it."""
    from syndicator.cli import look

    look.check(_folder(context, config))


@app.command(epilog="Examples: syndicator sources   |   syndicator sources --json | jq 'select(.status==\"failing\")'")
def sources(context: typer.Context, json: Json = False, config: Folder = None) -> None:
    """List the sources: how each is doing, and what to do where one fails."""
    from syndicator.cli import look

    look.sources(_folder(context, config), json=json)


@app.command(epilog="Examples: syndicator stories   |   syndicator stories 'метро закрыли' --json")
def stories(
    context: typer.Context,
    query: Annotated[
        str, typer.Argument(help="Words that a story must hold, or an SQLite full-text query.", show_default=False)
    ] = "",
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many (default: 50 for people, all with --json).")
    ] = None,
    json: Json = False,
    config: Folder = None,
) -> None:
    """List the newest stories, each with every source that has it."""
    from syndicator.cli import look

    look.stories(_folder(context, config), query, limit=limit, json=json)


@app.command(epilog="Examples: syndicator why 17   |   syndicator why https://nsn.fm/a/1   |   syndicator why 17 23")
def why(
    context: typer.Context,
    story: StoryName,
    other: Annotated[
        str, typer.Argument(metavar="STORY", help="Another one: why they are not one.", show_default=False)
    ] = "",
    json: Json = False,
    config: Folder = None,
) -> None:
    """Explain a story: each copy, what joined it, which one leads, and what to type to change that."""
    from syndicator.cli import why as explain

    explain.why(_folder(context, config), story, other, json=json)


@app.command(epilog="Examples: syndicator split 17 nsn   |   syndicator split https://nsn.fm/a/1 https://ria.ru/2")
def split(
    context: typer.Context,
    story: StoryName,
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="The copy to take out: its number, source or address.")
    ],
    json: Json = False,
    config: Folder = None,
) -> None:
    """Take a copy out of a story, for good: it becomes a story of its own."""
    from syndicator.cli import decide

    decide.split(_folder(context, config), story, article, json=json)


@app.command(epilog="Example: syndicator join 17 23")
def join(
    context: typer.Context,
    story: StoryName,
    other: Annotated[str, typer.Argument(metavar="STORY", help="The other one.")],
    json: Json = False,
    config: Folder = None,
) -> None:
    """Make two stories one, for good, whatever the rules say; the older one's id stays."""
    from syndicator.cli import decide

    decide.join(_folder(context, config), story, other, json=json)


@app.command(epilog="Examples: syndicator replay   |   syndicator replay --apply")
def replay(
    context: typer.Context,
    apply: Annotated[bool, typer.Option("--apply", help="Do it; without this, it is only shown.")] = False,
    json: Json = False,
    config: Folder = None,
) -> None:
    """Show what would be one story, or two, if all that is stored came anew under the rules of today."""
    from syndicator.cli import replay as anew

    anew.replay(_folder(context, config), apply=apply, json=json)


@app.command(epilog="Example: syndicator decisions --json")
def decisions(context: typer.Context, json: Json = False, config: Folder = None) -> None:
    """List what you decided with split and join."""
    from syndicator.cli import decide

    decide.decisions(_folder(context, config), json=json)


@app.command(epilog="Examples: syndicator boilerplate nsn   |   syndicator boilerplate nsn --allow 2")
def boilerplate(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Id of a source.")],
    allow: Annotated[str | None, typer.Option(metavar="TEXT|NUMBER", help="It is part of the story.")] = None,
    deny: Annotated[str | None, typer.Option(metavar="TEXT|NUMBER", help="It is never part of a story.")] = None,
    forget: Annotated[str | None, typer.Option(metavar="TEXT|NUMBER", help="Take back what you said.")] = None,
    json: Json = False,
    config: Folder = None,
) -> None:
    """List the paragraphs that a source repeats below its stories, or say what one of them is."""
    folder = _folder(context, config)
    words: dict[Word, str | None] = {"allow": allow, "deny": deny, "": forget}
    said = [(word, text) for word, text in words.items() if text is not None]
    if len(said) > 1:
        raise UsageError("One paragraph at a time, please.", "Give --allow, --deny or --forget.")
    if said:
        from syndicator.cli import work

        ((word, text),) = said
        if not text.strip():
            raise UsageError("The paragraph is empty.", "Give the whole of it, or its number in the list.")
        work.boilerplate(folder, source, text, word)
    else:
        from syndicator.cli import repeats

        repeats.show(folder, source, json=json)


@app.command(
    epilog="Examples: syndicator social   |   syndicator social nsn   |   syndicator social nsn --deny vk:fans"
)
def social(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Id of a source.", show_default=False)] = "",
    allow: Annotated[str, typer.Option(metavar="KEY", help="It is the publisher's, however unsure.")] = "",
    deny: Annotated[str, typer.Option(metavar="KEY", help="It is not the publisher's: never publish it.")] = "",
    forget: Annotated[str, typer.Option(metavar="KEY", help="Take back what you said.")] = "",
    json: Json = False,
    config: Folder = None,
) -> None:
    """List where publishers are, with what shows it, or say that a link is theirs or is not."""
    folder = _folder(context, config)
    words: dict[Word, str] = {"allow": allow, "deny": deny, "": forget}
    said = [(word, key) for word, key in words.items() if key.strip()]
    if len(said) > 1:
        raise UsageError("One link at a time, please.", "Give --allow, --deny or --forget.")
    if said and not source:
        raise UsageError("Whose link is meant?", "Give the source's id, too: syndicator social SOURCE --deny KEY")
    if said:
        from syndicator.cli import work

        ((word, key),) = said
        work.social(folder, source, key.strip(), word)
    else:
        from syndicator.cli import presence

        presence.show(folder, source, json=json)


@app.command(epilog="Example: syndicator init config")
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder for the configuration.")],
) -> None:
    """Write a small configuration to start from."""
    from syndicator.cli import look

    look.init(folder)


def main() -> NoReturn:
    """Run the command and leave with its exit code (see `errors.ExitCode`)."""
    try:
        app()
    except ConfigError as error:
        _say(f"{error}\nThe configuration has {counted(len(error.problems), 'mistake')}.")
        sys.exit(error.exit_code)
    except SyndicatorError as error:
        _say(f"syndicator: {error}")
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001  # in its frames, not in its words: those may quote a private address
        frames = "".join(traceback.format_tb(error.__traceback__))
        _say(f"{frames}syndicator: A bug ({type(error).__name__}). Please report it with the lines above.")
        sys.exit(ExitCode.BUG)
    sys.exit(ExitCode.OK)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
