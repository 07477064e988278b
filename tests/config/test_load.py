import re
import time
import tomllib
import traceback
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.config import Vocabulary, database, load
from syndicator.errors import ConfigError
from syndicator.model.settings import Channel, FetchSettings, Keep, Paths, Schedule, ServeSettings, Site
from syndicator.model.source import Auth

Write = Callable[..., Path]

MISTAKES = sorted((Path(__file__).parent / "mistakes").glob("*.toml"))
FULL = (Path(__file__).parent / "full.toml").read_bytes()


def said(root: Path, vocabulary: Vocabulary) -> str:
    with pytest.raises(ConfigError) as caught:
        load(root, vocabulary)
    return str(caught.value)


def test_an_empty_file_gives_every_default(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("syndicator.toml", "")
    config = load(root, vocabulary)
    assert config.root == root
    assert config.site == Site()
    assert config.fetch == FetchSettings()
    assert config.schedule == Schedule()
    assert config.keep == Keep(stories=None)
    assert config.serve == ServeSettings()
    assert config.sources == ()
    assert config.paths == Paths(store=root.parent / "var/syndicator.db", public=root.parent / "var/public")
    assert config.channels == (Channel(id="all", title="Syndicator"),)


def test_a_folder_without_a_file_is_no_configuration(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    nothing = f"{root}: holds no configuration, neither syndicator.toml, nor sources/*.toml or channels/*.toml; "
    assert said(root, vocabulary).startswith(nothing)
    write("other.toml", "")
    write("sources/.hidden.toml", "")
    assert said(root, vocabulary).startswith(nothing)
    write("channels/a.toml", "")
    assert load(root, vocabulary).site == Site()


def test_a_missing_folder_names_the_command_that_makes_one(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert f"`syndicator init {tmp_path / 'none'}`" in said(tmp_path / "none", vocabulary)
    (tmp_path / "file").write_text("")
    assert "expected a folder" in said(tmp_path / "file", vocabulary)


def test_a_file_where_a_folder_should_be_is_named(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("sources", "")
    assert said(root, vocabulary).startswith(f"{root / 'sources'}: cannot be listed")


def test_every_setting_arrives(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("syndicator.toml", FULL)
    config = load(root, vocabulary, {"MEMBER_PASSWORD": "s3cret"})
    assert config.site == Site(
        title="Новости",
        base_url="https://news.example.org/",
        republish="licensed",
        social_confidence=0.7,
        hubs=("https://hub.example.org/",),
        own_hub="https://news.example.org/hub",
    )
    assert config.paths == Paths(store=root / "data/news.db", public=Path("/srv/news/public"))
    assert config.fetch == FetchSettings(
        contact="https://example.org/about",
        concurrency=16,
        host_spacing=0.5,
        allow_networks=(ip_network("10.0.0.0/8"), ip_network("fd00::/8")),
        proxy="http://user:word@proxy.example:3128",
        timeout=90,
        connect_timeout=2.5,
        max_body=10_000_000,
    )
    assert config.schedule == Schedule(interval=900, min_interval=60, max_interval=5400)
    assert config.keep == Keep(stories=365 * 86400.0)
    anna = Auth(username="anna", password="s3cret")
    office = (ip_network("10.0.0.0/8"),)
    assert config.serve == ServeSettings(host="::1", port=80, operator=anna, push=True, hub=True, hub_networks=office)
    assert [source.id for source in config.sources] == [
        "nsn",
        "members",
        "samples-nsn-index-html",
        "town-example-api-news",
        "moscow",
    ]
    assert [channel.id for channel in config.channels] == ["economy", "all", "moscow"]
    assert config.channels[0] == Channel(
        id="economy",
        title="Экономика",
        description="Деньги",
        tags=("economy", "ru"),
        sources=("nsn",),
        languages=("ru",),
        match="рубль OR доллар",
        exclude="гороскоп",
        limit=50,
        formats=("atom",),
        inline_profiles=True,
    )
    nsn = config.sources[0]
    assert nsn.social == ("https://t.me/nsnfm", "https://dzen.ru/nsn")
    assert (nsn.social_deny, nsn.owned) == (("telegram:nsn_fan", "https://vk.com/nsn_fan"), True)


def test_a_table_is_found_in_whichever_file_it_stands(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("syndicator.toml", '[[source]]\nurl = "https://a.example/"')
    write("channels/a.toml", '[site]\ntitle = "News"\n[[list]]\nurl = "https://b.example/"')
    write("sources/a.toml", '[[channel]]\nid = "one"\n[[source]]\nurl = "https://c.example/"')
    config = load(root, vocabulary)
    assert config.site.title == "News"
    assert [source.url[8] for source in config.sources] == ["a", "c", "b"]
    assert [channel.id for channel in config.channels] == ["one"]


def test_a_table_in_two_files_names_both(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("syndicator.toml", '\n[site]\ntitle = "a"')
    write("sources/x.toml", '\n\n[site]\ntitle = "b"')
    message = f"{root}/sources/x.toml:3: site: is given twice; first at {root}/syndicator.toml:2"
    assert said(root, vocabulary) == message


def test_a_table_that_there_is_once_stands_in_single_brackets(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("syndicator.toml", '\n[[serve]]\nlisten = ":80"\n')
    message = (
        f"{root}/syndicator.toml:2: serve: expected [serve], with one bracket, and only once: put its settings together"
    )
    assert said(root, vocabulary) == message


def test_files_count_in_the_order_of_their_names(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    for name in ("b", "a", "c"):
        write(f"sources/{name}.toml", f'[[source]]\nurl = "https://{name}.example/"')
    assert [source.id for source in load(root, vocabulary).sources] == ["a-example", "b-example", "c-example"]


def test_paths_start_at_the_file_that_holds_them_and_defaults_at_the_folder(
    root: Path, write: Write, vocabulary: Vocabulary
) -> None:
    write("sources/x.toml", '[paths]\nstore = "db/x.db"')
    paths = load(root, vocabulary).paths
    assert paths == Paths(store=root / "sources/db/x.db", public=root.parent / "var/public")


def test_the_database_is_not_published(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("syndicator.toml", '[paths]\nstore = "../var/public/db"')
    assert "syndicator.toml:2: paths.store: the database would lie among the published files" in said(root, vocabulary)


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_every_mistake_is_told_with_its_line(path: Path, root: Path, write: Write, vocabulary: Vocabulary) -> None:
    text = path.read_text()
    write(f"sources/{path.name}", text)
    expected = sorted(
        (number, message.strip().replace("ROOT", str(root)))
        for number, line in enumerate(text.splitlines(), start=1)
        for message in line.split("#!")[1:]
        if not line.startswith("# ")
    )
    with pytest.raises(ConfigError) as caught:
        load(root, vocabulary)
    found = sorted((problem.line, f"{problem.where}: {problem.message}") for problem in caught.value.problems)
    assert [line for line, _ in found] == [line for line, _ in expected]
    for (line, message), (_, wanted) in zip(found, expected, strict=True):
        assert message.startswith(wanted), line
        assert wanted.endswith("?") == ("did you mean" in message), line


def test_all_files_are_looked_at_in_one_pass(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("syndicator.toml", "[site")
    write("sources/a.toml", '[[source]]\nurl = "a.example"')
    write("sources/b.toml", b'title = "\xcf\xf0\xe8"')
    write("channels/a.toml", '[[channel]]\nid = "x"\nlimit = 0\ntags = ["unknown"]')
    with pytest.raises(ConfigError) as caught:
        load(root, vocabulary)
    places = [(problem.file.name, problem.line) for problem in caught.value.problems]
    # Nothing is said of the tag: the broken files might have it.
    assert places == [("a.toml", 3), ("a.toml", 2), ("b.toml", 1), ("syndicator.toml", 1)]


SECRET = "s3cr3tT0ken"
PRIVATE = f"""
[site]
title = "x"
[[source]]
url = "https://me:{SECRET}@example.org/feed?token={SECRET}"
kind = "page"
tags = ["a"]
interval = "1h"
select = {{ item = "article" }}
[[source]]
url = "https://example.org/{SECRET}/feed"
private = true
id = "one"
timezone = "UTC"
[[source]]
url = "https://example.org/other"
auth = {{ bearer = "{SECRET}" }}
[[channel]]
id = "c"
tags = ["a"]
sources = ["one"]
""".encode()


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A main file in a folder of its own, to be written over."""
    return tmp_path_factory.mktemp("scratch") / "syndicator.toml"


def problems(path: Path, content: bytes, vocabulary: Vocabulary) -> ConfigError | None:
    """What is wrong with a file; any other exception fails the test."""
    path.unlink(missing_ok=True)  # some file systems flush a file that is cut to nothing and written again
    path.write_bytes(content)
    try:
        load(path.parent, vocabulary, {"MEMBER_PASSWORD": "s3cret"})
    except ConfigError as error:
        return error
    return None


def test_no_mistake_shows_a_secret(scratch: Path, vocabulary: Vocabulary) -> None:
    assert problems(scratch, PRIVATE, vocabulary) is None
    for position in range(len(PRIVATE)):
        for byte in ((b"", b"["), (b'"', b"x"), (b"\n", b"\xff"))[position % 3]:
            error = problems(scratch, PRIVATE[:position] + byte + PRIVATE[position + 1 :], vocabulary)
            assert SECRET not in "".join(traceback.format_exception(error) if error else ""), (position, byte)


def test_a_second_source_of_one_address_does_not_show_it(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("sources/a.toml", f'[[source]]\nurl = "https://example.org/?key={SECRET}"\n' * 2)
    assert said(root, vocabulary).endswith(f"source.url: is the same as at {root}/sources/a.toml:2")


def test_a_file_cut_off_anywhere_is_read_or_refused(scratch: Path, vocabulary: Vocabulary) -> None:
    assert len(FULL) >= 4096
    assert problems(scratch, FULL, vocabulary) is None
    for length in range(len(FULL)):
        problems(scratch, FULL[:length], vocabulary)


@settings(max_examples=1000, deadline=None)
@given(
    edits=st.lists(
        st.tuples(st.integers(0, len(FULL)), st.integers(0, 12), st.binary(max_size=6) | st.text(max_size=4)),
        min_size=1,
        max_size=4,
    )
)
def test_a_garbled_file_is_read_or_refused(
    scratch: Path, vocabulary: Vocabulary, edits: list[tuple[int, int, bytes | str]]
) -> None:
    content = FULL
    for start, length, new in edits:
        content = content[:start] + (new.encode() if isinstance(new, str) else new) + content[start + length :]
    problems(scratch, content, vocabulary)


NAMES = st.sampled_from(re.findall(r"^\W*([a-z_]+)", FULL.decode(), re.MULTILINE))
WRITTEN = st.sampled_from(
    [
        "1",
        "-1",
        "0",
        "1e400",
        "nan",
        '""',
        '"x"',
        '"\\u0000"',
        "true",
        "[]",
        "{}",
        "[[]]",
        '["a", 1]',
        "{ a = 1 }",
        '"env:X"',
        "1979-05-27",
        "9" * 5000,
        "0x" + "f" * 5000,
        '"file:%00"',
        '"http://["',
        '"://"',
        '"file:\\uffff"',
        "[" * 2000,
        "{a=" * 2000,
        '"' + "x" * 70 + '"',
        '"file:' + "a" * 5000 + '"',
        "'''\n\n'''",
        "07:32:00",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    header=st.sampled_from(["", "[site]", "[[source]]", "[[list]]", "[[channel]]", "[fetch]", "[source]", "[[site]]"]),
    pairs=st.lists(st.tuples(NAMES, WRITTEN), max_size=6),
)
def test_any_value_under_any_name_is_read_or_refused(
    scratch: Path, vocabulary: Vocabulary, header: str, pairs: list[tuple[str, str]]
) -> None:
    text = "\n".join([header, *(f"{name} = {value}" for name, value in pairs)])
    problems(scratch, text.encode(), vocabulary)


@pytest.mark.parametrize("name", ["status.json", "status.new", "control.sock", "syndicator.lock"])
def test_a_database_that_a_file_beside_it_would_replace_is_refused(
    root: Path, write: Write, vocabulary: Vocabulary, name: str
) -> None:
    write("syndicator.toml", f"[paths]\nstore = '../var/{name}'\n")
    assert f"syndicator.toml:2: paths.store: syndicator keeps a file called {name} beside the database" in said(
        root, vocabulary
    )


@pytest.mark.parametrize("store", ["../var/", ".", "sources"])
def test_a_database_that_is_a_folder_is_refused(root: Path, write: Write, vocabulary: Vocabulary, store: str) -> None:
    (root.parent / "var").mkdir()
    write("sources/a.toml", "")
    write("syndicator.toml", f"[paths]\nstore = '{store}'\n")
    assert "syndicator.toml:2: paths.store: is a folder; expected a file" in said(root, vocabulary)


@pytest.mark.parametrize("public", [".", "..", "sources"])
def test_a_configuration_among_the_published_files_is_refused(
    root: Path, write: Write, vocabulary: Vocabulary, public: str
) -> None:
    write("sources/a.toml", f"[paths]\nstore = '/srv/news.db'\npublic = '../{public}'\n")
    assert "a.toml:3: paths.public: the configuration would lie among the published files" in said(root, vocabulary)
    write("sources/a.toml", f"[paths]\nstore = '/srv/news.db'\npublic = '../{public}/new'\n")
    assert load(root, vocabulary).paths.public.name == "new"


def test_ten_thousand_sources_cost_little_more_than_their_parsing(
    root: Path, write: Write, vocabulary: Vocabulary
) -> None:
    table = '[[source]]\nurl = "https://host{0}.example.org/{0}/rss.xml"\ntitle = "Source {0}"\ntags = ["ru", "news"]\n'
    texts = ["".join(table.format(n) for n in range(start, start + 2500)) for start in range(0, 10_000, 2500)]
    for number, text in enumerate(texts):
        write(f"sources/{number}.toml", text)

    def cost(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    assert len(load(root, vocabulary).sources) == 10_000
    parsing = min(cost(lambda: [tomllib.loads(text) for text in texts]) for _ in range(2))
    assert min(cost(lambda: load(root, vocabulary)) for _ in range(2)) < 5 * parsing  # measured: 2.3


def test_a_thousand_mistakes_are_told_in_a_moment(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write(
        "sources/a.toml", "".join(f'[[source]]\nurl = "x"\nzone{n} = 1\ntimezone = "Ewrope/{n}"\n' for n in range(1000))
    )
    write("channels/a.toml", "".join(f'[[channel]]\nid = "c{n}"\ntags = ["t{n}"]\n' for n in range(1000)))
    start = time.process_time()
    assert said(root, vocabulary).count("\n") == 4000 - 1
    assert time.process_time() - start < 10  # measured: 0.9 s; quadratic work would take minutes


@pytest.mark.parametrize(
    ("files", "store"),
    [
        ({"sources/a.toml": '[[source]]\nurl = "ftp://x"'}, "../var/syndicator.db"),
        ({"syndicator.toml": '[paths]\nstore = "x.db"\n[site]\ntitle = 5'}, "x.db"),
        ({"syndicator.toml": '[paths]\nstore = "x.db"', "sources/a.toml": "[["}, "x.db"),
        ({"sources/a.toml": "[["}, "../var/syndicator.db"),
        ({"syndicator.toml": "[["}, None),
        ({"syndicator.toml": "[paths]\nstore = 5"}, None),
        ({"syndicator.toml": "[paths]\nstores = 5"}, None),
        ({"syndicator.toml": '[paths]\nstore = "x.db"', "sources/a.toml": '[paths]\nstore = "y.db"'}, None),
        ({"syndicator.toml": "paths = 5"}, None),
    ],
)
def test_the_place_of_the_database_is_known_unless_a_mistake_may_hide_it(
    root: Path, vocabulary: Vocabulary, files: dict[str, str], store: str | None
) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    with pytest.raises(ConfigError):
        load(root, vocabulary)
    assert database(root, vocabulary) == (None if store is None else (root / store).resolve())


def test_a_file_that_lies_where_nobody_looks_is_warned_of(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("syndicator.toml", "")
    path = write("sources.toml", '[[source]]\nurl = "https://a.example/"\n')
    config = load(root, vocabulary)
    assert config.sources == ()
    assert config.warnings == (f"{path}: is not read; only syndicator.toml, sources/*.toml, channels/*.toml are",)
