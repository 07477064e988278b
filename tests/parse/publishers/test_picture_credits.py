"""Whom pages credit for pictures."""

import pytest

from support.evidence import STORY, region, said
from syndicator.parse.publishers.picture_credits import picture_credits


def names(body: str) -> list[tuple[str, str, str]]:
    return [(it.role, it.name, it.agency) for it in picture_credits(region(said(body)))]


FIGURE = "<figure><img src=a><figcaption>Фото: {}</figcaption></figure>"


def test_only_pictures_of_the_article_count() -> None:
    story = STORY.replace("</p><p>", "</p>" + FIGURE.format("Ия Вторая") + "<p>")
    beside = f"<aside>{FIGURE.format('Олег Третий')}</aside>"
    page = f"<main><article>{FIGURE.format('Анна Первая')}{story}</article></main>{beside}"
    assert [it[1] for it in names(page)] == ["Анна Первая", "Ия Вторая"]


def test_a_picture_that_leads_to_another_article_is_not_the_articles() -> None:
    other = f'<a href="/b">{FIGURE.format("Олег Третий")}<h3>Другая</h3></a>'
    assert names(f"<main>{other}{STORY}</main>") == []


def test_the_articles_byline_below_a_picture_is_no_credit() -> None:
    assert names(f'<main><div><img src=a><div class="byline">By Anna First</div></div>{STORY}</main>') == []
    line = '<div class="photo-byline">By Anna First</div>'
    assert names(f"<main><div><img src=a>{line}</div>{STORY}</main>") == [("photographer", "Anna First", "")]


@pytest.mark.parametrize(
    "markup",
    [
        '<div><img src=a><div class="photo-credit">Анна Первая</div></div>',
        '<div><img src=a><div class="copyright"><span class="copyright">© Анна Первая</span><a>Купить</a></div></div>',
        "<div><img src=a></div><p>Фото: Анна Первая</p>",
        '<img src=a data-credit="Анна Первая">',
        '<figure><img src=a><span itemprop="copyrightHolder">Анна Первая</span></figure>',
        "<figure><img src=a><div><span>Парк</span><span>Фото: Анна Первая</span></div></figure>",
    ],
)
def test_credits_stand_in_many_places(markup: str) -> None:
    assert names(f"<main>{markup}{STORY}</main>") == [("photographer", "Анна Первая", "")]
