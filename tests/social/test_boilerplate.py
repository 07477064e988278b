import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.model.state import NO_BOILERPLATE, Boilerplate
from syndicator.social.boilerplate import counted, cut, own_text, removed_lines, spared
from syndicator.social.repeats import LONGEST, digest
from syndicator.text.blocks import Block, join_text, split_blocks

NOTICES = tomllib.loads((Path(__file__).parent / "data" / "notices.toml").read_text("utf-8"))["line"]
STORY = (
    "Мост через реку откроют в апреле, на месяц раньше срока, сообщили в городской администрации.",
    "Рабочим осталось уложить асфальт и поставить ограждения, а движение пустят по двум полосам из четырёх.",
    "Старый мост разберут к осени, опоры пойдут на набережную.",
)
FOOTER = "Читайте больше в нашем вечернем обзоре."


def blocks(*texts: str) -> list[Block]:
    return [Block(text, f"<p>{text}</p>") for text in texts]


def learned(*texts: str) -> Boilerplate:
    digests = frozenset(map(digest, texts))
    return Boilerplate(aside=digests, cut=digests)


def compared(body: list[Block], *repeated: Boilerplate, url: str = "", names: Sequence[str] = ()) -> str:
    own = own_text(body, *repeated, url=url, names=names)
    return join_text(body) if own is None else own


class TestWhatIsCounted:
    def test_stands_at_the_ends_of_a_body(self) -> None:
        texts = [f"Paragraph {number}." for number in range(20)]
        assert counted(blocks(*texts)) == tuple(map(digest, [*texts[:3], *texts[-6:]]))

    def test_counts_once(self) -> None:
        assert counted(blocks("One.", "Two.", "One.")) == (digest("One."), digest("Two."))

    def test_is_no_story_of_one_paragraph(self) -> None:
        assert counted(blocks("Идёт снег.")) == ()

    def test_has_words_and_is_short(self) -> None:
        assert counted(blocks("* * *", "a" * (LONGEST + 1), "One.")) == (digest("One."),)


class TestWhatIsCompared:
    def test_lacks_what_its_source_repeats(self) -> None:
        assert compared(blocks(*STORY, FOOTER), learned(FOOTER)) == "\n".join(STORY)
        assert compared(blocks(*STORY, FOOTER)) == "\n".join([*STORY, FOOTER])

    def test_lacks_it_however_short_the_story(self) -> None:
        assert compared(blocks("Идёт снег.", FOOTER), learned(FOOTER)) == "Идёт снег."
        assert compared(blocks(FOOTER), learned(FOOTER)) == ""

    def test_has_the_middle_of_a_story_whatever_is_learned(self) -> None:
        texts = [f"Paragraph {number}." for number in range(20)]
        assert compared(blocks(*texts), learned(*texts)) == "\n".join(texts[3:-6])

    def test_has_speech_that_is_repeated(self) -> None:
        speech = ("«Мы не сдаёмся».", "— Да.", "“We never give up.”")
        assert compared(blocks(*STORY, *speech), learned(*speech)) == "\n".join([*STORY, *speech])

    @pytest.mark.parametrize("case", NOTICES, ids=lambda case: case["text"])
    def test_lacks_legal_notices(self, case: dict[str, str | bool]) -> None:
        text = str(case["text"])
        assert (text not in compared(blocks(*STORY, text))) is case["legal"]
        assert text in compared(blocks(text, *STORY[:1])), "what stands on top is the news"
        assert text in compared(blocks(*STORY, text), Boilerplate(allowed=frozenset([digest(text)])))

    @pytest.mark.parametrize(
        "last",
        [
            Block("Ранее НСН сообщала, что мост закроют."),
            Block("Earlier, НСН reported that the bridge would be closed."),
            Block("Ранее мост закрыли.", links=(("закрыли", "https://www.nsn.example/1"),)),
        ],
    )
    def test_lacks_what_recalls_another_story_of_the_outlet(self, last: Block) -> None:
        told = {"url": "https://nsn.example/2", "names": ["НСН"]}
        assert compared([*blocks(*STORY), last], **told) == "\n".join(STORY)
        assert last.text in compared([last, *blocks(*STORY)], **told)
        assert compared([last], **told) == last.text
        assert last.text in compared(
            [*blocks(*STORY), last], Boilerplate(allowed=frozenset([digest(last.text)])), **told
        )

    @pytest.mark.parametrize(
        "last",
        [
            Block("Ранее мост закрывали на месяц."),
            Block("Ранее мост закрыли.", links=(("закрыли", "https://other.example/1"),)),
            Block("По данным НСН, мост закроют."),
        ],
    )
    def test_has_what_happened_earlier(self, last: Block) -> None:
        told = compared([*blocks(*STORY), last], url="https://nsn.example/2", names=["НСН"])
        assert told == "\n".join([*STORY, last.text])


