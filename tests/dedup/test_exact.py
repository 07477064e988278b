"""What counts as a change, and what as agreement."""

from support.builders import make_article
from syndicator.dedup.exact import substance
from syndicator.model.article import Enclosure
from syndicator.model.noun import replace


def test_the_substance_does_not_depend_on_the_order_of_enclosures() -> None:
    one, two = Enclosure(url="https://daily.example/1.mp3"), Enclosure(url="https://daily.example/2.mp3")
    assert substance(make_article(enclosures=(one, two))) == substance(make_article(enclosures=(two, one)))


def test_the_substance_tells_a_title_from_a_text() -> None:
    article = make_article(title="a", text="b")
    assert substance(article) != substance(replace(article, title="ab", text=""))
