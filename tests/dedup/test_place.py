"""Placing: which articles are one story, and which only look so."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.arrivals import FULL, keyed
from support.arrivals import article as arrived
from support.builders import MOMENT, make_article
from syndicator.dedup import alike, is_another, matches, moved, place, place_near, substance
from syndicator.model.article import Article, Enclosure
from syndicator.model.decision import Rulings
from syndicator.model.noun import replace
from syndicator.model.outcome import Shown
from syndicator.model.placement import Candidate, Joins, Known, Neighbour, Opens, Repeats, Updates
from syndicator.text.keys import found, text_key, title_key, url_key

LONG = "Совет директоров решил сохранить ключевую ставку на прежнем уровне до конца года. " * 4


def article(**changes: object) -> Article:
    made = make_article(text=LONG, **changes)
    return replace(
        made, url_key=url_key(made.canonical_url), text_key=text_key(made.text), title_key=title_key(made.title)
    )


def stored(
    of: Article, story: int = 1, number: int = 1, *, lead_claimed: bool | None = None, lead_length: int | None = None
) -> Candidate:
    return Candidate(
        article=number,
        story=story,
        source_id=of.source_id,
        key=of.key,
        url_key=of.url_key,
        text_key=of.text_key,
        title_key=of.title_key,
        claimed=of.claimed,
        published=of.published,
        lead_claimed=of.claimed if lead_claimed is None else lead_claimed,
        lead_length=len(of.text) if lead_length is None else lead_length,
    )


def test_an_article_like_no_other_opens_a_story() -> None:
    assert place(article(), None, []) == Opens()


class TestTheSameGuid:
    def known(self, of: Article) -> Known:
        return Known(article=7, story=3, found_hash=of.found_hash, substance=substance(of))

    def test_shown_again_as_it_was_is_a_repeat(self) -> None:
        it = article(found_hash=b"1")
        assert place(it, self.known(it), []) == Repeats(article=7)

    def test_with_another_title_text_link_or_enclosure_a_reader_should_care(self) -> None:
        before = article(found_hash=b"1")
        for change in (
            {"title": "Another title"},
            {"text": LONG + "More."},
            {"canonical_url": "https://daily.example/2026/river-2"},
            {"enclosures": (Enclosure(url="https://daily.example/a.mp3"),)},
        ):
            after = replace(before, found_hash=b"2", **change)
            assert place(after, self.known(before), []) == Updates(article=7, substantive=True), change

    def test_with_other_categories_or_markup_nobody_need_care(self) -> None:
        before = article(found_hash=b"1")
        after = replace(before, found_hash=b"2", categories=("news",), html="<div>other</div>")
        assert place(after, self.known(before), []) == Updates(article=7, substantive=False)

    def test_under_http_instead_of_https_nobody_need_care(self) -> None:
        before = article(found_hash=b"1")
        after = replace(before, found_hash=b"2", canonical_url="http://daily.example/2026/river")
        assert place(after, self.known(before), []) == Updates(article=7, substantive=False)
        assert place(before, self.known(after), []) == Updates(article=7, substantive=False)

    def test_at_another_address_nobody_need_care_where_all_addresses_are_others(self) -> None:
        before = article(found_hash=found("words", "daily.example/1", "1"))
        after = replace(
            before,
            canonical_url="https://daily.example/2",
            found_hash=found("words", "daily.example/2", "2"),
        )
        other = replace(after, found_hash=found("others", "daily.example/2", "2"))
        relinked = Shown(relinked=True)
        assert place(after, self.known(before), []) == Updates(article=7, substantive=True)
        assert place(after, self.known(before), [], relinked) == Updates(article=7, substantive=False)
        assert place(other, self.known(before), [], relinked) == Updates(article=7, substantive=True)

    def test_comes_out_otherwise_than_it_did_a_reader_should_care_though_its_source_says_the_same(self) -> None:
        before = article(found_hash=b"1")
        assert place(replace(before, text=LONG + "More."), self.known(before), []) == Updates(
            article=7, substantive=True
        )

    def test_repeats_what_it_was_however_it_is_written(self) -> None:
        it = article(found_hash=found("words", "daily.example/1", "1", b"in bytes"))
        for other in (b"", b"in words"):
            before = replace(it, found_hash=found("words", "daily.example/1", "1", other))
            assert place(it, self.known(before), []) == Repeats(article=7)

    def test_wins_over_every_likeness(self) -> None:
        it = article(found_hash=b"2")
        other = stored(article(source_id="other"), story=9)
        assert isinstance(place(it, Known(article=7, story=3, found_hash=b"1", substance=b""), [other]), Updates)


class TestTheSameAddress:
    def test_of_two_sources_on_their_own_domain_is_one_story_whatever_they_say(self) -> None:
        new = article(source_id="b", key="b", title="Other words", text_key=b"")
        assert place(replace(new, text_key=b""), None, [stored(article())]) == Joins(story=1, reason="url")

    def test_claimed_by_somebody_else_needs_agreement(self) -> None:
        claim = article(source_id="blog", key="b", claimed=True)
        teaser = replace(claim, text_key=b"")
        same_text = replace(claim, title_key=b"other title")
        comment = replace(claim, text_key=b"other text")
        neither = replace(claim, title_key=b"other title", text_key=b"other text")
        strange_teaser = replace(teaser, title_key=b"other title")
        flash = stored(replace(article(), text_key=b""))
        assert place(teaser, None, [stored(article())]) == Joins(story=1, reason="url")
        assert place(claim, None, [flash]) == Joins(story=1, reason="url")
        assert place(strange_teaser, None, [stored(article())]) == Opens()
        assert place(same_text, None, [stored(article())]) == Joins(story=1, reason="url")
        assert place(comment, None, [stored(article())]) == Opens()  # until the texts are compared
        assert place(neither, None, [stored(article())]) == Opens()

    def test_found_claimed_by_an_earlier_one_needs_agreement_too(self) -> None:
        earlier = article(source_id="blog", key="b", claimed=True)
        owner = article(title_key=b"x", text_key=b"y")
        owner = replace(owner, title_key=b"x", text_key=b"y")
        assert place(owner, None, [stored(earlier)]) == Opens()

    def test_under_two_guids_of_one_source_is_two_stories_unless_they_say_the_same(self) -> None:
        first = article(key="1")
        second = replace(article(key="2"), title_key=b"x", text_key=b"y")
        churned = article(key="2")
        assert place(second, None, [stored(first)]) == Opens()
        assert place(churned, None, [stored(first)]) == Joins(story=1, reason="url")

    def test_claimed_by_several_is_the_oldest_ones(self) -> None:
        claim = replace(article(source_id="blog", key="b", claimed=True), text_key=b"")
        candidates = [stored(article(source_id=it), story=number, number=number) for number, it in enumerate("ac")]
        assert place(claim, None, candidates) == Joins(story=0, reason="url")

    def test_under_two_guids_of_one_source_takes_more_than_a_title_where_no_date_is_known(self) -> None:
        first = article(key="1", published=None)
        part = replace(article(key="2", published=None), text_key=b"x")
        assert place(part, None, [stored(first)]) == Opens()

    def test_of_an_entry_that_its_source_shows_no_more_is_for_moved_to_judge(self) -> None:
        gone, again = article(key="1"), article(key="2", published=MOMENT)
        assert place(again, None, [stored(gone)], Shown(keys=frozenset("2"))) == Opens()
        assert place(again, None, [stored(gone)], Shown(keys=frozenset("12"))) == Joins(story=1, reason="url")

    def test_that_identifies_nothing_joins_nothing(self) -> None:
        one = replace(article(key="1"), url_key=b"", text_key=b"", title_key=b"")
        two = replace(one, source_id="b")
        assert place(two, None, [stored(one)]) == Opens()

    def test_of_two_entries_that_a_source_shows_together_is_two_stories_unless_they_say_the_same(self) -> None:
        first, part, twice = article(key="1"), replace(article(key="2"), text_key=b"x"), article(key="2")
        together = Shown(keys=frozenset("12"))
        assert place(part, None, [stored(first)]) == Joins(story=1, reason="url")
        assert place(part, None, [stored(first)], together) == Opens()
        assert place(twice, None, [stored(first)], together) == Joins(story=1, reason="url")


class TestAnAddressThatSeveralEntriesShare:
    """The page of a live report, say, whose parts two feeds of its site show."""

    part = replace(article(source_id="b", key="b1"), title_key=b"x", text_key=b"x")
    strange = replace(article(source_id="a", key="a1"), title_key=b"y", text_key=b"y")

    def shared(self, *parts: Article) -> list[Candidate]:
        return [stored(it, story=number, number=number) for number, it in enumerate(parts, start=1)]

    def test_does_not_tell_which_of_them_it_is(self) -> None:
        other = replace(self.strange, key="a2", title_key=b"z", text_key=b"z")
        assert place(self.part, None, self.shared(self.strange)) == Joins(story=1, reason="url")
        assert place(self.part, None, self.shared(self.strange, other)) == Opens()

    def test_is_one_as_soon_as_its_own_source_shows_another_there(self) -> None:
        former = replace(self.part, key="b0", title_key=b"z", text_key=b"z")
        candidates = [stored(self.strange), stored(former, number=2)]
        together, instead = Shown(keys=frozenset({"b0", "b1"})), Shown(keys=frozenset({"b1"}))
        assert place(self.part, None, candidates, together) == Opens()
        assert place(self.part, None, candidates, instead) == Joins(story=1, reason="url"), "an edit under another id"
        assert place(self.part, None, candidates) == Joins(story=1, reason="url"), "nobody knows"

    def test_names_the_one_that_says_the_same_but_makes_no_stories_one(self) -> None:
        other = replace(self.strange, key="a2", title_key=b"x", text_key=b"")
        candidates = self.shared(self.strange, other)
        assert place(self.part, None, candidates) == Joins(story=2, reason="url")
        assert [(it.candidate.story, it.sure) for it in matches(self.part, candidates)] == [(2, False)]

    def test_is_not_made_such_by_those_who_only_claim_it_nor_by_the_operator(self) -> None:
        claims = [replace(self.strange, source_id="blog", key=it, claimed=True, text_key=it.encode()) for it in "12"]
        assert place(self.part, None, self.shared(self.strange, *claims)) == Joins(story=1, reason="url")
        parted = self.shared(self.strange, replace(self.strange, key="a2", title_key=b"z", text_key=b"z"))
        assert place(self.part, None, parted, rulings=Rulings(apart=frozenset({(1, 2)}))) == Joins(
            story=1, reason="url"
        )


class TestUnderAnotherKey:
    """One source's article that its document shows under another key: "2", no longer "1"."""

    here = Shown(keys=frozenset("2"))

    @pytest.mark.parametrize("changed", [{"title_key": b"x"}, {"text_key": b"x"}, {"published": None}])
    def test_one_address_and_two_of_title_text_and_date_are_the_same_article(self, changed: dict[str, Any]) -> None:
        before = stored(article(key="1"))
        assert moved(replace(article(key="2"), **changed), [before], self.here) == before
        for more in ({"title_key": b"y"}, {"text_key": b"y"}):
            other = replace(article(key="2"), **(changed | more))
            assert (moved(other, [before], self.here) is None) == (changed.keys() != more.keys())

    def test_links_that_tell_apart_make_up_for_a_date_that_is_missing_but_not_for_another(self) -> None:
        linked = replace(self.here, linked=True)
        before, after = article(key="1", published=None), replace(article(key="2", published=None), text_key=b"x")
        assert moved(after, [stored(before)], self.here) is None
        assert moved(after, [stored(before)], linked) == stored(before)
        assert moved(replace(after, published=MOMENT), [stored(before)], linked) is None
        assert moved(replace(after, title_key=b"x"), [stored(before)], linked) is None

    def test_at_the_address_of_a_page_of_several_entries_its_words_must_be_the_same(self) -> None:
        before, beside = stored(article(key="1")), replace(stored(article(key="3"), number=3), text_key=b"z")
        here = Shown(keys=frozenset("23"))
        edited = replace(article(key="2"), text_key=b"x")
        assert moved(edited, [before], here) == before
        assert moved(edited, [before, beside], here) is None
        assert moved(replace(article(key="2"), title_key=b"x"), [before, beside], here) is None
        assert moved(edited, [before, replace(beside, url_key=b"another page", text_key=b"x")], here) == before
        assert moved(article(key="2"), [before, beside], here) == before

    def test_at_another_address_title_text_and_date_must_be_the_same(self) -> None:
        before = stored(article(key="1"))
        after = article(key="2", canonical_url="https://daily.example/new")
        assert moved(after, [before], self.here) == before
        assert moved(replace(after, title_key=b"x"), [before], self.here) is None
        assert moved(replace(after, published=MOMENT), [before], self.here) is None
        template = stored(article(key="3", canonical_url="https://daily.example/3"), story=3, number=3)
        assert moved(after, [before, template], self.here) is None

    def test_in_a_document_of_which_nothing_is_known_title_and_date_are_enough(self) -> None:
        before = stored(article(key="1"))
        after = replace(article(key="2", canonical_url="https://daily.example/new"), text_key=b"no longer a teaser")
        strange = replace(self.here, strange=True, linked=True)
        assert moved(after, [before], strange) == before
        assert moved(after, [before], replace(strange, strange=False)) is None
        assert moved(after, [before], replace(strange, linked=False)) is None, "one bulletin of a day, then the next"
        assert moved(replace(after, title_key=b"x"), [before], strange) is None
        assert moved(replace(after, published=MOMENT), [before], strange) is None
        namesake = stored(article(key="3"), story=3, number=3)
        assert moved(after, [before, namesake], strange) is None

    def test_of_several_that_it_may_have_been_it_is_the_oldest(self) -> None:
        after = article(key="2")
        before = [stored(article(key=key), story=number, number=number) for number, key in enumerate("13", 1)]
        assert moved(after, before, self.here) == before[0]
        elsewhere = [replace(it, url_key=b"elsewhere", story=1) for it in before]
        assert moved(after, elsewhere, self.here) == elsewhere[0]

    def test_what_is_shown_or_another_sources_has_not_moved(self) -> None:
        after = article(key="2")
        assert moved(after, [stored(article(key="1"))], Shown(keys=frozenset("12"))) is None
        assert moved(after, [stored(article(key="1", source_id="other"))], self.here) is None


