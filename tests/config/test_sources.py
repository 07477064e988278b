import re
from collections.abc import Callable
from pathlib import Path

import pytest

from syndicator.config import Vocabulary, load
from syndicator.errors import ConfigError
from syndicator.model.source import JsonPaths, Select, Source

Write = Callable[..., Path]
Read = Callable[..., tuple[Source, ...]]


def tables(*urls: str) -> str:
    return "".join(f'[[source]]\nurl = "{url}"\n' for url in urls)


def test_only_the_address_is_needed(read: Read) -> None:
    assert read(tables("https://nsn.fm/rss")) == (Source(id="nsn-fm-rss", url="https://nsn.fm/rss"),)


def test_a_paragraph_is_kept_or_dropped_and_says_something(read: Read) -> None:
    kept = 'keep_lines = ["Photo of the day", "Photo of the day"]'
    (source,) = read(f'{tables("https://a.example/rss")}{kept}\ndrop_lines = ["Read us!"]')
    assert (source.keep_lines, source.drop_lines) == (("Photo of the day",), ("Read us!",))
    with pytest.raises(
        ConfigError, match=r"a\.toml:4: source\.drop_lines, entry 2: is in keep_lines, too: case, spaces and"
    ):
        read(f'{tables("https://a.example/rss")}{kept}\ndrop_lines = ["Read us!", "photo of  the day!"]')
    with pytest.raises(ConfigError, match="neither letter nor digit"):
        read(f'{tables("https://a.example/rss")}drop_lines = ["***"]')


@pytest.mark.parametrize("extra", ["", "private = true\n"])
def test_a_file_that_cannot_be_read_is_warned_of_with_its_line(
    root: Path, write: Write, vocabulary: Vocabulary, extra: str
) -> None:
    write("samples/there.xml", "")
    (root / "samples" / "folder").mkdir()
    names = ("there.xml", "none.xml", "folder", "there.xml/x")
    write(
        "sources/a.toml",
        "".join(f'[[source]]\nurl = "file:../samples/{it}"\n{extra}' for it in names)
        + f'[[list]]\nurl = "file:../lists/mine.opml"\n{extra}',
    )
    lines = range(2, 99, 3 if extra else 2)

    def told(number: int, kind: str, path: str, trouble: str) -> str:
        named = "" if extra else f"{root / path} "
        return f"{root / 'sources/a.toml'}:{lines[number]}: {kind}.url: the file {named}{trouble}"

    assert load(root, vocabulary).warnings == (
        told(1, "source", "samples/none.xml", "does not exist"),
        told(2, "source", "samples/folder", "is a folder or a device"),
        told(3, "source", "samples/there.xml/x", "cannot be read (Not a directory)"),
        told(4, "list", "lists/mine.opml", "does not exist"),
    )


def test_an_interval_beyond_the_bounds_is_warned_of_with_what_it_counts_as(
    root: Path, write: Write, vocabulary: Vocabulary
) -> None:
    write("syndicator.toml", '[schedule]\nmin_interval = "90s"\nmax_interval = "2d"\n')
    file = write(
        "sources/a.toml",
        '[[source]]\nurl = "https://a.example/"\ninterval = "10s"\n'
        '[[source]]\nurl = "https://b.example/"\ninterval = "90s"\n'
        '[[list]]\nurl = "https://c.example/"\ninterval = "3d"\n',
    )
    assert load(root, vocabulary).warnings == (
        f'{file}:3: source.interval: counts as "1m30s": [schedule] min_interval allows no less',
        f'{file}:9: list.interval: counts as "2d": [schedule] max_interval allows no more',
    )


