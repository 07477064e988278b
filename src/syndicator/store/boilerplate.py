"""Stored boilerplate of sources: the paragraphs of each source's newest stories, and the verdicts on them."""

from collections.abc import Collection, Iterable
from itertools import repeat
from sqlite3 import Connection
from struct import pack, unpack

from syndicator.model.article import Article
from syndicator.model.social import Repeated
from syndicator.model.source import Source
from syndicator.model.state import NO_BOILERPLATE, Boilerplate
from syndicator.social.repeats import WINDOW, Counted, Verdict, digests, marked
from syndicator.store import bodies, rows
from syndicator.store.door import Opened, atomic, explained


def boilerplate(connection: Connection, source_id: str) -> Boilerplate:
    """Return the verdicts and decisions with which a source's articles are read."""
    found = connection.execute(
        "SELECT digest, verdict, word FROM boilerplate WHERE source_id = ?", (source_id,)
    ).fetchall()
    if not found:
        return NO_BOILERPLATE
    learned = [(digest, verdict) for digest, verdict, word in found if not word]
    return Boilerplate(
        aside=frozenset(digest for digest, verdict in learned if verdict >= Verdict.ASIDE),
        cut=frozenset(digest for digest, verdict in learned if verdict >= Verdict.CUT),
        allowed=frozenset(digest for digest, _, word in found if word == "allow"),
        denied=frozenset(digest for digest, _, word in found if word == "deny"),
    )


class Repeating(Opened):
    """The part of a `Store` with the boilerplate of sources; every method may raise `StoreError`."""

    def repeated(self, source_id: str) -> list[Repeated]:
        """Return the paragraphs that a source repeats or the operator has decided on, the most frequent first."""
        with explained(self.path):
            return _repeated(self._db, source_id)

    def set_paragraph_word(self, source_id: str, paragraph: Repeated) -> int:
        """Store the operator's decision about a paragraph, and have all articles with it read again.

        What is published of them changes when their source shows them again, normally at its next poll.

        Returns:
            How many articles have it.
        """
        with explained(self.path), atomic(self._db):
            self._db.execute(
                "INSERT INTO boilerplate (source_id, digest, text, stories, among, verdict, word, last_seen)"
                " VALUES (?, ?, ?, 0, 0, 0, ?, ?) ON CONFLICT (source_id, digest) DO UPDATE SET word = excluded.word",
                (source_id, paragraph.digest, paragraph.text, paragraph.word, rows.to_ms(paragraph.last_seen)),
            )
            self._db.execute("DELETE FROM boilerplate WHERE source_id = ? AND word = '' AND verdict = 0", (source_id,))
            return _heed(self._db, source_id, frozenset([paragraph.digest]))

    def stale(self, limit: int) -> list[tuple[int, Article]]:
        """Return articles, with their numbers, on whose paragraphs the verdict has changed since they were written."""
        with explained(self.path):
            found = self._db.execute(
                "SELECT p.article, a.body, a.found_hash, a.url_key, a.text_key, a.title_key, a.sketch"
                " FROM paragraphs p INDEXED BY idx_paragraphs_stale"
                " JOIN articles a ON a.id = p.article AND a.source_id = p.source_id"
                " WHERE p.stale = 1 LIMIT ?",
                (limit,),
            )
            return [(row["article"], rows.to_article(row)) for row in found]


class Paragraphs:
    """The paragraphs of a transaction's articles, and the verdicts on them."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._noted = dict[int, Article]()

    def note(self, number: int, article: Article) -> None:
        """Take up an article's paragraphs, even if it has none; they replace those that it had."""
        self._noted[number] = article

    def write(self) -> None:
        """Write what `note` took up, all at once; called before paragraphs are read, and before the commit."""
        self._db.executemany(
            "INSERT OR REPLACE INTO paragraphs (source_id, article, page, title, digests, stale)"
            " VALUES (?, ?, ?, ?, ?, 0)",
            [
                (article.source_id, number, page, title, pack(f"<{len(paragraphs)}q", *paragraphs))
                for number, article in self._noted.items()
                for page, title, paragraphs in [marked(article)]
            ],
        )
        self._noted.clear()

    def heard(self, source_id: str, stories: int) -> int:
        """Count a source's new stories; return how many were counted before."""
        # RETURNING would cost a thousand times as much in a transaction that has written much.
        (before,) = self._db.execute("SELECT paragraphs FROM sources WHERE id = ?", (source_id,)).fetchone()
        self._db.execute("UPDATE sources SET paragraphs = ? WHERE id = ?", (before + stories, source_id))
        return int(before)

    def counted(self, source_id: str) -> dict[int, Counted]:
        """Return the paragraphs of a source's newest articles, by the articles' numbers; delete those of older ones."""
        self.write()
        return counted(self._db, source_id)

    def boilerplate(self, source_id: str) -> Boilerplate:
        """Return the verdicts and decisions with which a source's articles are read."""
        return boilerplate(self._db, source_id)

    def repeated(self, source_id: str) -> list[Repeated]:
        """Return the paragraphs that a source repeats or the operator has decided on, the most frequent first."""
        return _repeated(self._db, source_id)

    def judge(self, source_id: str, verdicts: Iterable[Repeated], turned: Collection[int]) -> None:
        """Store the verdicts on a source's paragraphs.

        Args:
            source_id: The source's id.
            verdicts: All its known paragraphs, with their verdicts.
            turned: Digests of paragraphs with another verdict than before; stored articles that have them become stale.
        """
        self._db.execute("DELETE FROM boilerplate WHERE source_id = ?", (source_id,))
        self._db.executemany(
            "INSERT INTO boilerplate (source_id, digest, text, stories, among, verdict, word, last_seen)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    source_id,
                    it.digest,
                    it.text,
                    it.stories,
                    it.among,
                    int(it.verdict),
                    it.word,
                    rows.to_ms(it.last_seen),
                )
                for it in verdicts
                if it.verdict or it.word
            ],
        )
        if turned:
            _let_stale(self._db, source_id, frozenset(turned))

    def renewed(self, source_id: str, number: int) -> None:
        """Note that an article is no longer stale."""
        self._db.execute("UPDATE paragraphs SET stale = 0 WHERE source_id = ? AND article = ?", (source_id, number))