class TestTheSameText:
    def elsewhere(self, source_id: str = "b", **changes: object) -> Article:
        return article(
            source_id=source_id, key=f"{source_id}-1", canonical_url=f"https://{source_id}.example/x", **changes
        )

    def test_at_two_addresses_is_one_story(self) -> None:
        assert place(self.elsewhere(title="Another headline"), None, [stored(article())]) == Joins(
            story=1, reason="text"
        )

    def test_that_a_source_has_under_two_stories_is_a_template(self) -> None:
        one, two = article(key="1"), article(key="2", canonical_url="https://daily.example/other")
        assert place(self.elsewhere(), None, [stored(one, story=1), stored(two, story=2, number=2)]) == Opens()

    def test_published_again_by_its_own_source_is_another_story_but_for_a_mere_change_of_guid(self) -> None:
        yesterday = article(key="1", published=MOMENT - timedelta(days=1))
        today = article(key="2", canonical_url="https://daily.example/today", published=MOMENT)
        regained = article(key="2", canonical_url="https://daily.example/new", published=MOMENT - timedelta(days=1))
        assert place(today, None, [stored(yesterday)]) == Opens()
        assert place(regained, None, [stored(yesterday)]) == Joins(story=1, reason="text")

    def test_too_short_to_tell_joins_nothing(self) -> None:
        brief = "Погода на сегодня."
        assert text_key(brief) == b""
        here, there = (replace(it, text=brief, text_key=b"") for it in (article(), self.elsewhere()))
        assert place(there, None, [stored(here)]) == Opens()

    def test_gives_way_to_the_address(self) -> None:
        by_text = article(source_id="a", key="a", canonical_url="https://a.example/x")
        by_address = article(source_id="b", key="b")
        candidates = [stored(by_text, story=1), stored(by_address, story=2, number=2)]
        assert place(article(source_id="c", key="c"), None, candidates) == Joins(story=2, reason="url")

    def test_goes_before_an_address_that_is_only_claimed(self) -> None:
        flash = replace(article(source_id="a", key="a"), text_key=b"")
        elsewhere = self.elsewhere()
        claim = article(source_id="blog", key="c", claimed=True)
        candidates = [stored(flash, story=1), stored(elsewhere, story=2, number=2)]
        assert place(claim, None, candidates) == Joins(story=2, reason="text", leads=False)
        owner = replace(claim, claimed=False)
        assert place(owner, None, [replace(it, claimed=it.story == 1) for it in candidates]).story == 2


