"""The small configuration that `syndicator init` writes."""

import os
from pathlib import Path

from syndicator.config.files import MAIN
from syndicator.errors import UsageError

_FILES = ("samples/welcome.atom", "sources/examples.toml", "channels/examples.toml", MAIN)
"""The files of the folder `starter`; the main one comes last, because it shows that the others are there."""


def write_starter(folder: Path) -> tuple[Path, ...]:
    """Write a commented configuration that works as it is; existing files are not touched.

    Args:
        folder: The folder to write to; it is made if missing.

    Returns:
        The paths of the files, the main one last.

    Raises:
        UsageError: One of the files already exists, or the folder cannot be written; then no new file is left in it.
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
