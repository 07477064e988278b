"""Acceptance cases for social links that addresses alone decide, by their numbers."""

import pytest

from syndicator.social.platforms import key, match

PAGE = "https://nsn.example/politics/a1b2?page=1"


@pytest.mark.parametrize(
    "url",
    [
        "https://vk.com/share.php?url=https://nsn.example/politics/a1b2",
        "https://t.me/share/url?url=https%3A%2F%2Fnsn.example%2Fpolitics%2Fa1b2&text=x",
        "https://x.com/intent/post?url=https://nsn.example/politics/a1b2",
        "https://twitter.com/share",
        "https://connect.ok.ru/offer?url=https://nsn.example/politics/a1b2",
        "https://max.ru/:share?text=https://nsn.example/politics/a1b2",
        "https://api.whatsapp.com/send?text=x%20https://nsn.example/politics/a1b2",
        "https://wa.me/?text=https://nsn.example/politics/a1b2",
        "https://dzen.ru/push?from=https://nsn.example/politics/a1b2",
        "https://vk.com/nsn?from=https%3A%2F%2Fwww.nsn.example%2Fpolitics%2Fa1b2",
        "https://rutube.ru/share?link=https://other.example/",
    ],
)
def test_case_10_a_share_button_is_no_profile(url):
    link = match(url, page_url=PAGE)

    assert link is not None
    assert link.kind == "share"
    assert link.handle == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://twitter.com/intent/follow?original_referer=https%3A%2F%2Fnsn.example%2Fpolitics%2Fa1b2&screen_name=nsn",
        "https://vk.com/nsn?from=https://other.example/a",
    ],
)
def test_case_10_what_names_a_profile_beside_the_page_is_no_share_button(url):
    link = match(url, page_url=PAGE)

    assert link is not None
    assert (link.kind, link.handle) == ("profile", "nsn")


def test_case_10_the_address_of_a_front_page_makes_no_share_button():
    link = match("https://vk.com/nsn?from=https://nsn.example/", page_url="https://nsn.example/")

    assert link is not None
    assert link.kind == "profile"


@pytest.mark.parametrize("url", ["https://t.me/s/NSNfm", "https://telegram.me/nsnfm/", "https://nsnfm.t.me"])
def test_case_11_one_telegram_channel_has_one_key(url):
    link = match(url)

    assert link is not None
    assert (link.kind, link.url, key(link)) == ("profile", "https://t.me/nsnfm", "telegram:nsnfm")


def test_case_12_invites_keep_their_case_and_are_no_profiles():
    links = [match("https://t.me/+AbC"), match("https://t.me/+aBc")]

    assert [link.kind for link in links if link] == ["invite", "invite"]
    assert [key(link) for link in links if link] == ["telegram:+AbC", "telegram:+aBc"]


@pytest.mark.parametrize("url", ["https://vk.ru/x", "https://vkontakte.ru/x", "https://m.vk.com/x", "https://vk.com/X"])
def test_case_13_one_vk_page_has_one_key(url):
    link = match(url)

    assert link is not None
    assert (link.kind, link.url, key(link)) == ("profile", "https://vk.com/x", "vk:x")


@pytest.mark.parametrize(
    "url",
    [
        "https://evilt.me/x",
        "https://t.me.evil.com/x",
        "https://tеlegram.me/nsnfm",  # Cyrillic «е»
        "https://xn--tlegram-7gg.me/nsnfm",
        "https://t.me@evil.com/x",
        "https://evil.com/t.me/x",
    ],
)
def test_case_14_a_look_alike_has_no_platform(url):
    assert match(url) is None
