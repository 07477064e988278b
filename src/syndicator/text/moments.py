"""Write moments for machines, and lengths of time for people."""

from datetime import datetime

from syndicator.text.counting import counted


def rfc3339(moment: datetime) -> str:
    """A moment in UTC, to the second, as Atom and JSON Feed write it (RFC 3339): "2026-03-04T05:06:07Z"."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def span(seconds: float) -> str:
    """A length of time for people: "5 minutes", "36 hours", "4 days"."""
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= (2 * size if size > 60 else 60):
            return counted(round(seconds / size), name)
    return counted(round(seconds), "second")
