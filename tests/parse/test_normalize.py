from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.pages import stored
from syndicator.model.article import Article, Enclosure, Entry, Origin, Person, Text
from syndicator.model.noun import fields, replace
from syndicator.model.rights import Rights
from syndicator.model.social import Credit, SocialLink
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.parse.digest import found_hash
from syndicator.parse.normalize import MAX_LINE, MAX_VALUES, normalize
from syndicator.parse.page import parse, parse_article

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SOURCE = Source(id="nsn", url="https://nsn.fm/rss", title="НСН", timezone="Europe/Moscow")


def of(source: Source = SOURCE, info: FeedInfo = FeedInfo(), **entry: Any) -> Article:
    return normalize(Entry(key="k", **entry), source, info, NOW)


@pytest.mark.parametrize("followed", [True, False])
def test_a_page_in_windows_1251_gives_the_story_and_nothing_else(followed: bool) -> None:
    source = Source(id="nsn", url="file:///srv/nsn/a1.html", kind="page", title="НСН", timezone="Europe/Moscow")
    response = stored("nsn-article.html", source.url)
    parsed = parse(response, source)
    wished = Entry(key="a1.html", url=source.url, title=Text(value="В списке", html=False))
    (entry,) = parse_article(response, source, wished).entries if followed else parsed.entries
    article = normalize(entry, source, parsed.info, NOW)

    assert article.title == "Москва поддержит ещё сто двадцать заводов"
    assert (article.section, article.categories) == ("Экономика Москвы", ("Экономика Москвы",))
    paragraphs = article.text.split("\n")
    assert len(paragraphs) == 5
    assert paragraphs[0].startswith("Столичные власти расширят")
    assert "«Мы рассчитываем, что выпуск вырастет на семь процентов», — отметил он." in paragraphs[1]
    assert paragraphs[3].startswith("«Подписывайтесь на курсы заранее")
    assert article.html.count("<p>") == 5
    for word in ("Дзен", "Telegram", "Подписывайтесь на НСН", "ФОТО", "Ефимов", "file:", "/srv"):
        assert word not in article.html + article.text + article.summary
    assert [it.name for it in article.credits] == ["Владимир Ефимов"]
    line = [it for it in article.social if it.evidence == "subscription line"]
    assert [it.platform for it in line] == ["unknown", "dzen", "vk", "telegram"]
    assert article.canonical_url == "https://nsn.fm/economy/moskva-podderzhit-zavody"
    assert article.url == article.canonical_url
    assert not article.claimed
    assert article.published == datetime(2022, 4, 25, 9, 40, tzinfo=UTC)
    assert article.published_raw == "2022-04-25T12:40:00.000+03:00"
    assert article.images == ("https://nsn.fm/media/zavod.jpg",)
    assert article.language == "ru"
    assert article.url_key
    assert article.title_key
    assert article.text_key


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (Text(value="AT&T <b>x</b>"), "AT&T x"),
        (Text(value="AT&amp;T &laquo;x&raquo;"), "AT&T «x»"),
        (Text(value="1 < 2"), "1 < 2"),
        (Text(value="a <tag> b"), "a <tag> b"),
        (Text(value="How to use &lt;b&gt;"), "How to use <b>"),
        (Text(value="if a <b and c"), "if a <b and c"),
        (Text(value='One<br/>two <a href="x">three</a>'), "One two three"),
        (Text(value='One<iframe src="x"></iframe> two<link rel="y" href="z"> three'), "One two three"),
        (Text(value='One<object\n width=1 data = "x"> two<svg fill="y"/> three'), "One two three"),
        (Text(value="<iframe> or <svg x=y>? </tag>"), "<iframe> or <svg x=y>? </tag>"),
        (Text(value="a <b> b", html=False), "a <b> b"),
        (Text(value="&amp; stays", html=False), "&amp; stays"),
        (Text(value=" one\n two\x00\ud800\u2028three ", html=False), "one two three"),
        (Text(value="x" * 5_000, html=False), "x" * MAX_LINE),
        (Text(value=""), ""),
        (None, ""),
    ],
)
def test_a_title_reads_as_it_was_meant(text: Text | None, title: str) -> None:
    assert of(title=text).title == title


@pytest.mark.parametrize(
    ("content", "summary", "text", "teaser"),
    [
        ("<p>Body</p>", "Teaser", "Body", "Teaser"),
        ("<p>Body</p>", "<div>Body</div>", "Body", ""),
        (None, "<p>Teaser</p>", "Teaser", ""),
        ("  ", "Teaser", "Teaser", ""),
        ("<p>Body</p>", None, "Body", ""),
        (None, None, "", ""),
    ],
)
def test_body_and_teaser_are_told_apart(content: str | None, summary: str | None, text: str, teaser: str) -> None:
    article = of(content=content and Text(value=content), summary=summary and Text(value=summary))
    assert (article.text, article.summary) == (text, teaser)


