"""Where a configuration's folder lies, and where it is to lie: a draft takes the place of another folder."""

import os
from pathlib import Path

from syndicator.model.noun import Noun


class Place(Noun, kw_only=False):
    """Two folders, absolute, as they were named: what is written in the first counts as if it stood in the second.

    Attributes:
        here: With the files.
        home: Whose place it is to take; the same: it is in its place.
    """

    here: Path
    home: Path

    @classmethod
    def of(cls, root: Path, home: Path | None) -> "Place":
        """The place of a folder; `home` is None where that is its own."""
        # ".." is taken out by name: where DIR is a symlink, its neighbours are those of the symlink.
        here, there = (Path(os.path.abspath(it)) for it in (root, home or root))  # noqa: PTH100
        return cls(here, there)

    def at_home(self, path: Path) -> Path:
        """Where something in the folder will be; what is not in it stays where it is."""
        return self.home / path.relative_to(self.here) if self.here in (path, *path.parents) else path
