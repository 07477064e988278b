"""Article pages in the manner of real sites, against the truth written beside each."""

import pytest

from support.truth_of_pages import Case, cases, rates, score, table

CASES = cases()
FLOORS = {
    "title": 0.95,
    "published": 0.97,
    "updated": 0.9,
    "authors": 0.95,
    "section": 0.9,
    "image": 0.95,
    "canonical": 0.97,
    "text": 0.95,
}


def test_articles_are_read_as_people_would_read_them() -> None:
    scores = [score(case) for case in CASES]
    report = "\n".join(table(scores))
    found = rates(scores)
    assert len(CASES) >= 60
    assert all(found[name] >= floor for name, floor in FLOORS.items()), report


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_page_loses_most_of_its_text(case: Case) -> None:
    found = score(case)
    assert found.f1 >= 0.8, (found.shares, found.wrong)
