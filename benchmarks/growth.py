"""Does the cost of 1,000 entries depend on how many are stored? And how quick are the commands?

    python benchmarks/growth.py [ENTRIES]          default 25,000

Feeds of same-size entries are read from files, a thousand entries at a time, by `syndicator once`, each time in a new
process; the CPU of the whole process tree is counted. Linear growth shows as a flat column.
"""

import os
import sys
import tempfile
from pathlib import Path

import tree
from tree import Measured, measured

BATCH = 1000
FEEDS = 20
WORDS = (
    "совет решил сохранить прежний порядок работы городских служб на весь будущий год и сообщил об этом жителям".split()
)


def text(number: int) -> str:
    """About 2 KB that no other entry has."""
    return " ".join(
        f"{WORDS[(number * 7 + it * (number % 13 + 1)) % len(WORDS)]}{number * it % 9973}" for it in range(170)
    )


def feed(batch: int, part: int) -> str:
    items = []
    for it in range(BATCH // FEEDS):
        number = batch * BATCH + part * (BATCH // FEEDS) + it
        link = f"https://site{part}.example/{number}"
        items.append(
            f"<item><title>Новость номер {number}</title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>Thu, 05 Mar 2026 14:{number % 60:02}:00 GMT</pubDate>"
            f"<description>&lt;p&gt;{text(number)}&lt;/p&gt;</description></item>"
        )
    return f"<rss version='2.0'><channel><title>{part}</title>{''.join(items)}</channel></rss>"


def syndicator(config: Path, *words: str) -> Measured:
    return measured([sys.executable, "-m", "syndicator", *words, "--config", str(config)])


def main() -> None:
    tree.check()
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 25_000
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config"
        (config / "sources").mkdir(parents=True)
        (config / "sources" / "all.toml").write_text(
            "".join(f'[[source]]\nurl = "file:../{part}.xml"\nid = "s{part}"\n' for part in range(FEEDS))
        )
        print("stored   CPU s   wall s   ms CPU an entry")
        for batch in range(most // BATCH):
            for part in range(FEEDS):
                (config / f"{part}.xml").write_text(feed(batch, part))
            seconds, wall, _ = syndicator(config, "once", "--all")
            print(f"{(batch + 1) * BATCH:6}  {seconds:6.2f}  {wall:7.2f}  {seconds / BATCH * 1000:8.3f}", flush=True)
        idle, wall, _ = syndicator(config, "once", "--all")
        print(f"nothing new: {idle:.2f} s CPU, {wall:.2f} s wall")
        for words in (("stories", "новость"), ("sources",), ("publish",)):
            seconds, wall, _ = syndicator(config, *words)
            print(f"{' '.join(words)}: {seconds:.2f} s CPU, {wall:.2f} s wall")
    _, wall, _ = measured([sys.executable, "-m", "syndicator", "--help"])
    print(f"--help: {wall:.2f} s wall (load {os.getloadavg()[0]:.1f})")


if __name__ == "__main__":
    main()
