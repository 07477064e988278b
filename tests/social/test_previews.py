import pytest

from syndicator.social.previews import is_closed, preview


@pytest.mark.parametrize(
    "written",
    [
        "https://t.me/nsnfm",
        "https://t.me/s/nsnfm",
        "http://t.me/s/NSNfm/",
        "https://telegram.me/nsnfm",
        "https://telegram.dog/nsnfm",
        "https://nsnfm.t.me",
        "t.me/nsnfm",
        "@nsnfm",
        "nsnfm",
        " https://t.me/s/nsnfm?before=100 ",
    ],
)
def test_every_way_to_name_a_channel_leads_to_its_preview(written: str) -> None:
    assert preview(written) == "https://t.me/s/nsnfm"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "https://t.me/+AbCdEf",
        "https://t.me/joinchat/AbCdEf",
        "https://t.me/c/123/4",
        "https://t.me/nsnfm/54378",
        "https://t.me/share/url?url=https://a.example/",
        "https://evilt.me/nsnfm",
        "https://t.me.evil.com/nsnfm",
        "https://nsn.fm/rss",
        "ftp://t.me/nsnfm",
        "file:../t.me/nsnfm",
        "@a",
        "https://vk.com/nsnfm",
    ],
)
def test_what_is_no_public_channel_leads_nowhere(written: str) -> None:
    assert preview(written) == ""


@pytest.mark.parametrize(
    ("url", "closed"),
    [
        ("https://t.me/+AbCdEf", True),
        ("https://t.me/joinchat/AbCdEf", True),
        ("https://telegram.me/c/1234/5", True),
        ("https://t.me/nsnfm/5", True),
        ("https://t.me/", True),
        ("https://t.me/nsnfm", False),
        ("https://t.me/s/nsnfm", False),
        ("https://telegram.org/blog", False),
        ("https://example.org/t.me/+AbCdEf", False),
        ("file:../samples/telegram.html", False),
    ],
)
def test_what_at_telegram_nobody_can_read_without_an_account_is_known_by_its_address(url: str, closed: bool) -> None:
    assert is_closed(url) is closed
