"""What articles show of publishers, put together: nothing twice, and the surest of it in front."""

from support.builders import make_article
from syndicator.model.noun import replace
from syndicator.model.rights import Rights
from syndicator.model.social import SocialLink
from syndicator.social.profiles import Identity
from syndicator.store import rows
from syndicator.store.tallying import SeenProfile, counting, shown_before, tally_article, tally_feed

LINK = SocialLink(
    platform="telegram", handle="daily", url="https://t.me/daily", confidence=0.5, evidence="body", locator="line 1"
)
SURE = replace(LINK, confidence=0.9, evidence="meta", locator="head", seen="https://telegram.me/daily")


def test_a_profile_is_one_in_however_many_articles_and_each_place_is_counted() -> None:
    tallies = dict[Identity, SeenProfile]()
    tally_article(tallies, make_article(), 1, [LINK], ())
    tally_article(tallies, make_article(), 2, [SURE, replace(LINK, locator="line 9")], ())
    (tally,) = tallies.values()
    assert (tally.articles, tally.sight.link.evidence) == (2, "meta")
    assert tally.places == {"body": ("line 9", 0.5, 2, 2), "meta": ("head", 0.9, 2, 1)}
    whole = tally.whole()
    assert whole.urls == ("https://t.me/daily", "https://telegram.me/daily")
    assert whole.places == {"body": ("line 9", 0.5), "meta": ("head", 0.9)}


def test_what_an_article_showed_before_is_not_counted_again() -> None:
    tallies = dict[Identity, SeenProfile]()
    tally_article(tallies, make_article(), 1, [LINK, SURE], [LINK])
    (tally,) = tallies.values()
    assert tally.articles == 0
    assert {place: count for place, (_, _, _, count) in tally.places.items()} == {"body": 0, "meta": 1}


def test_a_feed_is_no_article_and_takes_nothing_from_what_articles_show() -> None:
    tallies = dict[Identity, SeenProfile]()
    tally_article(tallies, make_article(), 7, [LINK], ())
    tally_feed(tallies, [LINK, SURE])
    (tally,) = tallies.values()
    assert tally.articles == 1
    assert tally.places == {"body": ("line 1", 0.5, 7, 1), "meta": ("head", 0.9, 0, 0)}


def test_an_article_that_must_not_be_named_tells_of_its_publisher_alone() -> None:
    post, author = replace(LINK, kind="post"), replace(LINK, owner="author")
    assert counting([LINK, post, author], hidden=True) == [LINK]
    assert counting([LINK, post, author], hidden=False) == [LINK, post, author]
    shown = make_article(social=(LINK, post, author), terms=Rights(robots=("noindex",)))
    assert shown_before(rows.article_row(shown, substance=b"")["body"]) == [LINK]
