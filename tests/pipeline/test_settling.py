"""Stories that turn out to be one: whatever came first, and never by what is no sure evidence."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support.arrivals import FULL, PROSE, arrive, article, keyed, numbers, opened, partition, stories_of
from support.builders import MOMENT
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.placement import Opens
from syndicator.pipeline.decisions import join, split
from syndicator.store import Store, sketches

LATER = MOMENT + timedelta(hours=3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "syndicator.db", *"abcd") as store:
        yield store


class TestAnArticleThatIsLikeTwoStories:
    by_url, by_text = article("a", url="river"), article("b", text="river")
    both = article("c", url="river", text="river")

    def test_makes_them_one_and_the_older_id_lives(self, store: Store) -> None:
        arrive(store, self.by_text, self.by_url)
        (old, _), (young, _) = stories_of(store)
        arrive(store, self.both, now=LATER)
        assert stories_of(store) == [(old, ["b", "a", "c"])]
        assert store.find(young) == store.find(old) == [1]
        reasons = {copy.source_id: copy.reason for copy, _ in store.held(1)}
        assert reasons == {"b": "first", "a": "text", "c": "url"}

    def test_makes_them_one_also_when_it_comes_to_be_like_them(self, store: Store) -> None:
        arrive(store, self.by_url, self.by_text, keyed(replace(self.both, text="short", key="c")))
        assert len(numbers(store)) == 2
        arrive(store, keyed(replace(self.both, key="c")), now=LATER)
        assert len(numbers(store)) == 1

    def test_makes_nothing_one_when_its_words_have_left_its_story_for_the_other(self, store: Store) -> None:
        first, second = article("a", text="sea"), article("b", text="river")
        changing = article("c", text="sea")
        arrive(store, first, second, changing)
        assert [copies for _, copies in stories_of(store)] == [["a", "c"], ["b"]]
        arrive(store, keyed(replace(changing, text=second.text)), now=LATER)
        assert [copies for _, copies in stories_of(store)] == [["a", "c"], ["b"]]

    def test_leaves_two_that_the_operator_has_split(self, store: Store) -> None:
        arrive(store, self.by_url, keyed(replace(self.by_text, canonical_url=self.by_url.canonical_url)))
        split(store, "1", "b", LATER)
        arrive(store, self.both, now=LATER)
        assert [copies for _, copies in stories_of(store)] == [["a", "c"], ["b"]]

    def test_only_claims_an_address_joins_what_is_sure_and_merges_nothing(self, store: Store) -> None:
        claim = keyed(replace(self.both, claimed=True))
        arrive(store, self.by_url, self.by_text, claim)
        assert [copies for _, copies in stories_of(store)] == [["a"], ["b", "c"]]

    def test_gives_the_lead_to_who_has_more_right_to_it(self, store: Store) -> None:
        full = keyed(replace(self.by_url, text=self.by_url.text + PROSE * 9))
        arrive(store, self.by_text, full, self.both)
        assert [copies[0] for _, copies in stories_of(store)] == ["a"]


FLASH, FULLER, COPY = (
    keyed(replace(article(source, title="Fire at the harbour"), key=source, text=text))
    for source, text in (
        ("a", "The grain store by the harbour is on fire."),
        ("a", FULL),
        ("b", FULL.replace("shortly after midnight", "late at night").replace("completely", "entirely")),
    )
)


def test_a_newcomer_that_is_nearly_like_two_stories_makes_them_one(store: Store) -> None:
    apart = keyed(replace(COPY, source_id="c", key="c", canonical_url="https://c.example/1"))
    with store.recording(MOMENT) as recording:
        for it in (COPY, apart):
            recording.write(it, Opens(), b"")
    (old, _), (young, _) = stories_of(store)
    arrive(store, FULLER, now=LATER)
    assert stories_of(store) == [(old, ["b", "c", "a"])]
    assert store.find(young) == store.find(old)


class TestAnArticleThatIsNearlyLikeAnotherOnlyNowThatItHasChanged:
    """A flash comes first, another source has the whole story, then the flash's own text grows to it."""

    def test_is_one_story_with_it_and_the_older_id_lives(self, store: Store) -> None:
        arrive(store, FLASH, COPY)
        (old, _), (young, _) = stories_of(store)
        arrive(store, FULLER, now=LATER)
        assert stories_of(store) == [(old, ["a", "b"])]
        assert store.find(young) == [1]
        (copy,) = [copy for copy, _ in store.held(1) if copy.source_id == "b"]
        assert copy.reason == "near"
        assert orjson.loads(copy.detail)["with"] == ["a", "a"]

    def test_joins_it_where_the_other_was_first(self, store: Store) -> None:
        arrive(store, COPY, FLASH)
        old = stories_of(store)[0][0]
        arrive(store, FULLER, now=LATER)
        assert stories_of(store) == [(old, ["b", "a"])]
        (copy,) = [copy for copy, _ in store.held(1) if copy.source_id == "a"]
        assert (copy.reason, orjson.loads(copy.detail)["with"]) == ("near", ["b", "b"])

    def test_stays_there_whatever_becomes_of_its_words(self, store: Store) -> None:
        arrive(store, COPY, FLASH)
        for it in (FULLER, FLASH, FULLER):
            arrive(store, it, now=LATER)
            assert [copies for _, copies in stories_of(store)] == [["b", "a"]]

    def test_stays_apart_where_the_operator_has_split_them(self, store: Store) -> None:
        arrive(store, COPY, FULLER)
        split(store, "1", "a", LATER)
        for it in (FLASH, FULLER):
            arrive(store, it, now=LATER)
            assert [copies for _, copies in stories_of(store)] == [["b"], ["a"]]

    def test_stays_where_it_is_if_it_has_company(self, store: Store) -> None:
        company = keyed(replace(FLASH, source_id="c", key="c", canonical_url=FLASH.canonical_url))
        arrive(store, FLASH, company, COPY)
        arrive(store, FULLER, now=LATER)
        assert [copies for _, copies in stories_of(store)] == [["a", "c"], ["b"]]

    def test_is_not_asked_about_when_it_is_too_old_for_copies(self, store: Store) -> None:
        arrive(store, FLASH)
        arrive(store, COPY, now=MOMENT + timedelta(days=15))
        arrive(store, article("d"), FULLER, now=MOMENT + timedelta(days=15, hours=1))
        assert [copies for _, copies in stories_of(store)] == [["a"], ["b"], ["d"]]

    def test_makes_all_one_that_it_is_like(self, store: Store) -> None:
        other = keyed(replace(COPY, source_id="c", key="c", canonical_url="https://c.example/1"))
        with store.recording(MOMENT) as recording:
            for it in (COPY, other):
                recording.write(it, Opens(), b"")
        arrive(store, FLASH)
        arrive(store, FULLER, now=LATER)
        assert [copies for _, copies in stories_of(store)] == [["b", "c", "a"]]

    def test_costs_nothing_while_its_words_stay(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        arrive(store, FLASH, COPY)

        def asked(*_: object) -> list[int]:
            raise AssertionError("nobody need be looked for")

        monkeypatch.setattr(sketches, "sharing", asked)
        arrive(store, COPY, replace(COPY, found_hash=b"other", categories=("fires",)), now=LATER)
        assert len(numbers(store)) == 2


def test_an_old_id_leads_on_through_all_that_is_absorbed_later(store: Store) -> None:
    arrive(store, article("a", text="1"), article("b", text="2"), article("c", text="3"))
    young = store.stories([3])[0].guid
    join(store, "3", "2", LATER)
    join(store, "2", "1", LATER)
    assert store.find(young) == [1]
    assert len(store.former_ids(1)) == 2


def test_an_id_that_leads_to_another_story_is_given_to_no_newcomer(store: Store) -> None:
    arrive(store, article("a", text="1"), article("b", text="2", guid="tag:b.example,2026:2"))
    join(store, "1", "2", LATER)
    arrive(store, article("c", text="3", guid="tag:b.example,2026:2"), now=LATER)
    assert store.find("tag:b.example,2026:2") == [1]
    assert len(numbers(store)) == 2


def test_the_lead_goes_by_priority_then_by_fullness_then_by_first_sight(store: Store) -> None:
    full = keyed(replace(article("b", url="river"), text=PROSE * 9))
    arrive(store, article("a", url="river"), full, article("c", url="river"), priorities={"c": 1})
    assert [copies for _, copies in stories_of(store)] == [["c", "a", "b"]]


# -- in any order

ARTICLES = st.lists(
    st.tuples(
        st.sampled_from("abcd"), st.sampled_from(["", "u1", "u2", "u3"]), st.sampled_from(["", "t1", "t2", "t3"])
    ),
    min_size=2,
    max_size=8,
    unique=True,
)


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "syndicator.db"
        with opened(path, *"abcd"):
            pass
        yield path


def settled(template: Path, articles: list[Article]) -> set[frozenset[str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(template, folder))
        with opened(path, *"abcd") as store:
            arrive(store, *articles)
            return partition(store)


def connected(articles: list[Article]) -> set[frozenset[str]]:
    """What the address and the text make one, told without order: the connected parts."""
    groups = [{it.key} for it in articles]
    for one in articles:
        for other in articles:
            if one.url_key == other.url_key or one.text_key == other.text_key:
                mine, theirs = (next(it for it in groups if at.key in it) for at in (one, other))
                if mine is not theirs:
                    mine |= theirs
                    groups.remove(theirs)
    return {frozenset(it) for it in groups}


def made(drawn: list[tuple[str, str, str]]) -> list[Article]:
    """At most one article of each source has an address, and a text: a source's own repeats are told otherwise."""
    seen = set[tuple[str, str]]()
    articles = []
    for source, url, text in drawn:
        names = {(source, name) for name in (url, text) if name}
        if not names & seen:
            seen |= names
            number = f"{source}{len(articles)}"
            own = article(source, url=url or f"own-{number}", text=text or f"own-{number}", title=f"A title {number}")
            articles.append(own)
    return articles


@given(ARTICLES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
@example([("a", "u1", ""), ("b", "", "t1"), ("c", "u1", "t1")], None)
def test_any_order_of_the_same_articles_gives_the_same_stories(template: Path, drawn: list, random: object) -> None:
    articles = made(drawn)
    first = settled(template, articles)
    if random is not None:
        random.shuffle(articles)
    else:
        articles.reverse()
    assert settled(template, articles) == first == connected(articles)
