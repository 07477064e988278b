"""How often a feed says that it is worth asking, in each format."""

from datetime import UTC, datetime

import pytest

from support.builders import make_source
from syndicator.model.manners import Hints
from syndicator.model.web import Response
from syndicator.parse.feed import parse

SY = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"


def hints(body: str) -> Hints:
    return parse(Response(url="https://a.example/", status=200, body=body.encode()), make_source()).info.hints


def rss(*elements: str) -> Hints:
    return hints(f"<rss version='2.0' {SY}><channel><title>A</title>{''.join(elements)}</channel></rss>")


def test_ttl_counts_minutes() -> None:
    assert rss("<ttl> 90 </ttl>") == Hints(ttl=5400.0)


@pytest.mark.parametrize("text", ["", "soon", "-5", "1.5", "9" * 400, "٦٠"])
def test_a_ttl_that_is_no_number_is_none(text: str) -> None:
    assert rss(f"<ttl>{text}</ttl>") == Hints()


@pytest.mark.parametrize(
    ("period", "frequency", "seconds"),
    [
        ("hourly", "", 3600),
        ("hourly", "2", 1800),
        ("Daily", "1", 86400),
        ("weekly", "7", 86400),
        ("monthly", "0", 30 * 86400),
        ("yearly", "-1", 365 * 86400),
        ("fortnightly", "3", 0),
    ],
)
def test_the_syndication_module_gives_a_period(period: str, frequency: str, seconds: float) -> None:
    found = rss(f"<sy:updatePeriod> {period} </sy:updatePeriod><sy:updateFrequency>{frequency}</sy:updateFrequency>")
    assert found.period == seconds


def test_the_syndication_module_may_say_what_it_counts_from() -> None:
    period = "<sy:updatePeriod>daily</sy:updatePeriod>"
    base = rss(period, "<sy:updateBase>2000-01-01T12:00+00:00</sy:updateBase>").base
    assert base == datetime(2000, 1, 1, 12, 0, tzinfo=UTC)
    assert rss(period, "<sy:updateBase>2000-01-01T12:00</sy:updateBase>").base == base
    assert rss(period, "<sy:updateBase>noon</sy:updateBase>").base is None
    assert rss("<sy:updateBase>2000-01-01T12:00+00:00</sy:updateBase>") == Hints()


def test_hours_and_days_to_skip_are_numbers_in_order() -> None:
    assert rss("<skipHours><hour>24</hour><hour>7</hour><hour>03</hour><hour>x</hour><hour>25</hour></skipHours>") == (
        Hints(skip_hours=(0, 3, 7))
    )
    assert rss("<skipDays><day>sunday</day><day> Monday </day><day>Caturday</day></skipDays>") == Hints(
        skip_days=(0, 6)
    )


def test_rdf_and_atom_have_the_module_too() -> None:
    period = "<sy:updatePeriod>hourly</sy:updatePeriod>"
    rdf = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
    assert hints(f"<rdf:RDF {rdf} {SY}><channel><title>A</title>{period}</channel></rdf:RDF>").period == 3600
    assert hints(f"<feed xmlns='http://www.w3.org/2005/Atom' {SY}><title>A</title>{period}</feed>").period == 3600


def test_a_list_of_hours_without_end_is_looked_at_for_a_moment_only() -> None:
    assert rss(f"<skipHours>{'<hour>1</hour>' * 400}{'<hour>2</hour>' * 99_000}</skipHours>") == Hints(skip_hours=(1,))
