"""`plan`: an operator sees what a change of the files would do, before the service takes it."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.gathering import gather
from syndicator.cli import plan
from syndicator.errors import ExitCode
from syndicator.store import Store

Run = Callable[..., "subprocess.CompletedProcess[str]"]

SECRET = "hunter2hunter2"
"""Which is to be seen nowhere."""
DAILY = '[[source]]\nid = "daily"\nurl = "file:../feeds/daily.xml"\ntags = ["news"]\nrepublish = "full"\n'
WEEKLY = '[[source]]\nid = "weekly"\nurl = "file:../feeds/weekly.xml"\ntags = ["slow"]\n'
CHANNELS = '[[channel]]\nid = "all"\n[[channel]]\nid = "slow"\ntags = ["slow"]\nformats = ["rss"]\n'
NOTHING = "Nothing would change, compared with the database and the published files.\n"


def rss(name: str, count: int) -> str:
    items = "".join(
        f"<item><title>{name} {it}</title><link>https://{name}.example/{it}</link>"
        f"<description>{name} {it} tells a tale of its own</description></item>"
        for it in range(count)
    )
    return (
        f"<rss version='2.0'><channel><title>{name}</title><link>https://{name}.example/</link>{items}</channel></rss>"
    )


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    for name in ("sources", "channels", "feeds"):
        (folder / name).mkdir(parents=True)
    (folder / "syndicator.toml").write_text('[site]\ntitle = "News"\n')
    (folder / "sources/all.toml").write_text(DAILY + WEEKLY)
    (folder / "channels/all.toml").write_text(CHANNELS)
    for name, count in (("daily", 5), ("weekly", 2)):
        (folder / f"feeds/{name}.xml").write_text(rss(name, count))
    return folder


@pytest.fixture
def polled(config: Path) -> Path:
    gather(config)
    return config


@pytest.fixture
def draft(polled: Path, tmp_path: Path) -> Path:
    """A copy elsewhere, as of a repository: its defaults lead to another place."""
    return Path(shutil.copytree(polled, tmp_path / "elsewhere" / "draft"))


def told(run: Run, *words: object, **environment: str) -> str:
    said = run("plan", *words, **environment)
    assert (said.returncode, said.stderr) == (ExitCode.OK, "")
    return said.stdout


def rows(run: Run, *words: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told(run, *words, "--json").splitlines()]


def test_where_nothing_would_change_that_is_one_sentence_and_no_line_for_scripts(
    run: Run, polled: Path, draft: Path
) -> None:
    assert told(run) == NOTHING
    against = told(run, "--config", draft, "--against", polled)
    assert against == "Nothing would change, compared with the database and the files in force.\n"
    assert rows(run) == rows(run, "--config", draft, "--against", polled) == []


def test_what_reads_is_loaded_only_where_a_list_in_a_file_is_to_be_read(run: Run, config: Path) -> None:
    def loads_it() -> bool:
        loaded = {
            line.rpartition("|")[2].strip() for line in run("plan", PYTHONPROFILEIMPORTTIME="1").stderr.splitlines()
        }
        assert "syndicator.pipeline.foresight" in loaded
        return "syndicator.parse" in loaded

    assert not loads_it()
    (config / "feeds/list.txt").write_text("https://new.example/rss\n")
    (config / "sources/list.toml").write_text('[[list]]\nurl = "file:../feeds/list.txt"\n')
    assert loads_it()


def test_a_change_is_told_by_what_becomes_of_sources_channels_and_settings(run: Run, polled: Path, draft: Path) -> None:
    (draft / "syndicator.toml").write_text(
        '[schedule]\ninterval = "1h"\n[keep]\nstories = "90d"\n[site]\ntitle = "News"\n'
    )
    (draft / "sources/all.toml").write_text(
        DAILY.replace('"full"', '"headline"').replace('["news"]', '["news", "slow"]')
        + '[[source]]\nurl = "https://new.example/rss"\n'
    )
    (draft / "channels/all.toml").write_text('[[channel]]\nid = "all"\n[[channel]]\nid = "slow"\ntags = ["slow"]\n')
    said = told(run, "--config", draft, "--against", polled)
    for line in (
        'change  source daily: tags ["news"] → ["news","slow"]; republish "full" → "headline"',
        "add     source new-example-rss: https://new.example/rss",
        "rest    source weekly: no longer polled; its 2 articles stay until newer ones take their places",
        "change  channel all: shows 5 stories differently (5 as headline instead of full)",
        "change  channel slow: gains 5 stories, loses 0; new: feeds/slow.atom, feeds/slow.json",
        "          + daily 4",
        "          + … and 2 more",
        'change  [schedule] interval "30m" → "1h"',
        'change  [keep] stories "forever" → "90d"',
        "1 source would rest, 2 channels would change, 2 settings would change. Nothing has been changed yet.",
        'If a new source is an old one at another address, give it the old id: id = "…".',
    ):
        assert line in said, said
    assert "--against" not in said
    found = rows(run, "--config", draft, "--against", polled)
    assert [(it["what"], it["change"], it.get("id") or it["name"]) for it in found] == [
        ("source", "change", "daily"),
        ("source", "add", "new-example-rss"),
        ("source", "rest", "weekly"),
        ("channel", "change", "all"),
        ("channel", "change", "slow"),
        ("setting", "change", "schedule.interval"),
        ("setting", "change", "keep.stories"),
    ]
    assert found[0]["settings"][1] == {"name": "republish", "before": "full", "after": "headline", "shown": True}
    assert [it["title"] for it in found[4]["gains"]] == [f"daily {it}" for it in (4, 3, 2, 1, 0)]


def test_what_is_told_comes_to_pass_and_then_there_is_nothing_to_tell(run: Run, polled: Path) -> None:
    (polled / "channels/all.toml").write_text('[[channel]]\nid = "all"\nlimit = 3\n')
    (polled / "sources/all.toml").write_text(DAILY)
    said = told(run)
    assert "end     channel slow: its subscribers will find nothing there any more; it shows 2 stories now;" in said
    assert "removed: feeds/slow.html, feeds/slow.rss\n" in said
    assert "change  channel all: gains 0 stories, loses 4\n" in said
    assert said.endswith("--against DIR\n"), "what is stored nowhere"
    assert run("publish").returncode == ExitCode.OK
    assert told(run) == NOTHING
    (polled / "sources/all.toml").write_text(DAILY + WEEKLY + "priority = 1\n")
    assert "return  source weekly: polled again, with 2 articles still stored; priority 0 → 1\n" in told(run)


def test_a_source_under_another_id_is_told_to_begin_anew_with_what_to_write(run: Run, polled: Path) -> None:
    (polled / "sources/all.toml").write_text(DAILY.replace('id = "daily"\n', "") + WEEKLY)
    said = told(run)
    assert "add     source feeds-daily-xml: file://" in said
    assert 'To continue daily, write id = "daily".' in said
    assert "under another address" not in said
    assert rows(run)[0]["was"] == "daily"


def test_a_list_is_told_with_what_it_names_in_one_line(run: Run, polled: Path) -> None:
    (polled / "feeds/list.txt").write_text("".join(f"https://{it}.example/rss\n" for it in range(300)))
    sources = polled / "sources/all.toml"
    sources.write_text(
        DAILY + WEEKLY + '[[list]]\nid = "l"\nurl = "file:../feeds/list.txt"\n[[list]]\nurl = "https://l.example/"\n'
    )
    said = told(run)
    assert "add     source l, and 300 sources that it names: file://" in said
    assert "add     source l-example: https://l.example/ (its sources follow once the list has been read)\n" in said
    assert said.count("add     ") == 2
    assert "302 sources would be added." in said
    assert len(rows(run)) == 302


def test_of_very_many_sources_people_are_told_the_first(run: Run, polled: Path) -> None:
    with (polled / "sources/all.toml").open("a") as file:
        file.writelines(f'[[source]]\nurl = "https://{it}.example/"\n' for it in range(2000))
    said = told(run)
    assert said.count("add     source") == plan.FOR_PEOPLE
    assert "… and 1,900 more sources; --json shows all." in said
    assert len(rows(run)) == 2000


def test_no_secret_and_no_private_address_is_shown(run: Run, polled: Path, draft: Path) -> None:
    sources, main = draft / "sources/all.toml", draft / "syndicator.toml"
    operator = (
        '[serve]\noperator = {{ username = "me", password = "{}" }}\n[fetch]\nproxy = "http://me:{}@p.example:1"\n'
    )
    auth = '[[source]]\nid = "a"\nurl = "https://a.example/{0}"\nauth = {{ bearer = "{0}" }}\n'
    token = '[[source]]\nurl = "https://t.example/?token={0}"\nheaders = {{ Cookie = "{0}" }}\n'
    before = f"{SECRET}-before"
    for folder, secret in ((polled, before), (draft, SECRET)):
        (folder / "sources/all.toml").write_text(DAILY + WEEKLY + auth.format(secret) + token.format(secret))
        (folder / "syndicator.toml").write_text('[site]\ntitle = "News"\n' + operator.format(secret, secret))
    database = polled.parent / "var/syndicator.db"
    gather(polled, "daily")
    with_json = told(run, "--config", draft, "--against", polled, "--json")
    said = told(run, "--config", draft, "--against", polled)
    assert "change  source a: url or auth or headers differs\n" in said
    assert "change  [serve] operator differs\n" in said
    assert "change  [fetch] proxy differs\n" in said
    assert SECRET not in said + with_json
    assert [it["url"] for it in map(json.loads, with_json.splitlines()) if it["what"] == "source"] == [None] * 3
    sources.write_text(sources.read_text().replace(f'"{SECRET}"', '"env:TOKEN"'))
    main.write_text(main.read_text().replace(f'password = "{SECRET}"', 'password = "env:TOKEN"'))
    shutil.copytree(draft, polled, dirs_exist_ok=True)
    secret = {"TOKEN": before}
    assert run("once", "daily", **secret).returncode == ExitCode.OK
    said = told(run, "--config", draft, "--against", polled, **secret)
    assert said.startswith("Nothing would change"), "the operator's word stands in the environment in both"
    assert database.exists()


def test_mistakes_are_told_as_check_tells_them(run: Run, polled: Path, tmp_path: Path) -> None:
    (polled / "sources/all.toml").write_text(DAILY + 'intervall = "1h"\nauth = { bearer = "env:NOT_THERE" }\n')
    (polled / "syndicator.toml").write_text('[serve]\noperator = { username = "me", password = "env:NOR_THAT" }\n')
    assert run("plan").stderr == run("check").stderr
    assert run("plan").returncode == ExitCode.USAGE
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "holds no configuration" in run("plan", "--config", empty).stderr
    (polled / "sources/all.toml").write_text(DAILY + WEEKLY)
    (polled / "syndicator.toml").write_text("")
    assert "no such folder" in run("plan", "--against", tmp_path / "none").stderr


def test_without_a_database_all_is_new_and_a_draft_is_told_what_to_name(run: Run, config: Path, draft: Path) -> None:
    said = told(run, "--config", draft)
    assert said.startswith(f"There is no database at {draft.parent}/var/syndicator.db yet, so everything is new. If ")
    assert "--against DIR" in said
    assert "add     source daily: file://" in said
    assert "add     channel all: 0 stories" in said
    assert not (draft.parent / "var").exists()


def test_another_place_of_the_database_is_explained_and_that_in_force_looked_at(
    run: Run, polled: Path, draft: Path
) -> None:
    (draft / "syndicator.toml").write_text('[site]\ntitle = "News"\n[paths]\nstore = "data/news.db"\n')
    said = told(run, "--config", draft, "--against", polled)
    assert f'change  [paths] store "{polled.parent}/var/syndicator.db" → "{polled}/data/news.db"\n' in said
    assert "[paths] store takes effect at the next start" in said
    assert "source" not in said.partition("\n")[0]


@pytest.mark.parametrize("what", ["newer", "older", "none of ours"])
def test_a_database_that_cannot_be_looked_at_is_refused_with_its_code(run: Run, polled: Path, what: str) -> None:
    path = polled.parent / "var/syndicator.db"
    if what in {"newer", "older"}:
        store = Store.write(path)
        last = "ORDER BY rowid DESC LIMIT 1"
        if what == "newer":
            store._db.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('syndicator', 'x', '')"
            )
        else:
            store._db.execute(
                f"DELETE FROM _sqlite_migrations WHERE rowid IN (SELECT rowid FROM _sqlite_migrations {last})"
            )
        store.close()
    else:
        for it in path.parent.glob("syndicator.db*"):
            it.unlink()
        path.write_bytes(b"not a database")
    said = run("plan")
    assert said.returncode == (ExitCode.NEWER if what == "newer" else ExitCode.USAGE), said.stderr
    assert "Traceback" not in said.stderr
    assert said.stdout == ""
