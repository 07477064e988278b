"""Which sources are polled, and when each is for the first time."""

from support.builders import MOMENT, make_source
from syndicator.model.noun import replace
from syndicator.model.settings import Schedule
from syndicator.pipeline.roster import AT_ONCE, all_sources, first_dues, same_ids

SCHEDULE = Schedule()


class TestTheFirstPoll:
    def test_of_a_few_is_at_once(self) -> None:
        sources = [make_source(id=str(number)) for number in range(AT_ONCE)]
        assert set(first_dues(sources, [], SCHEDULE, MOMENT, spread=True).values()) == {MOMENT}

    def test_of_many_is_spread_over_the_interval_by_a_daemon_but_not_by_a_person_who_waits(self) -> None:
        sources = [make_source(id=str(number)) for number in range(1000)]
        dues = first_dues(sources, ["7"], SCHEDULE, MOMENT, spread=True)
        assert dues["7"] == MOMENT
        waits = sorted((due - MOMENT).total_seconds() for due in dues.values())
        assert waits[-1] <= 1800
        assert 800 < waits[500] < 1000
        assert set(first_dues(sources, [], SCHEDULE, MOMENT, spread=False).values()) == {MOMENT}


class TestIds:
    plain = make_source(id="videos", url="https://v.example/videos?channel=1", parent="list")
    digested = replace(plain, id="videos-1a2b3c")
    twin = replace(plain, id="videos-4d5e6f", url="https://v.example/videos?channel=2")

    def test_stay_when_an_address_that_looks_the_same_comes_or_goes(self) -> None:
        assert same_ids([self.twin, self.digested], [self.plain]) == [self.twin, self.plain]
        assert same_ids([replace(self.twin, id="videos")], [self.plain, self.twin]) == [self.twin]

    def test_are_the_lists_own(self) -> None:
        elsewhere = replace(self.plain, parent="other")
        assert same_ids([self.digested], [elsewhere]) == [self.digested]
        assert same_ids([self.digested], []) == [self.digested]

    def test_are_not_kept_by_who_has_become_private_nor_given_to_two(self) -> None:
        private = replace(self.plain, id="private-1a2b3c", private=True)
        assert same_ids([private], [self.plain]) == [private]
        assert same_ids([self.plain], [private]) == [self.plain]
        other = replace(self.plain, url="https://w.example/")
        assert same_ids([other, self.digested], [self.plain]) == [other, self.digested]


class TestSubscriptions:
    a_list = make_source(id="list", kind="list", url="https://l.example/")

    def test_of_a_list_come_after_the_configured_ones(self) -> None:
        named = make_source(id="x", url="https://x.example/", parent="list")
        assert [it.id for it in all_sources([self.a_list, make_source()], [named])] == ["list", "daily", "x"]

    def test_never_override_the_configuration_nor_outlive_their_list(self) -> None:
        same_id = make_source(url="https://evil.example/", parent="list")
        same_url = make_source(id="y", parent="list")
        orphan = make_source(id="z", url="https://z.example/", parent="gone")
        assert [it.id for it in all_sources([self.a_list, make_source()], [same_id, same_url, orphan])] == [
            "list",
            "daily",
        ]

    def test_that_two_lists_name_are_the_first_ones(self) -> None:
        lists = [replace(self.a_list, id=it, url=f"https://{it}.example/") for it in ("one", "two")]
        first = make_source(id="x", url="https://x.example/", parent="one")
        same_id, same_url = replace(first, url="https://y.example/", parent="two"), replace(first, id="y", parent="two")
        assert all_sources(lists, [first, same_id, same_url]) == [*lists, first]