class TestWhatIsPublished:
    def test_lacks_what_its_source_repeats(self) -> None:
        assert cut(blocks(*STORY, FOOTER), learned(FOOTER)) == [3]
        assert cut(blocks(*STORY, FOOTER), NO_BOILERPLATE) == []
        assert cut(blocks(*STORY, FOOTER), Boilerplate(aside=frozenset([digest(FOOTER)]))) == []

    def test_never_lacks_more_than_two_fifths(self) -> None:
        assert cut(blocks("Идёт снег.", FOOTER), learned(FOOTER)) == []
        assert cut(blocks(FOOTER), learned(FOOTER)) == []
        assert spared(blocks("Идёт снег.", FOOTER), learned(FOOTER))
        assert spared(blocks(FOOTER), learned(FOOTER))

    def test_is_spared_only_where_something_would_have_gone(self) -> None:
        assert not spared(blocks(*STORY, FOOTER), learned(FOOTER))
        assert not spared(blocks(FOOTER), NO_BOILERPLATE)
        assert not spared(blocks("© Вестник"), learned("© Вестник"))

    @pytest.mark.parametrize(
        "text",
        [
            "«Мы не сдаёмся».",
            "© Вестник",
            "Фото: Владимир Ефимов",
            "Photo by Jane Doe",
            "Источник: ТАСС",
            "By Jane Doe",
        ],
    )
    def test_has_speech_credits_names_and_notices(self, text: str) -> None:
        assert cut(blocks(*STORY, text), learned(text)) == []

    def test_has_pictures_with_the_caption_they_always_have(self) -> None:
        html = '<figure><img src="https://a.example/1.jpg"><figcaption>Archive</figcaption></figure>'
        assert cut([*blocks(*STORY), *split_blocks(html)], learned("Archive")) == []

    def test_has_links(self) -> None:
        more = Block("Read the original", links=(("Read the original", "https://other.example/1"),))
        assert cut([*blocks(*STORY), more], learned(more.text)) == []
        assert compared([*blocks(*STORY), more], learned(more.text)) == "\n".join(STORY)

    def test_lacks_what_the_operator_denies_wherever_it_stands(self) -> None:
        denied = Boilerplate(denied=frozenset([digest(STORY[0])]))
        assert cut(blocks(*STORY), denied) == [0]
        assert cut(blocks(*(f"{n}." for n in range(9)), STORY[0], *(f"{n}." for n in range(9))), denied) == [9]
        assert [(it.line_class, it.rule, it.text) for it in removed_lines(blocks(*STORY), [0], denied)] == [
            ("boilerplate", "denied", STORY[0])
        ]


@given(st.lists(st.sampled_from([*STORY, FOOTER, "© Вестник", "Ранее НСН сообщала.", "«Да»."]), max_size=12), st.data())
def test_nothing_is_added_nor_put_in_another_order(texts: list[str], data: st.DataObject) -> None:
    some = data.draw(st.sets(st.sampled_from([*STORY, FOOTER])))
    body = blocks(*texts)
    left = [block.text for position, block in enumerate(body) if position not in cut(body, learned(*some))]
    rest = iter(left)
    assert all(line in rest for line in filter(None, compared(blocks(*left), learned(*some)).split("\n")))
    assert sum(map(len, left)) >= 0.6 * sum(map(len, texts))
