"""The shipped configuration: samples that are what they say, overlaps that exist, addresses that stand once."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from lxml import etree, html

from syndicator.social.lines import Block, split_footer

CONFIG = Path(__file__).parents[2] / "config"
SAMPLES = CONFIG / "samples"
FEEDS = {"rss.xml": "rss20", "rdf.xml": "rss10", "atom.xml": "atom10"}
PAGES = sorted((SAMPLES / "nsn").glob("*.html"))
ARTICLES = [page for page in PAGES if page.name != "index.html"]


def feed(name):
    return feedparser.parse((SAMPLES / name).read_bytes(), sanitize_html=False)


def dom(page):
    return html.fromstring(page.read_bytes())


def lines_of(markup):
    return [" ".join(p.text_content().split()) for p in html.fromstring(f"<div>{markup}</div>").iter("p")]


def paragraphs(page):
    return [p.text_content() for p in dom(page).xpath('//*[@itemprop="articleBody"]/p')]


def sources():
    return [
        source
        for file in sorted((CONFIG / "sources").glob("*.toml"))
        for source in tomllib.loads(file.read_text("utf-8"))["source"]
    ]


@pytest.mark.parametrize("name", FEEDS)
def test_a_sample_feed_is_well_formed(name):
    etree.fromstring((SAMPLES / name).read_bytes())
    parsed = feed(name)

    assert parsed.bozo == 0
    assert parsed.version == FEEDS[name]
    assert 4 <= len(parsed.entries) <= 8


def test_the_json_sample_is_a_json_feed():
    parsed = json.loads((SAMPLES / "feed.json").read_bytes())

    assert parsed["version"] == "https://jsonfeed.org/version/1.1"
    assert 4 <= len(parsed["items"]) <= 8
    assert all(item["id"] and (item.get("content_html") or item.get("content_text")) for item in parsed["items"])


@pytest.mark.parametrize("name", FEEDS)
def test_every_sample_story_is_of_november_2026(name):
    assert {(entry.get("published_parsed") or entry["updated_parsed"])[:2] for entry in feed(name).entries} == {
        (2026, 11)
    }


def test_the_atom_sample_needs_its_bases():
    raw = (SAMPLES / "atom.xml").read_text("utf-8")
    entries = feed("atom.xml").entries

    assert 'href="http' not in raw
    assert all(entry.link.startswith("https://harbour.example/") for entry in entries)
    assert "https://harbour.example/business/images/merganser.jpg" in entries[0].content[0].value
    assert any(entry.published != entry.updated for entry in entries)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_in_windows_1251(page):
    body = page.read_bytes()

    assert b'<meta charset="windows-1251">' in body
    assert "НСН" in body.decode("windows-1251")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_the_listing_links_to_every_article_page():
    listing = dom(SAMPLES / "nsn" / "index.html")
    items = listing.xpath("//article")

    assert sorted(item.xpath("string(.//a/@href)") for item in items) == [page.name for page in ARTICLES]
    assert all(item.xpath("string(.//h2)") and item.xpath("string(.//time)") for item in items)


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: page.name)
def test_an_article_page_ends_with_subscription_line_and_credit(page):
    root = dom(page)
    lines = paragraphs(page)

    assert re.fullmatch(
        r"https://nsn\.example/ekonomika-moskvy/[a-z0-9-]+", root.xpath("string(//link[@rel='canonical']/@href)")
    )
    assert root.xpath('string(//*[@itemprop="articleSection"])') == "Экономика Москвы"
    assert root.xpath('string(//*[@itemprop="headline"])')
    assert re.fullmatch(
        r"2026-11-\d\dT\d\d:\d\d:00\.000Z", root.xpath('string(//*[@itemprop="datePublished"]/@content)')
    )
    assert root.xpath('string(//meta[@itemprop="thumbnailUrl"]/@content)')
    assert 4 <= len(lines) - 2 <= 8
    assert sum("«" in line for line in lines[:-2]) >= 2
    assert lines[-2:] == ["Подписывайтесь на НСН: Новости | Дзен | VK | Telegram", "ФОТО: Владимир Ефимов"]


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: page.name)
def test_an_article_page_is_split_from_its_footer(page):
    blocks = [
        Block(text=p.text_content(), links=tuple((a.text, a.get("href")) for a in p.iter("a")))
        for p in dom(page).xpath('//*[@itemprop="articleBody"]/p')
    ]

    split = split_footer(blocks, site_url="https://nsn.example/", names=["НСН"])

    assert split.keep == tuple(range(len(blocks) - 2))
    assert [credit.name for credit in split.credits] == ["Владимир Ефимов"]
    assert [link.platform for link in split.links][1:] == ["dzen", "vk", "telegram"]


def test_one_page_has_bare_labels_one_has_anchors_one_recaps_another_story():
    anchors = [len(dom(page).xpath('//*[@itemprop="articleBody"]/p[last()-1]/a')) for page in ARTICLES]

    assert sorted(anchors) == [0, 0, 4]
    assert sum(paragraphs(page)[-3].startswith("Ранее на НСН") for page in ARTICLES) == 1


def test_a_page_stands_in_the_rss_sample_under_utm_parameters():
    page = next(page for page in ARTICLES if page.name.startswith("oborot"))
    canonical = dom(page).xpath("string(//link[@rel='canonical']/@href)")
    entry = feed("rss.xml").entries[0]

    assert entry.link.startswith(canonical + "?utm_")
    assert entry.title == dom(page).xpath("string(//h1)")
    assert lines_of(entry.content[0].value) == paragraphs(page)[:-2]


def test_a_story_stands_in_atom_and_json_under_one_address():
    item = json.loads((SAMPLES / "feed.json").read_bytes())["items"][0]
    entry = feed("atom.xml").entries[0]

    assert entry.link == item["url"]
    assert entry.title == item["title"]
    assert lines_of(item["content_html"]) == lines_of(entry.content[0].value)[:-1]  # one has a picture more


def test_a_text_stands_in_rss_and_rdf_on_two_hosts():
    ours, theirs = feed("rss.xml").entries[1], feed("rdf.xml").entries[0]

    assert urlsplit(ours.link).hostname != urlsplit(theirs.link).hostname
    assert lines_of(ours.content[0].value) == lines_of(theirs.content[0].value)
    assert sum(map(len, lines_of(ours.content[0].value))) >= 600


def test_no_source_is_named_twice():
    found = sources()
    listed = re.findall(r'xmlUrl="([^"]+)"', (CONFIG / "lists" / "russian.opml").read_text("utf-8"))

    assert len({source["id"] for source in found}) == len(found)
    assert len({*(source["url"] for source in found), *listed}) == len(found) + len(listed)
    assert any(urlsplit(source["url"]).hostname == "nsn.fm" for source in found)
    etree.parse(CONFIG / "lists" / "russian.opml")


def test_every_sample_source_reads_a_file_of_the_configuration():
    files = [source["url"].removeprefix("file:") for source in sources() if source["url"].startswith("file:")]

    assert len(files) == 5
    assert all((CONFIG / "sources" / file).resolve().is_relative_to(CONFIG.resolve()) for file in files)
    assert all((CONFIG / "sources" / file).is_file() for file in files)


def test_only_what_we_wrote_ourselves_is_republished_in_full():
    full = {source["id"] for source in sources() if source.get("republish") == "full"}

    assert full == {source["id"] for source in sources() if source["url"].startswith("file:")}


def test_every_public_source_says_where_its_address_was_found():
    for file in ("russian.toml", "english.toml"):
        text = (CONFIG / "sources" / file).read_text("utf-8")
        assert text.count("\n# Seen in ") == text.count("\n[[source]]")


def test_the_channels_choose_by_tags_that_exist():
    channels = [
        channel
        for file in (CONFIG / "channels").glob("*.toml")
        for channel in tomllib.loads(file.read_text("utf-8"))["channel"]
    ]
    tags = {tag for source in sources() for tag in source["tags"]}

    assert {channel["id"] for channel in channels} == {"all", "economy"}
    assert all(tags.issuperset(channel.get("tags", ())) for channel in channels)
    tomllib.loads((CONFIG / "syndicator.toml").read_text("utf-8"))


def test_no_sample_asks_for_a_real_host():
    hosts = {
        urlsplit(urljoin("https://nsn.example/", address)).hostname
        for file in SAMPLES.rglob("*.*")
        for address in re.findall(rb'(?:href|src|url)="?(http[^"\s<]+)', file.read_bytes())
        for address in [address.decode()]
    }

    assert {host for host in hosts if not host.endswith(".example")} == {"dzen.ru", "vk.com", "t.me"}


def test_the_readme_shows_what_why_prints_of_a_sample(tmp_path):
    shutil.copytree(CONFIG, tmp_path / "config")
    for name in ("english.toml", "russian.toml"):
        (tmp_path / "config" / "sources" / name).unlink()  # those are asked over the network

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "syndicator", *words],
            capture_output=True, text=True, timeout=120, check=True, cwd=tmp_path, env=dict(os.environ),
        ).stdout  # fmt: skip

    readme = (CONFIG.parent / "README.md").read_text("utf-8")
    ((number, shown),) = re.findall(r"\$ syndicator why (\d+)\n(.*?)```", readme, re.DOTALL)
    title = re.search(rf"Story {number}: (.*)", shown)[1]
    run("once", "sample-rdf")  # two readers at work may end in any order: who is first leads, and numbers tell it
    run("once", "--all")
    (here,) = [it["number"] for it in map(json.loads, run("stories", "--json").splitlines()) if it["title"] == title]

    def told(text):
        """Without times, and with copies numbered as they come."""
        copies = re.findall(r"copy (\d+):", text)
        text = re.sub(r"(since      |seen )\d{4}-\d\d-\d\d \d\d:\d\d", r"\1TIME", text)
        text = re.sub(r"(Story|split|join) \d+", r"\1 THIS", text)
        return re.sub(r"(copy |split THIS |\()(\d+)(?=[:) ])", lambda it: f"{it[1]}#{copies.index(it[2])}", text)

    assert told(run("why", str(here))) == told(shown)
