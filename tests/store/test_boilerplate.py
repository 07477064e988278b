from support.builders import MOMENT, make_article, make_source
from syndicator.dedup import substance
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.placement import Opens, Updates
from syndicator.model.social import Repeated, Word
from syndicator.model.state import NO_BOILERPLATE, Boilerplate
from syndicator.social.repeats import WINDOW, Verdict, digests
from syndicator.store import Store

SOURCE = make_source()


def paragraph(digest: int, verdict: Verdict = Verdict.STORY, word: Word = "") -> Repeated:
    return Repeated(
        digest=digest, text=f"Line {digest}", stories=9, among=9, verdict=verdict, word=word, last_seen=MOMENT
    )


def article(number: int, *paragraphs: int) -> Article:
    key = f"https://daily.example/{number}"
    return make_article(key=key, guid=key, url=key, canonical_url=key, paragraphs=paragraphs, url_key=b"%016d" % number)


def write(store: Store, *articles: Article) -> None:
    with store.recording(MOMENT) as recording:
        for it in articles:
            known = recording.known(it.source_id, it.key)
            placement = Updates(article=known.article, substantive=False) if known else Opens()
            recording.write(it, placement, substance(it))


def test_paragraphs_are_kept_once_an_article_and_only_of_the_newest(store: Store) -> None:
    write(store, *(article(number, number, -number) for number in range(1, WINDOW + 10)), article(WINDOW + 10))
    write(store, article(WINDOW, 7))
    with store.recording(MOMENT) as recording:
        found = recording.paragraphs.counted(SOURCE.id)
    assert len(found) == WINDOW
    assert found[WINDOW].paragraphs == (7,)
    assert found[WINDOW + 9].paragraphs == (WINDOW + 9, -WINDOW - 9)
    assert found[WINDOW + 10].paragraphs == ()
    assert min(found) == 11
    assert store._db.execute("SELECT count(*) FROM paragraphs").fetchone()[0] == WINDOW


def test_what_was_written_a_moment_ago_counts_already(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        recording.write(article(1, 5), Opens(), b"")
        assert recording.paragraphs.counted(SOURCE.id)[1].paragraphs == (5,)


def test_the_most_frequent_is_told_first(store: Store) -> None:
    found = [replace(paragraph(digest, Verdict.CUT), stories=stories) for digest, stories in ((1, 5), (2, 9), (3, 7))]
    with store.recording(MOMENT) as recording:
        recording.paragraphs.judge(SOURCE.id, found, [])
    assert [it.digest for it in store.repeated(SOURCE.id)] == [2, 3, 1]


def test_stories_are_counted_for_ever(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        assert recording.paragraphs.heard(SOURCE.id, 3) == 0
        assert recording.paragraphs.heard(SOURCE.id, 2) == 3


def test_a_reader_is_told_the_verdicts_and_the_operators_words_which_go_before(store: Store) -> None:
    assert store.memory(SOURCE.id).boilerplate == NO_BOILERPLATE
    with store.recording(MOMENT) as recording:
        recording.paragraphs.judge(
            SOURCE.id,
            [
                paragraph(1, Verdict.ASIDE),
                paragraph(2, Verdict.CUT),
                paragraph(3, Verdict.CUT, "allow"),
                paragraph(4, Verdict.STORY, "deny"),
                paragraph(5),
            ],
            [],
        )
    expected = Boilerplate(aside=frozenset({1, 2}), cut=frozenset({2}), allowed=frozenset({3}), denied=frozenset({4}))
    assert store.memory(SOURCE.id).boilerplate == expected
    assert {it.digest for it in store.repeated(SOURCE.id)} == {1, 2, 3, 4}, "what is part of the story is not kept"
    assert store.states()[SOURCE.id].boilerplate == 3


def test_articles_are_stale_until_they_are_renewed_when_a_verdict_turns(store: Store) -> None:
    write(store, article(1, 1), article(2, 2), article(3, 1, 2))
    assert store.stale(9) == []
    with store.recording(MOMENT) as recording:
        recording.paragraphs.judge(SOURCE.id, [paragraph(1, Verdict.ASIDE)], [1])
    assert [(number, it.key[-1]) for number, it in store.stale(9)] == [(1, "1"), (3, "3")]
    assert len(store.stale(1)) == 1
    (number, first), *_ = store.stale(9)
    with store.recording(MOMENT) as recording:
        recording.renew(number, article(1), b"substance")
    assert [number for number, _ in store.stale(9)] == [3]
    assert first.key == article(1).key


class TestTheOperatorsWord:
    def test_is_kept_whatever_is_learned_and_can_be_taken_back(self, store: Store) -> None:
        with store.recording(MOMENT) as recording:
            recording.paragraphs.judge(SOURCE.id, [paragraph(1, Verdict.CUT), paragraph(2, Verdict.CUT)], [])
        for digest in (1, 3):
            store.set_paragraph_word(SOURCE.id, paragraph(digest, word="allow"))
        assert store.memory(SOURCE.id).boilerplate.allowed == {1, 3}
        assert store.repeated(SOURCE.id)[0].stories == 9
        with store.recording(MOMENT) as recording:
            recording.paragraphs.judge(SOURCE.id, store.repeated(SOURCE.id), [])
        assert store.memory(SOURCE.id).boilerplate.allowed == {1, 3}
        for digest in (1, 3):
            store.set_paragraph_word(SOURCE.id, paragraph(digest))
        assert store.memory(SOURCE.id).boilerplate == Boilerplate(aside=frozenset({1, 2}), cut=frozenset({1, 2}))
        assert {it.digest for it in store.repeated(SOURCE.id)} == {1, 2}

    def test_lets_articles_with_the_paragraph_be_read_once_more(self, store: Store) -> None:
        write(store, article(1, 1), article(2, 2))
        store._db.execute("UPDATE articles SET found_hash = x'01'")
        store._db.execute("UPDATE sources SET body_hash = x'01', etag = 'e', last_modified = 'l'")
        store.set_paragraph_word(SOURCE.id, paragraph(1, word="deny"))
        memory, validators = store.memory(SOURCE.id), store.states()[SOURCE.id].validators
        assert memory.entries == {article(1).key: b"", article(2).key: b"\1"}
        assert (memory.body_hash, validators.etag, validators.last_modified) == (b"", "", "")
        assert [number for number, _ in store.stale(9)] == [1]


def test_articles_are_read_once_more_for_a_line_that_is_configured_anew_or_no_more_and_for_no_other(
    store: Store,
) -> None:
    lines = ["Subscribe to us.", "Read also.", "Our editor."]
    write(store, *(article(number, digest) for number, digest in enumerate(digests(lines))))

    def read_again(**changes: object) -> list[int]:
        store._db.execute("UPDATE articles SET found_hash = x'01'")
        store.adopt([replace(SOURCE, **changes)], {SOURCE.id: MOMENT})
        entries = store.memory(SOURCE.id).entries
        return [number for number in range(3) if entries[article(number).key] == b""]

    assert read_again(keep_lines=tuple(lines[:2])) == [0, 1]
    assert read_again(keep_lines=tuple(lines[:2]), title="Another") == []
    assert read_again(keep_lines=(lines[0],), drop_lines=(lines[2],)) == [1, 2]
    assert read_again(drop_lines=(lines[0], lines[2])) == [0]
    assert read_again() == [0, 2]
