"""How addresses are taken apart, beyond what tests/social/data/urls.toml says of whole ones."""

import pytest

from syndicator.social.addresses import carried, host_in, take_apart


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://T.ME./x", "t.me"),
        ("//t.me", "t.me"),
        ("\n https://t.me?x", "t.me"),
        ("tg://resolve?domain=x", "tg://resolve"),
        ("https://t.me:443/", "t.me"),
        ("https://t.me:4430/", ""),
        ("https://x@t.me/", ""),
        ("t.me/x", ""),
        ("", ""),
    ],
)
def test_a_host_is_read_only_where_nothing_deceives(url, host):
    assert host_in(url) == host


def test_path_and_fields_are_decoded_but_an_encoded_slash_divides_nothing():
    address = take_apart("https://a.example//b/./%D0%B0/c%2Fd/?x=1%2B1&amp;y=a+b&z#end ", "a.example")

    assert address is not None
    assert address.path == "/b/а/c%2Fd"
    assert address.fields == {"x": "1+1", "y": "a b", "z": "", "#": "end"}


def test_a_redirector_carries_an_address_only_in_its_own_field():
    def target(url: str) -> str:
        address = take_apart(url, host_in(url))
        assert address is not None
        return carried(address)

    assert target("https://vk.com/away.php?to=https%3A%2F%2Ft.me%2Fx") == "https://t.me/x"
    assert target("https://m.vk.com/away.php?to=https://t.me/x") == "https://t.me/x"
    assert target("https://vk.com/nsn?to=https://t.me/x") == ""
    assert target("https://vk.com/away.php?to=javascript:alert(1)") == ""
    assert target("https://vk.com/away.php?url=https://t.me/x") == ""


@pytest.mark.parametrize("url", ["https://t.me/" + "a" * 20_000, "https://t.me/?" + "a&" * 50_000, "x" * 1_000_000])
def test_what_is_endless_is_not_looked_through(url):
    assert take_apart(url, "t.me") is None
