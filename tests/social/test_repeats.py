import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.model.article import Article
from syndicator.social.repeats import (
    WINDOW,
    Counted,
    Verdict,
    digest,
    digests,
    is_time,
    judged,
    marked,
    merged,
    stories_of,
)

STORY, ASIDE, CUT = Verdict


def entries(count: int, *paragraphs: int, start: int = 0) -> list[Counted]:
    return [Counted(b"page%d" % n, b"title%d" % n, paragraphs) for n in range(start, start + count)]


class TestAParagraphIsKnown:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Follow the Daily!", "follow the daily"),
            ("Read https://a.example/1?x=2 now", "Read https://a.example/9 now"),
            ("Звоните: 8 495 000", "Звоните:\n8-495-000"),
        ],
    )
    def test_by_its_letters_and_digits(self, one: str, other: str) -> None:
        assert digest(one) == digest(other) != 0

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Погода на 25 апреля: +12", "Погода на 26 апреля: +12"),
            ("Read https://a.example/1", "Read https://b.example/1"),
            ("Да", "Нет"),
        ],
    )
    def test_apart_from_others_figures_included(self, one: str, other: str) -> None:
        assert digest(one) != digest(other)

    def test_by_the_same_number_on_every_machine(self) -> None:
        assert digest("Follow us") == -2983608980006133157

    def test_only_if_it_says_something(self) -> None:
        assert digest("* * *") == digest("— * —") == digest("•••") == digest("") == 0
        assert digests(["— * —", "№ 5", "我"]) == (digest("№ 5"), digest("我"))

    @given(st.text())
    def test_whatever_it_holds(self, text: str) -> None:
        assert -(2**63) <= digest(text) < 2**63


class TestStories:
    def test_are_counted_for_each_paragraph_that_is_repeated(self) -> None:
        assert stories_of([*entries(4, 1, 2), *entries(2, 1, 3, start=4)]) == {1: 6, 2: 4}

    def test_count_once_under_whatever_id_an_entry_comes_back(self) -> None:
        edited = [Counted(b"page", b"title%d" % n, (1,)) for n in range(9)]
        moved = [Counted(b"page%d" % n, b"title", (1,)) for n in range(9)]
        assert stories_of(edited) == stories_of(moved) == {1: 1}

    def test_are_told_apart_without_address_or_title(self) -> None:
        assert stories_of([Counted(b"", b"", (1,))] * 4) == {1: 4}

    def test_have_an_address_and_a_title(self) -> None:
        article = Article(source_id="a", key="1", url_key=b"u" * 16, title_key=b"t" * 16, paragraphs=(1, 2))
        assert marked(article) == Counted(b"u" * 8, b"t" * 8, (1, 2))

    def test_are_the_newest(self) -> None:
        stored = dict(enumerate(entries(WINDOW, 1), 1))
        come = {WINDOW: entries(1, 2)[0], WINDOW + 1: entries(1, 3)[0]}
        found = merged(stored, come)
        assert len(found) == WINDOW
        assert [it.paragraphs for it in found[-3:]] == [(1,), (2,), (3,)]

    @given(st.lists(st.sets(st.integers(0, 5)), max_size=12), st.randoms(use_true_random=False))
    def test_count_the_same_in_any_order(self, bodies: list[set[int]], order: random.Random) -> None:
        found = [Counted(b"%d" % (n % 7), b"%d" % (n % 5), tuple(it)) for n, it in enumerate(bodies)]
        shuffled = order.sample(found, len(found))
        assert stories_of(found) == stories_of(shuffled)


@pytest.mark.parametrize(
    ("stories", "among", "before", "verdict"),
    [
        (2, 2, STORY, STORY),
        (3, 3, STORY, ASIDE),
        (3, 15, STORY, ASIDE),
        (3, 16, STORY, STORY),
        (4, 4, STORY, ASIDE),
        (5, 5, STORY, CUT),
        (5, 11, STORY, ASIDE),
        (40, 200, STORY, ASIDE),
        (39, 200, STORY, STORY),
        (100, 200, STORY, CUT),
        (99, 200, ASIDE, ASIDE),
        (50, 200, CUT, CUT),
        (49, 200, CUT, ASIDE),
        (20, 200, ASIDE, ASIDE),
        (19, 200, CUT, STORY),
        (0, 200, CUT, STORY),
        (0, 0, STORY, STORY),
    ],
)
def test_a_verdict_takes_many_stories_and_half_as_many_to_keep(
    stories: int, among: int, before: Verdict, verdict: Verdict
) -> None:
    assert judged(stories, among, before) is verdict


def test_all_is_counted_at_once_while_there_is_little_and_seldom_later() -> None:
    times = [before + 1 for before in range(1000) if is_time(before, before + 1)]
    assert times[:6] == [1, 2, 3, 4, 5, 6]
    assert len(times) < 60
    assert all(later <= max(earlier + 2, 1.25 * earlier) for earlier, later in pairwise(times) if earlier < 200)
    assert all(later <= earlier + 40 for earlier, later in pairwise(times))
    assert is_time(0, 25)
    assert not is_time(7, 7)
