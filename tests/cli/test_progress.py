"""What a long command says at its end."""

import pytest

from support.builders import MOMENT
from syndicator.cli.printing import local
from syndicator.cli.progress import summary


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
