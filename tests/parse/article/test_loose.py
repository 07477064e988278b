from time import process_time

from lxml.html import fromstring

from syndicator.parse.article.loose import name_paragraphs, open_tables, wrap_loose_text
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
    for markup in (
        TEXT,
        f"{TEXT}<br>{TEXT}",
        "Да<p>x</p>Нет",
        f'<div class="sidebar">{TEXT}<p>x</p></div>',
        f'<div id="SidebarMain">{TEXT}<p>x</p></div>',
    ):
        assert wrapped(markup) == markup


def named(markup: str) -> str:
    root = fromstring(f"<section>{markup}</section>")
    assert len(name_paragraphs(root)) == len(list(root.iter("p"))) - markup.count("<p>")
    return outer_html(root)[len("<section>") : -len("</section>")]


def test_elements_that_stand_for_paragraphs_become_some() -> None:
    other = f"<div>{TEXT[:-1]} (фото)</div>"
    assert named(f"<div>{TEXT}</div><div>{TEXT}</div>{other}").count("<p>") == 3
    assert named(f"<section>{TEXT}</section><section><span>{TEXT}</span></section>").count("<p>") == 2
    assert named("<div>橋は来年まで通れない、と市長が述べた。</div>" * 2).count("<p>") == 2


def test_a_lone_line_a_label_a_link_and_a_holder_stay() -> None:
    told = f"<div>{TEXT}</div>"
    for markup in (
        told,
        f"{told}<div><p>{TEXT}</p></div>",
        "<div>Реклама.</div>" * 2,
        f'<div><a href="/b">{TEXT}</a></div>' * 2,
        f'<div class="comments">{told}{told}</div>',
    ):
        assert named(markup) == markup


def test_tables_with_a_line_in_each_row_are_opened_and_others_stay() -> None:
    root = fromstring(
        f"<section><table><tbody><tr><td>{TEXT}</td></tr><tr><td>14:05</td></tr></tbody></table></section>"
    )
    open_tables(root)
    assert not list(root.iter("table", "tbody", "tr", "td"))
    assert outer_html(root) == f"<section><div>{TEXT}</div><div>14:05</div></section>"
    data = fromstring("<section><table><tr><th>a</th></tr><tr><td>b</td><td>c</td></tr></table></section>")
    open_tables(data)
    assert len(list(data.iter("td"))) == 2


def test_a_table_of_rows_takes_a_moment() -> None:
    root = fromstring(f"<section><table>{'<tr><td>a</td></tr>' * 50_000}</table></section>")
    started = process_time()
    open_tables(root)
    assert process_time() - started < 2