def test_a_post_is_one_story_with_what_it_announces_surely_and_for_that_reason() -> None:
    post = replace(article(source_id="channel", key="p", claimed=True), text_key=b"")
    (match,) = matches(post, [stored(article(), number=5)], posts=[5])
    assert (match.reason, match.sure) == ("post", True)


class TestTheOperatorsWord:
    def test_joins_what_is_alike_in_nothing(self) -> None:
        stranger = article(source_id="b", key="b", title="Other", canonical_url="https://b.example/x")
        other = replace(stored(article(), story=4), text_key=b"other")
        bound = Rulings(bound=frozenset([(other.source_id, other.key)]))
        assert place(stranger, None, [other], rulings=bound) == Joins(story=4, reason="join")
        nearer = replace(stored(stranger, story=2, number=2), source_id="c")
        assert place(stranger, None, [nearer, other], rulings=bound) == Joins(story=4, reason="join")

    @pytest.mark.parametrize("url", ["https://daily.example/2026/river", "https://b.example/x"])
    def test_keeps_apart_what_has_one_address_or_text(self, url: str) -> None:
        twin = article(source_id="b", key="b", canonical_url=url)
        assert place(twin, None, [stored(article())], rulings=Rulings(barred=frozenset([1]))) == Opens()

    def test_makes_no_template_of_a_text_by_making_two_stories_of_it(self) -> None:
        one, two = article(key="1"), article(key="2", canonical_url="https://daily.example/other")
        candidates = [stored(one, story=2), stored(two, story=1, number=2)]
        newcomer = article(source_id="b", key="b", canonical_url="https://b.example/x")
        split = Rulings(apart=frozenset([(1, 2)]))
        assert place(newcomer, None, candidates, rulings=split) == Joins(story=2, reason="text")


