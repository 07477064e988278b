"""Precision, recall and F1 of deduplication, by kind, over a made corpus whose truth is known.

    python -m benchmarks.dedup [--seed N] [--size N] [--language ru|en] [--quick] [--json] [--show KIND]

Ends with 1 when a figure is not what docs/deduplication.md demands, and with 2 when the corpus was not read whole.
"""

import argparse
import json
import re
import sys
import time
from itertools import islice

from .judge import (
    AGREEMENT,
    PRECISION,
    Row,
    Score,
    agreement_row,
    judge,
    order_rows,
    reprint_rows,
    stranger_rows,
    truth,
)
from .polling import Id, Partition, UndoneError, in_turn, played, shuffled
from .sources import Entry
from .world import make

SEED, SIZE, SHOWN = 1, 100, 5
_MARKUP = re.compile(r"(?:<[^>]*>)+")


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks.dedup", description=__doc__.partition("\n")[0])
    options.add_argument("--seed", type=int, default=SEED, help=f"another corpus; default: {SEED}")
    options.add_argument("--size", type=int, default=SIZE, help=f"families of each kind; default: {SIZE}")
    options.add_argument("--language", choices=("ru", "en"), help="default: both")
    options.add_argument("--quick", action="store_true", help="in one order only")
    options.add_argument("--json", action="store_true", help="print figures for programs")
    options.add_argument("--show", metavar="KIND", help="print some pairs of kinds that begin so and went wrong")
    chosen = options.parse_args()
    made = make(chosen.seed, chosen.size, [chosen.language] if chosen.language else ["ru", "en"])
    began = time.process_time()
    try:
        first, *again = played(made, in_turn(made), twice=not chosen.quick)
        seconds = time.process_time() - began
        other = None if chosen.quick else next(played(made, shuffled(made, chosen.seed)))
    except UndoneError as error:
        print(error, file=sys.stderr)
        return 2
    scores = judge(made, first)
    tables = {
        "one story": reprint_rows(scores),
        "not one story": stranger_rows(scores),
        "all": [_overall(scores["all"])],
    }
    if other is not None:
        tables["two orders of polls"] = order_rows(made, first, other)
        same = again[0].pairs == first.pairs
        tables["polled once more"] = [Row("the same stories", ("yes" if same else "no",), same)]
        tables["placed anew"] = [agreement_row("every pair", again[0].pairs, again[1].pairs, AGREEMENT)]
    if chosen.show is not None:
        _show(chosen.show, scores, truth(made), first)
    elif chosen.json:
        print(json.dumps({name: {row.kind: _plain(name, row) for row in rows} for name, rows in tables.items()}))
    else:
        print(f"{len(made.sources)} sources, {len(truth(made))} entries, seed {chosen.seed}; {seconds:.0f} s CPU\n")
        _print(tables)
    return 0 if all(row.holds is not False for rows in tables.values() for row in rows) else 1


_HEADS = {
    "one story": "pairs | precision | recall | F1 | at least",
    "not one story": "pairs made alike | wrong merges | at most",
    "all": "pairs | precision | recall | F1 | at least (precision)",
    "two orders of polls": "pairs in one | in the other | agreement | at least",
    "polled once more": "answer",
    "placed anew": "pairs before | after | agreement | at least",
}


def _overall(score: Score) -> Row:
    figures = (f"{it:.4f}" for it in (score.precision, score.recall, score.f1))
    pairs = score.right + len(score.lost)
    return Row("every pair", (f"{pairs}", *figures, f"{PRECISION}"), score.precision >= PRECISION)


def _plain(table: str, row: Row) -> dict[str, float | bool | str | None]:
    """A row by the heads of its table."""
    found: dict[str, float | bool | str | None] = {"holds": row.holds}
    for head, cell in zip(_HEADS[table].split(" | "), row.cells, strict=True):
        found[head] = float(cell) if cell[:1].isdigit() else cell or None
    return found


def _print(tables: dict[str, list[Row]]) -> None:
    for name, rows in tables.items():
        heads = [name, *_HEADS[name].split(" | "), ""]
        print(f"| {' | '.join(heads)} |\n| --- |{' ---: |' * (len(heads) - 2)} --- |")
        for row in rows:
            holds = {None: "", True: "holds", False: "DOES NOT HOLD"}[row.holds]
            print(f"| {row.kind} | {' | '.join(row.cells)} | {holds} |")
        print()


def _show(start: str, scores: dict[str, Score], entries: dict[Id, Entry], found: Partition) -> None:
    """Print pairs that went wrong, with their texts."""
    for kind, score in scores.items():
        if kind.startswith(start):
            for what, pairs in (("joined, and not one story", score.wrong), ("one story, and not joined", score.lost)):
                for pair in islice(pairs, SHOWN):
                    print(f"== {kind}: {what}")
                    for name in pair:
                        entry = entries[name]
                        print(f"-- {name[0]} {entry.url}, story {found.story[name]} by “{found.reason[name]}”")
                        print(f"{entry.title}\n{_MARKUP.sub(' ', entry.html)}\n")


if __name__ == "__main__":
    sys.exit(main())
