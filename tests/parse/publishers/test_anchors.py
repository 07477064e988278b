"""What links show by where they stand."""

import pytest

from support.evidence import STORY, brief, shown

FOOTER = '<footer><a href="https://t.me/paper">Telegram</a></footer>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<article>{STORY}</article>{FOOTER}", ("publisher", "paper", "footer link")),
        (
            '<header><a href="https://t.me/paper" title="Telegram"></a></header>' + STORY,
            ("publisher", "paper", "header link"),
        ),
        (
            STORY + '<div><a href="https://t.me/p_x"><i></i></a><a href="https://vk.com/p_x"><i></i></a></div>',
            ("publisher", "p_x", "icon row"),
        ),
        (
            STORY + '<div>Follow us on <a href="https://t.me/p_x">Telegram</a></div>',
            ("publisher", "p_x", "subscription line"),
        ),
        (
            STORY + '<div><a rel="me" href="https://t.me/p_x">whatever it is called here</a></div>',
            ("publisher", "p_x", "rel=me"),
        ),
        (
            STORY + '<div class="author-box"><a href="https://t.me/jane">Telegram</a></div>',
            ("author", "jane", "author box"),
        ),
        (
            STORY + '<div class="comments"><a href="https://t.me/bob">Telegram</a></div>',
            ("third_party", "bob", "comment"),
        ),
        ('<blockquote><a href="https://t.me/bob">Telegram</a></blockquote>' + STORY, ("third_party", "bob", "embed")),
        (
            STORY + '<div><a href="https://t.me/bob">Bob writes about boats every day</a></div>',
            ("third_party", "bob", "prose"),
        ),
        (
            STORY + '<footer>Site by <a href="https://t.me/studio">Telegram</a></footer>',
            ("third_party", "studio", "prose"),
        ),
        (STORY + '<div>Source: <a href="https://t.me/police">Telegram</a></div>', ("third_party", "police", "prose")),
        (
            STORY + '<footer><p>По вопросам рекламы: <a href="https://t.me/ann">@ann</a></p></footer>',
            ("third_party", "ann", "prose"),
        ),
        (
            STORY + '<footer><p>Press enquiries: <a href="https://wa.me/79990001122">WhatsApp</a></p></footer>',
            ("third_party", "79990001122", "prose"),
        ),
        (
            STORY + '<p><a href="https://t.me/paper/5?comment=1">Join the conversation</a></p>',
            ("article", "paper", "discussion link"),
        ),
        (
            STORY + '<div><a href="https://t.me/share/url?url=https://paper.example/a/1">Telegram</a></div>',
            ("article", "", "share bar"),
        ),
    ],
)
def test_the_place_of_a_link_says_whose_it_is(body: str, expected: tuple[str, str, str]) -> None:
    owner, handle, evidence = brief(shown(body))[0]
    assert (owner, handle if "share" not in evidence else "", evidence) == expected


def test_a_link_inside_the_body_is_a_third_partys_whatever_its_host() -> None:
    first, second = STORY.split("</p>")[:2]
    inside = f'{first}</p><p>As he wrote <a href="https://t.me/paper">there</a>, all is well in town.</p>{second}</p>'
    assert brief(shown(f"<main>{inside}</main>{FOOTER}", story=inside)) == [
        ("publisher", "paper", "footer link"),
        ("third_party", "paper", "prose"),
    ]


def test_a_call_inside_the_body_counts_only_if_it_speaks_of_us() -> None:
    first, second = STORY.split("</p>")[:2]
    calls = '<p>Subscribe to {} <a href="https://t.me/{}">Telegram</a></p>'
    body = f"{first}</p>{calls.format('our', 'ours_x')}{calls.format('the', 'theirs_x')}{second}</p>"
    owners = {it.handle: it.owner for it in shown(f"<main>{body}</main>", story=body)}
    assert owners == {"ours_x": "publisher", "theirs_x": "third_party"}


def test_rows_that_show_other_accounts_than_the_footer_are_somebody_elses() -> None:
    row = '<div><a href="https://t.me/star"><i></i></a><a href="https://vk.com/star"><i></i></a></div>'
    found = {(it.platform, it.handle): it.owner for it in shown(f"<main>{STORY}</main>{row}{FOOTER}")}
    assert found[("telegram", "star")] == "third_party"
    assert found[("telegram", "paper")] == "publisher"


