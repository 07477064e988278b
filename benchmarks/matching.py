"""Microseconds of CPU that one address and one body cost: `social.platforms.match` and `social.lines.split_footer`.

    python benchmarks/matching.py [--quick]

Printed, as the best of several rounds: addresses of every platform (those of `tests/social/data/urls.toml`),
look-alikes, addresses that lead nowhere special, and a page's mixture, of which nine in ten do; a story of ten
paragraphs without furniture, and the same with a footer and a credit. Ends with 1 when an address of a platform takes
more than 15 µs, or a mixed one more than 5.
"""

import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import Any

from syndicator.social.lines import split_footer
from syndicator.social.platforms import match
from syndicator.text.blocks import Block

URLS = Path(__file__).parents[1] / "tests" / "social" / "data" / "urls.toml"
MOST = {"addresses of platforms": 15.0, "a page's mixture": 5.0}
STORY = [
    "Оборот московских кафе и ресторанов за десять месяцев вырос на двенадцать процентов, сообщили в мэрии.",
    "«Москвичи чаще завтракают вне дома», — объяснил ресторатор и добавил, что зимой спрос обычно падает.",
    "The council voted on Monday to keep the old tram depot and to turn it into a museum of transport.",
    "По данным городской статистики, за десять месяцев в столице открылось больше шестисот новых заведений.",
    "Residents had asked for a park instead, and some of them said that they would go to court over it.",
] * 2
FURNITURE = ["Подписывайтесь на НСН: Новости | Дзен | VK | Telegram", "ФОТО: Владимир Ефимов"]


def cost(act: Callable[[Any], object], given: Sequence[Any], rounds: int) -> float:
    """Microseconds of CPU for each thing given, in the best round: what else runs here only ever adds to it."""
    best = float("inf")
    for _ in range(rounds):
        began = process_time()
        for it in given:
            act(it)
        best = min(best, process_time() - began)
    return best / len(given) * 1e6


def main(words: Sequence[str]) -> int:
    rounds = 3 if "--quick" in words else 100
    data = tomllib.loads(URLS.read_text("utf-8"))
    nobody = data.pop("nobody")
    known = [row[0] for rows in data.values() for row in rows]
    nowhere = [f"https://site{number}.example/news/2026/03/{number}?page=2" for number in range(9 * len(known))]
    split = [[Block(line) for line in lines] for lines in (STORY, STORY + FURNITURE)]
    found = {
        "addresses of platforms": cost(match, known, rounds),
        "look-alikes": cost(match, nobody, rounds),
        "addresses that lead nowhere special": cost(match, nowhere, rounds),
        "a page's mixture": cost(match, known + nowhere, rounds),
        "a story's lines": cost(split_footer, split[:1] * 100, rounds),
        "the same with a footer": cost(split_footer, split[1:] * 100, rounds),
    }
    print(f"{len(known)} addresses of {len(data)} platforms, {len(nobody)} look-alikes")
    for name, micros in found.items():
        limit = f"  (at most {MOST[name]:g})" if name in MOST else ""
        print(f"{name:36} {micros:7.1f} µs{limit}")
    return int(any(found[name] > most for name, most in MOST.items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