class TestTheLead:
    def test_goes_to_the_owner_of_the_address(self) -> None:
        claim = article(source_id="blog", key="b", claimed=True)
        placement = place(article(), None, [stored(claim)])
        assert placement == Joins(story=1, reason="url", leads=True)

    def test_never_goes_to_a_claim(self) -> None:
        claim = replace(article(source_id="blog", key="b", claimed=True), text=LONG * 9)
        assert place(claim, None, [stored(article(), lead_claimed=True)]) == Joins(story=1, reason="url", leads=False)

    def test_goes_from_an_excerpt_to_the_article_but_not_back_and_forth(self) -> None:
        full = article(source_id="b", key="b")
        assert place(full, None, [stored(article(), lead_length=60)]) == Joins(story=1, reason="url", leads=True)
        assert place(full, None, [stored(article(), lead_length=len(LONG) - 40)]) == Joins(story=1, reason="url")


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("abc"), st.booleans()), max_size=6), st.booleans())
def test_a_placement_names_only_a_story_that_was_offered(rows: list[tuple[int, str, bool]], claimed: bool) -> None:
    candidates = [
        stored(article(source_id=source, key=str(number), claimed=claim), story=story, number=number)
        for number, (story, source, claim) in enumerate(sorted(rows))
    ]
    placement = place(article(source_id="new", key="new", claimed=claimed), None, candidates)
    assert placement == Opens() or placement.story in {candidate.story for candidate in candidates}


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("The river falls", "Other words.", True),
        ("The river falls", "", True),
        ("", "Other words.", True),
        ("THE RIVER has risen, by two metres!", "Other words.", False),
        ("The river falls", LONG, False),
    ],
)
def test_under_a_link_that_may_be_shared_title_or_text_must_have_stayed(title: str, text: str, expected: bool) -> None:
    it = article(found_hash=found("now", "daily.example/", ""))
    before = Known(article=7, story=3, found_hash=found("before", "daily.example/", ""), substance=b"")
    assert is_another(it, before, title, text) is expected
    unedited = replace(before, found_hash=found("now", "daily.example/", "by older rules"))
    assert not is_another(it, unedited, title, text), "the words as found are the same"


