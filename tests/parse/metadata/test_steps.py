import pytest

from support.pages import opened
from syndicator.parse.metadata.opengraph import Head

URL = "https://courier.example/society/roads/12345"


@pytest.mark.parametrize(
    ("above", "below", "section"),
    [
        (
            '<div class="breadcrumbs"><a href="/">Главная</a> <a href="/n">Новости</a> <a href="/g">ЖКХ</a></div>',
            "",
            "ЖКХ",
        ),
        (
            '<ol class="breadcrumb"><li><a href="/s">Cidade</a></li><li><a href="/">Página inicial</a></li></ol>',
            "",
            "Cidade",
        ),
        ('<ul class="crumbs"><li><a href="/b">Бизнес</a></li></ul><p>12+</p>', "", "Бизнес"),
        ("", '<p><time>10:05</time> <a href="/r/m" rel="category tag">Медиа</a></p>', "Медиа"),
        ("", '<div class="category-name"><a href="/x">Культура</a></div>', "Культура"),
        ('<nav><a href="/politics">Политика</a><a href="/society/">Общество</a></nav><p>x</p>', "", "Общество"),
        ('<nav><a href="/society/">Общество</a><a href="/society/roads">Дороги</a></nav><p>x</p>', "", "Дороги"),
        ("", '<p><a href="/society/">Общество</a> <span>12 фото</span></p>', "Общество"),
        ("", '<p><a href="/society/">Вернуться к списку</a></p>', ""),
        ('<nav><a href="/politics">Политика</a></nav><p>x</p>', "", ""),
    ],
)
def test_the_links_that_lead_to_an_article_name_its_section(above: str, below: str, section: str) -> None:
    page = opened(f"<header>{above}</header><main><h1>Голова</h1>{below}</main>", URL)
    assert Head(page).article().section == section


def test_what_other_articles_are_filed_under_is_not_the_articles_section() -> None:
    other = '<div class="teasers"><a rel="category tag" href="/sport">Спорт</a><a href="/society/">Общество</a></div>'
    page = opened(f"<main><div><div><div><div><h1>Голова</h1></div></div></div></div></main><div>{other}</div>", URL)
    assert Head(page).article().section == ""
