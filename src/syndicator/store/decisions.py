"""Stored decisions of the operator; they name articles by source and key, not by numbers of rows.

The table has each decision twice, once from the side of either article, so that it is found from both.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from sqlite3 import Connection

from syndicator.model.decision import Decision, Identity, Rulings, Verdict
from syndicator.store import rows

StoryOf = Callable[[Identity], int | None]
"""A function that returns the number of the story that an article is in, or None if it is not stored."""


class Decisions:
    """All decisions, as they are when a transaction begins; they are few, since a person made each of them."""

    def __init__(self, found: Collection[Decision]) -> None:
        self.made = found
        self._verdicts: defaultdict[Identity, dict[Identity, Verdict]] = defaultdict(dict)
        for decision in found:
            self._verdicts[decision.one][decision.other] = decision.verdict
            self._verdicts[decision.other][decision.one] = decision.verdict

    def __bool__(self) -> bool:
        return bool(self._verdicts)

    def bound(self, identity: Identity) -> list[Identity]:
        """Return the articles that the operator joined with this one."""
        return [it for it, verdict in self._verdicts.get(identity, {}).items() if verdict is Verdict.JOIN]

    def rulings(self, identity: Identity, stories: Collection[int], story_of: StoryOf) -> Rulings:
        """Return what the decisions mean for an article, and for the stories that it may merge."""
        if not self._verdicts:
            return Rulings()
        own = self._verdicts.get(identity, {})
        barred = {story_of(it) for it, verdict in own.items() if verdict is Verdict.SPLIT}
        return Rulings(
            bound=frozenset(self.bound(identity)),
            barred=frozenset(it for it in barred if it is not None),
            apart=self._apart(stories, story_of) if len(stories) > 1 else frozenset(),
        )

    def _apart(self, stories: Collection[int], story_of: StoryOf) -> frozenset[tuple[int, int]]:
        found = set()
        for one, others in self._verdicts.items():
            mine = story_of(one)
            if mine not in stories:
                continue
            for other, verdict in others.items():
                theirs = story_of(other) if verdict is Verdict.SPLIT else None
                if mine is not None and theirs is not None and mine < theirs and theirs in stories:
                    found.add((mine, theirs))
        return frozenset(found)


def load(db: Connection) -> list[Decision]:
    """Read all decisions, the oldest first, each once."""
    return [
        Decision(
            one=(row["source_id"], row["key"]),
            other=(row["other_source"], row["other_key"]),
            verdict=Verdict(row["verdict"]),
            decided_at=rows.from_ms(row["decided_at"]),
        )
        for row in db.execute(
            "SELECT * FROM decisions WHERE (source_id, key) < (other_source, other_key)"
            " ORDER BY decided_at, source_id, key, other_source, other_key"
        )
    ]


def keep(db: Connection, decisions: Iterable[Decision]) -> None:
    """Store decisions; each replaces an earlier decision about the same two articles."""
    for decision in decisions:
        for one, other in ((decision.one, decision.other), (decision.other, decision.one)):
            db.execute(
                "INSERT OR REPLACE INTO decisions (source_id, key, other_source, other_key, verdict, decided_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (*one, *other, decision.verdict, rows.to_ms(decision.decided_at)),
            )


def renamed(db: Connection, source_id: str, keys: Iterable[tuple[str, str]]) -> None:
    """Update decisions about articles whose keys have changed; `keys` has pairs of the former and the new key."""
    for old, new in keys:
        if db.execute("SELECT 1 FROM articles WHERE source_id = ? AND key = ?", (source_id, new)).fetchone():
            continue  # that key is taken: the article keeps its own
        db.execute(
            "UPDATE OR REPLACE decisions SET key = ? WHERE source_id = ? AND key = ?",
            (new, source_id, old),
        )
        db.execute(
            "UPDATE OR REPLACE decisions SET other_key = ? WHERE other_source = ? AND other_key = ?",
            (new, source_id, old),
        )
