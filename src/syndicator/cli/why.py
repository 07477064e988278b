"""`syndicator why`: explain which copies a story has and by which rules, or why two stories are not one."""

from contextlib import closing
from pathlib import Path

import orjson

from syndicator.cli import setting
from syndicator.cli.decide import sentence_of
from syndicator.cli.differences import differences, show_differences
from syndicator.cli.look import open_stories
from syndicator.cli.printing import Row, iso, local_of, print_json, print_line
from syndicator.clock import SystemClock
from syndicator.dedup import bid, explaining
from syndicator.dedup.apart import Party, reasons
from syndicator.model.article import Article, Copy
from syndicator.model.decision import Decision, Verdict
from syndicator.model.settings import Config
from syndicator.model.state import FeedInfo
from syndicator.pipeline.decisions import the_story
from syndicator.publish.naming import title_of
from syndicator.publish.terms import withheld
from syndicator.store import Store
from syndicator.store.sketches import WINDOW

COMPARED = 30
"""The most copies whose words are compared with the lead's."""


def why(folder: Path, story: str, other: str, *, json: bool) -> None:
    """Carry out `syndicator why`; `other` is empty, or a second story that is compared with the first."""
    config = setting.load(folder, asks=False)
    store = open_stories(config)
    with closing(store), store.snapshot():  # a running service may merge stories meanwhile
        infos = store.infos()
        known = [*store.sources().values(), *config.sources]
        names = {it.id: title_of(it, infos.get(it.id, FeedInfo())) for it in known}
        number = the_story(store, story)
        second = the_story(store, other) if other else number
        row = _one(store, config, number, names) if second == number else _two(store, number, second, names)
    if json:
        print_json(row)
    elif second != number:
        _show_two(row)
    else:
        if other:
            print_line("These are one story:")
        _show(row)


def _one(store: Store, config: Config, number: int, names: dict[str, str]) -> Row:
    (story,) = store.stories([number])
    held = store.held(number)
    priorities = {it.id: it.priority for it in [*store.sources().values(), *config.sources]}
    lead = next(copy.number for copy, article in held if article.identity == story.lead.identity)
    bids = {copy.number: bid(copy, article, priorities.get(copy.source_id, 0)) for copy, article in held}
    others = [other for it, other in bids.items() if it != lead]
    copies = [
        _copy(
            copy,
            article,
            [it for it in held if it[0].number != copy.number],
            names,
            story.lead if position < COMPARED else None,
        )
        for position, (copy, article) in enumerate(held)
    ]
    for row in copies:
        row["leads"] = row["number"] == lead
    mine = {copy.identity for copy, _ in held}
    decisions = [sentence_of(store, it) for it in store.decisions() if {it.one, it.other} & mine]
    return {
        "number": number,
        "id": story.guid,
        "former_ids": store.former_ids(number),
        "title": story.lead.title,
        "first_seen": iso(story.first_seen),
        "updated": iso(story.updated),
        "withheld": withheld(story.lead, SystemClock().now()) or None,
        "lead": lead,
        "leads_because": explaining.leads(bids[lead], others),
        "copies": copies,
        "decisions": decisions,
    }


def _copy(
    copy: Copy, article: Article, others: list[tuple[Copy, Article]], names: dict[str, str], lead: Article | None
) -> Row:
    detail = orjson.loads(copy.detail) if copy.detail else {}
    found = explaining.joined(copy, article, others, detail)
    partner = next((it.source_id for it, _ in others if it.number == found.partner), "")
    row: Row = {
        "number": copy.number,
        "source": copy.source_id,
        "source_title": names.get(copy.source_id, copy.source_id),
        "taken_from": article.origin.title if article.origin else None,
        "url": copy.url or None,
        "title": article.title,
        "first_seen": iso(copy.first_seen),
        "published": iso(article.published),
        "reason": copy.reason,
        "because": found.words.format(f"{names.get(partner, partner)}'s ({found.partner})" if partner else ""),
        "like": found.partner or None,
        "detail": detail,
        "words": len(article.text.split()),
        "differs": None,
    }
    if lead is not None and article.identity != lead.identity:
        row["differs"] = differences(lead.text, article.text)
        row["other_title"] = article.title != lead.title
    return row


