"""Which accounts are the publisher's, by what else the page shows. Whole pages: test_anchors.py."""

import pytest

from syndicator.model.noun import replace
from syndicator.model.social import SocialLink
from syndicator.parse.publishers.own_accounts import OwnAccounts
from syndicator.social.platforms import match

SITE = "paper.example"


def link(url: str) -> SocialLink:
    found = match(url)
    assert found is not None
    return found


def shown(*urls: str) -> OwnAccounts:
    accounts = OwnAccounts(SITE)
    for url in urls:
        accounts.add(link(url))
    return accounts


@pytest.mark.parametrize(
    ("url", "has"),
    [
        ("https://t.me/herald", True),
        ("https://t.me/herald_sport", False),
        ("https://vk.com/herald", True),  # called so on another platform
        ("https://vk.com/star", False),
        ("https://t.me/paper", False),
    ],
)
def test_an_account_is_had_by_name(url: str, has: bool) -> None:
    assert shown("https://t.me/herald").has(link(url)) is has


def test_a_number_names_nobody_on_another_platform() -> None:
    assert not shown("https://t.me/s/name12345678").has(link("https://ok.ru/profile/12345678"))


def test_one_that_is_called_as_the_site_is_known_without_being_shown() -> None:
    assert shown().knows(link("https://t.me/paper"))
    assert not shown().knows(link("https://t.me/star"))


def test_another_account_is_allowed_only_where_none_is_shown() -> None:
    accounts = shown("https://t.me/herald")
    assert [accounts.allows(link(it)) for it in ("https://t.me/star", "https://vk.com/star")] == [False, True]


def test_what_is_declared_counts_if_it_is_the_publishers_profile() -> None:
    profile = replace(link("https://t.me/herald"), owner="publisher")
    others = (replace(profile, owner="author"), replace(profile, kind="post"), replace(profile, platform="site"))
    assert OwnAccounts(SITE, [profile]).keys == {"telegram:herald"}
    assert OwnAccounts(SITE, others).keys == set()


def test_accounts_in_rows_are_others_where_the_publishers_are_shown() -> None:
    rows = [link(f"https://t.me/{it}") for it in ("herald_sport", "star", "paper_news")]
    assert shown("https://t.me/herald").settled(rows) == [True, False, True]
    assert shown("https://vk.com/star").settled(rows[1:2]) == [True]


def test_of_several_on_one_platform_of_which_nothing_is_known_none_is() -> None:
    rows = [link(f"https://t.me/star_{number}") for number in range(3)]
    assert shown().settled(rows) == [False] * 3
    assert shown().settled(rows[:1]) == [True]
