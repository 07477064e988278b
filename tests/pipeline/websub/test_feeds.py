"""What is a feed, and when it is another one than before."""

from contextlib import closing
from pathlib import Path

from syndicator.pipeline.websub.feeds import Feeds, is_feed
from syndicator.store import Store

FEEDS = ["feeds/all.atom", "feeds/all.json", "feeds/all.rss", "social-events.json", "social.atom", "social.rss"]


def test_feeds_are_told_from_all_else_that_is_published() -> None:
    names = [*FEEDS, "feeds/all.html", "feeds/all/7.rss", "social.json", "sources.opml", "index.html", "other.rss"]
    assert sorted(filter(is_feed, names)) == FEEDS


def test_one_that_is_made_anew_as_it_was_is_no_news_and_one_that_cannot_be_read_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    for name in ("feeds/a.rss", "feeds/b.rss", "index.html"):
        (tmp_path / name).write_text(name)
    prints = {"feeds/a.rss": b"1", "feeds/b.rss": b"1", "feeds/gone.rss": b"1", "index.html": b"1"}
    with closing(Store.write(tmp_path / "store" / "syndicator.db")) as store:
        feeds = Feeds(store)
        store.has_published(prints, [])
        before = dict(feeds.look(tmp_path))
        assert before.keys() == {"feeds/a.rss", "feeds/b.rss"}
        (tmp_path / "feeds/b.rss").write_text("other")
        assert feeds.look(tmp_path) == before, "nothing was published"
        store.has_published({"feeds/a.rss": b"2", "feeds/b.rss": b"2"}, [])
        after = feeds.look(tmp_path)
    assert after["feeds/a.rss"] == before["feeds/a.rss"]
    assert after["feeds/b.rss"] != before["feeds/b.rss"]
