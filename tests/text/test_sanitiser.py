"""What an article's reader sees: all of the text, and nothing that bites."""

import time
import tomllib
from pathlib import Path

import pytest

from support.soup import BOMBS
from syndicator.text.markup import plain
from syndicator.text.sanitiser import clean

SECONDS = 4
"""Of processor time, on a machine that does other things as well; the worst takes half a second."""
BASE = "https://a.ru/b/"
CASES = tomllib.loads(Path(__file__).with_name("data").joinpath("sanitiser.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["loses"] for case in CASES])
def test_cleaning_never_loses(case: dict[str, str]) -> None:
    result = clean(case["html"], BASE)
    assert result == case["clean"]
    assert plain(result) == case.get("plain", plain(result))


def test_without_a_base_a_relative_link_goes_and_its_text_stays() -> None:
    assert clean('<a href="x">y</a><img src="z.png">') == "<a>y</a>"


def test_no_local_path_is_published() -> None:
    assert clean('<a href="x">y</a>', "file:///home/me/index.html") == "<a>y</a>"


def test_invalid_nesting_settles_at_once() -> None:
    assert clean("<h1><span><h2>x</h2></span></h1>") == "<h1></h1><h2>x</h2>"


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_hostile_markup_costs_no_more_than_its_size(bomb: str) -> None:
    started = time.process_time()
    assert len(clean(bomb)) <= 10 * len(bomb)
    assert time.process_time() - started < SECONDS


def test_a_crowd_of_signs_stays_as_it_is() -> None:
    signs = "".join(map(chr, range(0xA0, 0xC0)))
    text = f'{signs * 500}\ufdd0<a href="https://a.ru/" title="{signs}">б</a>'
    assert clean(text) == text.replace("\ufdd0", "")


@pytest.mark.parametrize("frame", ["<iframe src='x'/>", "<IFRAME/>", "<object />", "<script src=x />"])
def test_an_empty_frame_takes_nothing_with_it_wherever_it_stands(frame: str) -> None:
    assert clean(f"<p>a{frame}b</p>") == "<p>ab</p>"
    assert clean(f"<p>a</{frame}p>b") == clean("<p>a</p>b")
