"""`syndicator social`: what shows a link, and the operator's word, with a daemon at work and without."""

import json
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from support.echo import PROSE
from support.gathering import gather
from support.origin import Origin
from support.service import Service, command, free_port, until, write_config
from syndicator.errors import ExitCode

Run = Callable[..., "subprocess.CompletedProcess[str]"]

CHANNELS = "<a href='https://t.me/nsnfm'>Telegram</a> | <a href='https://vk.ru/nsnfm'>VK</a> | Дзен"
BODY = f"<p>River {PROSE}</p><p>More of {PROSE}</p><p>Подписывайтесь на НСН: {CHANNELS}</p><p>Фото: Владимир Ефимов</p>"
FEED = (
    "<rss version='2.0'><channel><title>НСН</title><link>https://nsn.example/</link><item><title>River</title>"
    "<guid>urn:x:1</guid><link>https://nsn.example/1</link><category>Реки</category>"
    f"<description><![CDATA[{BODY}]]></description></item></channel></rss>"
)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def config(tmp_path: Path, origin: Origin, port: int) -> Path:
    nsn = origin.serve("/nsn", FEED.encode())
    return write_config(tmp_path, port, sources__all=f'[[source]]\nid = "nsn"\nurl = "{nsn}"\n')


@pytest.fixture
def run(config: Path) -> Run:
    return partial(command, config)


def rows(run: Run, *words: str) -> dict[str, dict[str, Any]]:
    found = run("social", *words, "--json")
    assert found.returncode == 0, found.stderr
    return {it["key"]: it for it in map(json.loads, found.stdout.splitlines())}


def declare(config: Path, **settings: list[str]) -> None:
    file = next((config / "sources").iterdir())
    file.write_text(file.read_text() + "".join(f"{name} = {json.dumps(it)}\n" for name, it in settings.items()))


def told(config: Path) -> str:
    return (config.parent / "var" / "public" / "social.json").read_text(encoding="utf-8")


def test_each_link_is_shown_with_what_shows_it(run: Run, config: Path) -> None:
    assert run("social").stdout == "No channels of publishers are known yet.\n"
    gather(config)
    found = rows(run)
    assert set(found) == {"telegram:nsnfm", "vk:nsnfm", "dzen:"}
    telegram = found["telegram:nsnfm"]
    assert (telegram["source"], telegram["url"], telegram["status"], telegram["published"]) == (
        "nsn",
        "https://t.me/nsnfm",
        "active",
        True,
    )
    assert (telegram["confidence"], telegram["articles"], telegram["first_seen"]) == (0.85, 1, telegram["last_seen"])
    (piece,) = telegram["evidence"]
    assert (piece["place"], piece["article"], piece["count"]) == ("subscription line", "https://nsn.example/1", 1)
    assert (found["dzen:"]["url"], found["dzen:"]["status"], found["dzen:"]["published"]) == (None, "label_only", False)
    assert found["vk:nsnfm"]["seen_urls"] == ["https://vk.ru/nsnfm"]
    shown = run("social", "nsn").stdout
    for said in ("nsn  НСН", "telegram:nsnfm  https://t.me/nsnfm", "profile; 85% sure", "- subscription line", "Дзен"):
        assert said in shown


def test_a_link_that_is_denied_leaves_all_outputs_and_stays_away(run: Run, config: Path) -> None:
    gather(config)
    assert "https://t.me/nsnfm" in told(config)
    done = run("social", "nsn", "--deny", "https://telegram.me/nsnfm")
    assert (done.returncode, done.stdout) == (0, "nsn: telegram:nsnfm is not published.\n")
    assert "https://t.me/nsnfm" not in told(config)
    gather(config, everything=True)
    assert "https://t.me/nsnfm" not in told(config)
    assert (rows(run)["telegram:nsnfm"]["status"], rows(run)["telegram:nsnfm"]["word"]) == ("rejected", "deny")
    forgotten = run("social", "nsn", "--forget", "telegram:nsnfm", "--json")
    assert json.loads(forgotten.stdout) == {"source": "nsn", "key": "telegram:nsnfm", "word": None}
    assert "https://t.me/nsnfm" in told(config)


def test_the_word_is_heard_by_a_service_at_work(run: Run, config: Path, port: int) -> None:
    service = Service(config)
    try:
        until(lambda: b"t.me/nsnfm" in service.get("/social.json", port)[2])
        run("social", "nsn", "--deny", "telegram:nsnfm")
        assert b"t.me/nsnfm" not in service.get("/social.json", port)[2]
        run("social", "nsn", "--allow", "telegram:nsnfm")
        assert b"t.me/nsnfm" in service.get("/social.json", port)[2]
    finally:
        service.stop()


