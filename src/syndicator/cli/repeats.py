"""`syndicator boilerplate`, looking: what a source repeats, and what the operator has said of it."""

from pathlib import Path
from typing import Any

from syndicator.cli import setting
from syndicator.cli.printing import print_json, print_line
from syndicator.errors import UsageError
from syndicator.model.settings import Config
from syndicator.model.social import Repeated
from syndicator.pipeline.naming import no_source
from syndicator.social.repeats import Verdict
from syndicator.store import Store

_WIDTH = 100
_MEANING = {
    Verdict.STORY: "part of the story",
    Verdict.ASIDE: "not compared",
    Verdict.CUT: "not compared, not published",
}
_WORDS = {"allow": "part of the story, you said", "deny": "not published, you said"}


def show(folder: Path, source_id: str, *, json: bool) -> None:
    """`syndicator boilerplate SOURCE`."""
    paragraphs = _paragraphs(setting.load(folder), source_id)
    for number, it in enumerate(paragraphs, 1):
        if json:
            print_json({"number": number} | _row(it))
        else:
            text = " ".join(it.text.split())
            shown = text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
            print_line(f"{number:3}  {_meaning(it)}, in {it.stories} of the last {it.among} stories")
            print_line(f"     {shown or '(no longer stored)'}")
    if not paragraphs and not json:
        print_line("Nothing that it repeats is known yet.")


def listed_text(config: Config, source_id: str, given: str) -> str:
    """The paragraph that is meant: a number is one's place in the list, all else its text.

    Raises:
        UsageError: The list has no such number.
    """
    if not given.strip().isdecimal():
        return given
    paragraphs = _paragraphs(config, source_id)
    if not 1 <= int(given) <= len(paragraphs) or not paragraphs[int(given) - 1].text:
        raise UsageError(
            f"The list of {source_id} has no paragraph {given}.", f"`syndicator boilerplate {source_id}` shows it."
        )
    return paragraphs[int(given) - 1].text


def _paragraphs(config: Config, source_id: str) -> list[Repeated]:
    """What is known of a source's paragraphs.

    Raises:
        UsageError: There is no such source.
    """
    store = Store.read(config.paths.store) if config.paths.store.exists() else None
    known = {source.id for source in config.sources} | set(store.sources() if store else ())
    if source_id not in known:
        raise no_source(source_id, sorted(known))
    return store.repeated(source_id) if store else []


def _meaning(it: Repeated) -> str:
    return _WORDS.get(it.word) or _MEANING[Verdict(it.verdict)]


def _row(it: Repeated) -> dict[str, Any]:
    return {
        "text": it.text,
        "stories": it.stories,
        "among": it.among,
        "verdict": Verdict(it.verdict).name.lower(),
        "word": it.word or None,
        "last_seen": it.last_seen.isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