def test_three_accounts_on_one_platform_beside_each_other_are_a_list_of_others() -> None:
    row = "".join(f'<div><a href="https://t.me/star_{n}"><i></i></a></div>' for n in range(3))
    assert {it.owner for it in shown(f"<main>{STORY}</main><div>{row}</div>")} == {"third_party"}


def test_a_row_beside_an_authors_name_is_the_authors() -> None:
    row = '<div><b>Jane Doe</b> <a href="https://t.me/janedoe">Telegram</a> <a href="https://vk.com/jd">VK</a></div>'
    assert {it.owner for it in shown(f"<main>{STORY}</main>{row}", authors=("Jane Doe",))} == {"author"}


@pytest.mark.parametrize(
    "href",
    [
        *("javascript:open('https://t.me/paper')", "data:text/html,https://t.me/paper", "https://evilt.me/paper"),
        *(
            "https://t.me.evil.example/paper",
            "https://t.me@evil.example/paper",
            "https://vк.com/paper",
            "//",
            "http://[",
        ),
    ],
)
def test_what_only_looks_like_a_platform_is_nothing(href: str) -> None:
    assert shown(f'{STORY}<footer><a href="{href}">Telegram</a></footer>') == ()


def test_the_handles_that_themes_ship_with_are_nobodys() -> None:
    row = '<footer><a href="https://x.com/wordpress">X</a><a href="https://vk.com/yourpage">VK</a></footer>'
    assert shown(STORY + row) == ()
    own = shown(STORY + row, url="https://wordpress.example/a")
    assert [it.handle.casefold() for it in own] == ["wordpress"]


def test_a_locator_is_the_xpath_of_the_link() -> None:
    assert [it.locator for it in shown(STORY + FOOTER)] == ["/html/body/footer/a"]


def test_an_account_that_is_called_as_an_author_is_theirs_also_in_the_body() -> None:
    first, second = STORY.split("</p>")[:2]
    body = f'{first}</p><p>More of this at <a href="https://x.com/jane_doe">length</a> every week.</p>{second}</p>'
    assert brief(shown(f"<main>{body}</main>", story=body, authors=("Jane Doe",))) == [
        ("author", "jane_doe", "author box")
    ]


def test_who_writes_under_the_sites_name_is_the_publisher() -> None:
    box = '<div class="author-box">The Paper <a href="https://x.com/paper_daily">X</a></div>'
    assert brief(shown(f"<main>{STORY}</main>{box}", authors=("The Paper",)))[0][0] == "publisher"


def test_a_partner_in_the_footer_is_not_the_publisher_whose_own_account_stands_beside() -> None:
    footer = (
        '<footer><a href="https://vk.com/agency"><img alt="АГН"></a> <a href="https://vk.com/main_x"><img alt="VK"></a>'
        '<a href="https://vk.com/main_sport">VK Спорт</a></footer>'
    )
    owners = {it.handle: it.owner for it in shown(STORY + footer)}
    assert owners == {"agency": "third_party", "main_x": "publisher", "main_sport": "publisher"}


@pytest.mark.parametrize(
    ("row", "owner"),
    [
        ('<p><a href="https://t.me/hotel">Telegram</a> | <a href="https://vk.com/hotel">VK</a></p>', "third_party"),
        (
            '<p>Мы в сетях</p><p><a href="https://t.me/hotel">TG</a> <a href="https://vk.com/hotel">VK</a></p>',
            "publisher",
        ),
        ('<p><a href="https://t.me/hotel"><i></i></a> <a href="https://vk.com/hotel"><i></i></a></p>', "publisher"),
        (
            '<p><a href="https://t.me/hotel">TG</a> <a href="https://vk.com/hotel">VK</a> <a href="https://ok.ru/hotel">OK</a></p>',
            "publisher",
        ),
    ],
)
def test_a_row_below_a_story_is_the_sites_only_if_something_says_so(row: str, owner: str) -> None:
    assert {it.owner for it in shown(f"<main>{STORY}{row}</main>")} == {owner}


@pytest.mark.parametrize("title", ["", '<meta property="og:site_name" content="The Paper">'])
@pytest.mark.parametrize("line", ["Subscribe to the Herald on {}", "Follow @herald on {}"])
@pytest.mark.parametrize("inside", [True, False])
def test_a_call_to_subscribe_to_somebody_else_is_somebody_elses(title: str, line: str, inside: bool) -> None:
    call = f"<p>{line.format('<a href=https://t.me/herald>Telegram</a>')}</p>"
    first, second = STORY.split("</p>")[:2]
    body = f"{first}</p>{call}{second}</p>"
    page = f"<main>{body}</main>" if inside else f"<main>{STORY}</main><div>{call}</div>"
    assert {it.owner for it in shown(page, title, story=body if inside else STORY)} == {"third_party"}


