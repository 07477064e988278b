import pytest

from support.feeds import read
from syndicator.model.article import Text
from syndicator.parse.feeds.extensions import image_url


@pytest.mark.parametrize(("url", "is_image"), [("https://a/x.JPG?w=1", True), ("https://a/x.mp4", False), ("", False)])
def test_pictures_are_known_by_their_names(url: str, is_image: bool) -> None:
    assert image_url(url) is is_image


@pytest.mark.parametrize(
    "address", ["http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss", "https://Search.Yahoo.com/mrss/"]
)
def test_a_namespace_is_known_by_every_address_it_goes_by(address: str) -> None:
    item = f"<item><media:thumbnail xmlns:media='{address}' url='https://i.example/1.jpg'/><title>t</title></item>"
    assert read(f"<rss><channel>{item}</channel></rss>").entries[0].images == ("https://i.example/1.jpg",)


def test_the_lines_of_a_film_s_description_stay_lines() -> None:
    media = "<media:description xmlns:media='http://search.yahoo.com/mrss/'>The film.\n\nMore:\nhttps://a/</media:description>"
    (entry,) = read(f"<rss><channel><item>{media}</item></channel></rss>").entries
    assert entry.summary == Text(value="The film.\n\nMore:\nhttps://a/", html=False)


def test_an_unknown_namespace_says_nothing() -> None:
    item = "<item><title>t</title><x:title xmlns:x='urn:x'>other</x:title><x:link xmlns:x='urn:x'>http://x/</x:link></item>"
    (entry,) = read(f"<rss><channel>{item}</channel></rss>").entries
    assert entry.title is not None
    assert (entry.title.value, entry.url) == ("t", "")
