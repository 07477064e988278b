from lxml.html import fromstring

from syndicator.parse.article.loose import wrap_loose_text
from syndicator.parse.decoding.tree import outer_html

TEXT = "Вечером в Москве пройдёт дождь, сообщили синоптики в четверг."


def wrapped(markup: str) -> str:
    root = fromstring(f"<div>{markup}</div>")
    wrap_loose_text(root)
    return outer_html(root)[len("<div>") : -len("</div>")]


def test_text_between_paragraphs_becomes_one_with_its_links() -> None:
    assert wrapped(f"{TEXT} <a>Ещё.</a> Да.<p>x</p>{TEXT}") == f"<p>{TEXT} <a>Ещё.</a> Да.</p><p>x</p><p>{TEXT}</p>"


def test_empty_lines_separate_paragraphs() -> None:
    assert wrapped(f"{TEXT}<br><br>{TEXT}").count("<p>") == 2


def test_a_short_sentence_and_a_link_with_its_label_become_paragraphs() -> None:
    short, line = "Жирафа покажут весной.", 'Мой телеграм: <a href="/t">t.me/name</a>'
    assert wrapped(f"{TEXT}<br><br>{short}<br><br>{line}<br>").count("<p>") == 3
    assert wrapped(f"{TEXT}<br><br>Вид сверху<br><br><a>Ещё</a><br>").count("<p>") == 1


def test_a_long_text_beside_blocks_becomes_a_paragraph_and_so_do_the_short_ones_beside_it() -> None:
    long = f"{TEXT} " * 4
    shown = wrapped(f"<div>14:05</div>{long}<div>Реклама</div>Вид сверху")
    assert shown == f"<div>14:05</div><p>{long}</p><div>Реклама</div><p>Вид сверху</p>"
    assert wrapped(f"<div>14:05</div>{TEXT}") == f"<div>14:05</div>{TEXT}"


def test_what_is_whole_already_or_short_or_beside_stays() -> None:
    for markup in (TEXT, f"{TEXT}<br>{TEXT}", "Да<p>x</p>Нет", f'<div class="sidebar">{TEXT}<p>x</p></div>'):
        assert wrapped(markup) == markup
