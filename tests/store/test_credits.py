"""Who made the pictures of the newest articles."""

from collections.abc import Callable

from support.builders import MOMENT, make_article
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.rights import Rights
from syndicator.model.social import Credit
from syndicator.store import Store
from syndicator.store.credits import CREDITED

Write = Callable[..., object]


def article(number: int, *made: Credit, found_hash: bytes = b"found") -> Article:
    url = f"https://daily.example/{number}"
    return make_article(
        key=url, guid=url, url=url, canonical_url=url, title=f"Title {number}", credits=made, found_hash=found_hash
    )


def test_the_newest_credits_are_kept_at_hand(store: Store, write: Write) -> None:
    credit = Credit(role="photographer", name="Владимир Ефимов", agency="РИА")
    for number in range(CREDITED + 5):
        write(article(number, credit))
    found = store.credited(99)["daily"]
    assert len(found) == CREDITED
    assert (found[0].title, found[0].names) == (
        f"Title {CREDITED + 4}",
        (("photographer", "Владимир Ефимов / РИА"),),
    )
    assert len(store.credited(3)["daily"]) == 3


def test_a_credit_is_told_as_it_is_now_and_no_more_when_nothing_of_the_article_may_be_quoted(
    store: Store, write: Write
) -> None:
    write(article(1, Credit(role="photographer", name="Jane Doe"), found_hash=b"1"))
    changed = article(1, Credit(role="photographer", name="John Doe"), found_hash=b"2")
    write(changed)
    assert [it.names for it in store.credited(9)["daily"]] == [(("photographer", "John Doe"),)]
    write(replace(changed, terms=Rights(robots=("nosnippet",)), found_hash=b"3"))
    assert store.credited(9) == {}


def test_an_edit_that_takes_all_credits_away_leaves_none_and_is_told(store: Store, write: Write) -> None:
    write(article(1, Credit(role="photographer", name="Jane Doe"), found_hash=b"1"))
    before = store.social_state()
    write(article(1, found_hash=b"2"))
    assert store.credited(9) == {}
    assert store.social_state() != before, "what is published names her still"


def test_an_article_whose_words_may_not_be_quoted_any_more_is_told(store: Store, write: Write) -> None:
    write(article(1, Credit(role="photographer", name="Jane Doe"), found_hash=b"1"))
    before = store.social_state()
    hushed = article(1, Credit(role="photographer", name="Jane Doe"), found_hash=b"2")
    write(replace(hushed, terms=Rights(robots=("nosnippet",))))
    assert store.social_state() != before


def test_an_article_that_is_deleted_is_named_no_more(store: Store, write: Write) -> None:
    write(article(1, Credit(role="photographer", name="Jane Doe"), found_hash=b"1"))
    before = store.social_state()
    with store.recording(MOMENT) as recording:
        recording.stories.withdraw(1)
    assert store.credited(9) == {}
    assert store.social_state() != before
