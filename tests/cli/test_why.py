"""`why`: a person who has not read the rules sees what a story is made of, and what to type."""

import json
import subprocess
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from support.arrivals import arrive, article, keyed, opened
from support.builders import MOMENT, make_source
from support.service import command, free_port, write_config
from syndicator.cli import why
from syndicator.errors import ExitCode
from syndicator.model.article import Origin
from syndicator.model.noun import replace
from syndicator.model.rights import Rights
from syndicator.pipeline.decisions import join, split, the_story
from syndicator.store import Store

Run = Callable[..., "subprocess.CompletedProcess[str]"]
TITLES = {"nsn": "НСН", "wire": "The Wire", "blog": "A blog"}

TEXT = "Движение на Кольцевой линии закрыли до двух часов ночи. " + "Пассажиров просят пользоваться автобусами. " * 4
RIVER = keyed(replace(article("nsn", url="metro"), title="Метро закрыли", text=TEXT))
REPRINT = keyed(replace(RIVER, source_id="wire", key="w", text=TEXT.replace("двух", "трёх")))
POST = keyed(replace(RIVER, source_id="blog", key="b", claimed=True, title="Опять", text="Смотрите, что пишут."))


@pytest.fixture
def config(tmp_path: Path) -> Path:
    sources = "".join(
        f'[[source]]\nid = "{it}"\nurl = "https://{it}.example/rss"\ntitle = "{title}"\n'
        for it, title in TITLES.items()
    )
    return write_config(tmp_path, free_port(), sources__all=sources)


@pytest.fixture
def run(config: Path) -> Run:
    return partial(command, config, TZ="MSK-3")


@pytest.fixture
def database(config: Path) -> Path:
    return config.parent / "var" / "syndicator.db"


def fill(database: Path) -> None:
    with opened(database, *(make_source(id=it, title=title) for it, title in TITLES.items())) as store:
        arrive(store, RIVER, REPRINT, POST)


def test_a_story_is_told_with_each_copy_its_layer_and_the_differing_words(run: Run, database: Path) -> None:
    fill(database)
    said = run("why", 1)
    assert said.returncode == ExitCode.OK, said.stderr
    for words in (
        "Story 1: Метро закрыли",
        "copy 1: НСН  (leads)",
        "here because  the story began with it",
        "leads because it was seen first",
        "copy 2: The Wire",
        "the same address as НСН's (1)",
        "[-двух-] {+трёх+} часов ночи.",
        "syndicator split 1 2",
    ):
        assert words in said.stdout, words


@pytest.mark.parametrize("other", ["", "1"])
def test_a_story_that_a_service_joins_to_another_meanwhile_is_told_as_it_was(
    config: Path, database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], other: str
) -> None:
    with opened(database, *(make_source(id=it) for it in TITLES)) as store:
        arrive(store, RIVER, article("wire", url="lake"))

        def found(reader: Store, word: str) -> int:
            number = the_story(reader, word)
            if word == "2":
                join(store, "1", "2", MOMENT)
            return number

        monkeypatch.setattr(why, "the_story", found)
        why.why(config, "2", other, json=False)
        assert store.find("2") == []
    assert "Story 2: " in capsys.readouterr().out


def test_a_script_gets_the_same_as_data(run: Run, database: Path) -> None:
    fill(database)
    row = json.loads(run("why", "1", "--json").stdout)
    assert (row["number"], row["lead"], row["title"]) == (1, 1, "Метро закрыли")
    assert [(it["source"], it["reason"], it["like"]) for it in row["copies"]] == [
        ("nsn", "first", None),
        ("wire", "url", 1),
    ]
    assert row["copies"][1]["differs"]["places"][0]["copy"] == "трёх"


def test_whom_a_source_took_it_from_is_told(run: Run, database: Path) -> None:
    with opened(database, *(make_source(id=it) for it in TITLES)) as store:
        arrive(store, replace(RIVER, origin=Origin(id="", title="Агентство")), article("wire", url="lake"))
    assert "    taken from Агентство, as its source says\n" in run("why", "1").stdout
    copies = [json.loads(run("why", it, "--json").stdout)["copies"][0] for it in "12"]
    assert [it["taken_from"] for it in copies] == ["Агентство", None]


