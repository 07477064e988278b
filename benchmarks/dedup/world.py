"""The corpus: every kind in every language, so many times; the same seed, the same bytes."""

import random
from collections import defaultdict
from dataclasses import dataclass

from .english import English
from .lexicon import Language
from .makers import Maker
from .reprints import REPRINTS
from .russian import Russian
from .sources import Entry, Source, sources
from .strangers import STRANGERS


@dataclass
class World:
    """Sources, and what they show.

    Attributes:
        sources: All of them.
        entries: All that they ever show, in no order; an update has the id of what it updates.
    """

    sources: list[Source]
    entries: list[Entry]

    def shown(self, source: Source, poll: int) -> list[Entry]:
        """What a source shows at a poll: what came since the poll before the last, the newest first."""
        window = [it for it in self._by_source[source.id] if poll - 1 <= it.poll <= poll]
        newest = {it.url: it for it in sorted(window, key=lambda it: it.poll)}
        return sorted(newest.values(), key=lambda it: (it.date, it.guid), reverse=True)

    def __post_init__(self) -> None:
        self._by_source: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            self._by_source[entry.source.id].append(entry)


def make(seed: int, size: int, codes: list[str]) -> World:
    """A corpus.

    Args:
        seed: Of all that chance decides.
        size: How many families of each kind, all languages together.
        codes: Of the languages.
    """
    spoken: dict[str, Language] = {it.code: it for it in (Russian(), English())}
    theirs = {code: sources(code, seed) for code in spoken}
    entries: list[Entry] = []
    for kind, (create, _) in {**REPRINTS, **STRANGERS}.items():
        for number in range(size):
            code = codes[number % len(codes)]
            family = f"{kind} {code} {number // len(codes)}"
            maker = Maker(spoken[code], spoken, kind, family, random.Random(f"{seed} {family}"), theirs)
            create(maker)
            entries += maker.entries
    return World([source for by_role in theirs.values() for them in by_role.values() for source in them], entries)
