"""What a source would bring, seen before it is one; and nothing of it stays."""

import json
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

from support.feeds import RIVER
from support.gathering import gather
from support.origin import Origin
from syndicator.errors import ExitCode

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_an_address_is_shown_with_its_articles_and_how_to_add_it(site: Path, run: Run, origin: Origin) -> None:
    url = origin.serve("/new", RIVER)
    done = run("preview", url)
    assert done.returncode == ExitCode.OK, done.stderr
    assert done.stdout.startswith("The Daily: 1 article\n")
    assert "The river has risen\n" in done.stdout
    assert "http://127.0.0.1/river\n    11 characters" in done.stdout
    assert f'[[source]]\nurl = "{url}"\nfollow = true  # its entries say little' in done.stdout
    episode = RIVER.replace(
        b"</item>", b'<enclosure url="http://127.0.0.1/a.mp3" type="audio/mpeg" length="1"/></item>'
    )
    assert "follow" not in run("preview", origin.serve("/podcast", episode)).stdout
    full = origin.serve("/full", RIVER.replace(b"Two metres.", b"Two metres and more of it. " * 30))
    assert run("preview", full).stdout.endswith(f'[[source]]\nurl = "{full}"\n')
    assert not (site.parent / "var").exists()


def test_what_is_to_be_written_is_toml_whatever_the_address_holds(site: Path, run: Run, origin: Origin) -> None:
    origin.serve("/%22feed%22", RIVER)
    done = run("preview", origin.url('/"feed"'))
    assert done.returncode == ExitCode.OK, done.stderr
    table = tomllib.loads(done.stdout.partition("sources:\n")[2])
    assert table == {"source": [{"url": origin.url('/"feed"'), "follow": True}]}
    assert not (site.parent / "var").exists()


def test_a_source_is_polled_as_it_is_configured_and_what_is_stored_stays_as_it_was(
    site: Path, run: Run, origin: Origin
) -> None:
    (site / "sources" / "all.toml").write_text(
        (site / "sources" / "all.toml").read_text().replace('id = "daily"', 'id = "daily"\ntitle = "Mine"')
    )
    gather(site, "daily")
    before = run("sources", "--json").stdout, run("stories", "--json").stdout
    done = run("preview", "daily")
    assert done.stdout.startswith("Mine: 1 article\n")
    assert "[[source]]" not in done.stdout
    assert (run("sources", "--json").stdout, run("stories", "--json").stdout) == before
    by_address = run("preview", origin.url("/feed"))
    assert (
        by_address.stdout
        == f"This address belongs to the source daily, and is read with that source's settings.\n{done.stdout}"
    )


def test_a_script_gets_all_that_was_read(site: Path, run: Run) -> None:
    found = json.loads(run("preview", "daily", "--json", "--config", site).stdout)
    assert (found["title"], found["status"], found["is_page"], found["warnings"]) == ("The Daily", "ok", False, [])
    (article,) = found["articles"]
    assert article["title"] == "The river has risen"
    assert (article["url"], article["published"]) == ("http://127.0.0.1/river", "2026-03-05T14:00:00Z")
    assert article["text"] == "Two metres."