def test_relative_links_start_where_the_entry_says_else_at_the_article() -> None:
    def links(base: str, source: Source = SOURCE) -> str:
        content = Text(value='<p><a href="x">x</a></p>', base=base)
        return of(source, url="https://nsn.fm/a/b", content=content).html

    assert "https://nsn.fm/base/x" in links("https://nsn.fm/base/")
    assert "https://nsn.fm/a/x" in links("")
    assert "https://nsn.fm/a/x" in links("file:///srv/")
    secret = replace(SOURCE, private=True)
    assert "https://nsn.fm/a/x" in links("https://nsn.fm/feed?token=s3cret", secret)


def test_a_private_sources_address_is_no_base_for_links() -> None:
    source = replace(SOURCE, url="https://nsn.fm/s3cret/rss", private=True)
    content = Text(value='<p><a href="#note">x</a> <a href="?y">y</a></p>', base=source.url + "?token=s3cret")
    assert "s3cret" not in repr(replace(of(source, content=content), raw=b""))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Mon, 25 Apr 2022 12:40:00 MSK", datetime(2022, 4, 25, 9, 40, tzinfo=UTC)),
        ("2022-04-25T12:40:00", datetime(2022, 4, 25, 9, 40, tzinfo=UTC)),
        ("2027-05-01T00:00:00Z", datetime(2027, 5, 1, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00Z", None),
        ("2099-01-01T00:00:00Z", None),
        ("когда-нибудь потом", None),
        ("", None),
    ],
)
def test_dates_are_in_utc_and_absurd_ones_are_none(written: str, moment: datetime | None) -> None:
    article = of(published=written, updated=written)
    assert (article.published, article.updated, article.published_raw) == (moment, moment, written)


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("2022-04-25", True),
        ("25 апреля 2022", True),
        ("Mon, 25 Apr 2022 00:00:00 +0300", True),
        ("2022-04-25T00:00:00Z", True),
        ("Mon, 25 Apr 2022 00:00:01 +0300", False),
        ("Mon, 25 Apr 2022 21:00:00 GMT", False),  # a day's beginning in Moscow, but nobody says so
        ("25.04.2022 12:15", False),
        ("2099-01-01", False),
        ("", False),
    ],
)
def test_a_day_without_a_time_is_known(written: str, whole: bool) -> None:
    assert of(published=written).whole_day is whole


def test_the_feeds_name_behind_a_headline_goes() -> None:
    info = FeedInfo(title="Вечерний курьер")
    for title in ("Мост закрыли | НСН", "Мост закрыли — Вечерний курьер", "Мост закрыли"):
        assert of(info=info, title=Text(value=title, html=False)).title == "Мост закрыли"
    assert of(info=info, title=Text(value="Мост-НСН", html=False)).title == "Мост-НСН"


