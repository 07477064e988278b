"""What a reader needs is loaded before it is forked, not by each of them."""

import subprocess
import sys

LOOK = """
import syndicator.pipeline.warm
from syndicator.social.table import table
from syndicator.text.hosts import _public_suffixes
late = {"trafilatura", "bs4"} & {*__import__("sys").modules}
print(table.cache_info().currsize, _public_suffixes.cache_info().currsize, len(late))
"""


def test_tables_are_loaded_and_what_few_bodies_need_is_not() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "1", "0"]


FORKED_TOO_LATE = """
import sys
import syndicator.pipeline.warm
sys.excepthook(FileNotFoundError, FileNotFoundError(2, "No such file or directory"), None)
sys.excepthook(FileNotFoundError, FileNotFoundError(2, "No such file or directory", "table.toml"), None)
sys.excepthook(ValueError, ValueError("another"), None)
"""


def test_a_reader_that_is_forked_while_its_daemon_ends_says_nothing_of_it() -> None:
    done = subprocess.run([sys.executable, "-c", FORKED_TOO_LATE], capture_output=True, text=True, check=True)
    missing, *others = done.stderr.splitlines()
    assert missing.endswith("'table.toml'")
    assert others == ["ValueError: another"]
