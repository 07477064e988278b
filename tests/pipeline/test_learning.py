"""What sources repeat, learned over polls: the whole way from a document to what is published."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.builders import make_source
from support.simulation import World, make_config
from syndicator.daemon import acts
from syndicator.model.article import Story
from syndicator.model.noun import replace
from syndicator.model.social import Word
from syndicator.model.source import Source
from syndicator.pipeline import learning
from syndicator.social.repeats import Verdict
from syndicator.text.keys import text_key

A = make_source(id="a", url="https://a.example/rss", title="A", republish="full")
B = make_source(id="b", url="https://b.example/rss", title="B", republish="full")
FOOTERS = {
    "a": ("Читайте нас утром и вечером.", "Письма в редакцию: дом 8, строение 2.", "Мнения авторов — не наши мнения."),
    "b": ("Our editors welcome your letters and read each of them.", "The newsroom is open day and night."),
}
WORDS = [
    f"{one}{two}" for one in ("вокзал", "мост", "река", "школа", "завод", "парк", "театр") for two in "абвгдежзиклмн"
]


def words(name: str, count: int = 60) -> str:
    """A paragraph that nobody else has."""
    return " ".join(random.Random(name).choices(WORDS, k=count)).capitalize() + "."


@dataclass
class Item:
    name: str
    paragraphs: Sequence[str]
    key: str = ""


def story(name: str, source: str = "", *more: str) -> Item:
    return Item(name, (words(f"{name} 1"), words(f"{name} 2"), *more, *FOOTERS.get(source, ())))


def feed(source: Source, *items: Item) -> str:
    host = source.url.split("/")[2]
    found = "".join(
        f"<item><title>{it.name}</title><guid>https://{host}/{it.key or it.name}</guid>"
        f"<link>https://{host}/{it.name}</link>"
        f"<description>{''.join(f'&lt;p>{line}&lt;/p>' for line in it.paragraphs)}</description></item>"
        for it in items
    )
    return (
        f"<rss version='2.0'><channel><title>{source.title}</title><link>https://{host}/</link><description/>"
        f"{found}</channel></rss>"
    )


def serve(world: World, source: Source, *items: Item) -> None:
    world.network.clear(source.url)
    world.network.serve(source.url, feed(source, *items))


def poll(world: World, source: Source, *items: Item) -> None:
    serve(world, source, *items)
    world.later(hours=9)


def told(world: World) -> dict[str, Story]:
    store = world.pump.store
    return {story.lead.title: story for story in store.stories([number for number, _ in store.select(limit=999)])}


def learned(world: World, source: Source = A) -> dict[str, Verdict]:
    return {it.text: Verdict(it.verdict) for it in world.pump.store.repeated(source.id)}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, A, B)
    yield made
    made.pump.store.close()


def test_after_five_stories_with_a_footer_the_sixth_lacks_it(world: World) -> None:
    before = [story(f"a{number}", "a") for number in range(5)]
    for count in range(1, 6):
        poll(world, A, *before[:count])
    old = told(world)
    poll(world, A, *before, story("a5", "a"))
    new = told(world)
    assert learned(world) == dict.fromkeys(FOOTERS["a"], Verdict.CUT)
    assert {(it.stories, it.among) for it in world.pump.store.repeated("a")} == {(6, 6)}, "the new one stands behind"
    assert new["a5"].lead.text == "\n".join(story("a5").paragraphs)
    assert [(it.line_class, it.rule, it.text) for it in new["a5"].lead.removed] == [
        ("boilerplate", "learned", text) for text in FOOTERS["a"]
    ]
    assert {name: new[name].guid for name in old} == {name: it.guid for name, it in old.items()}
    assert new["a0"].lead.text == old["a0"].lead.text, "what was published stays"
    assert new["a0"].updated == old["a0"].updated
    assert new["a0"].lead.said == "\n".join(story("a0").paragraphs), "but it is compared without them"
    assert new["a0"].lead.text_key == text_key(new["a0"].lead.said)


def test_the_first_document_teaches_what_is_cut_from_its_own_stories(world: World) -> None:
    poll(world, A, *(story(f"a{number}", "a") for number in range(6)))
    lead = told(world)["a0"].lead
    assert lead.text == "\n".join(story("a0").paragraphs)
    assert not [text for text in FOOTERS["a"] if text in lead.html]
    assert [it.text for it in lead.removed] == [*FOOTERS["a"]]


@pytest.mark.parametrize("forgotten", [False, True])
def test_what_only_stored_stories_have_when_it_is_counted_is_told_by_its_text(world: World, forgotten: bool) -> None:
    line = "Read us each morning, and each evening, too."
    having = [story(f"with {number}", "", line) for number in range(3)]
    plain = [story(f"without {number}") for number in range(7)]
    poll(world, A, *having[:2], *plain[:6])
    poll(world, A, having[2])  # after the ninth story nothing is counted
    assert learned(world) == {}
    if forgotten:
        world.pump.store.forget([told(world)[title].id for title in ("with 0", "with 1")])
    poll(world, A, plain[6])
    assert learned(world) == {line: Verdict.ASIDE}


def test_stored_articles_are_compared_by_what_they_say_themselves_as_soon_as_it_is_known(world: World) -> None:
    poll(world, A, story("shared", "a"))
    own = told(world)["shared"].lead
    poll(world, A, story("shared", "a"), *(story(f"a{number}", "a") for number in range(3)))
    now = told(world)["shared"].lead
    assert (now.text, now.guid) == (own.text, own.guid)
    assert now.said == "\n".join(story("shared").paragraphs)
    assert now.text_key == text_key(now.said) != own.text_key
    assert world.pump.store.stale(9) == []
    poll(world, B, story("shared"))
    assert [it.source_id for it in told(world)["shared"].copies] == ["a", "b"]
    assert told(world)["shared"].copies[1].reason == "text"


def test_two_sources_with_footers_of_their_own_have_one_story_from_the_first_poll_on(world: World) -> None:
    for source in (A, B):
        own = [story(f"{source.id}{number}", source.id) for number in range(5)]
        serve(world, source, *own, story("shared", source.id))
    world.settle()
    found = told(world)
    assert len(found) == 11
    assert [(it.source_id, it.reason) for it in found["shared"].copies] == [("a", "first"), ("b", "text")]


@pytest.mark.parametrize("key", ["", "new"])
def test_what_only_updates_of_one_entry_repeat_is_not_learned(world: World, key: str) -> None:
    for number in range(12):
        again = f"{key}{number}" if key else ""
        poll(world, A, Item("live", (*story("live").paragraphs, words(f"update {number}")), again))
    assert learned(world) == {}
    assert len(told(world)) == 1


def test_a_source_whose_stories_are_one_short_text_keeps_it(world: World) -> None:
    poll(world, A, *(Item(f"a{number}", ["Смотрите новый выпуск."]) for number in range(9)))
    assert learned(world) == {}
    poll(world, A, *(Item(f"b{number}", ["Смотрите новый выпуск.", "Он уже вышел."]) for number in range(9)))
    poll(world, A, *(Item(f"c{number}", ["Смотрите новый выпуск.", "Он уже вышел."]) for number in range(9)))
    found = told(world)
    assert len(found) == 27
    assert {it.lead.text for name, it in found.items() if name[0] == "c"} == {"Смотрите новый выпуск.\nОн уже вышел."}


def test_items_of_a_template_keep_their_figures_and_stay_apart(world: World) -> None:
    def weather(day: int) -> Item:
        return Item(
            f"Погода на {day} апреля",
            (
                f"В Москве {day} апреля ожидается облачная погода с прояснениями, температура днём {day - 9} градусов.",
                f"Ночью столбик термометра опустится до {day - 20} градусов, возможен гололёд на дорогах и тротуарах.",
                "Синоптики советуют водителям быть внимательнее на дорогах, а пешеходам одеваться теплее обычного.",
            ),
        )

    for day in range(1, 13):
        poll(world, A, weather(day))
        poll(world, B, weather(day + 1))
    found = told(world)
    assert len(found) == 13
    assert all(f"{day} апреля ожидается" in found[f"Погода на {day} апреля"].lead.text for day in range(1, 14))
    assert all(len({copy.source_id for copy in it.copies}) == len(it.copies) for it in found.values())
    assert list(learned(world)) == [weather(1).paragraphs[2]]


def test_stories_of_long_paragraphs_are_counted_among_the_others(world: World) -> None:
    poll(world, A, *(story(f"a{number}") for number in range(20)), *(story(f"b{number}", "a") for number in range(4)))
    assert learned(world) == {}
    poll(world, A, *(story(f"c{number}", "a") for number in range(4)))
    assert learned(world) == dict.fromkeys(FOOTERS["a"], Verdict.ASIDE)


def test_what_stories_go_on_to_have_is_not_forgotten(world: World) -> None:
    poll(world, A, *(story(f"a{number}", "a") for number in range(6)))
    for number in range(6, 12):
        world.later(days=40)
        poll(world, A, story(f"a{number}", "a"))
        assert learned(world) == dict.fromkeys(FOOTERS["a"], Verdict.CUT)


def test_what_no_story_had_for_long_is_forgotten(world: World) -> None:
    poll(world, A, *(story(f"a{number}", "a") for number in range(9)))
    assert len(learned(world)) == 3
    world.now += learning.FORGOTTEN
    poll(world, A, story("b0"), story("b1"))
    assert learned(world) == {}
    assert told(world)["a0"].lead.said == told(world)["a0"].lead.text


class TestTheConfiguration:
    def adopt(self, world: World, **lines: tuple[str, ...]) -> None:
        world.pump.adopt(make_config(world.pump.config.root, replace(A, **lines), B), world.now, spread=False)

    def test_drops_a_paragraph_from_the_first_poll_on_and_gives_it_back(self, world: World) -> None:
        self.adopt(world, drop_lines=("Купите   слона",))
        items = [story("a0", "", "Купите слона!"), story("a1")]
        poll(world, A, *items)
        assert "слона" not in told(world)["a0"].lead.text
        self.adopt(world)
        poll(world, A, *items)
        assert "слона" in told(world)["a0"].lead.text
        self.adopt(world, drop_lines=("Купите слона!",))
        poll(world, A, *items)
        assert "слона" not in told(world)["a0"].lead.text
        assert len(told(world)) == 2

    def test_keeps_what_is_learned_denied_or_taken_by_a_fixed_rule(self, world: World) -> None:
        prompt = "Нашли опечатку? Выделите её и нажмите Ctrl+Enter."
        items = [story(f"a{number}", "a", prompt) for number in range(6)]
        poll(world, A, *items[:3])
        acts.set_paragraph_word(world.pump.store, "a", FOOTERS["a"][1], "deny", world.now)
        self.adopt(world, keep_lines=(prompt, *FOOTERS["a"][:2]))
        poll(world, A, *items)
        found = told(world)
        for name, it in found.items():
            kept = (prompt, *FOOTERS["a"][:2])
            assert all(line in it.lead.text and line in it.lead.said for line in kept), name
            assert FOOTERS["a"][2] not in it.lead.said


class TestTheOperator:
    def say(self, world: World, text: str, word: Word) -> None:
        acts.set_paragraph_word(world.pump.store, "a", text, word, world.now)

    def test_denies_a_paragraph_in_all_that_is_shown(self, world: World) -> None:
        items = [story("a0", "", "Купите слона!"), story("a1", "", "Купите слона!")]
        poll(world, A, *items)
        before = told(world)
        assert "слона" in before["a0"].lead.text
        self.say(world, "Купите   слона", "deny")
        poll(world, A, *items, Item("a2", ["Купите слона!", *story("a2").paragraphs, *story("a3").paragraphs]))
        after = told(world)
        assert all("слона" not in it.lead.text + it.lead.html for it in after.values())
        assert after["a0"].guid == before["a0"].guid

    def test_allows_a_paragraph_whatever_the_rules_say(self, world: World) -> None:
        poll(world, A, *(story(f"a{number}", "a") for number in range(6)))
        poll(world, A, story("b0", "a"))
        assert FOOTERS["a"][0] not in told(world)["b0"].lead.text
        self.say(world, FOOTERS["a"][0], "allow")
        call = "Подписывайтесь на наш Telegram-канал"
        self.say(world, call, "allow")
        poll(world, A, story("b0", "a"), story("b1", "a", call))
        found = told(world)
        assert FOOTERS["a"][0] in found["b0"].lead.text
        assert FOOTERS["a"][0] in found["b1"].lead.said
        assert call in found["b1"].lead.text
        assert FOOTERS["a"][1] not in found["b1"].lead.text

    @pytest.mark.parametrize("prompt", ["Нашли опечатку? Выделите её и нажмите Ctrl+Enter.", "Читайте нас в Telegram"])
    def test_allows_what_a_fixed_rule_takes_also_in_what_was_read_before(self, world: World, prompt: str) -> None:
        items = [story("a0", "", prompt), story("a1", "", prompt)]
        poll(world, A, *items)
        assert all(prompt not in it.lead.text for it in told(world).values())
        self.say(world, prompt, "allow")
        poll(world, A, *items, story("a2", "", prompt))
        assert all(prompt in it.lead.text for it in told(world).values())
        assert len(told(world)) == 3
        self.say(world, prompt, "")
        poll(world, A, *items)
        found = told(world)
        assert [name for name, it in found.items() if prompt in it.lead.text] == ["a2"], "which is not shown any more"

    def test_denies_a_paragraph_in_the_middle_of_what_was_read_before(self, world: World) -> None:
        long = [words(f"long {number}") for number in range(12)]
        item = Item("a0", [*long[:6], "Купите слона!", *long[6:]])
        poll(world, A, item)
        assert acts.set_paragraph_word(world.pump.store, "a", "Купите слона!", "deny", world.now) == {"having": 1}
        poll(world, A, item)
        assert told(world)["a0"].lead.text == "\n".join(long)

    def test_is_told_when_nothing_has_the_paragraph(self, world: World) -> None:
        poll(world, A, story("a0"))
        assert acts.set_paragraph_word(world.pump.store, "a", "Купите слона!", "deny", world.now) == {"having": 0}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(8)), sizes=st.lists(st.integers(1, 3), min_size=8, max_size=8))
def test_the_order_of_polls_hardly_matters(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], sizes: list[int]
) -> None:
    world = World.open(tmp_path_factory.mktemp("world"), A, B)
    waiting = [story(f"{number}", source) for number in order for source in ("a",)]
    ids = {}
    while waiting:
        some = [waiting.pop() for _ in range(min(sizes.pop(), len(waiting)))] if sizes else [waiting.pop()]
        poll(world, A, *some)
        poll(world, B, *(story(it.name, "b") for it in some))
        now = {name: it.guid for name, it in told(world).items()}
        assert ids.items() <= now.items(), "learning changes no id"
        ids = now
    assert learned(world) == dict.fromkeys(FOOTERS["a"], Verdict.CUT)
    assert {name: len(it.copies) for name, it in told(world).items()} == {f"{number}": 2 for number in range(8)}
    world.pump.store.close()
