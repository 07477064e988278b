"""A noun: told from others by its fields, and what it was after any journey."""

import copy
import pickle

import pytest
from rich.pretty import pretty_repr

from support.builders import make_article
from syndicator.model.article import Article, Enclosure, Person
from syndicator.model.noun import Noun, names, replace
from syndicator.model.social import Credit, RemovedLine, SocialLink


class Named(Noun, unshown=("note",), uncompared=("note",)):
    """Three fields, of which two count."""

    name: str
    size: int = 0
    note: str = ""


class Single(Noun, kw_only=False):
    """One field, by place."""

    value: object


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_an_article_comes_back_from_another_process_with_all_that_is_in_it(protocol: int) -> None:
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
    assert all(getattr(got, name) == getattr(sent, name) for name in names(Article))
    assert hash(got) == hash(sent)
    assert copy.copy(sent) == sent


@pytest.mark.parametrize("it", [Single("x"), Single(()), Single(None)], ids=repr)
def test_one_field_travels_as_well_as_many(it: Single) -> None:
    assert pickle.loads(pickle.dumps(it)) == it
    assert {it, Single(it.value)} == {it}


def test_fields_that_count_make_two_equal() -> None:
    one = Named(name="a", note="here")
    assert one == Named(name="a", note="there")
    assert not one != Named(name="a", note="there")  # noqa: SIM202  # it has a method of its own
    assert hash(one) == hash(Named(name="a", note="there"))
    assert one != Named(name="b")
    assert one != Single("a")
    assert one != ("a", 0)
    assert replace(one, size=2) == Named(name="a", size=2)


def test_it_shows_its_fields_but_those_that_must_not_be_shown() -> None:
    assert repr(Named(name="a", note="secret")) == "Named(name='a', size=0)"
    assert "secret" not in pretty_repr(Named(name="a", note="secret"))


def test_nobody_changes_it() -> None:
    it = Named(name="a")
    with pytest.raises(AttributeError):
        it.name = "b"  # type: ignore[misc]
    assert it == Named(name="a")


def test_it_has_room_for_nothing_else() -> None:
    with pytest.raises(AttributeError):
        Named(name="a").other = 1  # type: ignore[attr-defined]
