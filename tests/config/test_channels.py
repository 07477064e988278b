from collections.abc import Callable
from pathlib import Path

import pytest

from syndicator.config import Vocabulary, load
from syndicator.errors import ConfigError
from syndicator.model.settings import Channel

Write = Callable[..., Path]

SOURCE = '[[source]]\nid = "nsn"\nurl = "https://nsn.fm/rss"\ntags = ["economy"]\n'
LIST = '[[list]]\nurl = "https://example.org/list.opml"\ntags = ["listed"]\n'


def problems(root: Path, vocabulary: Vocabulary) -> list[str]:
    try:
        load(root, vocabulary)
    except ConfigError as error:
        return [problem.message for problem in error.problems]
    return []


def test_a_channel_needs_only_an_id(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("channels/a.toml", '[[channel]]\nid = "a"\n')
    assert load(root, vocabulary).channels == (Channel(id="a"),)


def test_without_channels_everything_is_published_under_the_title_of_the_site(
    root: Path, write: Write, vocabulary: Vocabulary
) -> None:
    write("syndicator.toml", '[site]\ntitle = "Новости"')
    assert load(root, vocabulary).channels == (Channel(id="all", title="Новости"),)


def test_channels_without_a_title_can_be_told_apart(root: Path, vocabulary: Vocabulary, write: Write) -> None:
    write("syndicator.toml", '[site]\ntitle = "Новости"')
    write("channels/a.toml", '[[channel]]\nid = "sport"\n[[channel]]\nid = "city"\ntitle = "Город"\n')
    assert [it.title for it in load(root, vocabulary).channels] == ["", "Город"], "one takes the site's"
    write("channels/b.toml", '[[channel]]\nid = "all"\n[[channel]]\nid = "culture"\n')
    titles = {it.id: it.title for it in load(root, vocabulary).channels}
    assert titles == {"sport": "Новости: sport", "city": "Город", "all": "", "culture": "Новости: culture"}


@pytest.mark.parametrize(
    ("sources", "channel", "said"),
    [
        (SOURCE, 'tags = ["economy"]\nsources = ["nsn"]', []),
        (SOURCE, 'tags = ["economi"]', ['no source and no list has this tag; did you mean "economy"?']),
        (SOURCE, 'tags = ["zzz"]', ["no source and no list has this tag"]),
        (SOURCE, 'sources = ["nns"]', ['no source has this id; did you mean "nsn"?']),
        (SOURCE + LIST, 'tags = ["listed"]', []),
        (SOURCE + LIST, 'sources = ["from-the-list"]', []),
        (SOURCE + LIST, 'tags = ["listde"]', ['no source and no list has this tag; did you mean "listed"?']),
        (SOURCE + 'kind = "list"', 'sources = ["from-the-list"]', []),
        ("", 'tags = ["not-yet"]', []),
        ("", 'sources = ["not-yet"]', ["no source has this id"]),
        ('[[source]]\nurl = "https://nsn.fm/rss"', 'sources = ["nsn-fm-rss"]', []),
        ('[[source]]\nurl = "nsn"', 'sources = ["x"]', ["expected an http:, https: or file: address"]),
    ],
)
def test_a_channel_that_would_stay_empty_by_a_slip_is_refused(
    root: Path, write: Write, vocabulary: Vocabulary, sources: str, channel: str, said: list[str]
) -> None:
    write("sources/a.toml", sources)
    write("channels/a.toml", f'[[channel]]\nid = "a"\n{channel}')
    assert problems(root, vocabulary) == said


def test_a_query_is_checked_beside_other_mistakes(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    write("channels/a.toml", '[[channel]]\nid = "a"\nlimit = 0\nmatch = "\\""')
    assert problems(root, vocabulary) == ["expected 1 or more", "is not a full-text query: a quote is not closed"]