def _show(row: Row) -> None:
    count = len(row["copies"])
    print_line(f"Story {row['number']}: {row['title'] or '(no title)'}")
    print_line(f"  public id  {row['id']}")
    for former in row["former_ids"]:
        print_line(f"  also       {former}  (a story that turned out to be this one)")
    # If `updated` is not later, it is the article's own date, from before the story was seen.
    changed = row["updated"] > row["first_seen"]
    last = f"last changed {local_of(row['updated'])}" if changed else "not changed since then"
    print_line(f"  since      {local_of(row['first_seen'])}, {last}")
    print_line(f"  copies     {count}" if count > 1 else "  copies     1: no other source is known to have it")
    if row["withheld"]:
        whose = "" if count == 1 else " (that of the copy that leads)"
        print_line(f"  published  no: {row['withheld']}{whose}")
    for copy in row["copies"]:
        print_line("")
        _show_copy(copy, row["leads_because"], alone=count == 1)
    if row["decisions"]:
        print_line("")
        print_line("You decided:")
        for decision in row["decisions"]:
            print_line(f"  {decision}")
    print_line("")
    print_line("To change it:")
    if count > 1:
        last = row["copies"][-1]["number"]
        print_line(f"  syndicator split {row['number']} {last}    takes copy {last} out, for good; likewise any other")
    print_line(f"  syndicator join {row['number']} STORY    merges another story with this one, for good")


def _show_copy(copy: Row, lead_because: str, *, alone: bool) -> None:
    mark = "  (leads)" if copy["leads"] and not alone else ""
    print_line(f"  copy {copy['number']}: {copy['source_title']}{mark}")
    print_line(f"    {copy['url'] or 'no address'}")
    if copy["taken_from"]:
        print_line(f"    taken from {copy['taken_from']}, as its source says")
    dated = f", dated {local_of(copy['published'])}" if copy["published"] else ""
    print_line(f"    seen {local_of(copy['first_seen'])}{dated}")
    print_line(f"    here because  {copy['because']}")
    if copy["leads"] and not alone:
        print_line(f"    leads because {lead_because}")
    if differs := copy["differs"]:
        if copy["other_title"]:
            print_line(f"    title         {copy['title'] or '(none)'}")
        show_differences(differs, "    words         ", "lead", "this copy")


# -- two stories


def _two(store: Store, one: int, other: int, names: dict[str, str]) -> Row:
    stories = store.stories([one, other])
    mine, theirs = store.held(one), store.held(other)
    keys = [{copy.identity for copy, _ in held} for held in (mine, theirs)]
    decided = [it for it in store.decisions() if it.verdict is Verdict.SPLIT and _is_between(it, keys)]
    return {
        "stories": [{"number": it.id, "id": it.guid, "title": it.lead.title} for it in stories],
        "decisions": [sentence_of(store, it) for it in decided],
        "because": [] if decided else reasons(_parties(mine, names), _parties(theirs, names), WINDOW),
        "differs": differences(stories[0].lead.text, stories[1].lead.text),
    }


def _is_between(decision: Decision, keys: list[set[tuple[str, str]]]) -> bool:
    one, other = keys
    return (decision.one in one and decision.other in other) or (decision.one in other and decision.other in one)


def _parties(held: list[tuple[Copy, Article]], names: dict[str, str]) -> list[Party]:
    company = frozenset(copy.source_id for copy, _ in held)
    return [Party(copy, article, names.get(copy.source_id, copy.source_id), company) for copy, article in held]


def _show_two(row: Row) -> None:
    for story in row["stories"]:
        print_line(f"Story {story['number']}: {story['title'] or '(no title)'}")
        print_line(f"  {story['id']}")
    print_line("")
    print_line("They are two because you decided so:" if row["decisions"] else "They are two because:")
    for reason in row["decisions"] or row["because"]:
        print_line(f"  {reason}")
    print_line("")
    show_differences(row["differs"], "Their words: ", "first", "second")
    print_line("")
    one, other = (it["number"] for it in row["stories"])
    print_line(f"To make them one, for good: syndicator join {one} {other}")
