"""`syndicator sources`: show how each source is doing, and what to do about one that fails."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from syndicator.cli.look import sources_and_store
from syndicator.cli.printing import Row, iso, local_of, print_json, print_line
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.lease import Lease
from syndicator.model.manners import NEVER, Debt
from syndicator.model.source import Source
from syndicator.model.state import SourceState
from syndicator.pipeline.health import BORROWED, BORROWS, DISTRUST, REWRITES, REWRITTEN, Health, health, hub_sentences
from syndicator.pipeline.overseeing import debt_of
from syndicator.text.counting import counted

_NAMED = 5
"""The most ids that are shown to people of sources that a list names, but that are configured elsewhere."""


def show(folder: Path, *, json: bool) -> None:
    """Carry out `syndicator sources`."""
    current, store = sources_and_store(folder)
    states = store.states() if store else {}
    debts = store.debts() if store else {}
    listed = store.listed() if store else []
    leases = store.leases() if store else {}
    gone = store.sources().items() if store else ()
    past = [source for it, source in gone if it not in current and it in states and states[it].articles]
    for source in [*current.values(), *past]:
        state = states.get(source.id)
        row = _row(source, state, debt_of(source, state, debts), configured=source.id in current)
        row |= _hub(leases.get(source.id))
        if source.kind == "list":
            mine = [it.id for it in current.values() if it.parent == source.id]
            row["listed"] = len(mine)
            row["elsewhere"] = _elsewhere(source.id, listed, current)
            row["articles"] += sum(states[it].articles for it in mine if it in states)
        if json:
            print_json(row)
        else:
            _show(row)


def _hub(lease: Lease | None) -> Row:
    """Return the hub of a source, until when it announces news, and why it does not; each None if it does not apply."""
    if lease is None:
        return {"hub": None, "told_until": None, "hub_trouble": None}
    return {"hub": lease.offer.hub, "told_until": iso(lease.until), "hub_trouble": lease.message or None}


def _elsewhere(list_id: str, listed: Iterable[Source], current: Mapping[str, Source]) -> list[str]:
    """Return the ids of sources that a list names, but that are polled because something else names them as well."""
    by_url = {source.url: source.id for source in current.values()}
    meant = (by_url.get(it.url, it.id) for it in listed if it.parent == list_id)
    return sorted({it for it in meant if it in current and current[it].parent != list_id})


def _row(source: Source, state: SourceState | None, debt: Debt | None, *, configured: bool) -> Row:
    found = health(source if configured else None, state, debt)
    known = state or SourceState(source_id=source.id, due_at=NEVER)
    failure = known.failure if configured else None
    return {
        "id": source.id,
        "title": source.title or known.info.title,
        "kind": source.kind,
        "url": None if source.private else source.url,
        "private": source.private,
        "tags": source.tags,
        "republish": source.republish,
        "list": source.parent or None,
        "listed": None,
        "elsewhere": None,
        "status": found.status,
        "articles": known.articles,
        "polled": iso(known.polled_at),
        "succeeded": iso(known.succeeded_at),
        "next_try": iso(found.next_try),
        "why": (known.pace.why if configured else "") or None,
        "moved_to": known.pace.address or None,
        "failures": known.failures if configured else 0,
        "failure": _kind(found, failure),
        "message": found.sentence or None,
        "remedy": found.remedy or None,
        "keyed_by": known.keyed_by,
        "boilerplate": known.boilerplate,
        "rewrites": known.pace.rewrites,
        "borrowed": known.pace.borrowed,
        "warnings": (failure.warnings if failure else ()) or known.warnings,
        "details": failure.detail if failure and failure.detail else None,
    }


def _kind(found: Health, failure: Failure | None) -> str | None:
    """Return the kind of failure about which `message` speaks; None: it is about none."""
    if found.status == "waiting":
        return FailureKind.BUSY
    return failure.kind if failure else None


def _show(row: Row) -> None:
    title = f"  {row['title']}" if row["title"] else ""
    listed = "" if row["listed"] is None else f"{counted(row['listed'], 'source')}, "
    print_line(f"{row['status']:8}{row['id']}{title}  ({listed}{counted(row['articles'], 'article')})")
    if elsewhere := row["elsewhere"]:
        more = f" and {len(elsewhere) - _NAMED} more" if len(elsewhere) > _NAMED else ""
        print_line(
            f"        It also names sources that are configured elsewhere: {', '.join(elsewhere[:_NAMED])}{more}."
        )
    if row["message"] and row["status"] != "new":
        kind = f"{row['failure']}: " if row["failure"] else ""
        print_line(f"        {kind}{row['message']}")
    if row["remedy"]:
        print_line(f"        {row['remedy']}")
    if count := row["boilerplate"]:
        what = "a paragraph" if count == 1 else f"{count} paragraphs"
        print_line(f"        It repeats {what} in its stories: syndicator boilerplate {row['id']}")
    if row["rewrites"] >= REWRITES:
        print_line(f"        {REWRITTEN}")
    if row["borrowed"] >= BORROWS:
        print_line(f"        {BORROWED}")
    if why := DISTRUST.get(row["keyed_by"]):
        print_line(f"        Note: {why}")
    for warning in row["warnings"]:
        print_line(f"        Note: {warning}")
    until = local_of(row["told_until"])
    for sentence in hub_sentences(row["hub"], until, row["hub_trouble"] or ""):
        print_line(f"        {sentence}")
    if row["status"] in {"failing", "waiting"} and row["next_try"]:
        print_line(f"        Next try {local_of(row['next_try'])}.")