def test_what_gives_nothing_says_why_and_what_to_do(site: Path, run: Run, origin: Origin) -> None:
    done = run("preview", "gone", "--config", site)
    assert done.returncode == ExitCode.USAGE
    assert "404" in done.stdout
    feed = origin.url("/feed")
    page = f'<html><head><link rel="alternate" type="application/rss+xml" href="{feed}"></head><body>x</body></html>'
    done = run("preview", origin.serve("/page", page.encode()), "--config", site)
    assert done.returncode == ExitCode.USAGE
    assert feed in done.stdout
    assert "No list on the page" not in done.stdout, "none was looked for"
    for body in (b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', b'{"data": []}'):
        done = run("preview", origin.serve("/other", body), "--config", site)
        assert done.returncode == ExitCode.USAGE
        assert "kind = " in done.stdout
        assert "No list on the page" not in done.stdout, "it is no page"
    menu = b"<html><body><ul><li><a href='/a'>About</a></li><li><a href='/b'>Contact</a></li></ul></body></html>"
    done = run("preview", origin.serve("/menu", menu), "--config", site)
    assert done.returncode == ExitCode.USAGE
    assert "No list on the page is certain enough to be proposed." in done.stdout


ITEM = (
    '<article><h2><a href="/news/{0}-tram">Council approves the line {0}</a></h2>'
    "<time>2026-03-{0} 10:00</time></article>"
)
LISTING = f"<html><body><h1>News</h1>{''.join(ITEM.format(it) for it in range(10, 22))}</body></html>".encode()


def test_a_page_that_lists_articles_is_shown_with_the_selectors_that_would_read_it(
    site: Path, run: Run, origin: Origin
) -> None:
    url = origin.serve("/news", LISTING)
    done = run("preview", url, "--config", site)
    assert done.returncode == ExitCode.USAGE
    assert (
        "Judging by its layout, the page lists 12 articles:\n\n  Council approves the line 10\n    2026-03-10 10:00"
        in done.stdout
    )
    assert "… and 2 more" in done.stdout
    block = done.stdout.partition("sources:\n")[2]
    select = {"item": "article", "link": "h2 a", "title": "h2 a", "date": "time"}
    assert tomllib.loads(block) == {"source": [{"url": url, "kind": "page", "select": select, "follow": True}]}
    (site / "sources" / "town.toml").write_text(block.replace("follow = true", 'id = "town"'))
    shown = run("preview", "town", "--config", site)
    assert shown.returncode == ExitCode.OK, shown.stdout
    assert ": 12 articles\n" in shown.stdout
    assert "Judging by its layout" not in shown.stdout


TITLES = (
    "The river rises by two metres",
    "The old bridge is closed again",
    "Harbour ferry gets its electric boat",
    "Water prices will rise in April",
    "Volunteers plant trees on the hill",
    "Museum finds a painting in its cellar",
    "The tram moves to the market",
    "School wins the prize of the town",
)


def test_a_front_page_that_looks_like_one_article_is_shown_as_a_list_as_well(
    site: Path, run: Run, origin: Origin
) -> None:
    told = "It rose by two metres in the night, and more is to come before the weekend, says the harbour master. " * 3
    post = '<div class="post"><p class="name"><a href="/2026/{0}.html">{1}</a>, March {0}</p><p>{2}</p></div>'
    posts = "".join(post.format(number, title, told) for number, title in enumerate(TITLES, 10))
    blog = f"<title>Notes from the quay</title><h1>Notes from the quay</h1>{posts}"
    done = run("preview", origin.serve("/blog", blog.encode()), "--config", site)
    assert done.returncode == ExitCode.OK
    assert ", a page: 1 article\n" in done.stdout
    assert "Judging by its layout, the page lists 8 articles" in done.stdout
    article = f"<h1>The river has risen</h1>{'<p>It rose by two metres in the night, and more is to come. </p>' * 9}"
    alone = origin.serve("/alone", f"<title>The river has risen</title>{article}".encode())
    assert "Judging by its layout" not in run("preview", alone, "--config", site).stdout


MARKED = (
    '<article class="h-entry"><h2 class="p-name"><a class="u-url" href="/n/{0}">Line {0}</a></h2>'
    '<time class="dt-published" datetime="2026-03-{0}T10:00:00Z"></time>'
    '<div class="e-content"><p>{1}</p></div></article>'
)


def test_a_page_that_is_a_feed_by_its_classes_is_shown_with_what_to_write_which_needs_no_selectors(
    site: Path, run: Run, origin: Origin
) -> None:
    def page(text: str, head: str = "") -> bytes:
        entries = "".join(MARKED.format(it, text) for it in range(10, 14))
        return f'<html>{head}<body class="h-feed"><h1 class="p-name">Notes</h1>{entries}</body></html>'.encode()

    url = origin.serve("/notes", page("The whole text, from its first word to its last. " * 20))
    done = run("preview", url, "--config", site)
    assert done.returncode == ExitCode.OK, done.stdout
    assert done.stdout.startswith("Notes, a page: 4 articles\n")
    assert "Judging by its layout" not in done.stdout
    block = done.stdout.partition("sources:\n")[2]
    assert tomllib.loads(block) == {"source": [{"url": url, "kind": "page"}]}
    (site / "sources" / "notes.toml").write_text(f'{block}id = "notes"\n')
    assert run("preview", "notes", "--config", site).stdout.startswith("Notes, a page: 4 articles\n")
    teasers = run("preview", origin.serve("/teasers", page("Little.")), "--config", site).stdout
    assert "follow = true" in teasers
    offer = f'<link rel="alternate" type="application/rss+xml" href="{origin.url("/feed")}">'
    done = run("preview", origin.serve("/offers", page("Little.", offer)), "--config", site)
    assert done.returncode == ExitCode.USAGE
    assert origin.url("/feed") in done.stdout


def test_a_private_page_proposes_nothing(site: Path, run: Run, origin: Origin) -> None:
    url = origin.serve("/news?token=hunter2", LISTING.replace(b"-tram", b"-tram?token=hunter2"))
    done = run("preview", url, "--config", site)
    assert done.returncode == ExitCode.USAGE
    assert "neither an article nor a list" in done.stdout
    assert "hunter2" not in done.stdout
    assert "Judging by its layout" not in done.stdout
    assert "No list on the page" not in done.stdout, "nobody has looked"


def test_selectors_that_do_not_fit_any_more_are_proposed_anew(site: Path, run: Run, origin: Origin) -> None:
    url = origin.serve("/news", LISTING)
    (site / "sources" / "town.toml").write_text(
        f'[[source]]\nid = "town"\nurl = "{url}"\nkind = "page"\nselect = {{ item = ".old" }}\n'
    )
    done = run("preview", "town", "--config", site)
    assert 'item = ".old" matches 0 elements' in done.stdout
    assert "put these lines into the source:\n\nkind = " in done.stdout
    assert "[[source]]" not in done.stdout
    found = json.loads(run("preview", "town", "--json", "--config", site).stdout)
    (proposal,) = found["proposals"]
    assert proposal["select"]["item"] == "article"
    assert proposal["articles"][0] == {
        "title": "Council approves the line 10",
        "url": origin.url("/news/10-tram"),
        "published": "2026-03-10T10:00:00Z",
    }


def test_a_host_that_wants_to_be_left_alone_is_left_alone(site: Path, run: Run, origin: Origin) -> None:
    url = origin.serve("/busy", b"", "Retry-After: 3600", status="429 Too Many Requests")
    (site / "sources" / "busy.toml").write_text(f'[[source]]\nid = "busy"\nurl = "{url}"\n')
    gather(site, "busy")
    asked = len(origin.asked)
    done = run("preview", "daily", "--config", site)
    assert done.returncode == ExitCode.USAGE
    assert "left alone" in done.stdout
    assert len(origin.asked) == asked


def test_what_is_neither_a_source_nor_an_address_is_refused_and_not_repeated(site: Path, run: Run) -> None:
    for word in ("nobody", "ftp://a.example/", "https://a b.example/?token=hunter2", '"\n[site]\ntitle = "x'):
        done = run("preview", word, "--config", site)
        assert done.returncode == ExitCode.USAGE
        assert done.stderr.startswith("syndicator: That is neither a source's id nor a usable address: ")
        assert "hunter2" not in done.stderr
    assert run("preview", "t.me/daily", "--config", site).stderr.endswith("did you mean https://t.me/daily?\n")


def test_a_slip_in_a_sources_id_is_seen(site: Path, run: Run) -> None:
    assert run("preview", "dayly", "--config", site).stderr.endswith(" address. Did you mean “daily”?\n")
    assert run("preview", "nobody", "--config", site).stderr.endswith(" address.\n")


def test_a_list_is_shown_with_the_sources_that_it_names(site: Path, run: Run, origin: Origin) -> None:
    urls = [origin.url(f"/{it}") for it in range(12)]
    opml = "".join(f'<outline type="rss" xmlUrl="{it}"/>' for it in urls)
    at = origin.serve("/list.opml", f'<opml version="2.0"><body>{opml}</body></opml>'.encode())
    (site / "sources" / "list.toml").write_text(f'[[list]]\nid = "mine"\nurl = "{at}"\n')
    shown = run("preview", "mine", "--config", site).stdout.splitlines()
    assert shown[0].endswith("a list of 12 sources: 0 articles")
    assert {it.strip() for it in shown[1:11]} < set(urls)
    assert shown[-1] == "  … and 2 more; --json shows all."


def test_an_address_is_asked_for_as_it_is_written_in_any_script(site: Path, run: Run, origin: Origin) -> None:
    url = origin.serve("/%E2%9C%8C%F0%9F%98%80", RIVER)
    done = run("preview", url.replace("%E2%9C%8C%F0%9F%98%80", "✌😀"), "--config", site)
    assert done.returncode == ExitCode.OK, done.stderr
    assert done.stdout.startswith("The Daily: 1 article\n")


def test_a_file_is_tried_as_a_source_of_the_configuration(site: Path, run: Run) -> None:
    (site / "river.xml").write_bytes(RIVER)
    done = run("preview", "file:river.xml", "--config", site)
    assert done.returncode == ExitCode.USAGE
    assert "give its id" in done.stderr
    (site / "sources" / "file.toml").write_text('[[source]]\nid = "mine"\nurl = "file:../river.xml"\n')
    assert run("preview", "mine", "--config", site).stdout.startswith("The Daily: 1 article\n")


def test_a_private_address_is_shown_nowhere(site: Path, run: Run, origin: Origin) -> None:
    url = origin.serve("/feed?token=hunter2", RIVER)
    done = run("preview", url, "--config", site)
    assert done.returncode == ExitCode.OK, done.stderr
    assert "1 article" in done.stdout
    assert "hunter2" not in done.stdout + done.stderr


def test_an_address_can_be_tried_without_a_configuration(run: Run, origin: Origin, tmp_path: Path) -> None:
    for folder in ("none", "n" * 300):
        done = run("preview", origin.url("/feed"), "--config", tmp_path / folder)
        assert done.returncode == ExitCode.USAGE, done.stderr
        assert "allow_networks" in done.stdout  # loopback is forbidden, unless somebody allows it
