"""Which platforms a line names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.social.labels import by_label, labels_in, letters_left, tidy
from syndicator.social.table import table


@pytest.mark.parametrize(
    ("label", "platform"),
    [
        ("Telegram", "telegram"),
        ("TELEGRAM", "telegram"),
        ("в нашем Телеграм-канале", "telegram"),
        ("ТГ", "telegram"),
        ("VK", "vk"),
        ("ВКонтакте", "vk"),
        ("VK Видео", "vkvideo"),
        ("Дзен", "dzen"),
        ("«Дзене»", "dzen"),
        ("Дзен.Новости", "dzen_news"),
        ("Google Новости", "google_news"),
        ("в Одноклассниках", "ok"),
        ("МАХ", "max"),
        ("MAX", "max"),
        ("X (Twitter)", "x"),
        ("Ютубе", "youtube"),
        ("\u200bThreads\u00a0", "threads"),
        ("Новости", "unknown"),
        ("News", "unknown"),
        ("", ""),
        ("подробнее", ""),
        ("Telegram и VK", ""),
        ("Telegram оштрафован", ""),
        ("Telegram " * 1000, ""),
    ],
)
def test_a_label_names_its_platform(label, platform):
    assert by_label(label) == platform


def test_labels_stand_where_they_are_found():
    text = "Дзен | VK Видео"

    assert [(text[label.start : label.end], label.platform) for label in labels_in(text)] == [
        ("Дзен", "dzen"),
        ("VK Видео", "vkvideo"),
    ]


def test_the_publishers_name_and_addresses_are_no_words_of_a_line():
    assert letters_left("на НСН: Telegram t.me/nsnfm @nsnfm", names=["НСН"]) == 0
    assert letters_left("на НСН: Telegram") == 3


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_no_text_whatever_breaks_the_labels(text):
    assert by_label(text) in {*table().labels.values(), ""}
    assert letters_left(tidy(text)) <= len(text) * 4
