"""The folder of a configuration, and the folder that it is to replace if it is a draft."""

import os
from pathlib import Path

from syndicator.model.noun import Noun


class Place(Noun, kw_only=False):
    """Two absolute folders, symlinks not resolved: paths written in the first count as if written in the second.

    Attributes:
        here: The folder with the files.
        home: The folder that it is to replace; the same one if it is no draft.
    """

    here: Path
    home: Path

    @classmethod
    def of(cls, root: Path, home: Path | None) -> "Place":
        """The place of a folder; `home` is None if the folder is no draft."""
        # ".." is removed without resolving symlinks: if DIR is a symlink, its neighbours are those of the symlink.
        here, there = (Path(os.path.abspath(it)) for it in (root, home or root))  # noqa: PTH100
        return cls(here, there)

    def at_home(self, path: Path) -> Path:
        """The future path of something in the folder; a path outside it stays as it is."""
        return self.home / path.relative_to(self.here) if self.here in (path, *path.parents) else path
