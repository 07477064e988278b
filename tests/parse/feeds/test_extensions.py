import pytest

from support.feeds import read


@pytest.mark.parametrize(
    "address", ["http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss", "https://Search.Yahoo.com/mrss/"]
)
def test_a_namespace_is_known_by_every_address_it_goes_by(address: str) -> None:
    item = f"<item><media:thumbnail xmlns:media='{address}' url='https://i.example/1.jpg'/><title>t</title></item>"
    assert read(f"<rss><channel>{item}</channel></rss>").entries[0].images == ("https://i.example/1.jpg",)


def test_an_unknown_namespace_says_nothing() -> None:
    item = "<item><title>t</title><x:title xmlns:x='urn:x'>other</x:title><x:link xmlns:x='urn:x'>http://x/</x:link></item>"
    (entry,) = read(f"<rss><channel>{item}</channel></rss>").entries
    assert entry.title is not None
    assert (entry.title.value, entry.url) == ("t", "")
