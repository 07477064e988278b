"""What addresses and labels mean. Cases 11 to 14 are numbered as in the list of acceptance cases for social links."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.social.platforms import by_label, host_of, labels_in, letters_left, match, tidy
from syndicator.social.table import table

URLS = tomllib.loads((Path(__file__).parent / "data" / "urls.toml").read_text("utf-8"))["url"]


@pytest.mark.parametrize("case", URLS, ids=lambda case: case["url"])
def test_an_address_is_what_the_platform_says_it_is(case):
    link = match(case["url"])

    assert link is not None
    assert (link.platform, link.kind, link.handle) == (case["platform"], case["kind"], case.get("handle", ""))
    assert link.url == case.get("canonical", case["url"])


@pytest.mark.parametrize("case", URLS, ids=lambda case: case["url"])
def test_a_canonical_address_stays_as_it_is(case):
    link = match(case["url"])

    assert link is not None
    assert match(link.url) == link


def test_whose_account_it_is_an_address_alone_does_not_tell():
    link = match("https://t.me/nsnfm")

    assert link is not None
    assert (link.owner, link.confidence) == ("third_party", 0.0)


SHARES = [
    "https://vk.com/share.php?url=https://nsn.example/a",
    "https://t.me/share/url?url=https%3A%2F%2Fnsn.example%2Fa&text=x",
    "https://x.com/intent/post?url=https://nsn.example/a",
    "https://twitter.com/share?text=x",
    "https://connect.ok.ru/offer?url=https://nsn.example/a",
    "https://connect.ok.ru/dk?st.cmd=WidgetSharePreview&st.shareUrl=x",
    "https://max.ru/:share?text=x",
    "https://api.whatsapp.com/send?text=x%20https://nsn.example/a",
    "https://wa.me/?text=x",
    "viber://forward?text=x",
    "https://www.facebook.com/sharer/sharer.php?u=https://nsn.example/a",
    "https://www.linkedin.com/shareArticle?mini=true&url=https://nsn.example/a",
    "https://rutube.ru/share?link=https://nsn.example/a",
]


@pytest.mark.parametrize("url", SHARES)
def test_case_10_a_share_button_is_no_profile(url):
    link = match(url)

    assert link is not None
    assert link.kind == "share"


def test_case_10_a_link_that_carries_the_article_along_is_a_share_button():
    link = match("https://dzen.ru/push?from=https://nsn.example/a", page_url="https://nsn.example/a")

    assert link is not None
    assert link.kind == "share"


@pytest.mark.parametrize("url", ["https://t.me/s/NSNfm", "https://telegram.me/nsnfm/", "https://nsnfm.t.me"])
def test_case_11_one_telegram_channel_has_one_key(url):
    link = match(url)

    assert link is not None
    assert (link.platform, link.kind, link.handle, link.url) == ("telegram", "profile", "nsnfm", "https://t.me/nsnfm")


def test_case_12_invites_keep_their_case_and_are_no_profiles():
    first, second = match("https://t.me/+AbC"), match("https://t.me/+aBc")

    assert first is not None
    assert second is not None
    assert (first.kind, second.kind) == ("invite", "invite")
    assert (first.url, second.url) == ("https://t.me/+AbC", "https://t.me/+aBc")


@pytest.mark.parametrize("url", ["https://vk.ru/x", "https://vkontakte.ru/X", "http://m.vk.com/x"])
def test_case_13_one_vk_page_has_one_key(url):
    link = match(url)

    assert link is not None
    assert (link.platform, link.kind, link.handle, link.url) == ("vk", "profile", "x", "https://vk.com/x")


@pytest.mark.parametrize(
    "url",
    [
        "https://evilt.me/x",
        "https://t.me.evil.com/x",
        "https://a.b.t.me/x",
        "https://tеlegram.me/nsnfm",  # Cyrillic «е»
        "https://xn--tlegram-7gg.me/nsnfm",
        "https://netflix.com/x",
        "https://max.ru.example/x",
        "https://t.me@evil.com/x",
        "https://t.me\\@evil.com/x",
        "https://t.me:8443/x",
        "https://evil.com/t.me/x",
        "https://yandex.ru/maps",
        "ftp://t.me/x",
        "ftp://nsnfm.t.me/",
        "javascript://t.me/x",
        "mailto:x@t.me",
        "//t.me/x",
        "t.me/x",
        "http://[::1",
        "https://t.me/nsn fm",
        "https://t.me/\ud800",
        "",
    ],
)
def test_case_14_a_look_alike_is_nobody(url):
    assert match(url) is None


@pytest.mark.parametrize(
    ("label", "platform"),
    [
        ("Telegram", "telegram"),
        ("TELEGRAM", "telegram"),
        ("в нашем Телеграм-канале", "telegram"),
        ("ТГ", "telegram"),
        ("VK", "vk"),
        ("ВКонтакте", "vk"),
        ("VK Видео", "vkvideo"),
        ("Дзен", "dzen"),
        ("«Дзене»", "dzen"),
        ("Дзен.Новости", "dzen_news"),
        ("Google Новости", "google_news"),
        ("в Одноклассниках", "ok"),
        ("МАХ", "max"),
        ("MAX", "max"),
        ("X (Twitter)", "x"),
        ("Ютубе", "youtube"),
        ("\u200bThreads\u00a0", "threads"),
        ("Новости", "unknown"),
        ("News", "unknown"),
        ("", ""),
        ("подробнее", ""),
        ("Telegram и VK", ""),
        ("Telegram оштрафован", ""),
        ("Telegram " * 1000, ""),
    ],
)
def test_a_label_names_its_platform(label, platform):
    assert by_label(label) == platform


def test_labels_stand_where_they_are_found():
    text = "Дзен | VK Видео"

    assert [(text[label.start : label.end], label.platform) for label in labels_in(text)] == [
        ("Дзен", "dzen"),
        ("VK Видео", "vkvideo"),
    ]


def test_the_publishers_name_and_addresses_are_no_words_of_a_line():
    assert letters_left("на НСН: Telegram t.me/nsnfm @nsnfm", names=["НСН"]) == 0
    assert letters_left("на НСН: Telegram") == 3


def test_a_host_is_compared_without_its_mobile_prefix():
    assert [host_of(url) for url in ("https://WWW.nsn.example/x", "http://m.nsn.example", "file:///x")] == [
        "nsn.example",
        "nsn.example",
        "",
    ]


PARTS = st.sampled_from(
    [
        "t.me",
        "vk.com",
        "dzen.ru",
        "x.com",
        "www.",
        "{h}",
        "/",
        "//",
        "?",
        "=",
        "&",
        "#!/",
        "%2e",
        "..",
        "@",
        "+",
        "s",
        "ё",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.text() | st.builds("https://{}".format, st.lists(PARTS | st.text(max_size=3), max_size=10).map("".join)))
def test_no_text_whatever_breaks_the_matcher(url):
    link = match(url)

    if link is not None and link.kind in {"profile", "post"}:
        again = match(link.url)
        assert again is not None
        assert (again.platform, again.handle) == (link.platform, link.handle)
        assert link.url.isascii()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_no_text_whatever_breaks_the_labels(text):
    assert by_label(text) in {*table().labels.values(), ""}
    assert letters_left(tidy(text)) <= len(text) * 4
