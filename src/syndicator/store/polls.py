"""Stored results of polls: when each source is due again, and what the next poll must know."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from sqlite3 import Connection

import orjson

from syndicator.model.failure import Failure
from syndicator.model.manners import Pace
from syndicator.model.outcome import Fresh, Unchanged
from syndicator.model.source import Source
from syndicator.model.state import KeyedBy
from syndicator.store import rows, shown

WARNINGS = 20
"""The most warnings that are kept for a source."""
_SHOWN_OTHERWISE = (
    "SELECT 1 FROM sources WHERE id = ? AND (info != ? OR coalesce(json_extract(pace, '$.is_page'), 0) != ?)"
)
"""Finds whether what outputs show of a source changes."""


class Polls:
    """The results of polls, in an open transaction.

    Args:
        database: The connection with the transaction.
        ms: The time of the step, in milliseconds since 1970.
        revise: Is called when what outputs show changes.
    """

    def __init__(self, database: Connection, ms: int, revise: Callable[[], object]) -> None:
        self._db = database
        self._ms = ms
        self._revise = revise

    def succeeded(self, source_id: str, outcome: Fresh | Unchanged, due_at: datetime, pace: Pace) -> None:
        """Store a poll that gave a body, or found that nothing is new."""
        columns: dict[str, object] = {
            "due_at": rows.to_ms(due_at),
            "polled_at": self._ms,
            "succeeded_at": self._ms,
            "failures": 0,
            "failure": None,
            "pace": rows.dump_text(pace),
        }
        if outcome.validators.etag or outcome.validators.last_modified or isinstance(outcome, Fresh):
            columns |= {"etag": outcome.validators.etag, "last_modified": outcome.validators.last_modified}
        if isinstance(outcome, Fresh):
            columns["body_hash"] = outcome.body_hash
            columns["info"] = info = rows.dump_text(outcome.info)
            if self._db.execute(_SHOWN_OTHERWISE, (source_id, info, pace.is_page)).fetchone():
                self._revise()
            columns["warnings"] = orjson.dumps(outcome.warnings[:WARNINGS]).decode()
            if outcome.shown is not None and outcome.shown.keys:  # an empty document shows nothing
                columns["shown"] = shown.pack((*outcome.shown.keys, *dict(outcome.doubtful).values()))
        self._change(source_id, columns)

    def failed(self, source_id: str, failure: Failure, due_at: datetime, pace: Pace) -> None:
        """Store a poll that failed; all else about the source stays, validators included."""
        self._db.execute(
            "UPDATE sources SET due_at = ?, polled_at = ?, failures = failures + 1, failure = ?, pace = ? WHERE id = ?",
            (rows.to_ms(due_at), self._ms, rows.dump_text(failure), rows.dump_text(pace), source_id),
        )

    def read_in_part(self, source_id: str) -> None:
        """Note that a document was read or recorded only in part, so that what its source shows is unknown for now."""
        self._change(source_id, {"shown": None})

    def rests(self, source_id: str, due_at: datetime, pace: Pace) -> None:
        """Store that a source was not polled because its host wants no requests; that is no failure of the source."""
        self._db.execute(
            "UPDATE sources SET due_at = ?, pace = ? WHERE id = ?",
            (rows.to_ms(due_at), rows.dump_text(pace), source_id),
        )

    def warned(self, source_id: str, warnings: Sequence[str], url: str) -> None:
        """Add the warnings about an article page to those of the source's last poll, each only once."""
        (known,) = self._db.execute("SELECT warnings FROM sources WHERE id = ?", (source_id,)).fetchone()
        said: list[str] = orjson.loads(known)
        new = [it for it in dict.fromkeys(warnings) if not any(old.endswith(it) for old in said)]
        told = [*said, *(f"{url}: {it}" if url else it for it in new)]
        self._change(source_id, {"warnings": orjson.dumps(told[:WARNINGS]).decode()})

    def keyed_by(self, source_id: str, keyed_by: KeyedBy, churn: int) -> bool:
        """Store what the keys of a source's entries are made from, from now on; return whether that has changed."""
        changed = "UPDATE sources SET keyed_by = ? WHERE id = ? AND keyed_by != ?"
        switched = self._db.execute(changed, (keyed_by, source_id, keyed_by)).rowcount > 0
        self._db.execute("UPDATE sources SET churn = ? WHERE id = ? AND churn != ?", (churn, source_id, churn))
        return switched

    def named(self, parent: str) -> list[Source]:
        """Return the sources that a subscription list named when it was last read."""
        found = self._db.execute("SELECT definition FROM listed WHERE parent = ? ORDER BY rowid", (parent,))
        return [rows.load(Source, row[0]) for row in found]

    def listed(self, parent: str, sources: Sequence[Source]) -> None:
        """Store the sources that a subscription list names now, in place of those that it named before."""
        self._db.execute("DELETE FROM listed WHERE parent = ?", (parent,))
        self._db.executemany(
            "INSERT OR IGNORE INTO listed (parent, id, definition) VALUES (?, ?, ?)",
            [(parent, source.id, rows.dump_text(source)) for source in sources],
        )

    def _change(self, source_id: str, columns: Mapping[str, object]) -> None:
        changes = ", ".join(f"{name} = ?" for name in columns)
        self._db.execute(f"UPDATE sources SET {changes} WHERE id = ?", (*columns.values(), source_id))  # names are ours