ROW = '<a href="https://t.me/star">Telegram</a> <a href="https://vk.com/star">VK</a> <a href="https://youtube.com/@star">YouTube</a>'
LIST = (
    "".join(f"<li>{it}</li>" for it in ROW.split("> <a")).replace("<li> ", "<li><a ").replace("</a</li>", "</a></li>")
)


@pytest.mark.parametrize(
    "row",
    [
        f"<h3>Музыкант в соцсетях</h3><div>{ROW}</div>",
        f"<h3>Музыкант</h3><ul>{LIST}</ul>",
        f"<p>Соцсети музыканта:</p><p>{ROW}</p>",
        f"<p>Соцсети музыканта:</p><div>{ROW.replace('> <a', '></div><div><a')}</div>",
        f"<p>Соцсети музыканта:<br>{ROW.replace('> <a', '><br><a')}</p>",
        f"<h3>Музыкант в соцсетях</h3><div>{ROW.replace('<a', '<a rel=me')}</div>",
        f"<p>{ROW.replace('<a', '<a rel=me')}</p><p>Engineers say that the bridges will stand for years to come.</p>",
    ],
)
def test_a_row_in_the_body_below_somebodys_name_is_not_the_publishers(row: str) -> None:
    found = shown(f"<main>{STORY}{row}</main>", story=f"{STORY}{row}")
    assert len(found) == 3
    assert {it.owner for it in found} == {"third_party"}


@pytest.mark.parametrize(
    "heading", ["<h3>Мы в соцсетях</h3>", "<p>Наши каналы:</p>", "<h4>Paper в соцсетях</h4>", "<p>Да.</p>"]
)
def test_a_row_in_the_body_below_our_own_name_is_the_publishers(heading: str) -> None:
    row = f"{heading}<div>{ROW}</div>"
    assert {it.owner for it in shown(f"<main>{STORY}{row}</main>", story=f"{STORY}{row}")} == {"publisher"}


@pytest.mark.parametrize("heading", ["Наши друзья", "Издания холдинга:", "Партнёры", "Our partners"])
def test_a_row_in_the_footer_below_others_is_others(heading: str) -> None:
    own = '<p>Contacts</p><div><a href="https://t.me/p_x">Telegram</a></div>'
    footer = f"<footer>{own}<div><h4>{heading}</h4><ul>{LIST}</ul></div></footer>"
    owners = {it.handle: it.owner for it in shown(STORY + footer)}
    assert owners == {"p_x": "publisher", "star": "third_party"}


def test_an_account_of_the_publisher_that_the_body_links_as_itself_is_its_own() -> None:
    row = '<p><a rel="me" href="https://t.me/paper">Telegram</a></p>'
    body = STORY.replace("</p><p>", f"</p>{row}<p>")
    assert brief(shown(f"<main>{body}</main>", story=body)) == [("publisher", "paper", "rel=me")]


@pytest.mark.parametrize(
    ("heading", "owner"),
    [
        *(
            ("Музыкант в соцсетях", "third_party"),
            ("Следите за музыкантом", "third_party"),
            ("Stay connected", "publisher"),
        ),
        *(("Следите за новостями", "publisher"), ("Подписка", "publisher"), ("Find us", "publisher")),
    ],
)
def test_a_row_beside_the_story_is_of_whom_its_heading_names(heading: str, owner: str) -> None:
    assert {it.owner for it in shown(f"<main>{STORY}</main><div><h3>{heading}</h3><p>{ROW}</p></div>")} == {owner}


def test_among_accounts_of_one_platform_that_is_the_sites_which_is_called_so() -> None:
    """Even where all of them stand beside a word: icons have none of their own."""
    icons = '<a href="https://t.me/paper"><i></i></a><a href="https://vk.com/paper"><i></i></a>'
    found = brief(shown(f'<header><a href="https://t.me/casino_x">Bonus</a>{icons}</header>{STORY}'))
    assert ("third_party", "casino_x", "prose") in found
    assert {it for it in found if it[0] == "publisher"} == {("publisher", "paper", "header link")}


def test_the_author_of_a_box_who_marks_an_account_as_his_own_is_the_author() -> None:
    box = '<div class="author"><a rel="me" href="https://x.com/jane">Jane on X</a></div>'
    assert brief(shown(f"<main>{STORY}</main>{box}")) == [("author", "jane", "rel=me")]
