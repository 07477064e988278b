import pytest

from support.feeds import read
from syndicator.model.article import Enclosure, Entry, Text
from syndicator.model.social import Credit


def entry(inside: str) -> Entry:
    item = f"<item xmlns:media='http://search.yahoo.com/mrss/'>{inside}</item>"
    (read_entry,) = read(f"<rss><channel>{item}</channel></rss>").entries
    return read_entry


@pytest.mark.parametrize(
    ("said", "is_picture"),
    [
        ("url='https://a/x.JPG?w=1'", True),
        ("url='https://a/x' medium='image'", True),
        ("url='https://a/x' type='image/png'", True),
        ("url='https://a/x.jpg' medium='video'", False),
        ("url='https://a/x.mp4'", False),
        ("url='https://a/x'", False),
    ],
)
def test_a_picture_says_so_or_is_known_by_its_name(said: str, *, is_picture: bool) -> None:
    found = entry(f"<media:content {said}/>")
    assert (bool(found.images), bool(found.enclosures)) == (is_picture, not is_picture)


def test_who_is_credited_for_a_picture_is_its_photographer_and_the_page_of_a_film_is_the_entrys() -> None:
    found = entry(
        "<media:group><media:content url='https://a/x.jpg'><media:credit>Anna Roe</media:credit></media:content>"
        "<media:content url='https://a/x.mp4' type='video/mp4' fileSize='7'><media:credit role='director'>N. N."
        "</media:credit></media:content><media:player url='https://a/watch'/></media:group>"
    )
    assert found.images == ("https://a/x.jpg",)
    assert found.enclosures == (Enclosure(url="https://a/x.mp4", type="video/mp4", length=7),)
    assert found.credits == (Credit(role="photographer", name="Anna Roe"),)
    assert found.url == "https://a/watch"


def test_the_lines_of_a_film_s_description_stay_lines() -> None:
    found = entry("<media:description>The film.\n\nMore:\nhttps://a/</media:description>")
    assert found.summary == Text(value="The film.\n\nMore:\nhttps://a/", html=False)
