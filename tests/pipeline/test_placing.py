"""What comes of articles: a story, a copy, an update, or nothing that anybody need care about."""

from pathlib import Path

from support.arrivals import article, keyed, opened
from support.builders import MOMENT, make_source
from support.simulation import WORDS, A, B, World, item, rss
from syndicator.model.noun import replace
from syndicator.pipeline.landed import Report
from syndicator.pipeline.placing import place_article


def test_articles_of_all_sources_become_stories_and_what_they_share_becomes_one(world: World) -> None:
    world.network.serve(A.url, rss(item(1), item(2, text=WORDS)))
    world.network.serve(B.url, rss(item(3, "b.example"), item("tram", "b.example", text=WORDS)))
    world.settle()
    assert sorted(sources for _, sources in world.stories()) == [["a"], ["a", "b"], ["b"]]


def test_what_nobody_need_care_about_is_no_change(world: World) -> None:
    def poll(text: str) -> list[tuple[int, int]]:
        world.network.clear(A.url)
        world.network.serve(A.url, rss(item(1, text=text), item(2, text=WORDS)))
        return [(it.new, it.updated) for it in world.later(days=1) if it.source_id == "a"]

    assert poll(f"&lt;p>{WORDS}&lt;/p>") == [(2, 0)]
    assert poll(f"&lt;div>{WORDS}&lt;/div>") == [(0, 0)], "only its markup"
    assert poll(f"&lt;div>{WORDS} More.&lt;/div>") == [(0, 1)]


def test_a_site_that_moves_house_brings_no_story_twice(tmp_path: Path) -> None:
    def entry(number: int, url: str, text: str) -> str:
        date = f"<pubDate>Mon, 02 Mar 2026 08:{number:02}:00 GMT</pubDate>"
        ids = f"<link>{url}</link><guid>{url}</guid>"
        return f"<item><title>Title {number}</title>{ids}{date}<description>{text}</description></item>"

    world = World.open(tmp_path, A)
    world.network.serve(A.url, rss(*(entry(it, f"https://a.example/{it}.html", f"Teaser {it} …") for it in range(20))))
    world.settle()
    before = {title for title, _ in world.stories()}
    guids = {story.guid for story in world.pump.store.stories(range(1, 99))}
    world.network.clear(A.url)
    there = [entry(it, f"https://new.example/?p={100 + it}", f"{WORDS} {it}") for it in range(3, 23)]
    world.network.serve(A.url, rss(*there))
    (report,) = world.later(days=1)
    assert (report.new, report.updated) == (3, 17)
    assert {title for title, _ in world.stories()} == before | {"Title 20", "Title 21", "Title 22"}
    assert guids <= {story.guid for story in world.pump.store.stories(range(1, 99))}
    (report,) = world.later(days=1)
    assert (report.new, report.updated) == (0, 0)


def test_each_article_is_counted_as_what_it_was_and_told_to_be_new_but_once(tmp_path: Path) -> None:
    first = article("a", "fire")
    copy = replace(first, source_id="b", key="copy")
    edited = keyed(replace(first, title="Another title"))
    report = Report(source_id="a")
    with opened(tmp_path / "s.db", "a", "b") as store, store.recording(MOMENT) as recording:
        new = [
            place_article(recording, make_source(id=it.source_id), it, report) for it in (first, copy, first, edited)
        ]
    assert new == [True, True, False, False]
    assert (report.new, report.joined, report.updated, report.merged) == (1, 1, 1, 0)
