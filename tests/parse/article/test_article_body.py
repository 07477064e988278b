import time

import pytest
from lxml.html import HtmlElement
from trafilatura import core

from support.pages import opened
from syndicator.model.article import Text
from syndicator.parse.article import article_body
from syndicator.parse.article.article_body import MOST_ELEMENTS, extracted, find_body
from syndicator.text.markup import plain

LINES = [f"Предложение номер {n} говорит о деле {n * 7}, которое ещё не окончено." for n in range(9)]
SHOWN = "".join(f"<p>{it}</p>" for it in LINES)
TEXT = Text(value=" ".join(LINES), html=False)


def body(markup: str, told: Text | None = None, marked: Text | None = None) -> str:
    found, _ = find_body(opened(f"<body>{markup}"), told, marked)
    return found.value if found else ""


def test_the_place_where_the_page_shows_the_told_text_is_the_body() -> None:
    promo = '<div><a href="/x">Совсем другая новость нашего города</a></div>'
    shown = "".join(f"<p>{it}</p>{promo}" for it in LINES)
    other = "".join(f"<p>{' '.join(reversed(it.split()))}</p>" for it in LINES)
    found = body(f'<div class="_9z">{shown}</div><div>{other}</div>', TEXT)
    assert plain(found).split("\n") == LINES
    assert found.count("<p>") == len(LINES)


def test_a_teaser_in_json_ld_does_not_shorten_the_page() -> None:
    assert plain(body(f"<article>{SHOWN}</article>", Text(value=" ".join(LINES[:4]), html=False))).split("\n") == LINES


def test_menus_are_no_body() -> None:
    links = "".join(f'<div><a href="/{n}">{it}</a></div>' for n, it in enumerate(LINES))
    assert body(f"<div><h1>Head</h1><span>14:05</span></div><div>{links}</div>") == ""
    assert body(f"<div><h1>Head</h1></div><div>{' '.join(LINES)}</div>").count("Предложение") == len(LINES)


def test_a_page_that_shows_nothing_gives_the_told_text() -> None:
    assert body("<div>Loading…</div>", TEXT) == TEXT.value


def test_a_marked_body_loses_what_only_looks_like_text() -> None:
    marked = Text(value=f"{SHOWN}<aside>Ещё</aside><form><p>Подпишитесь</p></form><p hidden>Тайна</p>")
    assert plain(body(f"<article>{SHOWN}</article>", marked=marked)).split("\n") == LINES


def test_text_between_paragraphs_is_not_lost() -> None:
    loose = LINES[0] + "".join(f"<p>{it}</p>" for it in LINES[1:8]) + LINES[8]
    assert plain(body(f"<div>{loose}</div>")).split("\n") == LINES


def test_a_short_text_keeps_its_paragraphs() -> None:
    """The extractor makes one of all, with what stands above, where it finds too little."""
    shown = "".join(f"<p>{it}</p>" for it in LINES[:2])
    caption = "<figure><img src='/a.jpg'><figcaption>Photo by Jane Doe</figcaption></figure>"
    assert plain(body(f"<article><header><h1>Дело</h1>{caption}</header><div>{shown}</div></article>")) == "\n".join(
        LINES[:2]
    )


@pytest.mark.parametrize("name", ["subscription-content", "donation", "newsletter-text", "consent"])
def test_a_short_text_is_no_notice_by_its_class(name: str) -> None:
    shown = "".join(f"<p>{it}</p>" for it in LINES[:3])
    menu = "<nav>" + "<a href='/x'>Ещё одна новость</a> " * 6 + "</nav>"
    letter = '<div class="newsletter"><p>Раз в неделю — письмо редактора.</p><form><input></form></div>'
    found = body(f'{menu}<main><article><h1>Дело</h1><div class="{name}">{shown}</div>{letter}</article></main>')
    assert plain(found).removeprefix("Дело\n") == "\n".join(LINES[:3])


def test_a_page_full_of_menus_gives_its_article() -> None:
    menu = "<ul>" + "<li><a href='/x'>Новость дня</a></li>" * 300 + "</ul>"
    assert plain(body(f"{menu}<div>{SHOWN}</div>{menu}")).split("\n") == LINES


