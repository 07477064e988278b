"""Notice changes of the configuration's files, by `os.stat` alone; this is asked a few times a second."""

from collections.abc import Iterable
from pathlib import Path

from syndicator.config.files import find
from syndicator.model.settings import Config
from syndicator.text.urls import local_path

_QUIET = 1.0  # the seconds without a further change after which an editor, or a copy of many files, has finished
_AGAIN = 10.0  # the seconds after which a configuration that could not be applied is tried again

_Look = dict[Path, tuple[int, ...] | None]


class Watch:
    """Notices changes of the files below a configuration's folder.

    It must be created before the configuration is loaded, so that no change in between is missed. A file is compared by
    name, times, size, inode and device, with symlinks followed: so a save in place, a replacement, and the swap of a
    mounted ConfigMap are all noticed.

    Args:
        root: The folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lists: set[Path] = set()
        self._taken = self._seen = self._look()
        self._seen_at = 0.0
        self._again_at = float("inf")

    @property
    def state(self) -> object:
        """The state of the files at the last look; two states are equal if no file has changed."""
        return self._seen

    def doubt(self, monotonic: float) -> None:
        """Let `changed` give True again in ten seconds: what could not be applied now may be applied then."""
        self._again_at = monotonic + _AGAIN

    def follow(self, config: Config) -> None:
        """Also watch the local subscription lists of this configuration; to be called after each load."""
        urls = (source.url for source in config.sources if source.kind == "list")
        lists = {local_path(url) for url in urls if url.startswith("file:")}
        dropped, added = self._lists - lists, _stat(lists - self._lists)
        self._taken = {path: state for path, state in self._taken.items() if path not in dropped} | added
        self._seen = {path: state for path, state in self._seen.items() if path not in dropped} | added
        self._lists = lists

    def changed(self, monotonic: float) -> bool:
        """Whether the files differ from the state last taken, and have not changed for a second.

        Args:
            monotonic: The seconds of a clock that never jumps.

        Returns:
            True once for each change, whose state then counts as taken, and once for each call of `doubt`.
        """
        look = self._look()
        if look != self._seen:
            self._seen, self._seen_at = look, monotonic
        if (self._seen == self._taken and monotonic < self._again_at) or monotonic - self._seen_at < _QUIET:
            return False
        self._taken, self._again_at = self._seen, float("inf")
        return True

    def _look(self) -> _Look:
        try:
            files = find(self._root)
        except OSError:  # a folder that cannot be listed counts as a change
            files = ()
        return _stat((*files, *self._lists))


def _stat(paths: Iterable[Path]) -> _Look:
    """The state of each file, which differs after any change; None for a missing file."""
    look: _Look = {}
    for path in paths:
        try:
            found = path.stat()
        except OSError:
            look[path] = None
        else:
            # The time of the inode's change shows new permissions, and a copy that kept the old file's time.
            look[path] = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_dev)
    return look
