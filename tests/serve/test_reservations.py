import orjson
import pytest

from syndicator.serve.reservations import Reservations


def rules(*places: str, reservation: int = 1) -> bytes:
    return orjson.dumps([{"location": it, "tdm-reservation": reservation} for it in places])


def test_what_the_list_names_is_reserved(public, publish):
    publish(".well-known/tdmrep.json", rules("/feeds/all.rss", "/feeds/all$", "/$"))
    found = Reservations(public)
    assert found.have_changed(0.0)
    assert [it for it in ("/", "/feeds/all", "/feeds/all.rss", "/feeds/all.atom") if found.hold(it)] == [
        "/", "/feeds/all", "/feeds/all.rss",
    ]  # fmt: skip


def test_a_site_may_lie_below_a_path(public, publish):
    publish(".well-known/tdmrep.json", rules("/news/feeds/all.rss"))
    found = Reservations(public)
    found.have_changed(0.0)
    assert found.hold("/feeds/all.rss")


@pytest.mark.parametrize("root", ["", "/news", "/feeds"])
@pytest.mark.parametrize("channel", ["index", "social", "feeds"])
def test_what_is_called_like_a_reserved_feed_is_not_reserved_for_that(public, publish, root, channel):
    page = f"/feeds/{channel.removesuffix('index')}"
    feeds = [page, f"/feeds/{channel}.rss", f"/feeds/{channel}/7.rss"]
    publish(".well-known/tdmrep.json", rules(f"{root}{page}$", *(root + it for it in feeds[1:])))
    found = Reservations(public)
    found.have_changed(0.0)
    others = ["/", "/social", "/social.rss", "/7.rss", "/feeds/7.rss"]
    assert [it for it in (*feeds, *others) if found.hold(it)] == feeds


def test_a_new_list_is_noticed_and_a_list_that_is_gone_reserves_nothing(public, publish):
    found = Reservations(public)
    assert not found.have_changed(0.0)
    file = publish(".well-known/tdmrep.json", rules("/feeds/all.rss"))
    assert not found.have_changed(0.01)  # not at every request
    assert found.have_changed(1.0)
    file.unlink()
    assert found.have_changed(2.0)
    assert not found.hold("/feeds/all.rss")


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'[{"location": 1}]', rules("/x", reservation=0)])
def test_a_list_that_cannot_be_read_reserves_nothing(public, publish, content):
    publish(".well-known/tdmrep.json", content)
    found = Reservations(public)
    found.have_changed(0.0)
    assert not found.hold("/x")
