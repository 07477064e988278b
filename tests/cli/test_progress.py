"""What a long command says at its end."""

from dataclasses import asdict

import pytest

from support.builders import MOMENT
from syndicator.cli.printing import local
from syndicator.cli.progress import summary
from syndicator.pipeline.landed import Report


@pytest.mark.parametrize(
    ("soonest", "told"),
    [
        (
            {"source": "daily", "due": MOMENT.isoformat()},
            f"Nothing is due: the next is daily, at {local(MOMENT)}. `syndicator once --all` polls every source now.",
        ),
        (
            {"source": "old", "due": None},
            "Nothing is due: every source is gone for good. `syndicator once --all` polls every source now.",
        ),
        (None, "Nothing was polled: there is no source."),
    ],
)
def test_a_run_without_anything_due_says_what_is_next(soonest: dict[str, str | None] | None, told: str) -> None:
    assert summary([], [], soonest)[0] == told


@pytest.mark.parametrize(
    ("merged", "told"),
    [
        (0, "0 failed."),
        (1, "0 failed. 1 story turned out to be another that was known."),
        (2, "0 failed. 2 stories turned out to be others that were known."),
    ],
)
def test_stories_that_became_part_of_others_are_counted_as_people_do(merged: int, told: str) -> None:
    report = asdict(Report(source_id="one", merged=merged))

    assert summary([report], [], None)[0].endswith(told)


@pytest.mark.parametrize(("deleted", "told"), [(1, "1 copy was deleted"), (2, "2 copies were deleted")])
def test_what_sources_have_deleted_is_told(deleted: int, told: str) -> None:
    report = asdict(Report(source_id="one", deleted=deleted))
    assert f"0 failed. {told} at the source." in summary([report], [], None)[0]