def test_what_is_missing_in_both_is_no_likeness() -> None:
    it = replace(article(found_hash=found("now", "daily.example/", "")), title="")
    before = Known(article=7, story=3, found_hash=found("before", "daily.example/", ""), substance=b"")
    assert is_another(it, before, "", "Other words.")


def test_likeness_does_not_overrule_what_the_text_layer_has_judged() -> None:
    theirs = article(source_id="a", key="1", title="Рынок такси")
    other = article(source_id="b", key="2", title="Набережная")
    neighbour = Neighbour(candidate=stored(theirs), article=theirs, sources=frozenset({"a"}))
    assert alike(other, [neighbour]) == []
    again = article(source_id="b", key="2", title="Рынок такси")
    assert [it.candidate for it in alike(again, [neighbour])] == [stored(theirs)]


def test_of_what_is_nearly_the_same_the_likest_is_first_and_nothing_is_kept_apart_or_its_sources_own() -> None:
    theirs = [full := keyed(replace(arrived("a"), text=FULL)), keyed(replace(arrived("c"), text=f"{FULL} More of it."))]
    near = [
        Neighbour(candidate=stored(it, story=number, number=number), article=it, sources=frozenset({it.source_id, "d"}))
        for number, it in enumerate(reversed(theirs))
    ]
    ours = keyed(replace(arrived("b"), title="Another title", text=f"{FULL} Yes."))
    assert [it.candidate.source_id for it in alike(ours, near)] == ["a", "c"]
    assert [it.candidate.story for it in alike(ours, near, Rulings(barred=frozenset([1])))] == [0]
    assert alike(replace(ours, source_id="d"), near) == []
    found = alike(ours, near)
    assert place_near(ours, []) == Opens()
    assert place_near(ours, found) == Joins(story=1, reason="near", measured=found[0].measured)
    assert (found[0].measured.source_id, found[0].measured.key) == (full.source_id, full.key)


def test_a_claim_with_a_line_of_the_text_is_nearly_the_same_as_what_is_at_its_address() -> None:
    theirs = keyed(replace(arrived("a", url="fire"), text=FULL))
    claim = keyed(replace(arrived("b", url="fire"), text=" ".join(FULL.split()[:15]), claimed=True))
    neighbour = Neighbour(candidate=stored(theirs), article=theirs, sources=frozenset({"a"}))
    assert [it.candidate for it in alike(claim, [neighbour])] == [stored(theirs)]
    assert alike(replace(claim, url_key=b"elsewhere"), [neighbour]) == []
