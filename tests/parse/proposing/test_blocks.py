from support.pages import opened
from syndicator.parse.proposing.blocks import Group, groups_of
from syndicator.parse.proposing.places import links_of


def groups(markup: str) -> list[Group]:
    return groups_of(links_of(opened(markup)))


def cards(item: str, count: int = 4) -> str:
    return "".join(item.format(it) for it in range(count))


def test_the_same_blocks_are_one_group_with_the_name_that_lasts_longest_first() -> None:
    item = '<div class="wrap-around news-item css-1x2y"><div><a href="/{0}">x</a></div></div>'
    (outer, *_) = [it for it in groups(f'<div class="page">{cards(item)}</div>') if ".news-item" in it.selectors]
    assert outer.selectors[0] == ".news-item"
    assert len(outer.blocks) == 4
    assert outer.is_telling
    assert not any("css" in it for group in groups(cards(item)) for it in group.selectors)


def test_without_names_a_block_is_found_by_the_elements_on_the_way() -> None:
    inner = cards('<div><a href="/{0}">x</a></div>')
    found = groups(f"<main><div>{inner}</div></main>")
    assert any("main > div > div" in it.selectors for it in found)


def test_blocks_are_never_inside_one_another() -> None:
    inner = cards('<div class="news"><a href="/{0}">x</a></div>')
    found = groups(f'<div class="news">{inner}</div>')
    assert not any(".news" in it.selectors for it in found)
    assert any(".news > div" in it.selectors for it in found)


def test_two_are_no_list() -> None:
    assert not groups(cards('<li><a href="/{0}">x</a></li>', 2))