def test_of_what_was_taken_from_another_that_ones_name_goes_and_is_kept_apart() -> None:
    taken = Origin(id="", title="Агентство", site_url="https://agency.example/")
    article = of(title=Text(value="Мост открыт — Агентство", html=False), origin=taken)
    assert (article.title, article.origin) == ("Мост открыт", taken)
    assert of(origin=replace(taken, site_url="https://www.nsn.fm/")).origin is None
    assert article.found_hash != of(title=Text(value="Мост открыт — Агентство", html=False)).found_hash


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        (("Без рубрики", "Город"), ("Город",)),
        (("Uncategorized",), ()),
        (("format-article", "index", "comment-all", "Город"), ("Город",)),
        (("index", "Город"), ("index", "Город")),
    ],
)
def test_a_category_that_files_nothing_is_none(found: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert of(categories=found).categories == kept


def test_names_and_categories_come_once_and_in_order() -> None:
    article = of(
        authors=(Person(name=" Ann "), Person(name=""), Person(name="Ann"), Person(name="", email="b@c.example")),
        categories=("Москва", "", "экономика", "МОСКВА", "two\nlines"),
        section="Экономика",
    )
    assert [it.name for it in article.authors] == ["Ann", "b@c.example"]
    assert article.categories == ("Экономика", "Москва", "two lines")


def test_what_a_page_declares_is_legal_too() -> None:
    social = (SocialLink(platform="vk", label="В\x00К\ud800", url="javascript:x"),)
    people = (Credit(role="photographer", name=" Ann\x07 "), Credit(role="photographer", name="\x07"))
    article = of(social=social, credits=people)
    assert article.social == (SocialLink(platform="vk", label="ВК"),)
    assert article.credits == (Credit(role="photographer", name="Ann"),)


def test_the_language_is_the_entrys_else_the_sources_else_the_scripts() -> None:
    content = Text(value="<p>Съешь ещё этих мягких французских булок</p>")
    assert of(language="en_us", content=content).language == "en-US"
    assert of(replace(SOURCE, language="be"), content=content).language == "be"
    assert of(language="??", content=content).language == "ru"


def test_only_addresses_of_the_web_are_published() -> None:
    bad = ("javascript:alert(1)", "file:///etc/passwd", "/relative", "")
    article = of(
        url="javascript:alert(1)", canonical="file:///x", external_url="data:,x", comments="file:///c", images=bad,
        enclosures=tuple(Enclosure(url=url) for url in bad), authors=(Person(name="A", url="javascript:x"),),
    )  # fmt: skip
    assert (article.url, article.canonical_url, article.external_url, article.comments) == ("", "", "", "")
    assert (article.images, article.enclosures, article.authors) == ((), (), (Person(name="A"),))


def test_the_first_picture_of_the_body_stands_in_for_a_missing_one() -> None:
    content = Text(value='<p><img src="/1.png"><img src="/2.png"> text</p>', base="https://nsn.fm/")
    assert of(content=content).images == ("https://nsn.fm/1.png",)
    assert of(content=content, images=("https://nsn.fm/0.png",)).images == ("https://nsn.fm/0.png",)


def test_an_enclosures_absurd_length_is_unknown() -> None:
    enclosures = tuple(Enclosure(url=f"https://nsn.fm/{n}", length=n) for n in (0, 5, -1, 2**70))
    assert [it.length for it in of(enclosures=enclosures).enclosures] == [0, 5, None, None]


def test_lists_without_end_are_cut() -> None:
    many = range(500)
    article = of(
        authors=tuple(Person(name=str(n)) for n in many), categories=tuple(map(str, many)),
        enclosures=tuple(Enclosure(url=f"https://nsn.fm/{n}") for n in many),
        images=tuple(f"https://nsn.fm/{n}.png" for n in many),
    )  # fmt: skip
    assert {len(it) for it in (article.authors, article.categories, article.enclosures, article.images)} == {MAX_VALUES}


_TEXTS = st.none() | st.builds(Text, value=st.text(), html=st.booleans(), base=st.text(max_size=9))
_WORDS = st.text(max_size=20) | st.sampled_from(
    ["https://nsn.fm/a", "file:///x", "//x", "http://[", "https://o.example/?a=b"]
)


@settings(max_examples=80, deadline=None)
@given(
    st.builds(
        Entry, key=_WORDS, guid=_WORDS, url=_WORDS, canonical=_WORDS, external_url=_WORDS, title=_TEXTS, summary=_TEXTS,
        content=_TEXTS, published=_WORDS, updated=_WORDS, section=_WORDS, language=_WORDS, comments=_WORDS,
        rights=_WORDS,
        categories=st.lists(_WORDS, max_size=3).map(tuple), images=st.lists(_WORDS, max_size=3).map(tuple),
        authors=st.lists(st.builds(Person, name=_WORDS, url=_WORDS, email=_WORDS), max_size=2).map(tuple),
        enclosures=st.lists(st.builds(Enclosure, url=_WORDS, type=_WORDS, title=_WORDS), max_size=2).map(tuple),
    )
)  # fmt: skip
def test_any_entry_becomes_an_article_that_can_be_published(entry: Entry) -> None:
    article = normalize(entry, SOURCE, FeedInfo(), NOW)
    for each in fields(Article):
        value = getattr(article, each.name)
        if isinstance(value, str):
            value.encode()
            assert not any(c < " " and c not in "\t\n\r" for c in value)
    for url in (article.url, article.canonical_url, article.external_url, article.comments, *article.images):
        assert url == "" or url.startswith("http")
    assert normalize(entry, SOURCE, FeedInfo(), NOW) == article


def test_an_article_has_the_digest_of_its_entry_and_one_that_is_known_is_believed() -> None:
    entry = Entry(key="k", title=Text(value="A"))
    assert normalize(entry, SOURCE, FeedInfo(), NOW).found_hash == found_hash(entry)
    assert normalize(entry, SOURCE, FeedInfo(), NOW, found=b"known").found_hash == b"known"


def test_of_a_page_that_wants_no_copy_kept_the_bytes_are_not() -> None:
    found = Entry(key="1", raw=b"<html>", terms=Rights(robots=("noarchive",)))
    source = Source(id="a", url="https://a.example/")
    assert normalize(found, source, FeedInfo(), NOW).raw == b""
    assert normalize(replace(found, terms=Rights()), source, FeedInfo(), NOW).raw == b"<html>"


def test_where_a_picture_was_found_is_no_name_in_metadata_either() -> None:
    found = (
        Credit(role="photographer", name="соцсети"),
        Credit(role="agency", name="YouTube"),
        Credit(role="photographer", name="Ann", agency="из открытых источников"),
        Credit(role="agency", name="t.me/mash"),
    )
    assert of(credits=found).credits == (
        Credit(role="photographer", name="Ann"),
        Credit(role="agency", name="t.me/mash"),
    )
