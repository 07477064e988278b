from collections.abc import Callable
from pathlib import Path

import pytest

from syndicator.config import Vocabulary, load

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("listen", "base_url"),
    [
        ("127.0.0.1:9000", "http://127.0.0.1:9000/"),
        ("192.168.1.5:80", "http://192.168.1.5:80/"),
        ("localhost:8009", "http://localhost:8009/"),
        ("[::1]:8008", "http://[::1]:8008/"),
        ("127.0.0.1:0", "http://127.0.0.1:8008/"),  # any port that is free: nobody knows it yet
    ],
)
def test_outputs_are_reached_where_they_are_served(
    listen: str, base_url: str, root: Path, write: Write, vocabulary: Vocabulary
) -> None:
    write("syndicator.toml", f'[serve]\nlisten = "{listen}"\n')
    config = load(root, vocabulary)
    assert (config.site.base_url, config.warnings) == (base_url, ())


def test_what_is_said_counts_before_where_it_is_served(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("syndicator.toml", '[site]\nbase_url = "https://news.example/"\n[serve]\nlisten = ":9000"\nhub = true\n')
    config = load(root, vocabulary)
    assert (config.site.base_url, config.site.own_hub) == ("https://news.example/", "https://news.example/hub")
    assert config.warnings == ()


@pytest.mark.parametrize("listen", [":9000", "0.0.0.0:9000", "[::]:9000"])
def test_an_address_that_readers_elsewhere_cannot_reach_is_warned_of(
    listen: str, root: Path, write: Write, vocabulary: Vocabulary
) -> None:
    file = write("syndicator.toml", f'[serve]\nlisten = "{listen}"\n')
    told = (
        "serve.listen: the feeds name themselves http://127.0.0.1:9000/, which cannot be reached from elsewhere:"
        " set base_url"
    )
    assert load(root, vocabulary).warnings == (f"{file}:2: {told} under [site]",)
    write("syndicator.toml", f'[site]\nbase_url = "http://127.0.0.1:9000/"\n[serve]\nlisten = "{listen}"\n')
    assert load(root, vocabulary).warnings == ()  # so it is meant


def test_a_hub_that_cannot_reach_the_feeds_is_warned_of(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    for base_url, is_told in (
        ("http://127.0.0.1:8008/", True),
        ("http://news/", True),
        ("https://news.example/", False),
    ):
        file = write("syndicator.toml", f'[site]\nbase_url = "{base_url}"\nhubs = ["https://hub.example/"]\n')
        told = f"{file}:3: site.hubs: no hub can fetch the feeds from {base_url}: see base_url"
        assert load(root, vocabulary).warnings == ((told,) if is_told else ())


def test_that_no_hub_can_call_is_warned_of(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    for base_url, is_told in (("http://192.168.1.5/", True), ("https://news.example/", False)):
        file = write("syndicator.toml", f'[site]\nbase_url = "{base_url}"\n[serve]\npush = true\n')
        told = f"{file}:4: serve.push: no hub can call {base_url}: see base_url under [site]"
        assert load(root, vocabulary).warnings == ((told,) if is_told else ())
        write("syndicator.toml", f'[site]\nbase_url = "{base_url}"\n')
        assert load(root, vocabulary).warnings == ()


def test_that_nobody_can_reach_our_hub_is_warned_of(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    for base_url, is_told in (("http://192.168.1.5/", True), ("https://news.example/", False)):
        file = write("syndicator.toml", f'[site]\nbase_url = "{base_url}"\n[serve]\nhub = true\n')
        told = f"{file}:4: serve.hub: no subscriber elsewhere can reach a hub at {base_url}: see base_url under [site]"
        assert load(root, vocabulary).warnings == ((told,) if is_told else ())
