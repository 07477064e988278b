"""Body and furniture kept apart. The acceptance cases are in cases/test_lines.py."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.model.social import Credit
from syndicator.social.lines import Block, split_footer

DATA = Path(__file__).parent / "data"
LINES = tomllib.loads((DATA / "lines.toml").read_text("utf-8"))["line"]
CALLS = tomllib.loads((DATA / "calls.toml").read_text("utf-8"))["line"]
STORY = (
    "Экономика Москвы",
    "Оборот столичных кафе вырос на 12 % — это больше, чем в прошлом году",
    "«Москвичи чаще завтракают вне дома», — объяснил ресторатор и добавил, что зимой спрос обычно падает.",
    "По данным городской статистики, за десять месяцев в столице открылось больше шестисот новых заведений.",
    "Эксперты связывают рост с тем, что город благоустраивает улицы, а доходы жителей растут быстрее цен.",
)
FOOTER = "Подписывайтесь на НСН: Новости | Дзен | VK | Telegram"
CREDIT = "ФОТО: Владимир Ефимов"
ANCHORS = (
    ("Новости", "https://nsn.example/news"),
    ("Дзен", "https://zen.yandex.ru/media/nsn"),
    ("VK", "https://vk.ru/NSN"),
    ("Telegram", "https://t.me/s/NSNfm"),
)


def blocks(*lines: str) -> list[Block]:
    return [Block(text=line) for line in lines]


@pytest.mark.parametrize("case", LINES, ids=lambda case: case["text"])
def test_furniture_goes_and_the_story_stays(case):
    split = split_footer(blocks(*STORY, case["text"]))

    assert [line.line_class for line in split.removed] == ([] if case["class"] == "story" else [case["class"]])
    assert split.keep == tuple(range(len(STORY) + (case["class"] == "story")))
    assert [link.platform for link in split.links] == case.get("platforms", [])
    assert list(split.credits) == [Credit(**credit) for credit in case.get("credits", [])]
    assert split.sponsored == case.get("sponsored", False)
    assert not split.flagged


@pytest.mark.parametrize("case", [case for case in LINES if case["class"] == "story"], ids=lambda case: case["text"])
@pytest.mark.parametrize("position", [0, 2, 5])
def test_what_only_looks_like_furniture_is_lost_nowhere(case, position):
    lines = [*STORY[:position], case["text"], *STORY[position:]]

    assert split_footer(blocks(*lines), names=["НСН"]).keep == tuple(range(len(lines)))


@pytest.mark.parametrize("case", CALLS, ids=lambda case: case["text"])
def test_a_call_is_told_by_whom_it_links_to(case):
    line = Block(text=case["text"], links=((case["text"][-12:], case["href"]),))
    split = split_footer([*blocks(*STORY), line], site_url=case["site"], known=case.get("known", ()))

    assert [line.line_class for line in split.removed] == ([] if case["class"] == "story" else [case["class"]])
    owners = {link.owner for link in split.links if link.url}
    assert owners == (set() if case["class"] == "story" else {case.get("owner", "publisher")})


def test_there_are_lines_enough():
    assert sum(case["class"] == "story" for case in LINES) >= 100
    assert sum(case["class"] != "story" for case in LINES) >= 100


def test_a_list_of_links_below_its_heading_goes_with_it():
    links = [Block(text=text, links=((text, "https://nsn.example/1"),)) for text in ("Курс рубля", "Цены\nв магазинах")]
    prose = Block(text="Курс рубля вырос, пишут «Ведомости»", links=(("Курс рубля", "https://nsn.example/1"),))

    split = split_footer([*blocks(*STORY, *STORY, "Читайте также:"), *links, *blocks(CREDIT)])
    assert [(line.position, line.line_class, line.rule) for line in split.removed] == [
        (10, "related", "prefix"),
        (11, "related", "list"),
        (12, "related", "list"),
        (13, "credit", "names"),
    ]
    assert split.links == ()
    assert [it.position for it in split_footer([*blocks(*STORY, "Читайте также"), prose, *links]).removed] == [5]
    assert split_footer([*blocks(*STORY), *links]).removed == ()


def test_labels_without_addresses():
    split = split_footer(blocks(*STORY, FOOTER, CREDIT), names=["НСН"])

    assert split.keep == (0, 1, 2, 3, 4)
    assert [(link.platform, link.label, link.url, link.status) for link in split.links] == [
        ("unknown", "Новости", "", "label_only"),
        ("dzen", "Дзен", "", "label_only"),
        ("vk", "VK", "", "label_only"),
        ("telegram", "Telegram", "", "label_only"),
    ]
    assert split.credits == (Credit(role="photographer", name="Владимир Ефимов"),)
    assert [(line.position, line.line_class, line.text) for line in split.removed] == [
        (5, "subscribe", FOOTER),
        (6, "credit", CREDIT),
    ]


def test_labels_with_addresses():
    split = split_footer([*blocks(*STORY), Block(text=FOOTER, links=ANCHORS)], site_url="https://nsn.example/")

    assert [(link.platform, link.kind, link.handle, link.url) for link in split.links] == [
        ("site", "profile", "", "https://nsn.example/news"),
        ("dzen", "profile", "nsn", "https://dzen.ru/nsn"),
        ("vk", "profile", "nsn", "https://vk.com/nsn"),
        ("telegram", "profile", "nsnfm", "https://t.me/nsnfm"),
    ]
    assert {(link.owner, link.status) for link in split.links} == {("publisher", "active")}
    assert all(link.confidence >= 0.85 for link in split.links)


def test_the_news_label_goes_by_its_host():
    anchors = (("Новости", "https://dzen.ru/news?favid=1027"), *ANCHORS[1:])

    split = split_footer([*blocks(*STORY), Block(text=FOOTER, links=anchors)], site_url="https://nsn.example/")

    assert split.links[0].platform == "dzen_news"


def test_a_call_whose_platform_stands_only_in_the_address_is_found():
    line = Block(text="Подписывайтесь на наш канал!", links=(("наш канал", "https://max.ru/nsn"),))

    split = split_footer([*blocks(*STORY), line])

    assert [(link.platform, link.label, link.url) for link in split.links] == [
        ("max", "наш канал", "https://max.ru/nsn")
    ]


SUM = "Всего на ремонт выделили девять миллионов рублей."
OWN = (("телеграм-канале", "https://t.me/vestnik_luzhi"),)


def test_a_call_at_the_end_of_a_paragraph_stays_with_it_and_tells_the_account():
    last = Block(f"{SUM} Больше новостей — в нашем телеграм-канале.", links=OWN)
    split = split_footer([*blocks(*STORY), last])

    assert (split.removed, split.keep) == ((), (0, 1, 2, 3, 4, 5))
    assert [(it.owner, it.url) for it in split.links] == [("publisher", "https://t.me/vestnik_luzhi")]


@pytest.mark.parametrize(
    "end",
    [
        "Подробности — в телеграм-канале губернатора.",
        "«Больше новостей — в нашем телеграм-канале», — сказал мэр.",
        "Подписывайтесь на канал мэрии в телеграм-канале.",
    ],
)
def test_the_end_of_a_paragraph_about_others_tells_nothing(end):
    assert split_footer([*blocks(*STORY), Block(f"{SUM} {end}", links=OWN)]).links == ()


def test_a_link_before_the_call_in_its_paragraph_is_the_storys():
    links = (("рублей", "https://t.me/minfin_luzhi"), *OWN)
    split = split_footer([*blocks(*STORY), Block(f"{SUM} Больше новостей — в нашем телеграм-канале.", links=links)])

    assert [it.url for it in split.links] == ["https://t.me/vestnik_luzhi"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Текст: Мария Петрова. Фото: Андрей Смирнов", "Андрей Смирнов"),
        ("Текст и фото: Мария Петрова", "Мария Петрова"),
        (f"{SUM} Фото: Андрей Смирнов.", "Андрей Смирнов"),
        ("Words and pictures: Mary Peters", "Mary Peters"),
    ],
)
def test_a_credit_beside_more_stays_and_credits(line, name):
    split = split_footer(blocks(*STORY, line))

    assert (split.removed, [it.name for it in split.credits]) == ((), [name])


def test_the_publisher_beside_a_maker_is_where_he_works():
    split = split_footer(blocks(*STORY, "Image credit: Nora Field/Lakeside Mercury"), names=["Lakeside Mercury"])

    assert [it.name for it in split.credits] == ["Nora Field"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Обсудить в нашем Telegram", "https://t.me/nsnfm/17"),
        ("Discuss on Hacker News", "https://news.ycombinator.com/item?id=17"),
        ("Join the discussion on Reddit", "https://www.reddit.com/r/rust/comments/17ab/"),
    ],
)
def test_where_an_article_is_discussed_is_its_own_and_not_its_publishers_profile(text, url):
    split = split_footer([*blocks(*STORY), Block(text, links=((text.split()[-1], url),))])

    assert [(it.owner, it.kind) for it in split.links] == [("article", "discussion")]


def test_where_an_article_is_once_more_is_its_own_post():
    links = (("Spotify", "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk"),)
    split = split_footer([*blocks(*STORY), Block("Listen on Spotify", links=links)])

    assert [(it.owner, it.kind) for it in split.links] == [("article", "post")]


def test_how_the_editors_are_reached_is_no_channel_of_theirs():
    text = "Follow us on Facebook. WhatsApp us on 0700 900 100."
    split = split_footer([*blocks(*STORY), Block(text, links=(("Facebook", "https://facebook.com/lakefm"),))])

    assert [it.platform for it in split.links] == ["facebook"]


def test_a_quoted_call_is_the_story():
    line = "«Подписывайтесь на мой канал», — призвал блогер"

    assert split_footer(blocks(*STORY, line)).removed == ()


def test_a_channel_cited_in_prose_is_not_the_publishers():
    prose = Block(
        text="Об этом мэр написал в своём Telegram-канале поздно вечером.",
        links=(("Telegram-канале", "https://t.me/mos_sobyanin"),),
    )

    split = split_footer([*blocks(*STORY), prose, Block(text=FOOTER)], names=["НСН"])

    assert 5 in split.keep
    assert "https://t.me/mos_sobyanin" not in {link.url for link in split.links}


def test_a_headline_about_platforms_is_the_story():
    line = "Telegram и VK оштрафованы за отказ удалить запрещённую информацию"

    assert split_footer(blocks(line, *STORY)).removed == ()


@pytest.mark.parametrize("text", ["Поделиться: VK Telegram X", "VK | Telegram | X"])
def test_share_buttons_become_no_profiles(text):
    anchors = (
        ("VK", "https://vk.com/share.php?url=https://nsn.example/a"),
        ("Telegram", "https://t.me/share/url?url=https://nsn.example/a"),
        ("X", "https://x.com/intent/post?text=https://nsn.example/a"),
    )

    split = split_footer([*blocks(*STORY), Block(text=text, links=anchors)], page_url="https://nsn.example/a")

    assert 5 not in split.keep
    assert split.links == ()


def test_when_too_much_would_go_nothing_goes():
    split = split_footer(blocks("Коротко: в Москве выпал снег.", FOOTER, CREDIT))

    assert split.flagged
    assert split.keep == (0, 1, 2)
    assert (split.removed, split.links, split.credits) == ((), (), ())


FLASH = "Курс доллара вырос до девяноста двух рублей, следует из данных торгов."
CLOSING = ("ФОТО: ТАСС / Александр Рюмин", "Подписывайтесь на НСН: Новости | Дзен | VK | Telegram")


def test_below_a_flash_the_usual_lines_go_though_they_are_more_than_it_is():
    split = split_footer(blocks(FLASH, *CLOSING))
    assert (split.keep, split.flagged) == ((0,), False)
    assert [it.name for it in split.credits] == ["Александр Рюмин"]
    assert len(split.links) == 4


@pytest.mark.parametrize(
    "lines",
    [(FLASH[:59], *CLOSING), (*CLOSING, FLASH), (FLASH, *CLOSING * 3)],
    ids=["less than a sentence", "above it", "more than usual"],
)
def test_elsewhere_so_much_is_doubted(lines):
    split = split_footer(blocks(*lines))
    assert (len(split.keep), split.flagged) == (len(lines), True)


def test_a_body_of_nothing_but_a_footer_stays():
    assert split_footer(blocks(FOOTER)).keep == (0,)


def test_the_middle_of_a_story_is_never_touched():
    lines = [*STORY, *STORY, FOOTER, *STORY, *STORY]

    assert split_footer(blocks(*lines)).keep == tuple(range(len(lines)))


def test_furniture_before_the_story_goes_too():
    split = split_footer(blocks(CREDIT, *STORY))

    assert split.keep == (1, 2, 3, 4, 5)
    assert split.credits[0].name == "Владимир Ефимов"


def test_blank_blocks_stay_and_push_nothing_out_of_reach():
    split = split_footer(blocks(*STORY, FOOTER, CREDIT, *[" "] * 10))

    assert [line.position for line in split.removed] == [5, 6]
    assert split.keep == (0, 1, 2, 3, 4, *range(7, 17))


def test_a_feed_tail_counts_only_as_the_last_line_of_several():
    tail = "The post Markets rally appeared first on Example Times."

    assert split_footer(blocks(*STORY, tail, STORY[2])).removed == ()
    assert split_footer(blocks(tail)).removed == ()


def test_invisible_characters_hide_no_footer():
    split = split_footer(
        blocks(*STORY, "\ufeffПодписывайтесь\u00a0на НСН:\u200b Дзен | VK", "ФО\u00adТО: Владимир Ефимов")
    )

    assert [line.line_class for line in split.removed] == ["subscribe", "credit"]


def test_no_body_is_no_trouble():
    assert split_footer([]).keep == ()
    assert not split_footer([]).flagged


WORDS = st.sampled_from(
    [
        "Подписывайтесь на",
        "Фото:",
        "©",
        "|",
        "Telegram",
        "Дзен",
        "«",
        "»",
        "—",
        "Иван Иванов",
        "t.me/",
        "https://",
        "\n",
        ".",
        "/",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda words, links: Block(text=" ".join(words), links=tuple(links)),
            st.lists(WORDS | st.text(max_size=8), max_size=8),
            st.lists(st.tuples(st.text(max_size=8), st.text(max_size=20)), max_size=3),
        ),
        max_size=12,
    )
)
def test_every_block_is_kept_or_accounted_for(body):
    split = split_footer(body, site_url="https://nsn.example/", names=["НСН", ""])

    assert sorted([*split.keep, *(line.position for line in split.removed)]) == list(range(len(body)))


@pytest.mark.parametrize(
    "hostile",
    [
        "Фото: " + "А " * 200_000,
        "Подписывайтесь " + "Telegram | " * 30_000,
        "a." * 200_000,
        "." * 399,
        "a/" * 199,
        "Фото: " + "л" * 88,
        "The post " + "appeared first on " * 21,
        "Нашли ошибку " * 30,
    ],
)
def test_a_hostile_line_costs_no_time(hostile):
    started = time.perf_counter()

    split_footer(blocks(*STORY, hostile, hostile, hostile))

    assert time.perf_counter() - started < 2


# -- what stands above, and whose it is

BAR = "VK | Telegram | Дзен"


def kept(*lines: Block | str) -> bool:
    """Whether all of a body stays that ends so."""
    body = [*blocks(*STORY), *(it if isinstance(it, Block) else Block(it) for it in lines)]
    split = split_footer(body, site_url="https://nsn.fm/", names=["НСН"])
    assert split.keep == tuple(range(len(body))) or split.removed
    return not split.removed and not split.links


@pytest.mark.parametrize(
    "heading",
    ["Музыкант в соцсетях:", "Соцсети фестиваля:", Block("Где найти музыканта", html="<h3>Где найти музыканта</h3>")],
)
def test_names_of_platforms_below_a_heading_that_names_somebody_are_the_storys(heading):
    assert kept(heading, BAR)


@pytest.mark.parametrize("heading", ["Мы в соцсетях:", "НСН в соцсетях:", "Подписывайтесь:", STORY[-1]])
def test_names_of_platforms_below_another_line_go(heading):
    assert not kept(heading, BAR)


@pytest.mark.parametrize("line", ["Telegram: https://t.me/festival_org", "VK: https://vk.com/team"])
def test_an_address_with_its_platforms_name_is_the_publishers_only_if_it_is_called_so(line):
    assert kept(line)
    assert not kept("Telegram: https://t.me/nsnfm")
    assert not kept("Telegram-канал НСН: https://t.me/radio")
    assert kept("Контакты организаторов:", "Telegram: https://t.me/nsnfm")


def test_what_is_quoted_is_nobodys_call():
    line = "Подписывайтесь на наш Telegram"
    links = ((line, "https://t.me/singer"),)
    assert kept(Block(line, html=f"<blockquote><p>{line}</p></blockquote>", links=links))
    assert not kept(Block(line, html=f"<p>{line}</p>", links=links))


def test_a_row_of_nothing_but_share_buttons_goes():
    share = ("https://t.me/share/url?url=https://nsn.fm/4", "https://vk.com/share.php?url=https://nsn.fm/4")
    row = Block("Telegram VK", links=tuple(zip(("Telegram", "VK"), share, strict=True)))
    split = split_footer([*blocks(*STORY), row], site_url="https://nsn.fm/", page_url="https://nsn.fm/4")
    assert [(it.line_class, it.rule) for it in split.removed] == [("share_bar", "links")]
    assert split.links == ()
    assert kept(row._replace(text="Telegram VK обсуждают"))
    assert kept(row._replace(links=(row.links[0], ("VK", "https://vk.com/somebody"))))
