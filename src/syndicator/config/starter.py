"""The small configuration that `syndicator init` writes."""

import os
from pathlib import Path

from syndicator.config.files import MAIN
from syndicator.errors import UsageError

_FILES = ("samples/welcome.atom", "sources/examples.toml", "channels/examples.toml", MAIN)
"""Those of the folder `starter`; the main file comes last, for it says that the others are there."""


def write_starter(folder: Path) -> tuple[Path, ...]:
    """Write a commented configuration that works as it stands; nothing that is there already is touched.

    Args:
        folder: Where to; made when missing.

    Returns:
        The files, the main one last.

    Raises:
        UsageError: The folder holds one of the files already, or cannot be written; then nothing of ours is left in it.
    """
    contents = {folder / name: Path(__file__).with_name("starter").joinpath(name).read_bytes() for name in _FILES}
    for path in reversed(contents):
        if os.path.lexists(path):
            raise UsageError(f"{path} already exists; nothing was written.", "Choose another folder.")
    made: list[Path] = []
    try:
        for path, content in contents.items():
            _make_folders(path.parent, made)
            with path.open("xb") as stream:
                made.append(path)
                stream.write(content)
    except BaseException as error:
        for path in reversed(made):
            path.rmdir() if path.is_dir() else path.unlink()
        if isinstance(error, OSError):
            message = f"{folder} cannot be written: {error.strerror}; nothing was left in it."
            raise UsageError(message, "Choose another folder.") from error
        raise
    return tuple(contents)


def _make_folders(folder: Path, made: list[Path]) -> None:
    for missing in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        missing.mkdir()
        made.append(missing)
