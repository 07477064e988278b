"""What stands above a row, and whom it names."""

import pytest

from syndicator.social.headings import as_heading, names_somebody


@pytest.mark.parametrize(
    ("text", "is_marked", "expected"),
    [
        ("Музыкант в соцсетях", False, True),
        ("Контакты организаторов:", False, True),
        ("Где найти музыканта", True, True),
        ("Музыкант вернулся в город", False, False),
        ("Об этом сообщил его Telegram-канал.", False, False),
        ("Музыкант вернулся в город, где не был двадцать лет, и рассказал об этом в соцсетях", True, False),
    ],
)
def test_a_heading_is_short_and_marked_or_says_so(text: str, is_marked: bool, expected: bool) -> None:
    assert as_heading(text, is_marked=is_marked) == (text if expected else "")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        *(("Музыкант в соцсетях", True), ("Следите за музыкантом", True), ("Jane Doe on social media", True)),
        *(("Мы в соцсетях:", False), ("НСН в соцсетях", False), ("Подписывайтесь:", False), ("Follow us", False)),
        ("", False),
    ],
)
def test_whom_a_heading_names(heading: str, expected: bool) -> None:
    assert names_somebody(heading, ["НСН"]) == expected
