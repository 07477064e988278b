import re

import pytest

from syndicator.social.openings import may_be_furniture
from syndicator.social.phrases import NOTHING, alternatives, beginnings, pattern, phrases


def test_phrases_of_all_languages_are_told_once():
    calls = phrases("call")
    assert {"síguenos", "suivez-nous", "följ oss"} <= set(calls)
    assert len(calls) == len(set(calls))


@pytest.mark.parametrize("line", ["Folgen  Sie uns", "FOLGEN SIE UNS", "suivez-nous"])
def test_spaces_and_case_do_not_matter(line):
    assert re.match(rf"(?:{pattern('call')})(?!\w)", line, re.IGNORECASE)


def test_the_longest_comes_first_and_a_star_is_the_rest_of_a_word():
    assert re.match(alternatives(["lees", "lees ook"]), "lees ook dit")[0] == "lees ook"
    assert re.fullmatch(alternatives(["zapis*"]), "zapisz")
    assert re.match(alternatives(["l'article"]), "l’article")


def test_of_no_phrases_nothing_is_the_pattern():
    assert alternatives([]) == NOTHING
    assert re.search(NOTHING, "anything") is None


def test_whatever_opens_a_line_is_seen_at_a_quick_look():
    kinds = (
        "call",
        "me",
        "lead",
        "hint",
        "related",
        "share",
        "typo",
        "newsletter",
        "button",
        "photographer",
        "illustrator",
        "video",
    )
    assert [it for it in phrases(*kinds) if not may_be_furniture(f"{it} …")] == []
    assert all(len(it) >= 2 for it in beginnings())


def test_whatever_closes_a_line_is_seen_at_a_quick_look():
    assert [it for it in phrases("closing") if not may_be_furniture(f"Wörter davor {it}!")] == []
    assert not may_be_furniture("Wörter davor, und keine dahinter!")


@pytest.mark.parametrize("line", ["İLGİLİ HABERLER", "İlgili haberler:"])
def test_a_letter_that_is_two_in_lower_case_is_seen_at_a_quick_look(line):
    assert may_be_furniture(line)
