"""Picture credits of each source's newest articles, kept in a table of their own."""

from sqlite3 import Connection

import orjson

from syndicator.model.article import Article

CREDITED = 20
"""The most articles of a source whose credits are kept: the newest."""


class Credits:
    """Collects the credits of a transaction's articles until they are written."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._noted = list[tuple[str, int, str]]()

    def __bool__(self) -> bool:
        return bool(self._noted)

    def note(self, number: int, article: Article) -> None:
        """Take up the credits of the article with a number."""
        names = [[it.role, " / ".join(filter(None, (it.name, it.agency)))] for it in article.credits]
        self._noted.append((article.source_id, number, orjson.dumps(names).decode()))

    def forget(self, number: int) -> bool:
        """Delete an article's credits; return whether it had any."""
        return self._db.execute("DELETE FROM credited WHERE article = ?", (number,)).rowcount > 0

    def write(self) -> bool:
        """Write what was taken up; return whether outputs must show it at once, since a source has only few credits."""
        if not self._noted:
            return False
        self._db.executemany(
            "INSERT INTO credited (source_id, article, names) VALUES (?, ?, ?)"
            " ON CONFLICT (source_id, article) DO UPDATE SET names = excluded.names",
            self._noted,
        )
        sparse = False
        for source_id in dict.fromkeys(it[0] for it in self._noted):
            numbers = self._db.execute(
                "SELECT article FROM credited WHERE source_id = ? ORDER BY article DESC", (source_id,)
            ).fetchall()
            sparse |= len(numbers) <= CREDITED
            if len(numbers) > CREDITED:
                self._db.execute(
                    "DELETE FROM credited WHERE source_id = ? AND article < ?", (source_id, numbers[CREDITED - 1][0])
                )
        self._noted.clear()
        return sparse