def counted(connection: Connection, source_id: str) -> dict[int, Counted]:
    """Do what `Paragraphs.counted` says, with what is written already."""
    found = connection.execute(
        "SELECT article, page, title, digests FROM paragraphs WHERE source_id = ? ORDER BY article DESC", (source_id,)
    ).fetchall()
    if len(found) > WINDOW:
        oldest = found[WINDOW - 1][0]
        connection.execute("DELETE FROM paragraphs WHERE source_id = ? AND article < ?", (source_id, oldest))
    return {
        number: Counted(page, title, unpack(f"<{len(digests) // 8}q", digests))
        for number, page, title, digests in found[:WINDOW]
    }


def _repeated(connection: Connection, source_id: str) -> list[Repeated]:
    found = connection.execute(
        "SELECT digest, text, stories, among, verdict, word, last_seen FROM boilerplate WHERE source_id = ?"
        " ORDER BY stories DESC, text, digest",
        (source_id,),
    )
    return [
        Repeated(
            digest=row["digest"],
            text=row["text"],
            stories=row["stories"],
            among=row["among"],
            verdict=row["verdict"],
            word=row["word"],
            last_seen=rows.from_ms(row["last_seen"]),
        )
        for row in found
    ]


def _let_stale(connection: Connection, source_id: str, turned: frozenset[int]) -> list[tuple[str, int]]:
    """Mark articles with one of these paragraphs as stale, so that they are compared anew, if they are still stored.

    Returns:
        Source and number of each.
    """
    having = [
        (source_id, number)
        for number, entry in counted(connection, source_id).items()
        if not turned.isdisjoint(entry.paragraphs)
        and connection.execute("SELECT 1 FROM articles WHERE id = ?", (number,)).fetchone()
    ]
    connection.executemany("UPDATE paragraphs SET stale = 1 WHERE source_id = ? AND article = ?", having)
    return having


def reconfigured(connection: Connection, source: Source, before: str) -> None:
    """Have articles read again that have paragraphs whose configuration (`keep_lines`, `drop_lines`) has changed.

    Args:
        connection: In a transaction.
        source: The source as it is configured.
        before: Its definition as it was stored; empty if the source was not configured before.
    """
    was = rows.to_source(before) if before else Source(id=source.id, url="")
    changed = {*zip(was.keep_lines, repeat("keep")), *zip(was.drop_lines, repeat("drop"))}
    changed ^= {*zip(source.keep_lines, repeat("keep")), *zip(source.drop_lines, repeat("drop"))}
    if changed:
        _heed(connection, source.id, frozenset(digests(line for line, _ in changed)))


def _heed(connection: Connection, source_id: str, said: frozenset[int]) -> int:
    """Have a source's articles read again that have one of these paragraphs, even if it is cut; return how many."""
    having = {number for _, number in _let_stale(connection, source_id, said)}
    newest = "SELECT id, body FROM articles WHERE source_id = ? ORDER BY id DESC LIMIT ?"
    for number, body in connection.execute(newest, (source_id, WINDOW)):
        if number not in having and not said.isdisjoint(digests(bodies.paragraphs(body))):
            having.add(number)
    connection.executemany("UPDATE articles SET found_hash = x'' WHERE id = ?", [(it,) for it in having])
    connection.execute("UPDATE sources SET body_hash = x'', etag = '', last_modified = '' WHERE id = ?", (source_id,))
    return len(having)