def test_what_is_declared_counts_and_what_is_denied_does_not(run: Run, config: Path) -> None:
    file = next((config / "sources").iterdir())
    said = 'social = ["https://dzen.ru/nsn", "https://vk.com/nsn_live"]\nsocial_deny = ["https://vk.com/nsnfm"]\n'
    said += "owned = true\n"
    file.write_text(file.read_text() + said)
    gather(config)
    found = rows(run, "nsn")
    assert (found["dzen:nsn"]["confidence"], found["dzen:nsn"]["owned"]) == (1.0, True)
    assert found["dzen:nsn"]["evidence"][0]["place"] == "configuration"
    assert found["vk:nsnfm"]["status"] == "rejected"
    page = (config.parent / "var" / "public" / "social.html").read_text(encoding="utf-8")
    assert 'href="https://dzen.ru/nsn" rel="me noopener"' in page
    assert "vk.com/nsnfm" not in page


@pytest.mark.parametrize("given", ["https://vk.com/nsnfm", "vk:nsnfm", "https://vk.com/fans"])
@pytest.mark.parametrize("word", ["--allow", "--deny", "--forget"])
def test_what_the_configuration_denies_no_command_says_otherwise(run: Run, config: Path, given: str, word: str) -> None:
    declare(config, social_deny=["vk:nsnfm", "vk:fans"])
    gather(config)
    refused = run("social", "nsn", word, given)
    assert (refused.returncode, refused.stdout) == (ExitCode.USAGE, "")
    assert "is in social_deny of nsn, which takes precedence over this command." in refused.stderr
    assert rows(run)["vk:nsnfm"]["word"] is None


@pytest.mark.parametrize("given", ["https://ok.ru/group/5555555", "ok:group/5555555"])
def test_what_is_somebody_elses_is_told_so_with_what_to_do(run: Run, config: Path, origin: Origin, given: str) -> None:
    related = "<link xmlns='http://www.w3.org/2005/Atom' rel='related' href='https://ok.ru/group/5555555'/>"
    origin.serve("/nsn", FEED.replace("<category>", f"{related}<category>").encode())
    gather(config)
    (story,) = map(json.loads, run("stories", "--json").stdout.splitlines())
    owners = {it["url"]: it["owner"] for it in story["copies"][0]["links"]}
    assert owners["https://ok.ru/group/5555555"] == "third_party"
    refused = run("social", "nsn", "--allow", given)
    assert (refused.returncode, refused.stdout) == (ExitCode.USAGE, "")
    assert "articles of nsn show ok:group/5555555 as somebody else's: it is not published." in refused.stderr
    assert "write it into the configuration of nsn: social = ['https://ok.ru/group/5555555']" in refused.stderr


def test_what_the_configuration_declares_is_told_so_when_a_word_is_taken_back(run: Run, config: Path) -> None:
    declare(config, social=["https://vk.com/nsnfm"])
    gather(config)
    assert run("social", "nsn", "--deny", "vk:nsnfm").stdout == "nsn: vk:nsnfm is not published.\n"
    assert "vk.com/nsnfm" not in told(config)
    taken_back = run("social", "nsn", "--forget", "vk:nsnfm").stdout
    assert taken_back == "nsn: vk:nsnfm is published as the publisher's: it is in the configuration (social).\n"
    assert "vk.com/nsnfm" in told(config)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("social", "elsewhere"), "There is no source “elsewhere”"),
        (("social", "nns"), "There is no source “nns”. Did you mean “nsn”?"),
        (("social", "nsn", "--deny", "telegram:other"), "nsn has no link “telegram:other”"),
        (("social", "--deny", "telegram:nsnfm"), "A key alone does not say whose link is meant."),
        (("social", "nsn", "--allow", "dzen:"), "dzen: is only a name: no article gives its address"),
        (("social", "nsn", "--allow", "dzen:"), 'the configuration of nsn: social = ["https://…"]'),
        (("social", "nsn", "--deny", "a", "--allow", "b"), "Only one link can be decided at a time"),
    ],
)
def test_a_slip_is_told_with_what_to_do(run: Run, config: Path, words: tuple[str, ...], said: str) -> None:
    gather(config)
    refused = run(*words)
    assert refused.returncode == ExitCode.USAGE
    assert said in refused.stderr


def test_stories_tell_what_each_copy_says_and_of_whom(run: Run, config: Path) -> None:
    gather(config)
    (story,) = map(json.loads, run("stories", "--json").stdout.splitlines())
    (copy,) = story["copies"]
    assert copy["text"].startswith("River")
    assert "Подписывайтесь" not in copy["text"]
    assert [
        (it["platform"], it["kind"], it["owner"], it["handle"], it["url"], it["status"]) for it in copy["links"]
    ] == [
        ("telegram", "profile", "publisher", "nsnfm", "https://t.me/nsnfm", "active"),
        ("vk", "profile", "publisher", "nsnfm", "https://vk.com/nsnfm", "active"),
        ("dzen", "profile", "publisher", None, None, "label_only"),
    ]
    assert copy["credits"] == [{"role": "photographer", "name": "Владимир Ефимов", "agency": None}]