def test_every_setting_of_a_source_arrives(read: Read, root: Path) -> None:
    text = """
        [[source]]
        id = "page"
        url = "file:../samples/index.html"
        kind = "page"
        title = "НСН"
        tags = ["ru", "news"]
        language = "ru"
        timezone = "Europe/Moscow"
        republish = "full"
        interval = "1h30m"
        priority = 7
        private = true
        [source.select]
        item = "article"
        link = "a"
        title = "h2"
        date = "time"
        summary = "p"
        image = "img"
        follow = true
    """
    assert read(text) == (
        Source(
            id="page",
            url=(root / "samples/index.html").as_uri(),
            kind="page",
            title="НСН",
            tags=("ru", "news"),
            language="ru",
            timezone="Europe/Moscow",
            republish="full",
            interval=5400,
            priority=7,
            private=True,
            select=Select(item="article", link="a", title="h2", date="time", summary="p", image="img", follow=True),
        ),
    )


def test_a_list_is_a_source_of_its_kind(read: Read, root: Path) -> None:
    (found,) = read('[[list]]\nurl = "file:../lists/moscow.opml"\ntags = ["moscow"]\nrepublish = "headline"')
    assert found == Source(
        id="lists-moscow-opml",
        url=(root / "lists/moscow.opml").as_uri(),
        kind="list",
        tags=("moscow",),
        republish="headline",
    )


def test_default_ids_that_collide_are_numbered_in_order(read: Read) -> None:
    text = tables("https://a.example/feed?x=1", "https://a.example/feed?x=2", "https://a.example/feed?x=3")
    text += '[[source]]\nid = "a-example-feed-2"\nurl = "https://b.example/"\n'
    text += '[[source]]\nid = "a-example-feed"\nurl = "https://c.example/"\n'
    ids = ["a-example-feed-3", "a-example-feed-4", "a-example-feed-5", "a-example-feed-2", "a-example-feed"]
    assert [source.id for source in read(text)] == ids


def test_many_sources_of_one_host_and_path_get_their_numbers_at_once(read: Read) -> None:
    urls = [f"https://{'long-' * 12}host.example/?page={number}" for number in range(5000)]
    ids = [source.id for source in read(tables(*urls))]
    assert len(set(ids)) == 5000
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", source_id) for source_id in ids)


def test_default_ids_are_fit_for_commands(read: Read) -> None:
    urls = ["https://президент.рф/лента", "http://[::1]/", "https://a.example/~%D0%B6/", "file:../%D0%B6.xml"]
    for source in read(tables(*urls)):
        assert re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", source.id)


def test_the_id_of_a_private_source_tells_nothing(read: Read) -> None:
    urls = ("https://me:pass@secret.example/feed", "https://secret.example/feed?token=abc")
    text = tables(*urls) + '[[source]]\nurl = "https://secret.example/feed"\nprivate = true\n'
    text += '[[source]]\nurl = "https://secret.example/other"\nauth = { bearer = "abc" }\n'
    found = read(text)
    assert all(source.private and re.fullmatch("private-[0-9a-f]{6}", source.id) for source in found)
    assert len({source.id for source in found}) == 4
    assert [source.id for source in read(text)] == [source.id for source in found]  # stable


def test_an_operator_may_say_that_what_looks_like_a_token_is_none(read: Read) -> None:
    (looks,) = read(tables("https://a.example/?token=politics"))
    (says,) = read(tables("https://a.example/?token=politics") + "private = false")
    (still,) = read(tables("https://me@a.example/") + "private = false")
    assert (looks.private, says.private, still.private) == (True, False, True)
    assert says.id == "a-example"


def test_further_fields_of_requests_make_a_source_private_where_they_are_secrets(read: Read) -> None:
    found = read(
        """
        [[source]]
        url = "https://a.example/"
        headers = { Accept-Language = "ru, en;q=0.5", cookie = "consent=yes" }
        [[source]]
        url = "https://b.example/"
        headers = { Cookie = "env:NEWS_COOKIE" }
        [[source]]
        url = "https://c.example/"
        private = false
        headers = { Cookie = "env:NEWS_COOKIE" }
        """,
        {"NEWS_COOKIE": "session=abc; lang=ru"},
    )
    assert [(it.headers, it.private) for it in found] == [
        ((("Accept-Language", "ru, en;q=0.5"), ("cookie", "consent=yes")), False),
        ((("Cookie", "session=abc; lang=ru"),), True),
        ((("Cookie", "session=abc; lang=ru"),), False),
    ]
    assert "session" not in repr(found)


