"""Who made the pictures of the newest articles."""

from collections.abc import Callable

from support.builders import make_article
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
