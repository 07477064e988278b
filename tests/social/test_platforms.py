"""What addresses and labels mean. The acceptance cases are in cases/test_platforms.py."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.social.platforms import by_label, host_of, labels_in, letters_left, match, tidy
from syndicator.social.table import table

DATA = tomllib.loads((Path(__file__).parent / "data" / "urls.toml").read_text("utf-8"))
NOBODY = DATA.pop("nobody")
URLS = [(platform, *row, *[row[0]] * (4 - len(row))) for platform, rows in DATA.items() for row in rows]
TRACKING = "utm_source=x&utm_medium=y&fbclid=AbC&yclid=1&igshid=1&gclid=1"


def test_there_are_addresses_enough_of_every_platform_that_has_profiles():
    assert len(URLS) + len(NOBODY) >= 400
    assert len(DATA) >= 50


@pytest.mark.parametrize(("platform", "url", "kind", "handle", "canonical"), URLS, ids=lambda it: str(it))
def test_an_address_is_what_the_platform_says_it_is(platform, url, kind, handle, canonical):
    link = match(url)

    assert link is not None
    assert (link.platform, link.kind, link.handle) == (platform, kind, handle)
    if kind not in {"share", "other"}:
        assert link.url == canonical


@pytest.mark.parametrize("platform", DATA)
def test_a_canonical_address_stays_as_it_is(platform):
    for _, _, kind, _, canonical in (row for row in URLS if row[0] == platform and row[2] not in {"share", "other"}):
        link = match(canonical)

        assert link is not None
        assert (link.platform, link.kind, link.url) == (platform, kind, canonical)


@pytest.mark.parametrize("platform", DATA)
def test_no_tracking_parameter_reaches_the_address(platform):
    for _, url, kind, handle, _ in (row for row in URLS if row[0] == platform):
        bare, mark, fragment = url.strip().partition("#")
        link = match(f"{bare}{'&' if '?' in bare else '?'}{TRACKING}{mark}{fragment}")

        assert link is not None
        assert (link.kind, link.handle) == (kind, handle), url
        if kind not in {"share", "other"} or url.startswith("http"):
            assert not any(name in link.url for name in ("utm_", "fbclid", "yclid", "gclid", "igshid")), link.url


@pytest.mark.parametrize("url", NOBODY)
def test_case_14_a_look_alike_is_nobody(url):
    assert match(url) is None
    assert match(url, page_url="https://nsn.example/a") is None


def test_whose_account_it_is_an_address_alone_does_not_tell():
    link = match("https://t.me/nsnfm")

    assert link is not None
    assert (link.owner, link.confidence) == ("third_party", 0.0)


def test_case_10_a_link_that_carries_the_article_along_is_a_share_button():
    link = match("https://dzen.ru/push?from=https://nsn.example/a", page_url="https://nsn.example/a")

    assert link is not None
    assert link.kind == "share"


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
        assert (again.platform, again.kind, again.url) == (link.platform, link.kind, link.url)
        assert link.url.isascii()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_no_text_whatever_breaks_the_labels(text):
    assert by_label(text) in {*table().labels.values(), ""}
    assert letters_left(tidy(text)) <= len(text) * 4
