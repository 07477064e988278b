"""Pieces of a body, and headings, that an extractor leaves out."""

from support.pages import opened
from syndicator.parse.article.pieces import continued, with_headings
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