def test_two_stories_are_told_why_they_are_two(run: Run, database: Path) -> None:
    fill(database)
    said = run("why", 1, 2).stdout
    assert "names the address https://news.example/metro, which is not its own, and their texts do not agree" in said
    assert "syndicator join 1 2" in said


def test_two_short_texts_that_are_the_same_are_told_to_be_too_short(run: Run, database: Path) -> None:
    brief = keyed(replace(article("nsn", url="1"), title="Трамваи", text="Движение трамваев восстановлено."))
    with opened(database, *TITLES) as store:
        arrive(store, brief, keyed(replace(brief, source_id="wire", canonical_url="https://wire.example/1")))
    said = run("why", 1, 2).stdout
    assert "have the same text, but it has fewer than 100 letters and digits" in said
    assert "not nearly the same" not in said
    assert "No copy of the one has the text" not in said
    assert "too short to be compared word by word: НСН's has 3 words, and at least 20 are needed." in said
    assert "Their words: the same as the first's" in said


def test_two_headlines_without_a_text_are_not_said_to_have_one(run: Run, database: Path) -> None:
    brief = keyed(replace(article("nsn", url="1"), title="Трамваи идут", text="", html=""))
    with opened(database, *TITLES) as store:
        arrive(store, brief, keyed(replace(brief, source_id="wire", key="w", canonical_url="https://wire.example/1")))
    said = run("why", 1, 2).stdout
    assert "the same title, which alone is no proof" in said
    assert "Their words: none besides the headlines" in said
    assert "text" not in said.replace("https://", "")


def test_a_story_that_has_not_changed_is_not_said_to_have_changed_before_it_came(run: Run, database: Path) -> None:
    old = keyed(replace(RIVER, published=MOMENT - timedelta(days=3)))
    with opened(database, *TITLES) as store:
        arrive(store, old)
    assert "since      2026-03-05 17:00, not changed since then" in run("why", 1).stdout
    with opened(database, *TITLES) as store:
        arrive(store, keyed(replace(old, text=f"{TEXT} Уже открыли.")), now=MOMENT + timedelta(hours=2))
    assert "since      2026-03-05 17:00, last changed 2026-03-05 19:00" in run("why", 1).stdout


def test_decisions_are_told_also_those_that_keep_two_apart(run: Run, database: Path) -> None:
    fill(database)
    with opened(database, *TITLES) as store:
        split(store, "1", "wire", MOMENT)
        join(store, "1", "2", MOMENT)
    both = run("why", 1, 3).stdout
    assert "because you decided so" in both
    assert "never one story: nsn: Метро закрыли (story 1)  |  wire: Метро закрыли (story 3)" in both
    one = run("why", 1).stdout
    assert "you joined it by hand" in one
    assert "also       urn:uuid:" in one


def test_an_address_of_several_stories_asks_which(run: Run, database: Path) -> None:
    fill(database)
    said = run("why", RIVER.url)
    assert said.returncode == ExitCode.USAGE
    assert "1 (Метро закрыли); 2 (Опять)" in said.stderr


def test_where_nothing_is_stored_it_is_said_what_to_do(run: Run) -> None:
    said = run("why", 1)
    assert said.returncode == ExitCode.USAGE
    assert "syndicator once" in said.stderr


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (Rights(robots=("noindex",)), "  published  no: its page says “noindex” to robots"),
        (
            Rights(unavailable_after="2020-01-31T12:00:00Z"),
            "  published  no: its page asked for it to disappear at 2020-01-31 12:00 (unavailable_after)",
        ),
        (Rights(unavailable_after="2999-01-31T12:00:00Z"), ""),
        (Rights(robots=("nosnippet",)), ""),
    ],
)
def test_of_a_story_that_must_not_be_published_it_is_said(run: Run, database: Path, terms: Rights, said: str) -> None:
    with opened(database, make_source(id="nsn", title="НСН")) as store:
        arrive(store, replace(RIVER, terms=terms))
    shown = run("why", "1").stdout
    assert [line for line in shown.splitlines() if "published  no" in line] == [*filter(None, [said])]
    row = json.loads(run("why", "1", "--json").stdout)
    assert row["withheld"] == (said.partition("no: ")[2] or None)