@pytest.mark.parametrize(
    "markup",
    [
        f"<div>{'<p>Слово и дело, и ещё немного слов о нём.</p>' * 60_000}</div>",
        "<a href='/x'>Слово</a> " * 100_000,
        f"<div class='{'a-' * 500_000}' title='{'x' * 1_000_000}'>{SHOWN}</div>",
        f"{'<div>' * 100_000}{SHOWN}",
        f"<div>{'Строка текста<br><br>' * 9_000}</div>",
        "<span class=date>25.04.2022 14:05</span>" * 9_000,
    ],
    ids=["paragraphs", "links", "attributes", "depth", "breaks", "dates"],
)
def test_a_hostile_page_costs_little(markup: str) -> None:
    page = opened(f"<title>Заголовок статьи</title><body><h1>Заголовок статьи</h1>{markup}")
    started = time.process_time()
    find_body(page, TEXT, None)
    extracted(page)
    assert time.process_time() - started < 10


def test_control_characters_do_no_harm() -> None:
    loose = f"{LINES[0]}&#1;\x01 и ещё<p>{LINES[1]}</p>&#x0b;{LINES[2]}<form>&#2;</form>\x02<p>{LINES[3]}</p>"
    assert LINES[3] in plain(body(f"<div>{loose}</div>{SHOWN}"))


def test_a_page_too_big_for_the_extractor_still_has_its_paragraphs() -> None:
    found = extracted(opened(f"<body><div>{'<i></i>' * MOST_ELEMENTS}</div><div>{SHOWN}</div>"))
    assert found
    assert plain(found.value).split("\n") == LINES


def test_no_fingerprint_is_made_that_nobody_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(core, "content_fingerprint", made.append)
    assert plain(body(f"<article>{SHOWN}</article>")).split("\n") == LINES
    assert made == []


def test_the_extractors_caches_do_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    resets = []
    monkeypatch.setattr("trafilatura.meta.reset_caches", lambda: resets.append(1))
    monkeypatch.setattr("syndicator.parse.article.article_body.PAGES_BEFORE_RESET", 1)
    extracted(opened(f"<article>{SHOWN}</article>"))
    assert resets


def extractor(root: HtmlElement, *, images: bool) -> str:
    """As some pages are read: of text in `div`s nothing, where there is a paragraph."""
    told = list(root.iter("p")) or list(root.iter("div"))
    return "".join(f"<p>{it.text}</p>" for it in told if it.text)


@pytest.mark.parametrize(("lead", "count"), [("Коротко", 2), (f"Коротко{' и ясно' * 40}", len(LINES))])
def test_elements_that_stand_for_paragraphs_are_read_beside_one_that_is_one(
    lead: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article_body, "_extract", extractor)
    page = f"<main><p>{lead}</p><section>{''.join(f'<div>{it}</div>' for it in LINES[:count])}</section></main>"
    assert plain(body(page)).split("\n") == [lead, *LINES[:count]]


def test_lines_elsewhere_are_not_lost_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_body, "_extract", extractor)
    told = "".join(f"<div>{it}</div>" for it in LINES[2:])
    page = f"<main><section><div>{LINES[0]}</div></section><section>{told}</section></main>"
    assert plain(body(page)).split("\n") == [LINES[0], *LINES[2:]]


def test_a_lead_that_the_extractor_leaves_out_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_body, "_extract", lambda _root, **_how: SHOWN)
    lead = "Мост через реку закрыли на ремонт до мая, сообщил мэр города."
    page = f'<main><h1>Head</h1><div class="lead">{lead}</div><div>{SHOWN}</div></main>'
    assert plain(body(page)).split("\n") == [lead, *LINES]


def test_lines_of_a_layout_table_are_blocks() -> None:
    rows = "".join(f"<tr><td>{it}</td></tr>" for it in ("14:05", SHOWN, "Категория: Город | Просмотров: 12"))
    assert plain(body(f"<h1>Head</h1><main><table>{rows}</table></main>")).split("\n") == LINES
