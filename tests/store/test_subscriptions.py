"""Whoever has subscribed is remembered, with what he has."""

from contextlib import closing
from datetime import timedelta

from support.builders import MOMENT
from syndicator.model.noun import replace
from syndicator.model.subscription import Subscription
from syndicator.store import Store

ONE = Subscription(
    callback="https://reader.example/?a=1",
    name="feeds/all.rss",
    secret="ключ",
    until=MOMENT + timedelta(days=10),
    told=b"",
)


def test_what_was_agreed_upon_is_there_after_a_restart_and_a_later_word_counts(store: Store) -> None:
    other = replace(ONE, name="feeds/all.atom", secret="")
    store.subscribe([ONE, other])
    later = replace(ONE, until=MOMENT, told=b"digest")
    store.subscribe([later])
    with closing(Store.read(store.path)) as again:
        assert sorted(again.subscriptions(), key=lambda it: it.name) == [other, later]


def test_who_leaves_leaves_one_feed(store: Store) -> None:
    other, another = replace(ONE, name="feeds/all.atom"), replace(ONE, callback="https://reader.example/?a=2")
    store.subscribe([ONE, other, another])
    store.unsubscribe([ONE.key, ("https://nobody.example/", "feeds/all.rss")])
    assert {it.key for it in store.subscriptions()} == {other.key, another.key}
