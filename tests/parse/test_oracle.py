"""feedparser reads what we do, but for the differences that docs/reading.md gives reasons for."""

import re
from pathlib import Path

import pytest

from support import generated, oracle
from support.corpus import Case, written

WRITTEN = written()
TABLE = Path(__file__).parents[2] / "docs" / "reading.md"
ROWS = set(re.findall(r"^\| `([a-z0-9-]+)` \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in WRITTEN])
def test_another_reader_differs_where_the_table_says_so(case: Case) -> None:
    found = oracle.differences(case)
    assert bool(found) == bool(case.differs), found
    assert case.differs in ROWS | {""}


def test_it_differs_on_made_documents_for_reasons_in_the_table_only() -> None:
    cases = [*generated.well_formed(), *generated.broken()]
    found = {case.name: lines for case in cases if (lines := oracle.differences(case)) and case.differs not in ROWS}
    assert found == {}


def test_every_row_of_the_table_has_a_case() -> None:
    made = {case.differs for case in [*generated.well_formed(), *generated.broken()] if oracle.differences(case)}
    assert ({case.differs for case in WRITTEN} | made) - {""} == ROWS
