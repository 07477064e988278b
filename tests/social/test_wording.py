"""What lines are worded with; which of them go is in test_lines.py."""

from syndicator.social.wording import is_divided, plain


def test_pictograms_and_bullets_say_nothing():
    assert [plain(line) for line in ("👉 Дзен", "• Дзен", "«Дзен»", "— Дзен", "(Фото)")] == [
        "Дзен",
        "Дзен",
        "«Дзен»",
        "— Дзен",
        "(Фото)",
    ]


def test_bars_and_bullets_divide_a_line_and_dashes_do_not():
    assert [is_divided(line) for line in ("VK | Дзен", "VK/Дзен", "VK • Дзен", "VK — Дзен", "VK, Дзен")] == [
        True,
        True,
        True,
        False,
        False,
    ]
