"""The quick look; which lines go is in test_lines.py."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from syndicator.social import openings
from syndicator.social.credits import _CREDIT
from syndicator.social.labels import tidy
from syndicator.social.openings import LONGEST, may_be_furniture, opens_so
from syndicator.social.wording import QUOTE
from syndicator.text.characters import legal


@settings(max_examples=400, deadline=None)
@example("Мои")
@example("YAZDIR")
@example("Discuss:")
@example("A000?关注我们")
@example("Коротко,– в Telegram")
@example("Хотите знать больше?\xa0Подписывайтесь на нас")
@given(st.one_of(map(st.from_regex, openings._OPENINGS)) | st.from_regex(_CREDIT, fullmatch=True))
def test_no_line_of_a_rule_is_passed_over(line):
    line = legal(line)  # as all texts are
    flat = tidy(line)
    found = opens_so(flat) or _CREDIT.fullmatch(flat)
    if found and len(flat) <= LONGEST and not QUOTE.match(flat):
        assert may_be_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "The river has risen by two metres since Monday.",
        "По данным ведомства, вода поднялась на два метра.",
        "На мосту перекрыли движение.",
        "«Подписывайтесь на мой канал», — призвал блогер.",
        "— Подписывайтесь, — сказал он.",
        "Подписывайтесь " + "на канал " * 50,
    ],
)
def test_a_story_needs_no_closer_look(line):
    assert not may_be_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Please follow me on Bluesky",
        "S’abonner",
        "Je m’abonne",
        "Узнали что-то интересное? Пишите нам: news@example.org",
    ],
)
def test_a_line_of_a_rule_is_looked_at_however_it_is_written(line):
    assert may_be_furniture(line)
