"""What is looked for together is told as it would be one by one."""

from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from support.builders import MOMENT, make_article, make_source
from syndicator.dedup import moved, place, substance
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.outcome import Shown
from syndicator.store import Store
from syndicator.store.absent import absent
from syndicator.text.keys import text_key, title_key, url_key

LONG = "A text that is long enough to tell one article from another, whoever has it and wherever it stands. " * 3
SOURCES = ("daily", "other")
FEW = st.sampled_from("ab")


@st.composite
def article(draw: st.DrawFn) -> Article:
    """One of few, so that they meet: in a source's key, an address, a text, an id, or several of these."""
    made = make_article(
        source_id=draw(st.sampled_from(SOURCES)),
        key=draw(st.sampled_from("abc")),
        guid=draw(st.sampled_from(["", "urn:x:1", "urn:x:2", "no iri"])),
        canonical_url=draw(st.sampled_from(["", "https://a.example/1", "https://a.example/2"])),
        text=draw(st.sampled_from(["", LONG, LONG + "b"])),
        title=draw(FEW),
        found_hash=draw(FEW).encode() * 16,
    )
    keys = {"url_key": url_key(made.canonical_url), "text_key": text_key(made.text), "title_key": title_key(made.title)}
    return replace(made, **keys)


BATCH = st.lists(st.tuples(article(), st.booleans()), max_size=6)


def write_all(path: Path, batches: Sequence[Sequence[tuple[Article, bool]]], *, together: bool) -> list[object]:
    """What became of each, and what is stored at the end."""
    found: list[object] = []
    with closing(Store.write(path)) as store:
        store.adopt([make_source(id=it) for it in SOURCES], dict.fromkeys(SOURCES, MOMENT))
        for number, batch in enumerate(batches):
            with store.recording(MOMENT + timedelta(hours=number)) as recording:
                if together:
                    recording.expect([it for it, _ in batch])
                for it, renames in batch:
                    if renames:
                        recording.renamed(it.source_id, [("a", "c")])
                    known = recording.known(it.source_id, it.key)
                    candidates = [] if known else recording.candidates(it)
                    former = moved(it, candidates, Shown(keys=frozenset({"b", "c"})))
                    placement = place(it, known, candidates)
                    recording.write(it, placement, substance(it))
                    found += [known, candidates, former, placement]
        found.append(store.stories([story for story, _ in store.select(limit=99)]))
    return found


@given(st.lists(BATCH, max_size=4))
@settings(max_examples=60, deadline=None)
def test_articles_become_the_same_whether_looked_for_together_or_one_by_one(
    batches: list[list[tuple[Article, bool]]],
) -> None:
    with TemporaryDirectory() as folder:
        one_by_one = write_all(Path(folder) / "a" / "s.db", batches, together=False)
        assert write_all(Path(folder) / "b" / "s.db", batches, together=True) == one_by_one


def test_what_is_stored_is_not_missing_however_many_are_looked_for(store: Store) -> None:
    many = [
        make_article(key=f"{it}", guid=f"urn:x:{it}", url_key=b"%016d" % it, text_key=b"t%015d" % it)
        for it in range(250)
    ]
    with store.recording(MOMENT) as recording:
        for it in many[::2]:
            recording.write(it, place(it, None, []), b"")
    found = absent(store._db, many)
    missing = many[1::2]
    assert found.keys == {(it.source_id, it.key) for it in missing}
    assert found.url_keys == {it.url_key for it in missing}
    assert found.text_keys == {it.text_key for it in missing}
    assert found.guids == {it.guid for it in missing}