@pytest.mark.parametrize("url", ["https://t.me/nsnfm", "@nsnfm", "t.me/s/nsnfm", "https://telegram.me/NSNfm/"])
def test_a_channel_of_telegram_is_read_from_its_preview_however_it_is_named(read: Read, url: str) -> None:
    (found,) = read(f'[[source]]\nurl = "{url}"\nkind = "telegram"')
    assert (found.url.lower(), found.kind, found.id) == ("https://t.me/s/nsnfm", "telegram", "t-me-nsnfm")


def test_an_address_of_a_channel_says_its_kind(read: Read) -> None:
    (found,) = read(tables("https://t.me/nsnfm"))
    assert (found.url, found.kind) == ("https://t.me/s/nsnfm", "telegram")


def test_a_channel_may_be_read_from_a_file(read: Read, root: Path) -> None:
    (found,) = read('[[source]]\nurl = "file:../samples/channel.html"\nkind = "telegram"')
    assert found == Source(id="samples-channel-html", url=(root / "samples/channel.html").as_uri(), kind="telegram")


@pytest.mark.parametrize("url", ["https://t.me/+AbCd", "https://nsn.fm/", "https://t.me/nsnfm/5"])
def test_what_is_no_public_channel_is_told_so(read: Read, url: str) -> None:
    with pytest.raises(ConfigError, match=r"a\.toml:2: source\.url: expected a public channel"):
        read(f'[[source]]\nurl = "{url}"\nkind = "telegram"')


def test_a_channel_is_no_second_source_in_another_spelling(read: Read) -> None:
    with pytest.raises(ConfigError, match="is the same as at"):
        read(tables("https://t.me/nsnfm", "https://t.me/s/nsnfm"))


def test_the_site_says_how_much_is_republished_where_a_source_does_not(read: Read, write: Write) -> None:
    write("syndicator.toml", '[site]\nrepublish = "headline"')
    text = tables("https://a.example/") + '[[source]]\nurl = "https://b.example/"\nrepublish = "excerpt"\n'
    text += '[[list]]\nurl = "https://c.example/"\n'
    assert [source.republish for source in read(text)] == ["headline", "excerpt", "headline"]


JSON = '[[source]]\nurl = "https://town.example/api"\nkind = "json"\n'


def test_the_paths_of_json_are_taken_as_they_are(read: Read) -> None:
    (found,) = read(f'{JSON}select = {{ item = "data[0]", link = "/news/{{slug}}", title = "title.rendered" }}')
    paths = JsonPaths(item="data[0]", link="/news/{slug}", title="title.rendered")
    assert found == Source(id="town-example-api", url="https://town.example/api", kind="json", paths=paths)


@pytest.mark.parametrize(
    ("select", "message"),
    [
        ("", "3: source.kind: needs select, "),
        ("select = {}", "4: source.select: names none of link, title, summary, content"),
        ('select = { item = "a", id = "b" }', "4: source.select: names none of link, title, summary, content"),
        ('[source.select]\nitem = "a"\ntitle = "b..c"', "6: source.select.title: expected a path"),
        ('[source.select]\nitem = "{a}"\ntitle = "b"', "5: source.select.item: expected a path alone"),
        ('select = { title = "a", follow = true }', "4: source.select.follow: unknown setting"),
        ('select = { titel = "a" }', 'did you mean "title"?'),
    ],
)
def test_paths_that_lead_nowhere_are_refused_with_their_line(read: Read, select: str, message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)):
        read(JSON + select)
