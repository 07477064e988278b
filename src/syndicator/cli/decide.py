"""`syndicator split`, `join` and `decisions`: the operator's decisions on which copies are one story."""

from pathlib import Path

from syndicator.cli import setting
from syndicator.cli.look import open_store
from syndicator.cli.printing import iso, local, print_json, print_line
from syndicator.cli.work import change_stories
from syndicator.daemon import acts
from syndicator.daemon.control import Message
from syndicator.model.decision import Decision, Identity, Verdict
from syndicator.store import Store


def split(folder: Path, story: str, article: str, *, json: bool) -> None:
    """Carry out `syndicator split`: make a copy a story of its own."""
    config = setting.load(folder)
    request = {"do": "split", "story": story, "article": article}
    answer = change_stories(config, request, lambda store, clock: acts.split(store, story, article, clock.now()))
    if json:
        print_json({"story": answer["story"], "split": answer["split"]})
        return
    print_line(f"That copy is no longer in story {_named(answer['story'])}.")
    print_line(f"It is now a story of its own: {_named(answer['split'])}.")
    print_line(f"To undo it: syndicator join {answer['story']['number']} {answer['split']['number']}")


def join(folder: Path, one: str, other: str, *, json: bool) -> None:
    """Carry out `syndicator join`: merge two stories."""
    config = setting.load(folder)
    request = {"do": "join", "one": one, "other": other}
    answer = change_stories(config, request, lambda store, clock: acts.join(store, one, other, clock.now()))
    if json:
        print_json({"story": answer["story"], "absorbed": answer["absorbed"]})
        return
    number = answer["story"]["number"]
    print_line(f"They are now one story: {_named(answer['story'])}.")
    print_line(f"The other story was {_named(answer['other'])}; its id now leads to the remaining one.")
    print_line(f"To undo it: syndicator split {number} ARTICLE   (`syndicator why {number}` lists its articles)")


def _named(story: Message) -> str:
    return f"{story['number']} ({story['title'] or 'no title'}; {story['guid']})"


def decisions(folder: Path, *, json: bool) -> None:
    """Carry out `syndicator decisions`: list all decisions."""
    store = open_store(setting.load(folder, asks=False))
    found = store.decisions() if store else []
    if store is None or (not found and not json):
        if not json:
            print_line("There are no decisions yet. `syndicator split` and `syndicator join` make them.")
        return
    for decision in found:
        if json:
            print_json(_row(store, decision))
        else:
            print_line(sentence_of(store, decision))


def sentence_of(store: Store, decision: Decision) -> str:
    """Return a decision as a sentence."""
    one, other = (_article(store, it) for it in (decision.one, decision.other))
    never = "never one story" if decision.verdict is Verdict.SPLIT else "one story, whatever the rules say"
    return f"{local(decision.decided_at)}  {decision.verdict:5}  {never}: {one}  |  {other}"


def _article(store: Store, identity: Identity) -> str:
    """Return how an article is named: by its source, title and story, or by its source and key if it is not stored."""
    source_id, key = identity
    found = store.article(identity)
    return f"{source_id}: {key}" if found is None else f"{source_id}: {found.title or key} (story {found.story})"


def _row(store: Store, decision: Decision) -> Message:
    return {
        "decided": iso(decision.decided_at),
        "verdict": decision.verdict,
        "articles": [
            {
                "source": source_id,
                "key": key,
                "story": None if (found := store.article((source_id, key))) is None else found.story,
                "title": None if found is None else found.title,
            }
            for source_id, key in (decision.one, decision.other)
        ],
    }
