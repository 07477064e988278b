"""The commands, as a person or a script uses them, each in a process of its own."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from support.feeds import RIVER
from support.gathering import gather
from support.origin import Origin
from syndicator.errors import ExitCode
from syndicator.model.lease import Lease, Offer
from syndicator.model.noun import replace
from syndicator.pipeline.health import BORROWED, REWRITTEN
from syndicator.store import Store
from syndicator.store.lock import Lock

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_help_names_every_command_and_each_has_an_example(run: Run) -> None:
    text = run("--help").stdout
    for command in ("run", "serve", "once", "check", "sources", "stories", "boilerplate", "publish", "init"):
        assert command in text
        assert "Example" in run(command, "--help").stdout


def test_a_poll_without_news_loads_nothing_that_is_for_news(run: Run, origin: Origin, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    url = origin.serve("/feed", RIVER, 'ETag: "1"')
    (config / "syndicator.toml").write_text(f'[fetch]\nallow_networks = ["127.0.0.0/8"]\n[[source]]\nurl = "{url}"\n')
    assert "1 new story" in run("once", "--config", config).stdout
    origin.serve("/feed", b"", status="304 Not Modified")
    done = run("once", "--all", "--config", config, PYTHONPROFILEIMPORTTIME="1")
    assert "0 failed" in done.stdout
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "syndicator.pipeline.pump" in loaded
    for_news = {
        "syndicator.parse",
        "requests",
        "sqlite_utils",
        "pebble",
        "feedgen",
        "jinja2",
        "trafilatura",
        "dateparser",
    }
    assert not loaded & for_news


def test_what_a_killed_program_left_in_the_public_folder_goes(run: Run, site: Path) -> None:
    public = site.parent / "var" / "public"
    left = [public / it / ".syndicator-1.rss.part" for it in ("", ".well-known", "feeds", "feeds/all")]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    run("publish", "--config", site)
    assert [path for path in left if path.exists()] == []


def test_a_run_gathers_and_publishes_and_tells_what_failed_and_what_to_do(run: Run, site: Path) -> None:
    done = run("once", "--config", site)
    assert done.returncode == ExitCode.OK, done.stderr
    assert "1 new story," in done.stdout
    assert "1 failed" in done.stdout
    assert (site.parent / "var" / "public" / "feeds" / "all.rss").exists()
    due = {str(it["id"]): str(it["next_try"]) for it in lines(run("sources", "--json", "--config", site).stdout)}
    soonest = min(due, key=due.__getitem__)
    again = run("once", "--config", site, TZ="UTC")
    assert f"Nothing is due: the next is {soonest}, at {due[soonest][:16].replace('T', ' ')}. " in again.stdout
    assert "`syndicator once --all`" in again.stdout
    (story,) = lines(run("stories", "--json", "--config", site).stdout)
    assert story["title"] == "The river has risen"
    assert story["published"] == "2026-03-05T14:00:00Z"
    (copy,) = story["copies"]
    assert (copy["source"], copy["url"], copy["guid"]) == ("daily", "http://127.0.0.1/river", "http://127.0.0.1/river")
    daily, gone = lines(run("sources", "--json", "--config", site).stdout)
    assert (daily["id"], daily["status"], daily["articles"]) == ("daily", "ok", 1)
    assert (gone["id"], gone["status"], gone["failure"]) == ("gone", "failing", "status")
    assert gone["remedy"]
    assert gone["next_try"]
    people = run("sources", "--config", site, TZ="UTC").stdout
    assert f"Next try {str(gone['next_try'])[:16].replace('T', ' ')}." in people
    assert "2026-03-05 14:00  The river" in run("stories", "--config", site, TZ="UTC").stdout
    assert "2026-03-05 17:00  The river" in run("stories", "--config", site, TZ="MSK-3").stdout, "as the clock shows it"


def test_a_source_whose_ids_are_new_at_every_poll_is_told_of_once_and_shown_with_it(
    run: Run, site: Path, origin: Origin
) -> None:
    def once(poll: int) -> str:
        entries = [
            b"<item><title>Entry %d</title><link>http://127.0.0.1/%d</link><guid>%d-%d</guid></item>"
            % (number, number, poll, number)
            for number in range(5)
        ]
        origin.serve(
            "/feed",
            RIVER.replace(b"</channel>", b"".join(entries) + b"</channel>").replace(b"river</guid", b"%d</guid" % poll),
        )
        return run("once", "daily").stdout

    told = [poll for poll in range(4) if "told apart by their links" in once(poll)]
    assert told == [2]
    (daily, _) = lines(run("sources", "--json").stdout)
    assert (daily["keyed_by"], daily["articles"]) == ("link", 6)
    assert "Note: Its ids change" in run("sources").stdout


def test_the_folder_may_be_given_before_or_after_the_command_or_by_the_environment(run: Run, site: Path) -> None:
    for done in (
        run("check", "--config", site),
        run("--config", site, "check"),
        run("check", SYNDICATOR_CONFIG=str(site)),
        run("check"),
    ):
        assert done.returncode == ExitCode.OK, done.stderr
        assert "2 sources, 1 channel, no" in done.stdout


def test_a_secret_is_wanted_by_those_who_use_it_alone(run: Run, site: Path) -> None:
    gather(site)
    with (site / "syndicator.toml").open("a") as file:
        file.write('\n[serve]\noperator = { username = "me", password = "env:NO_OPERATOR" }\n')
    looks = (["sources"], ["stories"], ["why", "1"], ["decisions"], ["social"], ["boilerplate", "daily"], ["replay"])
    for words in (*looks, ["once"], ["publish"], ["replay", "--apply"]):
        done = run(*words)
        assert (done.returncode, done.stderr) == (ExitCode.OK, ""), words
    (site / "sources" / "more.toml").write_text(
        '[[source]]\nurl = "http://127.0.0.1:9/"\nauth = { bearer = "env:NO_TOKEN" }\n'
    )
    for words in looks:
        done = run(*words)
        assert (done.returncode, done.stderr) == (ExitCode.OK, ""), words
    for words in (["once"], ["replay", "--apply"]):
        assert "NO_TOKEN" in run(*words).stderr, words
    for words in (["check"], ["run"], ["serve"]):
        done = run(*words)
        assert done.returncode == ExitCode.USAGE, words
        assert "the environment has no variable NO_OPERATOR" in done.stderr


def test_operators_pages_that_cannot_be_written_are_told_and_the_run_counts(run: Run, site: Path) -> None:
    with (site / "syndicator.toml").open("a") as file:
        file.write('\n[serve]\noperator = { username = "me", password = "secret" }\n')
    (site.parent / "var").mkdir()
    (site.parent / "var" / "operator").write_text("a file")
    done = run("once")
    assert done.returncode == ExitCode.OK
    assert "Polled 2 sources" in done.stdout
    assert "var/operator cannot be written" in done.stdout


def test_what_a_killed_service_left_half_written_is_cleared_away(run: Run, site: Path) -> None:
    var = site.parent / "var"
    left = [var / "status.new", var / "operator" / ".syndicator-metrics.part", var / "public" / ".syndicator-a.part"]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half of")
    assert run("publish").returncode == ExitCode.OK
    assert [path for path in left if path.exists()] == []


def test_once_brings_the_operators_pages_up_to_date(run: Run, site: Path) -> None:
    with (site / "syndicator.toml").open("a") as file:
        file.write('\n[serve]\noperator = { username = "me", password = "secret" }\n')
    assert run("once").returncode == ExitCode.OK
    metrics = (site.parent / "var/operator/metrics").read_text()
    assert 'syndicator_requests_total{of="source",result="read"} 1.0' in metrics
    assert 'syndicator_requests_total{of="source",result="failed"} 1.0' in metrics


def test_named_sources_are_polled_though_not_due_and_unknown_ones_refused(run: Run, site: Path) -> None:
    gather(site)
    assert "Polled 1 source:" in run("once", "daily").stdout
    assert "Polled 2 sources" in run("once", "--all").stdout
    both = run("once", "daily", "--all")
    assert (both.returncode, both.stdout) == (ExitCode.USAGE, ""), "which of the two was meant?"
    assert "--all" in both.stderr
    done = run("once", "daily", "--json")
    assert done.stderr == ""
    (report,) = lines(done.stdout)
    assert (report["source_id"], report["new"], report["failure"]) == ("daily", 0, None)
    address = report["url"]
    assert f'url = "{address}"' in (site / "sources" / "all.toml").read_text()
    with (site / "sources" / "all.toml").open("a") as file:
        file.write(f'[[source]]\nid = "own"\nurl = "{address}?token=s3cret"\n')
    (own,) = lines(run("once", "own", "--json").stdout)
    assert (own["source_id"], own["url"]) == ("own", None)
    unknown = run("once", "dayly")
    assert unknown.returncode == ExitCode.USAGE
    assert "dayly" in unknown.stderr


def test_stories_are_shown_with_titles_where_there_are_any(run: Run, site: Path, origin: Origin) -> None:
    bare = (
        b"<rss><channel><item><description>Only words, no headline.</description><guid>b</guid></item></channel></rss>"
    )
    (site / "sources" / "bare.toml").write_text(f'[[source]]\nid = "bare"\nurl = "{origin.serve("/bare", bare)}"\n')
    gather(site, "bare")
    gather(site)
    shown = [line[18:] for line in run("stories").stdout.splitlines()]
    assert shown == ["Only words, no headline.  [127.0.0.1]  #1", "The river has risen  [The Daily]  #2"]


def test_a_list_is_shown_with_what_its_sources_have(run: Run, site: Path, origin: Origin) -> None:
    items = b"".join(b"<item><title>%d</title><guid>%d</guid></item>" % (number, number) for number in (1, 2))
    two = b"<rss><channel>" + items + b"</channel></rss>"
    feeds = [origin.serve("/a", RIVER.replace(b"river", b"lake")), origin.serve("/b", two)]
    outlines = "".join(f'<outline xmlUrl="{url}"/>' for url in feeds)
    opml = f'<opml version="2.0"><body>{outlines}</body></opml>'.encode()
    (site / "sources" / "all.toml").write_text(f'[[list]]\nid = "mine"\nurl = "{origin.serve("/opml", opml)}"\n')
    gather(site)
    found = {str(it["id"]): it for it in lines(run("sources", "--json").stdout)}
    assert (found["mine"]["listed"], found["mine"]["articles"]) == (2, 3)
    assert sorted((it["articles"], it["listed"]) for it in found.values() if it["list"] == "mine") == [
        (1, None),
        (2, None),
    ]
    people = run("sources").stdout
    assert "mine  (2 sources, 3 articles)" in people
    assert "(1 article)" in people


def test_a_list_says_which_of_its_feeds_are_configured_elsewhere(run: Run, site: Path, origin: Origin) -> None:
    urls = [origin.url("/feed"), origin.serve("/b", RIVER.replace(b"river", b"lake"))]
    opml = f'<opml version="2.0"><body><outline xmlUrl="{urls[0]}"/></body></opml>'
    with (site / "sources" / "all.toml").open("a") as file:
        file.write(f'[[list]]\nid = "mine"\nurl = "{origin.serve("/opml", opml.encode())}"\n')
    gather(site)
    people = run("sources").stdout
    assert (
        "mine  (0 sources, 0 articles)\n        It also names sources that are configured elsewhere: daily.\n" in people
    )
    both = opml.replace("</body>", f'<outline xmlUrl="{urls[1]}"/></body>')
    origin.serve("/opml", both.encode())
    gather(site, "mine")
    found = {str(it["id"]): it for it in lines(run("sources", "--json").stdout)}
    assert (found["mine"]["listed"], found["mine"]["elsewhere"], found["daily"]["elsewhere"]) == (1, ["daily"], None)


def test_a_source_that_rewrites_all_or_copies_ids_is_flagged(run: Run, site: Path) -> None:
    gather(site)
    with closing(sqlite3.connect(site.parent / "var" / "syndicator.db")) as database:
        for column, flag in (("rewrites", REWRITTEN), ("borrowed", BORROWED)):
            for count, is_flagged in ((2, False), (5, True)):
                with database:
                    database.execute(
                        f"UPDATE sources SET pace = json_object('{column}', ?) WHERE id = 'daily'", (count,)
                    )
                assert (flag in run("sources").stdout) is is_flagged
                assert next(it[column] for it in lines(run("sources", "--json").stdout) if it["id"] == "daily") == count


def test_whether_a_sources_hub_tells_of_its_news_is_shown_without_the_way_in(run: Run, site: Path) -> None:
    gather(site)
    hub, until = "https://hub.example/", datetime(2026, 3, 5, 14, tzinfo=UTC)
    lease = Lease(
        source_id="daily", offer=Offer(hub=hub, topic="t"), callback="https://x.example/T0ken", again_at=until
    )

    def told(**changes: object) -> tuple[str, tuple[object, ...]]:
        with closing(Store.write(site.parent / "var" / "syndicator.db")) as store:
            store.write_leases([replace(lease, **changes)])
        people, scripts = run("sources", TZ="UTC").stdout, run("sources", "--json").stdout
        assert "T0ken" not in people + scripts
        row = next(it for it in lines(scripts) if it["id"] == "daily")
        return people, (row["hub"], row["told_until"], row["hub_trouble"])

    people, row = told()
    assert ("hub" in people, row) == (False, (hub, None, None)), "it was only just asked"
    people, row = told(until=until)
    assert f"        Its hub {hub} announces its news.\n" in people
    assert row == (hub, "2026-03-05T14:00:00Z", None)
    people, row = told(message="It was slow.")
    assert f"        Its hub {hub} does not announce its news: It was slow.\n" in people
    assert row == (hub, None, "It was slow.")
    people, _ = told(message="It was slow.", until=until)
    assert f"        Its hub {hub} announces its news until 2026-03-05 14:00.\n" in people
    assert f"        Its hub {hub} could not be asked to continue: It was slow.\n" in people
    assert lines(run("sources", "--json").stdout)[1]["hub"] is None


def test_warnings_of_a_feed_that_is_cut_off_are_kept(run: Run, site: Path, origin: Origin) -> None:
    origin.serve("/feed", RIVER.replace(b"Two", b"R & D, two")[:-40])
    gather(site)
    daily, gone = lines(run("sources", "--json").stdout)
    assert (daily["failure"], gone["warnings"]) == ("truncated", [])
    assert any("&" in str(warning) for warning in daily["warnings"])  # type: ignore[attr-defined]


def test_a_source_that_has_been_removed_is_not_said_to_fail(run: Run, site: Path, origin: Origin) -> None:
    gather(site)
    origin.serve("/feed", b"", status="404 Not Found")
    gather(site, "daily")
    sources = site / "sources" / "all.toml"
    text = sources.read_text()
    sources.write_text("[[source]]" + text.split("[[source]]")[2])
    (_, daily) = lines(run("sources", "--json").stdout)
    assert (daily["id"], daily["status"], daily["failure"], daily["failures"], daily["details"]) == (
        "daily", "removed", None, 0, None,
    )  # fmt: skip
    assert "        It is no longer in the configuration; its stories stay." in run("sources").stdout.splitlines()


def test_a_source_that_has_been_removed_and_has_brought_nothing_is_listed_no_more(run: Run, site: Path) -> None:
    gather(site)
    sources = site / "sources" / "all.toml"
    sources.write_text("[[source]]".join(sources.read_text().split("[[source]]")[:2]))
    assert [it["id"] for it in lines(run("sources", "--json").stdout)] == ["daily"]


def test_what_a_source_repeats_is_listed_and_the_operators_word_holds(run: Run, site: Path, origin: Origin) -> None:
    def serve(count: int) -> None:
        stories = "".join(
            f"<item><title>Story {number}</title><link>http://127.0.0.1/{number}</link><description>"
            f"&lt;p>{f'What happened to number {number}, in many words. ' * 9}&lt;/p>&lt;p>Buy an elephant!&lt;/p>"
            "&lt;p>Our editors welcome letters.&lt;/p></description></item>"
            for number in range(count)
        )
        origin.serve("/feed", f'<rss version="2.0"><channel><title>D</title>{stories}</channel></rss>'.encode())

    assert "no source “nobody”" in run("boilerplate", "nobody").stderr
    assert "Did you mean “daily”?" in run("boilerplate", "dayly").stderr
    assert "No repeated paragraphs are known yet." in run("boilerplate", "daily").stdout
    serve(6)
    gather(site)
    assert "repeats 2 paragraphs in its stories: syndicator boilerplate daily" in run("sources").stdout
    shown = run("boilerplate", "daily").stdout.splitlines()
    assert shown[0] == "  1  not compared, not published, in 6 of the last 6 stories"
    assert shown[1] == "     Buy an elephant!"
    assert "no paragraph 7" in run("boilerplate", "daily", "--allow", "7").stderr
    for number in ("0", "007", "9" * 5000):
        assert f"no paragraph {number}" in run("boilerplate", "daily", "--allow", number).stderr
    assert (
        "Only one paragraph can be decided at a time"
        in run("boilerplate", "daily", "--allow", "1", "--deny", "2").stderr
    )
    assert "is part of the story" in run("boilerplate", "daily", "--allow", "2").stdout
    denied = run("boilerplate", "daily", "--deny", "Never seen yet.").stdout
    assert "is never part" in denied
    assert "None of its newest stories has this paragraph" in denied
    (done,) = lines(run("boilerplate", "daily", "--deny", "Never seen yet.", "--json").stdout)
    assert done == {"source": "daily", "text": "Never seen yet.", "word": "deny", "having": 0}
    for word in ("--allow", "--deny", "--forget"):
        empty = run("boilerplate", "daily", word, " ")
        assert (empty.returncode, empty.stdout) == (ExitCode.USAGE, "")
        assert "The paragraph is empty." in empty.stderr
    assert run("boilerplate", "daily", "--deny", "***").returncode == ExitCode.USAGE
    sources = site / "sources" / "all.toml"
    plain = sources.read_text()
    sources.write_text(plain.replace('id = "daily"', 'id = "daily"\nkeep_lines = ["Buy an elephant"]'))
    assert "part of the story (keep_lines), in 6 of" in run("boilerplate", "daily").stdout
    assert "is in keep_lines of daily" in run("boilerplate", "daily", "--deny", "1").stderr
    sources.write_text(plain)

    # a copy of the database has it, too; and what is learned later changes nothing of it
    store = site.parent / "var" / "syndicator.db"
    copy = store.read_bytes()
    store.unlink()
    store.with_name("copy.db").write_bytes(copy)
    with (site / "syndicator.toml").open("a") as file:
        file.write('[paths]\nstore = "../var/copy.db"\n')
    serve(9)
    gather(site, "daily")
    found = {str(it["text"]): it for it in lines(run("boilerplate", "daily", "--json").stdout)}
    assert {text: (it["verdict"], it["word"], it["stories"]) for text, it in found.items()} == {
        "Buy an elephant!": ("cut", None, 9),
        "Our editors welcome letters.": ("cut", "allow", 9),
        "Never seen yet.": ("story", "deny", 0),
    }
    (daily, _) = lines(run("sources", "--json").stdout)
    assert daily["boilerplate"] == 2
    assert "by how often" in run("boilerplate", "daily", "--forget", "Never seen yet.").stdout
    assert len(lines(run("boilerplate", "daily", "--json").stdout)) == 2


def test_a_paragraph_that_the_configuration_drops_is_shown_as_it_stands_there(
    run: Run, site: Path, origin: Origin
) -> None:
    stories = "".join(
        f"<item><title>Story {number}</title><link>http://127.0.0.1/{number}</link><description>"
        f"&lt;p>{f'What happened to number {number}, in many words. ' * 9}&lt;/p>&lt;p>Buy an elephant!&lt;/p>"
        "</description></item>"
        for number in range(7)
    )
    origin.serve("/feed", f'<rss version="2.0"><channel><title>D</title>{stories}</channel></rss>'.encode())
    sources = site / "sources" / "all.toml"
    sources.write_text(sources.read_text().replace('id = "daily"', 'id = "daily"\ndrop_lines = ["buy an elephant"]'))
    gather(site)
    assert run("boilerplate", "daily").stdout.splitlines() == [
        "  1  not published (drop_lines), in 7 of the last 7 stories",
        "     buy an elephant",
    ]
    (row,) = lines(run("boilerplate", "daily", "--json").stdout)
    assert (row["text"], row["setting"]) == ("buy an elephant", "drop_lines")
    assert "is in drop_lines of daily" in run("boilerplate", "daily", "--allow", "1").stderr


def test_words_and_queries_find_stories(run: Run, site: Path) -> None:
    gather(site)
    assert "river" in run("stories", "RIVER risen").stdout
    assert "river" in run("stories", "RIVER", "risen").stdout, "as two words of the shell"
    assert "No story matches" in run("stories", "river", "ocean").stdout
    assert "river" in run("stories", '"the river"').stdout
    assert "No story matches" in run("stories", "ocean").stdout
    bad = run("stories", '"unclosed')
    assert bad.returncode == ExitCode.USAGE
    assert "query" in bad.stderr


def test_every_mistake_of_the_configuration_is_told_and_nothing_started(run: Run, site: Path) -> None:
    (site / "sources" / "all.toml").write_text(
        '[[source]]\nurll = "https://x.example/"\n\n[[source]]\nurl = "ftp://x"\n'
    )
    for command in ("check", "run", "once", "serve", "publish", "sources", "stories"):
        done = run(command)
        assert done.returncode == ExitCode.USAGE
        assert "all.toml:2" in done.stderr
        assert "all.toml:5" in done.stderr
        assert "Traceback" not in done.stderr
    assert not (site.parent / "var").exists()


def test_who_only_looks_sees_what_was_there_before_a_mistake_and_is_told_of_it(run: Run, site: Path) -> None:
    gather(site)
    before = {command: run(command, "--json").stdout for command in ("sources", "stories")}
    (site / "channels").mkdir()
    (site / "sources" / "more.toml").write_text('[[source]]\nid = "more"\nurl = "ftp://x"\n')
    (site / "channels" / "all.toml").write_text("[[channel]\n")
    for command, expected in before.items():
        done = run(command, "--json")
        assert (done.returncode, done.stdout) == (ExitCode.OK, expected)
        assert "more.toml:3" in done.stderr
        assert "all.toml:1" in done.stderr
    (site / "syndicator.toml").write_text("[paths]\nstore = 5\n")
    assert run("stories").returncode == ExitCode.USAGE


def test_a_missing_configuration_says_how_to_make_one_and_that_works(run: Run, tmp_path: Path) -> None:
    missing = run("check")
    assert missing.returncode == ExitCode.USAGE
    assert "syndicator init" in missing.stderr
    assert run("init", "config").returncode == ExitCode.OK
    assert run("check").returncode == ExitCode.OK
    assert "0 failed" in run("once").stdout
    assert run("init", "config").returncode == ExitCode.USAGE


def test_what_is_proposed_can_be_typed_whatever_the_folders_name(run: Run, tmp_path: Path) -> None:
    missing = run("check", "--config", "my news").stderr
    assert "`syndicator init 'my news'` makes one" in missing
    made = run("init", "my news").stdout
    assert made.endswith("Now edit 'my news/sources', then: syndicator check --config 'my news'\n")
    assert run("init", "").returncode == ExitCode.USAGE
    assert [it.name for it in tmp_path.iterdir()] == ["my news"]


def test_a_mistake_in_a_file_of_any_name_is_told(run: Run, site: Path) -> None:
    (site / "sources" / os.fsdecode(b"\xff.toml")).write_text("[[source]]\n")
    done = run("check")
    assert done.returncode == ExitCode.USAGE
    assert r"sources/\udcff.toml:1: source.url: is missing" in done.stderr


def test_check_says_where_sources_are_looked_for_when_there_are_none(run: Run, site: Path) -> None:
    assert "Nothing is read" not in run("check").stdout
    (site / "sources" / "all.toml").unlink()
    done = run("check")
    assert done.returncode == ExitCode.OK
    assert f"Nothing is polled: there is no [[source]] in {site.name}/syndicator.toml" in done.stdout


def test_check_tells_what_is_doubtful_and_does_not_refuse_it(run: Run, site: Path) -> None:
    (site / "sources" / "more.toml").write_text('[[source]]\nid = "more"\nurl = "file:../none.xml"\n')
    done = run("check")
    assert (done.returncode, done.stderr) == (ExitCode.OK, "")
    warning, last = done.stdout.splitlines()
    assert warning == f"config/sources/more.toml:3: source.url: the file {site / 'none.xml'} does not exist"
    assert last == "config: 3 sources, 1 channel, no mistake found, 1 warning."
    gather(site)
    assert f"file: The file {site / 'none.xml'} does not exist." in run("sources").stdout


def test_check_also_tells_of_mistakes_in_a_list(run: Run, site: Path) -> None:
    (site / "sources" / "mine.txt").write_text("https://a.example/rss\nhtps://b.example/rss\n")
    (site / "sources" / "more.toml").write_text('[[list]]\nurl = "file:mine.txt"\n')
    done = run("check")
    assert (done.returncode, done.stderr) == (ExitCode.OK, "")
    warning, last = done.stdout.splitlines()
    assert warning.startswith(f"{site / 'sources' / 'mine.txt'}: Entries without")
    assert warning.endswith("left out: 1 (line 2).")
    assert last == "config: 3 sources, 1 channel, no mistake found, 1 warning."


def test_before_the_first_run_there_is_nothing_and_no_trouble(run: Run, site: Path) -> None:
    assert "No stories yet" in run("stories").stdout
    assert run("stories", "--json").stdout == ""
    assert [it["status"] for it in lines(run("sources", "--json").stdout)] == ["new", "new"]


def test_a_second_writer_is_refused_with_a_code_of_its_own(run: Run, site: Path) -> None:
    lock = Lock(site.parent / "var" / "syndicator.db")
    for command in ("once", "run", "publish"):
        done = run(command)
        assert done.returncode == ExitCode.LOCKED
        assert "Another syndicator" in done.stderr
    lock.release()


def test_a_damaged_database_is_left_as_it_is(run: Run, site: Path) -> None:
    (site.parent / "var").mkdir()
    (site.parent / "var" / "syndicator.db").write_text("this is no database at all" * 99)
    for command in ("run", "once", "stories", "sources"):
        done = run(command)
        assert done.returncode == ExitCode.USAGE
        assert "damaged" in done.stderr
        assert "Traceback" not in done.stderr
    assert (site.parent / "var" / "syndicator.db").read_text().startswith("this is no database")


def test_publishing_again_writes_what_is_missing(run: Run, site: Path) -> None:
    gather(site)
    (site.parent / "var" / "public" / "feeds" / "all.atom").unlink()
    assert run("publish").stdout == "feeds/all.atom\n"
    assert run("publish").stdout == "Everything is up to date.\n"
    (site.parent / "var" / "public" / "feeds" / "all.rss").write_text("somebody's garbage")
    assert run("publish").stdout == "feeds/all.rss\n"


def test_stories_of_a_closed_store_can_be_piped_away(run: Run, site: Path) -> None:
    gather(site)
    for command in ("stories --json", "sources", "sources --json"):
        piped = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {sys.executable} -m syndicator {command} | true"],
            capture_output=True, text=True, cwd=site.parent, timeout=60, check=False,
        )  # fmt: skip
        assert (piped.stderr, piped.returncode) == ("", ExitCode.OK), command


def test_a_folder_for_temporary_files_with_a_long_name_is_no_trouble(run: Run, site: Path, tmp_path: Path) -> None:
    long = tmp_path / ("x" * 100)
    long.mkdir()
    done = run("once", "daily", TMPDIR=str(long))
    assert "1 new story," in done.stdout, done.stderr
    assert list(long.iterdir()) == []


def test_an_interrupt_while_the_program_is_loaded_is_no_traceback() -> None:
    code = """
import os, signal, sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == "syndicator.cli.app":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from syndicator.cli import main
main()"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (ExitCode.INTERRUPTED, "", "Interrupted.\n")


def test_a_bad_word_is_refused_by_name(run: Run) -> None:
    done = run("oncee")
    assert done.returncode == ExitCode.USAGE
    assert "oncee" in done.stderr


def test_the_lock_is_free_after_each_command(run: Run, site: Path) -> None:
    run("once")
    Store.write(site.parent / "var" / "syndicator.db").close()
