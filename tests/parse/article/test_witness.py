from lxml.html import HtmlElement, document_fromstring

from syndicator.parse.article.witness import Witness, is_linked, words_of
from syndicator.parse.decoding.tree import words

LINES = [f"Предложение номер {n} говорит о деле {n * 7}, которое ещё не окончено." for n in range(6)]
TEXT = " ".join(LINES)
SHOWN = "".join(f"<p>{it}</p>" for it in LINES)


def page(markup: str) -> HtmlElement:
    return document_fromstring(f"<body>{markup}</body>")


def test_it_knows_what_it_holds_and_nothing_else() -> None:
    witness = Witness(TEXT)
    assert witness.knows(LINES[2]) == 1
    assert witness.knows("Совсем другое дело было вчера вечером") == 0
    assert (witness.knows("номер 3"), witness.knows("номер 9")) == (1, 0)


def test_the_place_of_a_text_is_the_innermost_element_that_holds_it() -> None:
    root = page(f'<nav><p>Меню</p></nav><div><div id="body">{SHOWN}</div><p>Ещё</p></div>')
    (place,) = Witness(TEXT).places(root)
    assert place.get("id") == "body"


def test_a_page_that_does_not_show_the_text_has_no_place_for_it() -> None:
    assert Witness(TEXT).places(page(f"<p>{LINES[0]}</p>")) == []
    assert Witness("").places(page(SHOWN)) == []


def test_a_lead_above_the_place_is_found_once() -> None:
    root = page(f"<p>{LINES[0]}</p><h1>x</h1><p>{LINES[0]}</p><div>{SHOWN.partition('</p>')[2]}</div>")
    lead, place = Witness(TEXT).places(root)
    assert (words(lead), place.tag) == (LINES[0], "div")


def test_a_text_in_two_parts_is_shown_by_what_holds_both() -> None:
    parts = SHOWN.replace("</p>", "</p>|").split("|")
    root = page(f"<main><div>{''.join(parts[:4])}</div><b>x</b><div>{''.join(parts[4:])}</div></main>")
    assert [it.tag for it in Witness(TEXT).places(root)] == ["main"]


def test_what_is_not_known_goes_and_what_others_decide_on_stays() -> None:
    kept = (
        "<h2>Глава</h2><blockquote>Чужие слова о деле</blockquote>"
        "<p>Подписывайтесь: VK | Telegram</p><p>Фото: Иван Петров</p>"
    )
    root = page(f"<div>{SHOWN}<p>Читайте ещё одну новость города</p>{kept}</div>")
    pruned = Witness(TEXT).prune(root.find("body/div"), strict=True)
    assert pruned is not None
    assert "ещё одну" not in words_of(pruned)
    for line in ("Глава", "Чужие слова", "Telegram", "Иван Петров", LINES[5]):
        assert line in words_of(pruned)


def test_an_unsure_witness_takes_only_what_looks_like_furniture() -> None:
    root = page(
        f'<div>{SHOWN}<p>Это настоящее предложение.</p><p>Ещё по теме</p><p><a href="/x">Другая новость</a></p></div>'
    )
    pruned = Witness(TEXT).prune(root.find("body/div"), strict=False)
    assert pruned is not None
    assert words_of(pruned).endswith("Это настоящее предложение.")


def test_a_teaser_is_no_witness_of_the_whole() -> None:
    assert Witness(LINES[0]).prune(page(f"<div>{SHOWN}</div>").find("body/div"), strict=True) is None


def test_a_link_to_a_social_network_is_no_promo() -> None:
    assert is_linked(page('<p><a href="/x">Другая новость</a></p>').find("body/p"))
    assert not is_linked(page('<p><a href="https://t.me/x">Telegram</a></p>').find("body/p"))
