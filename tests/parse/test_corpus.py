"""Every document of the corpus gives what it should: those that people wrote, and those that chance did."""

from collections import Counter

import pytest

from support import generated
from support.borrowed import borrowed
from support.corpus import Case, mistakes, written

WRITTEN = written()
MADE = [*generated.well_formed(), *borrowed(), *generated.broken()]
WANTED = {"well-formed": 1.0, "broken": 0.98}


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in WRITTEN])
def test_a_document_gives_what_stands_beside_it(case: Case) -> None:
    assert mistakes(case) == []


@pytest.mark.parametrize("group", WANTED)
def test_nearly_all_that_chance_makes_is_read_right(group: str) -> None:
    cases = [case for case in MADE if case.group == group]
    wrong = {case.name: found for case in cases if (found := mistakes(case))}
    assert 1 - len(wrong) / len(cases) >= WANTED[group], wrong


def test_the_corpus_is_large_and_its_names_are_names() -> None:
    assert len(WRITTEN) >= 300
    assert not [name for name, times in Counter(case.name for case in WRITTEN + MADE).items() if times > 1]
    assert Counter(case.group for case in WRITTEN + MADE)["broken"] >= 250


def test_a_reader_that_errs_is_noticed() -> None:
    case = WRITTEN[0]
    wrong = Case(case.name, case.group, case.body.replace(b"opens", b"closes"), case.expected)
    assert mistakes(wrong)
    assert mistakes(Case(case.name, case.group, b"nothing", case.expected))
