"""Parts of a page that say by their title that they are none of the article."""

import pytest
from lxml.html import document_fromstring

from syndicator.parse.article.titled import drop_titled
from syndicator.parse.decoding.tree import words

TEXT = "<p>The ferry leaves at nine and comes back at noon, said the harbour master on Monday.</p>" * 4


def left(inner: str) -> str:
    root = document_fromstring(f"<html><body><h1>Ferry</h1>{inner}</body></html>")
    drop_titled(root)
    return words(root)


@pytest.mark.parametrize(
    "part",
    [
        "<h2>Новости по теме</h2><div><a href='/1'>Суд обязал мэрию</a><p>Жители добились своего.</p></div>",
        "<div class='x'><span>Читайте ещё</span><a href='/1'>Порт закрыли</a><br><a href='/2'>Мост открыли</a></div>",
        "<section><header><h3>Más información</h3></header><article><h4><a href='/1'>Otra</a></h4></article></section>",
        "<div><p>Пропустить Читайте также</p><b>Читайте также</b><a href='/1'>Порт</a><p>Всё Читайте также</p></div>",
        "<h3>Seguí leyendo</h3><article><h4><a href='/1'>El puerto cierra</a></h4></article>",
        "<h3>Archivado En</h3><ul><li><a href='/1'>Ríos</a></li></ul>",
        "<h1>Коментари</h1><div><p>Давно беше време, каза един читател вчера.</p></div><h1>Напиши коментар</h1>",
        "<h3>関連記事</h3><ul><li><a href='/1'>廃線跡を歩く</a></li></ul>",
        "<h3>Комментарии (41)</h3><div><b>Гость</b><p>Давно пора! Так невозможно даже перейти дорогу.</p></div>",
    ],
)
def test_what_stands_under_such_a_title_goes_with_it(part: str) -> None:
    assert left(f"<div>{TEXT}{part}</div>") == left(TEXT)


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param(f"<h2>По теме</h2>{TEXT}", id="paragraphs are a text"),
        pytest.param(f"<div>Comments</div><div>{TEXT}</div>", id="a counter above the article"),
        pytest.param(
            f"{TEXT}<h2>Теги</h2><p>Каждый тег описан в <a href='/1'>справке</a> подробно.</p>", id="a section"
        ),
        pytest.param(f"{TEXT}<h2>Комментарии</h2><h1>Another</h1>{TEXT}", id="a headline"),
    ],
)
def test_a_text_stays(inner: str) -> None:
    root = document_fromstring(f"<html><body>{inner}</body></html>")
    before = words(root)
    drop_titled(root)
    assert words(root) == before


def test_the_text_after_a_list_of_links_stays() -> None:
    inline = "<p>Читайте также:</p><ul><li><a href='/1'>Порт закрыли</a></li></ul>"
    assert left(f"<div>{TEXT}{inline}{TEXT}</div>") == left(f"{TEXT}{TEXT}")


def test_links_under_the_next_heading_are_none_of_these() -> None:
    part = "<h2>По теме</h2><p><a href='/1'>Порт закрыли</a></p><h2>Паром</h2><p><a href='/2'>Расписание</a></p>"
    found = left(f"<div>{TEXT}{part}</div>")
    assert "Порт" not in found
    assert found.endswith("Паром Расписание")
