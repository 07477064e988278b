from support.pages import opened
from syndicator.parse.proposing.inside import Block, common, holds, is_called
from syndicator.parse.proposing.places import links_of

MARKUP = '<div class="box"><h2><a href="/a">A</a></h2><div class="more css-1x2y"><a href="/b">B</a><p>c</p></div></div>'


def block() -> Block:
    page = opened(MARKUP)
    (root,) = page.root.xpath("//div[@class='box']")
    return Block(root, {it.element: it for it in links_of(page)})


def test_a_block_knows_what_each_selector_would_find_in_it() -> None:
    found = {selector: [it.text for it in elements] for selector, elements in block().found.items()}
    assert found["a"] == ["A", "B"]
    assert found["h2 a"] == ["A"]
    assert found[".more a"] == ["B"]
    assert found["p"] == found[".more p"] == ["c"]
    assert not any("css" in it or "div" in it for it in found)


def test_what_some_blocks_have_is_common_to_so_many() -> None:
    other = Block(opened("<p>x</p>").root.xpath("//p")[0], {})
    assert "p" in dict(common([block(), other], 1.0))
    assert "h2 a" not in dict(common([block(), other], 0.9))
    assert dict(common([block(), other], 0.5))["h2 a"] == 1


def test_names_are_known_by_their_last_words() -> None:
    assert is_called(".newsdate", ("date",))
    assert is_called("p.item__date-line a", ("date",))
    assert not is_called("date .updates-box", ("date",))


def test_what_stands_inside_is_seen() -> None:
    it = block()
    assert holds(it.root, it.found["p"])
    assert not holds(it.found["p"][0], [it.root])
