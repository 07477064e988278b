"""What goes to another process and back is what it was."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields

import pytest

from support.builders import make_article
from syndicator.model.article import Article, Enclosure, Person
from syndicator.model.social import Credit, RemovedLine, SocialLink


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_an_article_comes_back_with_all_that_is_in_it(protocol: int) -> None:
    link = SocialLink(platform="telegram", label="Телеграм", confidence=0.9)
    sent = make_article(
        authors=(Person(name="Анна"),),
        enclosures=(Enclosure(url="https://a.example/a.mp3", length=9),),
        social=(link,),
        credits=(Credit(role="agency", name="Agency"),),
        removed=(RemovedLine(position=1, line_class="subscribe", text="Read us", rule="telegram"),),
        raw=b"<item/>",
    )
    got = pickle.loads(pickle.dumps(sent, protocol))
    assert got == sent
    assert all(getattr(got, field.name) == getattr(sent, field.name) for field in fields(Article))
    assert hash(got) == hash(sent)
    assert copy.copy(sent) == sent
    with pytest.raises(FrozenInstanceError):
        got.title = "Another"
