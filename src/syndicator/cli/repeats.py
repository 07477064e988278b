"""`syndicator boilerplate` without a decision: list the paragraphs that a source repeats, with earlier decisions."""

from pathlib import Path

from syndicator.cli import setting
from syndicator.cli.look import open_store
from syndicator.cli.printing import Row, iso, print_json, print_line
from syndicator.errors import UsageError
from syndicator.model.noun import replace
from syndicator.model.settings import Config
from syndicator.model.social import Repeated
from syndicator.pipeline.naming import no_source
from syndicator.social.repeats import Verdict, digest

_WIDTH = 100
"""The most characters of a paragraph that are shown to people."""
_MEANING = {
    Verdict.STORY: "part of the story",
    Verdict.ASIDE: "not compared",
    Verdict.CUT: "not compared, not published",
}
"""What is said of a paragraph for each verdict."""
_SETTINGS = {"keep_lines": "part of the story (keep_lines)", "drop_lines": "not published (drop_lines)"}
"""What is said of a paragraph that a setting names, by the setting."""
_WORDS = {"allow": "part of the story (your decision)", "deny": "not published (your decision)"}
"""What is said of a paragraph for each of the operator's decisions."""


def show(folder: Path, source_id: str, *, json: bool) -> None:
    """Carry out `syndicator boilerplate SOURCE`: list the source's repeated paragraphs."""
    config = setting.load(folder, asks=False)
    paragraphs, configured = _paragraphs(config, source_id), _configured(config, source_id)
    for number, it in enumerate(paragraphs, 1):
        if json:
            print_json({"number": number} | _row(it, configured))
        else:
            text = " ".join(it.text.split())
            shown = text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
            print_line(f"{number:3}  {_meaning(it, configured)}, in {it.stories} of the last {it.among} stories")
            print_line(f"     {shown or '(no longer stored)'}")
    if not paragraphs and not json:
        print_line("No repeated paragraphs are known yet.")


def listed_text(config: Config, source_id: str, given: str) -> str:
    """Return the text of the paragraph that the operator means.

    Args:
        config: The configuration in force.
        source_id: The source.
        given: What the operator wrote: the paragraph's number in the list, or its text.

    Raises:
        UsageError: The list has no such number, or the configuration already decides on the paragraph.
    """
    text = given
    if given.strip().isdecimal():
        numbered = {str(number): it.text for number, it in enumerate(_paragraphs(config, source_id), 1)}
        text = numbered.get(given.strip(), "")
        if not text:
            raise UsageError(
                f"The list of {source_id} has no paragraph {given}.",
                f"`syndicator boilerplate {source_id}` shows the list.",
            )
    if found := _configured(config, source_id).get(digest(text)):
        raise UsageError(
            f"This paragraph is in {found[0]} of {source_id}, which takes precedence over this command.",
            "Change the setting in the configuration.",
        )
    return text


def _configured(config: Config, source_id: str) -> dict[int, tuple[str, str]]:
    """Return the paragraphs that settings of a source name: by digest, the setting's name and the text in it."""
    own = [it for it in config.sources if it.id == source_id]
    kept = {digest(line): ("keep_lines", line) for it in own for line in it.keep_lines}
    return kept | {digest(line): ("drop_lines", line) for it in own for line in it.drop_lines}


def _paragraphs(config: Config, source_id: str) -> list[Repeated]:
    """Return what is known of a source's paragraphs.

    Raises:
        UsageError: There is no source with this id.
    """
    store = open_store(config)
    known = {source.id for source in config.sources} | set(store.sources() if store else ())
    if source_id not in known:
        raise no_source(source_id, sorted(known))
    written = _configured(config, source_id)  # texts that are never part of a story are not stored
    repeated = store.repeated(source_id) if store else []
    return [it if it.text else replace(it, text=written.get(it.digest, ("", ""))[1]) for it in repeated]


def _meaning(paragraph: Repeated, configured: dict[int, tuple[str, str]]) -> str:
    return (
        _SETTINGS.get(configured.get(paragraph.digest, ("", ""))[0], "")
        or _WORDS.get(paragraph.word)
        or _MEANING[Verdict(paragraph.verdict)]
    )


def _row(paragraph: Repeated, configured: dict[int, tuple[str, str]]) -> Row:
    return {
        "text": paragraph.text,
        "stories": paragraph.stories,
        "among": paragraph.among,
        "verdict": Verdict(paragraph.verdict).name.lower(),
        "word": paragraph.word or None,
        "setting": configured[paragraph.digest][0] if paragraph.digest in configured else None,
        "last_seen": iso(paragraph.last_seen),
    }
