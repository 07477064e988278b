"""What the libraries written in C take of a cold poll, called as seldom as can be, and nothing of what is between them.

    python benchmarks/floor.py [--sources N]        default 300

It is no goal and no demand: it tells what part of the cold figure no better Python could take away. After a real poll
its own documents, bodies, articles and rows are given to each library once more, in bulk and in one process; looking
for copies, telling closing lines, sketches, dates, addresses, profiles and whatever else is written in Python cost
nothing here. Compared is with the plain script (`baseline.py`) in the same run.
"""

import argparse
import hashlib
import json
import pickle
import sqlite3
import tempfile
import time
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import corpus
import lxml.etree
import lxml.html
import nh3
import zstandard
from contenders import Baseline, Syndicator
from origin import Origin
from tree import measured

from syndicator.model.article import Article
from syndicator.store import rows
from syndicator.store.packing import RAW, unpack


def trees(documents: Iterable[bytes]) -> int:
    """Parse each document and write out each entry of it, with a digest."""
    count = 0
    for packed in documents:
        data = zlib.decompress(packed, 31)
        root = lxml.etree.fromstring(data, lxml.etree.XMLParser(recover=True, huge_tree=True))
        for each in [] if root is None else root.iter("{*}item", "{*}entry"):
            hashlib.blake2b(lxml.etree.tostring(each, encoding="utf-8", with_tail=False), digest_size=8).digest()
            count += 1
    return count


def sanitised(articles: Iterable[Article]) -> int:
    """Clean each body, and read the text out of it."""
    return sum(len(lxml.html.fromstring(nh3.clean(it.html) or "<p/>").text_content()) for it in articles)


def folded(articles: Iterable[Article]) -> int:
    """Fold each text, and make digests of it, of its headline and of its address."""
    for it in articles:
        text = unicodedata.normalize("NFKC", it.text).casefold().encode("utf-8", "replace")
        for each in (text, it.title.encode("utf-8", "replace"), it.url.encode("utf-8", "replace")):
            hashlib.blake2b(each, digest_size=16).digest()
    return 0


def handed_over(articles: Iterable[Article]) -> int:
    """Take each to another process and back, but for the pipe between them; pack it for its row."""
    packer = zstandard.ZstdCompressor(level=1)
    return sum(len(packer.compress(rows.dump(pickle.loads(pickle.dumps(it, 5))))) for it in articles)


def written(database: Path) -> int:
    """Copy every row into an empty database of the same shape, indexes and all."""
    with closing(sqlite3.connect(database)) as db:
        made = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'")
        tables = {name: sql for name, sql in made if not name.startswith(("words", "sqlite_"))}
        indexes = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql != ''")]
        (search,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'words'").fetchone()
    with closing(sqlite3.connect(database.with_name("floor.db"))) as db:
        db.execute("ATTACH ? AS polled", (str(database),))
        db.execute("PRAGMA journal_mode = WAL")
        for sql in (*tables.values(), *indexes, search):
            db.execute(sql)
        db.execute("INSERT INTO words (words, rank) VALUES ('hashsize', 16777216)")
        with db:
            for name in tables:
                db.execute(f"INSERT INTO main.{name} SELECT * FROM polled.{name}")
    return 0


def searchable(database: Path, articles: Iterable[Article]) -> int:
    """Put every text into the search index of that database."""
    with closing(sqlite3.connect(database.with_name("floor.db"))) as db, db:
        found = ((number, it.title, it.text) for number, it in enumerate(articles, 1))
        db.executemany("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", found)
    return 0


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--sources", type=int, default=300)
    count = words.parse_args().sources
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus.write(folder / "corpus", count)
        sources, truth = (json.loads((folder / "corpus" / f"{it}.json").read_text()) for it in ("sources", "truth"))
        with Origin(folder / "corpus") as origin:
            ours = Syndicator(folder / "ours", sources, origin.port)
            script = Baseline(folder / "script", sources, origin.port)
            whole, theirs = measured(ours.poll).cpu, measured(script.poll).cpu
        ours.check(truth[0])
        script.check(truth[0])
        with closing(sqlite3.connect(ours.database)) as db:
            bodies = [unpack(body).partition(RAW)[0] for (body,) in db.execute("SELECT body FROM articles")]
        articles = [rows.load(Article, it) for it in bodies]
        documents = [zlib.compress(it.read_bytes(), 5, 31) for it in sorted((folder / "corpus" / "base").iterdir())]
        steps: dict[str, Callable[[], int]] = {
            "documents unpacked and parsed, entries written out": lambda: trees(documents),
            "bodies sanitised, and their text": lambda: sanitised(articles),
            "texts folded, digests": lambda: folded(articles),
            "handed over and packed": lambda: handed_over(articles),
            "rows written": lambda: written(ours.database),
            "search index": lambda: searchable(ours.database, articles),
        }
        total = 0.0
        for what, step in steps.items():
            begun = time.process_time()
            step()
            total += (spent := time.process_time() - begun)
            print(f"{spent:8.2f} s  {spent / theirs:.3f}x  {what}")
    print(f"{total:8.2f} s  {total / theirs:.3f}x  all these")
    print(
        f"{whole:8.2f} s  {whole / theirs:.3f}x  the poll  ({len(articles):,} entries; the script took {theirs:.2f} s)"
    )


if __name__ == "__main__":
    main()
