import pytest

from syndicator.text.headlines import without_site


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Заголовок | НСН", "Заголовок"),
        ("Заголовок — нсн", "Заголовок"),
        ("Заголовок - НСН", "Заголовок"),
        ("Заголовок » НСН", "Заголовок"),
        ("Что такое НСН", "Что такое НСН"),
        ("Выпуск-НСН", "Выпуск-НСН"),
        ("НСН", "НСН"),
        ("| НСН", "| НСН"),
        ("", ""),
    ],
)
def test_the_sites_name_is_cut_only_where_it_trails(title: str, headline: str) -> None:
    assert without_site(title, ("", "НСН")) == headline
