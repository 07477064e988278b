"""A corpus with known truth: the same seed, the same bytes.

FOLDER/sources.json       id, host, path and media type of each source
FOLDER/base/ID            its document
FOLDER/tick1/ID …         the documents that changed at that tick, and only those
FOLDER/truth.json         for each moment: how many entries each source has had by then, and the stories
"""

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from corpus.formats import media_type, render
from corpus.stories import Source, World

SEED = 7
TICKS = 1


def write(folder: Path, count: int, seed: int = SEED, ticks: int = TICKS) -> None:
    """Write a corpus of so many sources."""
    world = World(count, seed)
    truth = []
    for moment in range(ticks + 1):
        changed = world.tick() if moment else world.sources
        name = f"tick{moment}" if moment else "base"
        (folder / name).mkdir(parents=True)
        for source in changed:
            (folder / name / source.id).write_bytes(render(source))
        truth.append({"name": name, "changed": len(changed), **_truth(world)})
    (folder / "truth.json").write_text(json.dumps(truth))
    (folder / "sources.json").write_text(json.dumps([_described(source) for source in world.sources], indent=1))


def _described(source: Source) -> dict[str, Any]:
    suffix = {"page": "html", "json": "json"}.get(source.format, "xml")
    return {
        "id": source.id,
        "host": f"127.77.{source.host // 250}.{source.host % 250 + 1}",
        "path": f"/{source.number // 100}/{source.number}.{suffix}",
        "type": media_type(source),
        "format": source.format,
        "breakage": source.breakage,
    }


def _truth(world: World) -> dict[str, Any]:
    """Entries by source, and each story as the list of its (source, address)."""
    entries = Counter(source.id for _, source, _ in world.told)
    stories: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, source, entry in world.told:
        stories[number].append((source.id, entry.url))
    return {"entries": entries, "stories": list(stories.values())}
