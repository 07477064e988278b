"""Pieces of a body, headings and leads that an extractor leaves out."""

from time import process_time

import pytest

from support.pages import opened
from syndicator.parse.article.pieces import continued, with_headings, with_lead
from syndicator.text.markup import plain

LINES = [f"Предложение номер {n} говорит о деле {n * 7}, которое не окончено и тянется годами. " * 4 for n in range(12)]
MARKUP = [f"<p>{it}</p>" for it in LINES]


def pieces(*headlines: str) -> str:
    """Three pieces, each in a grid of its own, under these headlines."""
    parts = ["".join(MARKUP[at : at + 4]) for at in (0, 4, 8)]
    return "".join(
        f"{headline}<div class='grid'><div class='body'>{it}</div><div class='ad'>Реклама</div></div>"
        for headline, it in zip(headlines, parts, strict=True)
    )


def whole(page: str, taken: str) -> list[str]:
    return plain(continued(opened(page).root, taken)).split("\n")


def test_pieces_are_put_together_when_the_extractor_took_some_of_them() -> None:
    page = f"<main><h1>Дело</h1>{pieces('', '', '')}</main>"
    assert whole(page, "".join(MARKUP[:8])) == [it.strip() for it in LINES]


def test_the_whole_is_left_as_it_is() -> None:
    assert continued(opened(f"<main><h1>Дело</h1>{pieces('', '', '')}</main>").root, "".join(MARKUP)) == ""


def test_another_article_on_the_page_is_no_piece() -> None:
    taken = "".join(MARKUP[:8])
    assert continued(opened(f"<main>{pieces('<h1>Дело</h1>', '', '<h1>Другое</h1>')}</main>").root, taken) == ""
    apart = "".join(f"<article>{pieces('', '', '')}</article>" for _ in range(2))
    assert continued(opened(f"<main>{apart}</main>").root, taken) == ""


def test_pieces_are_none_where_no_class_says_so() -> None:
    page = pieces("", "", "").replace("class='body'", "")
    assert continued(opened(page).root, "".join(MARKUP[:8])) == ""


def test_headings_between_the_paragraphs_come_back() -> None:
    inner = f"<h1>Дело</h1>{MARKUP[0]}<h3>Зачем?</h3>{MARKUP[1]}{MARKUP[2]}<h3>Ещё новости</h3><div>Порт закрыли</div>"
    found = with_headings(opened(f"<main>{inner}</main>").root, "".join(MARKUP[:3]))
    assert plain(found).split("\n") == [LINES[0].strip(), "Зачем?", LINES[1].strip(), LINES[2].strip()]


def test_a_body_with_headings_and_a_page_without_stay_as_they_are() -> None:
    taken = "".join(MARKUP[:3])
    assert with_headings(opened(f"<main>{taken}</main>").root, taken) == ""
    assert with_headings(opened(f"<main><h2>Зачем?</h2>{taken}</main>").root, f"<h2>Зачем?</h2>{taken}") == ""


LEAD = "Мост через реку закрыли на ремонт до мая, сообщил мэр города."


@pytest.mark.parametrize(
    "lead",
    [
        f'<p class="chapo">{LEAD}</p>',
        f'<div class="itemIntroText"><p>{LEAD}</p></div>',
        f'<div id="lead">{LEAD}</div><ul><li>14:05</li></ul>',
    ],
)
def test_a_lead_above_the_body_comes_back(lead: str) -> None:
    body = "".join(MARKUP[:3])
    page = opened(f"<main><h1>Дело</h1><div>{lead}</div><div class='text'>{body}</div></main>")
    assert with_lead(page.root, body) == f"<p>{LEAD}</p>{body}"


@pytest.mark.parametrize(
    "page",
    [
        f'<p class="subtitle">{LEAD}</p><div>BODY</div>',
        f'<div>BODY</div><p class="lead">{LEAD}</p>',
        '<p class="lead">Коротко</p><div>BODY</div>',
        f'<p class="lead"><a href="/b">{LEAD}</a></p><div>BODY</div>',
        '<div class="lead">BODY</div>',
        f'<p class="lead">{LINES[1]}</p><div>BODY</div>',
    ],
)
def test_other_lines_and_what_the_body_has_are_no_lead(page: str) -> None:
    body = "".join(MARKUP[:3])
    assert with_lead(opened(f"<main>{page.replace('BODY', body)}</main>").root, body) == body


def test_a_lead_far_from_the_body_is_anothers() -> None:
    body = "".join(MARKUP[:3])
    apart = f'<div><div><div><div><p class="lead">{LEAD}</p></div></div></div></div><div>{body}</div>'
    assert with_lead(opened(f"<main>{apart}</main>").root, body) == body


def test_a_page_of_leads_takes_a_moment() -> None:
    page = opened(f"<main>{f'<p class=lead>{LEAD}</p>' * 5_000}<div>{MARKUP[0]}</div></main>")
    started = process_time()
    with_lead(page.root, MARKUP[0])
    assert process_time() - started < 2
