"""What a partition is worth, beside the truth: pairs, by kind."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from .polling import Id, Partition
from .reprints import REPRINTS
from .sources import Entry
from .strangers import STRANGERS
from .world import World

PRECISION = 0.995
AGREEMENT = 0.995
EXACT = ("url:", "text:")
"""Kinds that are found by address and text alone, in whatever order they come."""
ORDERED = ("update:",)
"""Kinds in which the order is what is measured: who comes late finds another text."""


@dataclass
class Score:
    """Of one kind, or of all.

    Attributes:
        right: Pairs that are one story and were found.
        apart: Of one family and not one story: as many could go wrong that were made to.
        wrong: That are not one story, and were taken for one.
        lost: That are one, and were not found.
    """

    right: int = 0
    apart: int = 0
    wrong: list[tuple[Id, Id]] = field(default_factory=list)
    lost: list[tuple[Id, Id]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of what was joined, the share that is right."""
        return self.right / (self.right + len(self.wrong)) if self.right + len(self.wrong) else 1.0

    @property
    def recall(self) -> float:
        """Of what is one story, the share that was joined."""
        return self.right / (self.right + len(self.lost)) if self.right + len(self.lost) else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def truth(world: World) -> dict[Id, Entry]:
    """Each entry by its id; of an update, the version that was made first."""
    found: dict[Id, Entry] = {}
    for entry in world.entries:
        found.setdefault(entry.id, entry)
    return found


def kinds(one: Entry, other: Entry) -> set[str]:
    """Which kinds a pair counts for: those of both, but for an original that was copied."""
    return {one.kind, other.kind} - {"original"} or {"original"}


def judge(world: World, partition: Partition) -> dict[str, Score]:
    """A score for each kind, and one for "all"."""
    entries = truth(world)
    scores: defaultdict[str, Score] = defaultdict(Score)
    joined = partition.pairs
    for pair in joined:
        one, other = (entries[it] for it in pair)
        for kind in {*kinds(one, other), "all"}:
            if one.story == other.story:
                scores[kind].right += 1
            else:
                scores[kind].wrong.append(pair)
    families: defaultdict[str, list[Id]] = defaultdict(list)
    for name, entry in sorted(entries.items()):
        families[entry.family].append(name)
    for members in families.values():
        for pair in combinations(members, 2):
            one, other = (entries[it] for it in pair)
            for kind in {*kinds(one, other), "all"}:
                if one.story != other.story:
                    scores[kind].apart += 1
                elif pair not in joined:
                    scores[kind].lost.append(pair)
    return {kind: scores[kind] for kind in (*REPRINTS, *STRANGERS, "all")}


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes:
        kind: What was measured.
        cells: As printed.
        holds: Whether it is what it must be; None: nothing is demanded of it.
    """

    kind: str
    cells: tuple[str, ...]
    holds: bool | None


def reprint_rows(scores: dict[str, Score]) -> list[Row]:
    """Of what must be one story: pairs, precision, recall, F1, the least recall."""
    rows = []
    for kind, (_, least) in REPRINTS.items():
        score = scores[kind]
        figures = (f"{it:.3f}" for it in (score.precision, score.recall, score.f1))
        least_text = "" if least is None else f"{least:.2f}"
        holds = None if least is None else score.recall >= least
        rows.append(Row(kind, (f"{score.right + len(score.lost)}", *figures, least_text), holds))
    return rows


def stranger_rows(scores: dict[str, Score]) -> list[Row]:
    """Of what must not be: pairs that were made alike, wrong merges, the most of them."""
    rows = []
    for kind, (_, most) in STRANGERS.items():
        wrong = len(scores[kind].wrong)
        most_text = "" if most is None else f"{most}"
        rows.append(
            Row(kind, (f"{scores[kind].apart}", f"{wrong}", most_text), None if most is None else wrong <= most)
        )
    return rows


def order_rows(world: World, one: Partition, other: Partition) -> list[Row]:
    """Of two orders of the same polls: pairs in each, agreement, the least of it; exact layers, then the others.

    Agreement is the share of the pairs found in either that both have found.
    """
    family = {name: entry.family for name, entry in truth(world).items()}
    rows = []
    for name, exact, least in (("address, text", True, 1.0), ("all else", False, AGREEMENT)):
        of_one, of_other = (
            {
                pair
                for pair in it.pairs
                if all(family[name].startswith(EXACT) for name in pair) == exact
                and not any(family[name].startswith(ORDERED) for name in pair)
            }
            for it in (one, other)
        )
        rows.append(agreement_row(name, of_one, of_other, least))
    return rows


def agreement_row(name: str, one: set[tuple[Id, Id]], other: set[tuple[Id, Id]], least: float) -> Row:
    """Of two partitions' pairs: how many each has, the share that both have of those in either, the least of it."""
    either = len(one | other)
    agreed = len(one & other) / either if either else 1.0
    return Row(name, (f"{len(one)}", f"{len(other)}", f"{agreed:.4f}", f"{least}"), agreed >= least)
