import pytest

from support.pages import opened
from syndicator.parse.proposing.names import is_stable, parts_of, stable_id, stable_names, words_in

KEPT = (
    "news-item newsItem b-item__time eTitle views-row entry-title h-entry dt-published hentry post post-meta "
    "t-feed__post-date card press-list__item elementor-post"
)
LEFT = (
    "css-1x2y3z sc-abc _3kd9 jsx-123 StoryCard_card__7Hh2p dnXauq eKjLmn hXyQwe cxMZIi post-123 category-sport "
    "status-publish col-md-4 mt-8 text-gray-500 md:flex first views-row-first is-active svelte-abcd "
    'wp-container-a новость a"b nav.x -'
)


@pytest.mark.parametrize("name", KEPT.split())
def test_words_that_people_chose_are_kept(name: str) -> None:
    assert is_stable(name)


@pytest.mark.parametrize("name", [*LEFT.split(), "", "a" * 60])
def test_what_a_build_a_grid_or_a_state_gives_is_not(name: str) -> None:
    assert not is_stable(name)


def test_what_any_style_sheet_calls_a_block_names_none_but_may_be_an_id() -> None:
    (block,) = opened('<div id="text" class="flex d-flex p-name text-muted news">a</div>').root.xpath("//div[@id]")
    assert stable_names(block) == ["p-name", "news"]
    assert stable_id(block) == "text"


def test_a_names_words_are_found_however_they_are_joined() -> None:
    assert words_in("newsItem__date-time") == ["news", "item", "date", "time"]
    (block,) = opened('<div id="mainList" class="news-card x9">a</div>').root.xpath("//div[@id]")
    assert stable_names(block) == ["news-card"]
    assert {"main", "list", "news", "card", "news-card"} <= parts_of(block)
